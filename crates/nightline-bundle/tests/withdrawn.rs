//! A target that the person took back leaves nowhere, whatever its shape. Searches every byte that leaves.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs::File;

use common::{LOG, draft_of, intake, report, seal_in};
use nightline_bundle::{Bundle, Draft, limits};
use nightline_redact::{Known, RedactionKey};
use nightline_types::{
    Confidence, Culprit, Event, EventKind, EventSource, Fact, Finding, Grade, Intake, Message, MessageId,
    Privacy, Report, Severity, TargetProbe, TargetReport,
};
use tempfile::tempdir;

#[test]
fn no_shape_of_a_target_leaves_after_it_was_taken_back() {
    check("files.example.com", "files.example.com", "files.example.com:443");
    check("Files.Example.com:445", "files.example.com", "files.example.com:445");
    check("https://wiki.example.com/private/page", "wiki.example.com", "wiki.example.com:443");
    check("rdp://server-7:3389", "server-7", "server-7:3389");
    check("printer", "printer", "printer:443");
    check("db", "db", "db:443");
    check("打印机.local", "打印机.local", "打印机.local:443");
    check("localhost:9100", "localhost", "localhost:9100");
    check("localhost", "localhost", "localhost:80");
    check("203.0.113.77", "203.0.113.77", "203.0.113.77:443");
    check("10.20.30.40:22", "10.20.30.40", "10.20.30.40:22");
    check("127.0.0.1:8080", "127.0.0.1", "127.0.0.1:8080");
    check("8.8.8.8", "8.8.8.8", "8.8.8.8:443");
    check("[2001:db8::77]:22", "2001:db8::77", "[2001:db8::77]:22");
    check("[::1]:631", "[::1]", "[::1]:631");
    check("2001:DB8:0:0::77", "2001:db8::77", "[2001:db8:0:0::77]:443");
}

#[test]
fn a_target_that_is_kept_stays_readable() {
    let kept = serde_json::to_string(&draft_of(&intake()).kept_report().unwrap()).unwrap();
    assert!(kept.contains("files.example.com:445"), "{kept}");
    for given in ["localhost:9100", "files.example.com:445", "203.0.113.77"] {
        let draft = draft(given, given);
        let kept = serde_json::to_string(&draft.kept_report().unwrap()).unwrap();
        assert!(kept.contains(given), "{given}: {kept}");
    }
}

#[test]
fn a_name_that_only_looks_like_the_target_stays() {
    let mut draft = draft("cal:443", "cal:443");
    draft.add_log("x-log", Message::new("x"), &b"a local calendar, not cal:443\n"[..]).unwrap();
    draft.drop_item("intake-target").unwrap();
    let read = draft.read_item("x-log", 1_000).unwrap().unwrap().text;
    assert!(read.starts_with("a local calendar, not <host-"), "{read}");
    assert!(!read.contains("443"), "{read}");
}

#[test]
fn the_report_is_read_as_it_leaves() {
    let mut draft = draft("localhost:9100", "localhost:9100");
    assert!(read(&mut draft, "report").contains("localhost:9100"));
    draft.drop_item("intake-target").unwrap();
    draft.drop_item("machine").unwrap();
    let text = read(&mut draft, "report");
    assert!(!text.contains("localhost") && !text.contains("\"serial\": \"PF3ABCD9\""), "{text}");
    draft.keep_item("intake-target").unwrap();
    assert!(read(&mut draft, "report").contains("localhost:9100"));
}

/// `endpoint` is the target as the checks write it.
#[track_caller]
fn check(given: &str, host: &str, endpoint: &str) {
    let mut draft = draft(given, endpoint);
    draft.drop_item("intake-target").unwrap();
    let summary = serde_json::to_string(draft.summary(Severity::P2, 240, "en").as_summary()).unwrap();
    let nowhere = |place: &str, text: &str| {
        for needle in [host, endpoint, given] {
            assert!(!holds(text, needle), "{needle} of {given} in {place}: {text}");
        }
    };
    nowhere("the summary", &summary);
    for id in ["report", "system-log", "other-log"] {
        nowhere("the preview", &read(&mut draft, id));
    }
    let folder = tempdir().unwrap();
    let sealed = seal_in(folder.path(), draft);
    nowhere("the manifest", &serde_json::to_string(&sealed.manifest).unwrap());
    let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
    for entry in &sealed.manifest.entries {
        let content = bundle.read_entry(&entry.path, limits::MAX_ENTRY_BYTES).unwrap();
        nowhere(&entry.path, &String::from_utf8_lossy(&content));
    }
}

