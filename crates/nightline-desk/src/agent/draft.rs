//! Drafts the technical log of a ticket: when, cause, measure, permanent fix and for whom. Says only what the ticket
//! and its report say; where they say nothing, the draft says so and the agent fills it in.

use nightline_protocol::TechnicalLog;
use nightline_text::Texts;
use nightline_types::{
    Culprit, Event, EventKind, Finding, Grade, Intake, Message, Timestamp, Verdict, WhichMachine,
};

use super::wire::TicketPage;

/// Findings named as causes: more would hide the one that matters.
const MAX_FINDINGS: usize = 3;
/// Changes named before the fault, the last ones.
const MAX_CHANGES: usize = 3;
/// A change this long before the fault is worth naming: people come back to a computer the next day.
const CHANGE_WINDOW: std::time::Duration = std::time::Duration::from_secs(48 * 3_600);
/// The person's exact error is quoted up to here.
const MAX_QUOTE_CHARACTERS: usize = 300;

/// The draft, in the language of `texts`.
pub(super) fn log(page: &TicketPage, texts: &Texts) -> TechnicalLog {
    TechnicalLog {
        when: when(page, texts),
        cause: cause(page, texts),
        measure: measure(page, texts),
        permanent_fix: permanent_fix(page, texts),
    }
}

/// The time of the fault and who says so: the person, else the recorder, else the ticket itself.
fn when(page: &TicketPage, texts: &Texts) -> String {
    let intake = &page.summary.intake;
    let (from, until, id) = match (intake.when, episode(page)) {
        (Some(from), _) => (from, intake.until, "desk-log-when-reported"),
        (None, Some(event)) => (event.at, event.until, "desk-log-when-recorded"),
        (None, None) => (page.created_at, None, "desk-log-when-sent"),
    };
    let time = match until {
        Some(until) => Message::new("desk-log-span").arg("from", minute(from)).arg("until", minute(until)),
        None => Message::new("desk-log-minute").arg("at", minute(from)),
    };
    texts.say(&Message::new(id).arg("time", texts.say(&time)))
}

fn episode(page: &TicketPage) -> Option<&Event> {
    page.report.as_ref()?.timeline.iter().rev().find(|event| event.kind == EventKind::Episode)
}

fn cause(page: &TicketPage, texts: &Texts) -> String {
    let mut lines = Vec::new();
    if about_another_machine(&page.summary.intake) {
        lines.push(texts.plain("desk-log-cause-other-machine"));
    }
    match verdict(page) {
        Some(verdict) => lines.push(say(&verdict.message, texts)),
        None => lines.push(texts.plain("desk-log-cause-unknown")),
    }
    for finding in serious(page) {
        let sentence = say(&finding.message, texts);
        if !lines.contains(&sentence) {
            lines.push(sentence);
        }
    }
    if let Some(error) = page.summary.intake.error.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        let quote: String = error.chars().take(MAX_QUOTE_CHARACTERS).collect();
        lines.push(texts.say(&Message::new("desk-log-cause-error").arg("error", quote)));
    }
    for event in changes(page) {
        let change = Message::new("desk-log-cause-change")
            .arg("hours", CHANGE_WINDOW.as_secs() / 3_600)
            .arg("at", minute(event.at))
            .arg("change", say(&event.message, texts));
        lines.push(texts.say(&change));
    }
    lines.join("\n")
}

fn measure(page: &TicketPage, texts: &Texts) -> String {
    let mut lines: Vec<String> = Vec::new();
    for finding in serious(page) {
        if let Some(advice) = &finding.advice {
            let line = texts.say(&Message::new("desk-log-measure-advice").arg("advice", say(advice, texts)));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    if lines.is_empty() {
        lines.push(texts.plain("desk-log-measure-none"));
    }
    lines.join("\n")
}

fn permanent_fix(page: &TicketPage, texts: &Texts) -> String {
    if about_another_machine(&page.summary.intake) {
        return texts.plain("desk-log-fix-other-machine");
    }
    texts.plain(fix_of(verdict(page).map_or(Culprit::Unknown, |it| it.culprit)))
}

/// What makes it stay away, and whose work that is.
fn fix_of(culprit: Culprit) -> &'static str {
    match culprit {
        Culprit::None => "desk-log-fix-none",
        Culprit::Device => "desk-log-fix-device",
        Culprit::NoNetwork => "desk-log-fix-no-network",
        Culprit::Wifi => "desk-log-fix-wifi",
        Culprit::Cable => "desk-log-fix-cable",
        Culprit::Router => "desk-log-fix-router",
        Culprit::Provider => "desk-log-fix-provider",
        Culprit::FarNetwork => "desk-log-fix-far-network",
        Culprit::Dns => "desk-log-fix-dns",
        Culprit::Service => "desk-log-fix-service",
        Culprit::Interception => "desk-log-fix-interception",
        Culprit::Unknown => "desk-log-fix-unknown",
    }
}

fn about_another_machine(intake: &Intake) -> bool {
    intake.machine == WhichMachine::Other
}

/// The report's verdict is newer than the summary's.
fn verdict(page: &TicketPage) -> Option<&Verdict> {
    page.report.as_ref().map(|it| &it.verdict).or(page.summary.verdict.as_ref())
}

fn serious(page: &TicketPage) -> impl Iterator<Item = &Finding> {
    let findings = page.report.iter().flat_map(|it| &it.findings);
    findings.filter(|it| it.severity != Grade::Notice).take(MAX_FINDINGS)
}

/// The last updates and restarts before the fault.
fn changes(page: &TicketPage) -> Vec<&Event> {
    let fault = page.summary.intake.when.unwrap_or(page.created_at);
    let mut changes: Vec<&Event> = page
        .report
        .iter()
        .flat_map(|it| &it.timeline)
        .filter(|it| matches!(it.kind, EventKind::Update | EventKind::Boot | EventKind::Crash))
        .filter(|it| it.at <= fault && fault.since(it.at) <= CHANGE_WINDOW)
        .collect();
    changes.drain(..changes.len().saturating_sub(MAX_CHANGES));
    changes
}

/// In the reader's language; a sentence of a newer app, which this desk does not know, as the device wrote it.
fn say(message: &Message, texts: &Texts) -> String {
    if !texts.knows(message.id.as_str()) && !message.text.is_empty() {
        return message.text.clone();
    }
    texts.say(message)
}

/// `2026-11-22 01:50`; UTC, which the sentences say.
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    let minute: String = time.chars().take(5).collect();
    format!("{date} {minute}").trim_end().to_owned()
}

#[cfg(test)]
mod tests;
