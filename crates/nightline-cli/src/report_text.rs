//! A report as lines for a terminal: the answer first, then what to do, then what it rests on.

use nightline_text::Texts;
use nightline_types::{CheckResult, Grade, Message, Outcome, PathReport, Report, Timestamp};

use crate::exit::printable;
use crate::output::wall_clock;

/// The most events a terminal shows; the rest is in `--json`.
const SHOWN_EVENTS: usize = 12;

/// The lines of a report as seen at `now`.
pub(crate) fn lines(report: &Report, texts: &Texts, now: Timestamp) -> Vec<String> {
    let mut lines = vec![texts.say(&report.verdict.message), verdict_note(report, texts, now), String::new()];
    findings(report, texts, &mut lines);
    target(report, texts, &mut lines);
    timeline(report, texts, &mut lines);
    checks(report, texts, &mut lines);
    lines.extend(report.path.as_ref().and_then(|path| sources(path, texts)));
    lines.iter().map(|line| printable(line)).collect()
}

fn verdict_note(report: &Report, texts: &Texts, now: Timestamp) -> String {
    let culprit =
        Message::new("culprit-line").arg("culprit", format!("@culprit-{}", kebab(&report.verdict.culprit)));
    let age = Message::new("cli-verdict-age").arg("age", texts.say(&age(now, report.verdict.measured_at)));
    format!("{}  {}", texts.say(&culprit), texts.say(&age))
}

fn findings(report: &Report, texts: &Texts, lines: &mut Vec<String>) {
    if report.findings.is_empty() {
        return;
    }
    lines.push(texts.plain("cli-findings"));
    for finding in &report.findings {
        lines.push(format!("  {} {}", grade_mark(finding.severity), texts.say(&finding.message)));
        if let Some(advice) = &finding.advice {
            let advice = Message::new("cli-advice").arg("advice", texts.say(advice));
            lines.push(format!("    {}", texts.say(&advice)));
        }
    }
    lines.push(String::new());
}

fn target(report: &Report, texts: &Texts, lines: &mut Vec<String>) {
    let Some(target) = &report.target else { return };
    let title = Message::new("cli-target").arg("target", target.given.given());
    lines.push(texts.say(&title));
    for probe in &target.probes {
        let state = if probe.reached { "cli-target-reached" } else { "cli-target-failed" };
        // In the words of the window, for the same reader.
        let phases = [
            ("reach-plain-dns", probe.dns_ms),
            ("reach-plain-tcp", probe.tcp_ms),
            ("reach-plain-tls", probe.tls_ms),
            ("reach-plain-http", probe.http_ms),
        ];
        let times: Vec<String> = phases
            .iter()
            .filter_map(|(id, ms)| ms.map(|ms| format!("{} {:.0} ms", texts.plain(id), ms.0)))
            .collect();
        let failure = probe.failure.as_ref().map(|it| texts.say(it)).unwrap_or_default();
        let at = probe.at.map(wall_clock).unwrap_or_default();
        lines.push(
            format!("  {at}  {}  {}  {failure}", texts.plain(state), times.join(" · ")).trim_end().to_owned(),
        );
    }
    lines.push(String::new());
}

fn timeline(report: &Report, texts: &Texts, lines: &mut Vec<String>) {
    if report.timeline.is_empty() {
        return;
    }
    lines.push(texts.plain("cli-timeline"));
    let hidden = report.timeline.len().saturating_sub(SHOWN_EVENTS);
    if hidden > 0 {
        lines.push(format!("  {}", texts.say(&Message::new("cli-timeline-earlier").arg("count", hidden))));
    }
    for event in &report.timeline[hidden..] {
        lines.push(format!("  {}  {}", wall_clock(event.at), texts.say(&event.message)));
    }
    lines.push(String::new());
}

fn checks(report: &Report, texts: &Texts, lines: &mut Vec<String>) {
    lines.push(texts.plain("cli-checks"));
    for check in &report.checks {
        lines.push(check_line(check, texts));
    }
    let seconds = format!("{:.1}", report.took_ms.0 / 1_000.0);
    lines.push(texts.say(&Message::new("cli-done-in").arg("seconds", seconds)));
}

