//! What the worker of "Get help" tells, as it changes the view.

use nightline_types::{Message, Timestamp};
use nightline_view::{CheckLine, HelpStep, Picture, Preview, PreviewItem, Sending, SendingState, ToWindow};

use super::{App, Carry, Effect, Window, Worker};
use crate::work::Told;

impl App {
    pub(super) fn told(&mut self, told: Told, now: Timestamp, effects: &mut Vec<Effect>) {
        if self.view.help.is_none() {
            return;
        }
        match told {
            Told::Looked { found, times } => {
                self.conclude(&found, now);
                let Some(help) = &mut self.view.help else { return };
                help.look.running = false;
                help.look.verdict = Some(found.verdict.clone());
                help.times = times;
                help.found = Some(*found);
            }
            Told::Pictured { picture, data } => self.pictured(picture, data, effects),
            Told::NoPicture { message } => {
                self.raise(effects);
                self.say(message, true);
            }
            Told::Prepared { items, severity, response_minutes } => {
                self.prepared(items, severity, response_minutes);
            }
            Told::Queued { number } => self.queued(number, effects),
            Told::Failed { message } => self.failed(message),
            other => self.looking(other),
        }
    }

    /// What a diagnosis tells while it runs.
    fn looking(&mut self, told: Told) {
        let Some(help) = &mut self.view.help else { return };
        match told {
            Told::Looking { checks } => {
                help.look.checks = checks;
                (help.look.running, help.look.failed) = (true, None);
            }
            Told::Checked { line } => put(&mut help.look.checks, line),
            Told::FirstVerdict { verdict } => help.look.verdict = Some(*verdict),
            Told::Targets { targets } => help.targets = targets,
            Told::PictureGone { id } => help.pictures.retain(|picture| picture.id != id),
            Told::Item { item } => {
                if let Some(preview) = &mut help.preview {
                    preview.open = Some(item);
                }
            }
            _ => {}
        }
    }

    fn pictured(&mut self, picture: Picture, data: Option<String>, effects: &mut Vec<Effect>) {
        self.raise(effects);
        let Some(help) = &mut self.view.help else { return };
        if let Some(data) = data {
            let (id, revision) = (picture.id.clone(), picture.revision);
            effects.push(Effect::Window(ToWindow::Picture { id, revision, data }));
        }
        match help.pictures.iter_mut().find(|it| it.id == picture.id) {
            Some(old) => *old = picture,
            None => help.pictures.push(picture),
        }
    }

    fn raise(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.window, Window::Hidden(_)) {
            self.window = Window::Open;
            effects.push(Effect::Window(ToWindow::Raise));
        }
    }

    fn prepared(
        &mut self,
        items: Vec<PreviewItem>,
        severity: nightline_types::Severity,
        response_minutes: u32,
    ) {
        let desk = self.configuration.desk_host.clone();
        let cannot_send = desk.is_none().then(|| Message::new("help-no-desk"));
        let Some(help) = &mut self.view.help else { return };
        let open = help.preview.take().and_then(|preview| preview.open);
        help.preview =
            Some(Preview { desk, severity, response_minutes, items, open, cannot_send, sealing: false });
    }

    fn failed(&mut self, message: Message) {
        let Some(help) = &mut self.view.help else { return };
        match &mut help.preview {
            // It can be tried again: what was put together is still there, or is put together anew.
            Some(preview) => {
                preview.sealing = false;
                self.say(message, true);
            }
            None => {
                help.preview = Some(Preview {
                    desk: self.configuration.desk_host.clone(),
                    severity: nightline_types::Severity::P2,
                    response_minutes: 0,
                    items: Vec::new(),
                    open: None,
                    cannot_send: Some(message),
                    sealing: false,
                });
            }
        }
    }

    fn queued(&mut self, number: String, effects: &mut Vec<Effect>) {
        let Some(help) = &mut self.view.help else { return };
        help.step = HelpStep::Sent;
        help.preview = None;
        help.pictures.clear();
        help.sending = Some(Sending {
            number: number.clone(),
            state: SendingState::Sending,
            sent: 0,
            total: 0,
            due: None,
            reason: None,
            next_try: None,
            saved_to: None,
        });
        // The worker ends by itself; its end must not look like an accident.
        self.worker = Worker::None;
        effects.push(Effect::DropDraft);
        effects.push(Effect::Deliver(Carry::One(number)));
    }

    /// The worker has died. What was written is still here; it is started again when something is asked of it.
    pub(super) fn worker_gone(&mut self) {
        if self.worker == Worker::None {
            return;
        }
        self.worker = Worker::None;
        let window_waits = matches!(self.window, Window::Hidden(_));
        let Some(help) = &mut self.view.help else { return };
        if help.look.running {
            help.look.running = false;
            help.look.failed = Some(Message::new("help-look-failed"));
        }
        if help.step == HelpStep::Preview {
            help.step = HelpStep::Found;
            help.preview = None;
            self.say(Message::new("help-worker-gone"), true);
        }
        if window_waits {
            self.window = Window::Open;
        }
    }
}

fn put(checks: &mut Vec<CheckLine>, line: CheckLine) {
    match checks.iter_mut().find(|it| it.id == line.id) {
        Some(old) => *old = line,
        None => checks.push(line),
    }
}
