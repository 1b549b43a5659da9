//! What the drafted log says, in both languages. Renders no console.

use nightline_protocol::{TicketNumber, TicketStatus, TicketSummary};
use nightline_text::Language;
use nightline_types::{Confidence, EventSource, Machine, Millis, Privacy, REPORT_SCHEMA, Report, Severity};

use super::super::wire::BundleState;
use super::*;

#[test]
fn without_a_report_the_draft_says_what_is_not_known() {
    let log = log(&page(), &Texts::new(Language::English));
    assert_eq!(log.when, "2026-11-22 02:06 (UTC), when the ticket was sent");
    assert_eq!(log.cause, "The cause is not known yet.");
    assert_eq!(log.measure, "No temporary measure was recorded.");
    assert!(log.permanent_fix.starts_with("Not known yet"), "{}", log.permanent_fix);
}

#[test]
fn the_persons_time_comes_first_then_the_recorders() {
    let mut page = page();
    page.report = Some(report());
    let texts = Texts::new(Language::English);
    assert_eq!(
        when(&page, &texts),
        "2026-11-22 01:50 to 2026-11-22 01:52 (UTC), as the computer recorded it"
    );
    page.summary.intake.when = Some("2026-11-22T01:55:30Z".parse().unwrap());
    assert_eq!(when(&page, &texts), "2026-11-22 01:55 (UTC), as the customer reported it");
}

#[test]
fn the_cause_names_verdict_error_and_recent_changes_only() {
    let mut page = page();
    page.report = Some(report());
    page.summary.intake.error = Some(" 0x80090302 <b>x</b> ".to_owned());
    let log = log(&page, &Texts::new(Language::English));
    let lines: Vec<&str> = log.cause.lines().collect();
    assert_eq!(lines[0], "The router does not answer.");
    assert_eq!(lines[1], "Exact error: 0x80090302 <b>x</b>");
    assert_eq!(lines[2], "Changed in the 48 hours before, 2026-11-21 15:40 (UTC): openssl 3.0.18");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(log.permanent_fix.contains("router"), "{}", log.permanent_fix);
}

#[test]
fn a_fault_on_another_machine_is_not_blamed_on_this_one() {
    let mut page = page();
    page.report = Some(report());
    page.summary.intake.machine = WhichMachine::Other;
    let log = log(&page, &Texts::new(Language::English));
    assert!(log.cause.starts_with("The fault is on another machine"), "{}", log.cause);
    assert!(!log.permanent_fix.contains("router"), "{}", log.permanent_fix);
}

#[test]
fn chinese_readers_get_chinese_without_leftover_arguments() {
    let mut page = page();
    page.report = Some(report());
    page.summary.intake.error = Some("0x1".to_owned());
    let log = log(&page, &Texts::new(Language::SimplifiedChinese));
    for text in [&log.when, &log.measure, &log.permanent_fix] {
        assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{text}");
        assert!(!text.contains('{'), "{text}");
    }
}

#[test]
fn every_culprit_has_a_fix_in_both_languages() {
    use Culprit as C;
    let all = [
        C::None,
        C::Device,
        C::NoNetwork,
        C::Wifi,
        C::Cable,
        C::Router,
        C::Provider,
        C::FarNetwork,
        C::Dns,
        C::Service,
        C::Interception,
        C::Unknown,
    ];
    for language in Language::ALL {
        for culprit in all {
            let id = fix_of(culprit);
            assert_ne!(Texts::new(language).plain(id), id, "{culprit:?}");
        }
    }
}

fn page() -> TicketPage {
    let at: Timestamp = "2026-11-22T02:06:00Z".parse().unwrap();
    TicketPage {
        number: TicketNumber::from_random([1; 8]),
        status: TicketStatus::Open,
        severity: Severity::P1,
        owner: None,
        created_at: at,
        received_at: at,
        response_due: None,
        summary: TicketSummary {
            severity: Severity::P1,
            response_minutes: 30,
            intake: Intake::about("the call broke"),
            verdict: None,
            machine: None,
            language: "en".to_owned(),
            cut: Vec::new(),
        },
        bundle: BundleState::Complete { size: 1 },
        report: None,
        manifest: None,
        messages: Vec::new(),
        attachments: Vec::new(),
        closings: Vec::new(),
        closed_by: None,
        log: None,
        history: Vec::new(),
        now: at,
    }
}

fn report() -> Report {
    let at: Timestamp = "2026-11-22T02:03:00Z".parse().unwrap();
    let verdict = Verdict {
        id: nightline_types::MessageId::new("a-newer-app-knows-this"),
        culprit: Culprit::Router,
        confidence: Confidence::new(0.9),
        message: written("The router does not answer."),
        measured_at: at,
        evidence: Vec::new(),
    };
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        verdict,
        findings: Vec::new(),
        checks: Vec::new(),
        timeline: vec![
            event("2026-11-01T00:00:00Z", None, EventKind::Update, "long ago"),
            event("2026-11-21T15:40:00Z", None, EventKind::Update, "openssl 3.0.18"),
            event("2026-11-22T01:50:00Z", Some("2026-11-22T01:52:00Z"), EventKind::Episode, "loss"),
            event("2026-11-22T02:30:00Z", None, EventKind::Update, "after the fault"),
        ],
        machine: Machine::default(),
        target: None,
        path: None,
        started_at: at,
        took_ms: Millis(4_000.0),
        complete: true,
        program: "nightline 0.1.0".to_owned(),
    }
}

fn written(text: &str) -> Message {
    Message { text: text.to_owned(), ..Message::new("a-newer-app-knows-this") }
}

fn event(at: &str, until: Option<&str>, kind: EventKind, text: &str) -> Event {
    Event {
        at: at.parse().unwrap(),
        until: until.map(|it| it.parse().unwrap()),
        kind,
        source: EventSource::Packages,
        message: written(text),
        privacy: Privacy::Public,
    }
}
