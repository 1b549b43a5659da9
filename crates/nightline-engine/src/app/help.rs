//! The way through "Get help": which page follows which, and what each of them starts.

use nightline_view::{Answers, Help, HelpStep, Place, Preview, Way};

use super::keeping::shorten;
use super::{App, DRAFT_SCHEMA, Draft, Effect, Worker, intake};
use crate::work::Work;

/// The pages in their order.
const STEPS: [HelpStep; 12] = [
    HelpStep::What,
    HelpStep::Target,
    HelpStep::Error,
    HelpStep::When,
    HelpStep::Machine,
    HelpStep::Pattern,
    HelpStep::Scope,
    HelpStep::Impact,
    HelpStep::Found,
    HelpStep::Pictures,
    HelpStep::Preview,
    HelpStep::Sent,
];
/// How many of them are questions.
const QUESTIONS: usize = 8;

impl App {
    /// Begins, or goes on with what was begun. A way that has ended is begun anew.
    pub(super) fn get_help(&mut self, effects: &mut Vec<Effect>) {
        if self.view.help.as_ref().is_some_and(|help| help.step == HelpStep::Sent) {
            self.view.help = None;
        }
        self.view.help.get_or_insert_default();
        self.go(Place::Help);
        self.work_on(effects);
    }

    /// Starts the worker, or asks it to show its pictures to a window that has not seen them.
    pub(super) fn work_on(&mut self, effects: &mut Vec<Effect>) {
        let Some(help) = &self.view.help else { return };
        if help.step == HelpStep::Sent {
            return;
        }
        if self.worker == Worker::Works {
            effects.push(Effect::Order(Work::ShowPictures));
            return;
        }
        self.worker = Worker::Works;
        let target = intake::target(&help.answers).ok().flatten();
        effects.extend([
            Effect::StartWorker,
            Effect::Order(Work::ShowPictures),
            Effect::Order(Work::Look { target }),
            Effect::Order(Work::Suggest),
        ]);
    }

    /// Nobody is on the way any more: no process stays for it. What was written stays.
    pub(super) fn rest(&mut self, effects: &mut Vec<Effect>) {
        if self.worker == Worker::None {
            return;
        }
        self.worker = Worker::None;
        effects.push(Effect::StopWorker);
        if let Some(help) = &mut self.view.help {
            help.step = help.step.min(HelpStep::Found);
            help.preview = None;
            help.pictures.clear();
        }
        if self.view.place == Place::Help {
            self.go(Place::Home);
        }
    }

    pub(super) fn discard(&mut self, effects: &mut Vec<Effect>) {
        if self.worker == Worker::Works {
            effects.push(Effect::StopWorker);
        }
        self.worker = Worker::None;
        self.view.help = None;
        effects.push(Effect::DropDraft);
    }

    /// The fields as they stand. Kept at once, so that a killed window loses nothing.
    pub(super) fn answer(&mut self, mut answers: Answers, effects: &mut Vec<Effect>) {
        let Some(help) = self.view.help.as_mut().filter(|help| help.step != HelpStep::Sent) else { return };
        for text in [
            &mut answers.what,
            &mut answers.target,
            &mut answers.error,
            &mut answers.steps,
            &mut answers.expected,
            &mut answers.contact,
        ] {
            shorten(text);
        }
        if help.answers == answers {
            return;
        }
        help.target_problem = None;
        help.answers = answers;
        self.keep_draft(effects);
    }

    pub(super) fn keep_draft(&self, effects: &mut Vec<Effect>) {
        if let Some(help) = self.view.help.as_ref().filter(|help| help.step != HelpStep::Sent) {
            let (step, answers) = (help.step, help.answers.clone());
            effects.push(Effect::KeepDraft(Draft { schema: DRAFT_SCHEMA.to_owned(), step, answers }));
        }
    }

    pub(super) fn next(&mut self, effects: &mut Vec<Effect>) {
        let Some(help) = &self.view.help else { return };
        if !help.way.next {
            return;
        }
        if help.step == HelpStep::Preview {
            self.send(effects);
            return;
        }
        if let Some(next) = STEPS.iter().find(|step| **step > help.step) {
            self.move_to(*next, effects);
        }
    }

    pub(super) fn back(&mut self, effects: &mut Vec<Effect>) {
        let Some(help) = self.view.help.as_ref().filter(|help| help.step != HelpStep::Sent) else { return };
        if let Some(before) = STEPS.iter().rev().find(|step| **step < help.step) {
            self.move_to(*before, effects);
        } else {
            self.go(Place::Home);
        }
    }