/// As whole word: a host `db` is not in `dbus`.
fn holds(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.to_lowercase(), needle.to_lowercase());
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(|a| a.is_ascii_alphanumeric()) && b.is_some_and(|b| b.is_ascii_alphanumeric())
    };
    text.match_indices(&needle).any(|(at, found)| {
        !joins(text[..at].chars().next_back(), found.chars().next())
            && !joins(found.chars().next_back(), text[at + found.len()..].chars().next())
    })
}

fn read(draft: &mut Draft, id: &str) -> String {
    draft.read_item(id, 1_000_000).unwrap().unwrap().text
}

fn draft(given: &str, endpoint: &str) -> Draft {
    let intake = Intake { target: Some(given.parse().unwrap()), ..intake() };
    let report = report_about(&intake, endpoint);
    let mut known = Known::learn(&report);
    // As the engine does it before the report is there.
    known.disclose_target(intake.target.as_ref().unwrap());
    let mut draft = Draft::new(RedactionKey::new([9; 32]), known, &intake);
    draft.add_report(&report).unwrap();
    let host = intake.target.as_ref().unwrap().host();
    let log = format!("{LOG}connect to {host} failed\nGET {given} -> {endpoint}; peer=\"{host}\" ({host})\n");
    draft.add_log("system-log", Message::new("bundle-item-system-log"), log.as_bytes()).unwrap();
    draft.add_log("other-log", Message::new("x"), format!("{{\"to\":\"{endpoint}\"}}").as_bytes()).unwrap();
    let reason = draft.redactor().redact(&format!("could not trace {endpoint}"));
    draft.note_collector("path", "failed", &reason);
    draft
}

/// A report that holds the target wherever a report can.
fn report_about(intake: &Intake, endpoint: &str) -> Report {
    let target = intake.target.clone().unwrap();
    let host = target.host().to_owned();
    let said = |id: &'static str| {
        let mut said = Message::new(id).arg("host", host.as_str()).arg("target", endpoint);
        said.text = format!("{endpoint} does not answer; {host} is silent.");
        said
    };
    let mut report = report();
    report.verdict.message = said("verdict-service");
    report.findings.push(Finding {
        id: MessageId::new("finding-port-refused"),
        severity: Grade::Broken,
        confidence: Confidence::new(0.9),
        message: said("finding-port-refused"),
        advice: Some(said("advice-service")),
        culprit: Culprit::Service,
        evidence: Vec::new(),
    });
    let now = common::NOW;
    report.checks[0].reason = Some(said("reason-x"));
    report.checks[0].facts.extend([
        Fact::new("endpoint", endpoint, "given", now).private(Privacy::Host),
        Fact::new("host", host.as_str(), "given", now).private(Privacy::Host),
        Fact::new("names", vec![host.clone(), endpoint.to_owned()], "given", now).private(Privacy::Host),
        Fact::new("asked", endpoint, "given", now),
        Fact::new("asked_address", host.as_str(), "given", now).private(Privacy::Ip),
        Fact::new("line", format!("to {endpoint}, {host}"), "given", now).private(Privacy::Text),
    ]);
    for privacy in [Privacy::Public, Privacy::Text, Privacy::Host] {
        report.timeline.push(Event {
            at: now,
            until: None,
            kind: EventKind::Probe,
            source: EventSource::Check,
            message: said("event-x"),
            privacy,
        });
    }
    let probe = TargetProbe { failure: Some(said("failure-x")), ..TargetProbe::default() };
    report.target = Some(TargetReport { given: target, probes: vec![probe] });
    report
}