/// Where the owners' names come from, as their license asks wherever they are shown; nothing where none is.
pub(crate) fn sources(path: &PathReport, texts: &Texts) -> Option<String> {
    path.hops.iter().any(|hop| hop.owner.is_some()).then(|| texts.plain("path-map-attribution"))
}

/// One line about a check: mark, name, outcome, reason.
pub(crate) fn check_line(check: &CheckResult, texts: &Texts) -> String {
    let name = Message::new("cli-check-name").arg("name", format!("@check-{}", check.id));
    let outcome = match check.outcome {
        Outcome::Healthy => "outcome-healthy",
        Outcome::Degraded => "outcome-degraded",
        Outcome::Broken => "outcome-broken",
        Outcome::Skipped => "outcome-skipped",
        Outcome::Unknown => "outcome-unknown",
    };
    let mark = match check.outcome {
        Outcome::Healthy => "✓",
        Outcome::Degraded => "!",
        Outcome::Broken => "✗",
        Outcome::Skipped => "-",
        Outcome::Unknown => "?",
    };
    let reason = check.reason.as_ref().map(|reason| format!("  {}", texts.say(reason))).unwrap_or_default();
    let line =
        Message::new("cli-check-line").arg("name", texts.say(&name)).arg("outcome", texts.plain(outcome));
    format!("  {mark} {}{reason}", texts.say(&line))
}

/// How long ago, in the reader's words.
pub(crate) fn age(now: Timestamp, then: Timestamp) -> Message {
    let seconds = now.since(then).as_secs();
    match seconds {
        0..=4 => Message::new("age-now"),
        5..=89 => Message::new("age-seconds").arg("count", seconds),
        90..=5_399 => Message::new("age-minutes").arg("count", (seconds + 30) / 60),
        5_400..=129_599 => Message::new("age-hours").arg("count", (seconds + 1_800) / 3_600),
        _ => Message::new("age-days").arg("count", (seconds + 43_200) / 86_400),
    }
}

fn grade_mark(grade: Grade) -> &'static str {
    match grade {
        Grade::Broken => "✗",
        Grade::Degraded => "!",
        Grade::Notice => "·",
    }
}

/// The name that a plain enum has in our formats.
pub(crate) fn kebab(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_read_as_people_say_them() {
        check(3, "just now");
        check(30, "30 seconds ago");
        check(89, "89 seconds ago");
        check(90, "2 minutes ago");
        check(60 * 60, "60 minutes ago");
        check(3 * 3_600, "3 hours ago");
        check(4 * 86_400, "4 days ago");
    }

    #[test]
    fn names_of_networks_come_with_their_sources() {
        let english = Texts::new(nightline_text::Language::English);
        let said = sources(&path(Some("AS64501 Northern Telecom")), &english).unwrap_or_default();
        for place in ["routeviews.org", "nro.net", "DB-IP.com", "CC BY 4.0"] {
            assert!(said.contains(place), "{place}");
        }
        assert_eq!(sources(&path(None), &english), None);
    }

    fn path(owner: Option<&str>) -> PathReport {
        let hop = nightline_types::PathHop {
            ttl: 1,
            addresses: vec!["203.0.113.9".to_owned()],
            name: None,
            owner: owner.map(str::to_owned),
            place: None,
            sent: 1,
            received: 1,
            loss_pct: 0.0,
            loss_interval: [0.0, 79.0],
            answers: Vec::new(),
            rtt: None,
            excused: None,
            forward_lost: None,
            changed_in: None,
            remarks: Vec::new(),
        };
        PathReport {
            schema: nightline_types::PATH_SCHEMA.to_owned(),
            target: "rds.example.com".to_owned(),
            address: "203.0.113.9".to_owned(),
            method: "udp-ttl".to_owned(),
            rounds: 1,
            reached: true,
            hops: vec![hop],
            fault: None,
            verdict: None,
        }
    }

    #[track_caller]
    fn check(seconds: i64, expected: &str) {
        let texts = Texts::new(nightline_text::Language::English);
        let age = age(Timestamp::from_unix_ms(seconds * 1_000), Timestamp::from_unix_ms(0));
        assert_eq!(texts.say(&age), expected);
    }
}