    /// Only to a page that was there already: nobody jumps over what they have not seen.
    pub(super) fn go_to(&mut self, step: HelpStep, effects: &mut Vec<Effect>) {
        let Some(help) = self.view.help.as_ref().filter(|help| help.step != HelpStep::Sent) else { return };
        if step < help.step {
            self.move_to(step, effects);
        }
    }

    fn move_to(&mut self, step: HelpStep, effects: &mut Vec<Effect>) {
        let Some(help) = &mut self.view.help else { return };
        let from = help.step;
        if from == HelpStep::Target && step > from {
            match intake::target(&help.answers) {
                Ok(target) if target.is_some() => effects.push(Effect::Order(Work::Look { target })),
                Ok(_) => {}
                Err(problem) => {
                    help.target_problem = Some(problem);
                    return;
                }
            }
        }
        help.step = step;
        help.target_problem = None;
        if step == HelpStep::Preview {
            self.prepare(effects);
        }
        self.keep_draft(effects);
    }

    fn prepare(&mut self, effects: &mut Vec<Effect>) {
        let Some(help) = &mut self.view.help else { return };
        help.preview = None;
        let language = match self.configuration.language.as_str() {
            "zh-CN" => nightline_text::Language::SimplifiedChinese,
            _ => nightline_text::Language::English,
        };
        let intake = Box::new(intake::intake(&help.answers, language));
        self.order(Work::Prepare { intake }, effects);
    }

    /// The fast lane: the checks end with what they have, and the list of what leaves is the next page.
    pub(super) fn send_now(&mut self, effects: &mut Vec<Effect>) {
        let Some(help) = self.view.help.as_mut().filter(|help| help.step < HelpStep::Preview) else { return };
        help.step = HelpStep::Preview;
        self.order(Work::Enough, effects);
        self.prepare(effects);
        self.keep_draft(effects);
    }

    pub(super) fn send(&mut self, effects: &mut Vec<Effect>) {
        let ready = |preview: &Preview| preview.cannot_send.is_none() && !preview.sealing;
        let preview = self.view.help.as_mut().and_then(|help| help.preview.as_mut());
        if let Some(preview) = preview.filter(|preview| ready(preview)) {
            preview.sealing = true;
            self.order(Work::Seal, effects);
        }
    }

    pub(super) fn read(&mut self, item: Option<String>, effects: &mut Vec<Effect>) {
        match item {
            Some(item) => self.order(Work::Read { item }, effects),
            None => {
                if let Some(preview) = self.view.help.as_mut().and_then(|help| help.preview.as_mut()) {
                    preview.open = None;
                }
            }
        }
    }

    pub(super) fn order(&mut self, work: Work, effects: &mut Vec<Effect>) {
        if self.view.help.is_none() {
            return;
        }
        if self.worker == Worker::None {
            self.work_on(effects);
        }
        effects.push(Effect::Order(work));
    }

    /// What can be done from the page where the person is.
    pub(super) fn pave(&mut self) {
        let Some(help) = &mut self.view.help else { return };
        help.way = way(help);
    }

    /// What was begun and not sent: the first words, or nothing where there are none.
    pub(super) fn unfinished(&self) -> Option<String> {
        let help = self.view.help.as_ref().filter(|help| help.step != HelpStep::Sent)?;
        (help.answers != Answers::default()).then(|| help.answers.what.clone())
    }
}

fn way(help: &Help) -> Way {
    let index = STEPS.iter().position(|step| *step == help.step).unwrap_or(0);
    let is_question = index < QUESTIONS;
    let complete = match help.step {
        HelpStep::What => !help.answers.what.trim().is_empty(),
        HelpStep::Preview => {
            help.preview.as_ref().is_some_and(|preview| preview.cannot_send.is_none() && !preview.sealing)
        }
        HelpStep::Sent => false,
        _ => true,
    };
    Way {
        back: help.step != HelpStep::Sent && !help.preview.as_ref().is_some_and(|preview| preview.sealing),
        next: complete,
        skip: is_question && help.step != HelpStep::What,
        question: is_question.then(|| u32::try_from(index + 1).unwrap_or(0)),
        questions: u32::try_from(QUESTIONS).unwrap_or(0),
    }
}
