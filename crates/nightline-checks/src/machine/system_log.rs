//! Proves what the system itself complained about lately.
//!
//! Method: the journal, else the text logs, else the kernel's buffer, 24 h back; lines that differ only in numbers are
//! one group. Logs complain on healthy machines, too, so a count proves nothing: degraded only where a line says that
//! a disk, the memory or the hardware failed (wordings of the Linux kernel, see `groups`).
//! False positives: a pulled USB stick writes I/O errors as well; the line is shown, so that a reader can tell.

mod groups;

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::logs::{self, LogLevel, LogScan, TimeWindow};
use nightline_types::{CheckId, Event, EventKind, EventSource, Message, Privacy, Timestamp, Unit, Value};

use super::local::{names_of, not_on_this_system, source_list};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};
use groups::{Ended, Failure, Group, ended, group};

/// The journal may take 6 s.
const LIMIT: Duration = Duration::from_secs(9);
const LOOK_BACK: Duration = Duration::from_secs(24 * 3600);
/// Groups in the report; the bundle has the lines themselves.
const LISTED: usize = 40;
/// Groups on the timeline.
const EVENT_LIMIT: usize = 25;

const FACTS: &[FactSpec] = &[
    FactSpec::new("errors_24h", "Lines of priority error or worse in the last 24 h").unit(Unit::Count),
    FactSpec::new("warnings_24h", "Lines of priority warning").unit(Unit::Count),
    FactSpec::new("truncated", "Whether there were more than could be read"),
    FactSpec::new(
        "groups",
        "Lines that differ only in numbers, newest first: rows of `origin`, `level`, `count`, `first`, `last`, \
         `message`",
    )
    .private(Privacy::Text),
    FactSpec::new("failures", "What the lines say that failed: `disk`, `memory`, `hardware`, `crash`"),
    FactSpec::new("memory_ended_at", "When the system last ended a program because memory was used up"),
    FactSpec::new("memory_ended_clock", "The same on this machine's wall clock"),
    FactSpec::new("memory_ended_program", "Which program that was").private(Privacy::Text),
    FactSpec::new("memory_own_limit", "Only the program's own share was used up, not the machine's memory"),
    FactSpec::new("sources", "Which logs were asked: rows of `name` and `state`"),
];

pub(super) struct SystemLog;

impl Check for SystemLog {
    fn id(&self) -> CheckId {
        CheckId::new("system-log")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            if let Some(skipped) = not_on_this_system(context) {
                return skipped;
            }
            let now = (context.clock)();
            let window = TimeWindow { from: now.minus(LOOK_BACK), to: now };
            let scan = logs::problems(&context.root_dir, window, now).await;
            report(&scan, now, |at| nightline_platform::wall_clock(at, &context.root_dir))
        }
        .boxed()
    }
}

fn report(scan: &LogScan, now: Timestamp, wall_clock: impl Fn(Timestamp) -> String) -> Found {
    let mut notes = Notes::new(FACTS, now);
    notes.put("sources", source_list(&scan.sources), "attempt");
    if !scan.sources.iter().any(|source| source.state.is_read()) {
        let forbidden = names_of(&scan.sources, &SourceState::NotAllowed);
        let reason = if forbidden.is_empty() {
            Message::new("check-unknown-no-system-log")
        } else {
            Message::new("check-unknown-not-allowed").arg("sources", forbidden)
        };
        return Found::unknown(reason, notes.take());
    }
    let warnings = scan.entries.iter().filter(|it| it.level == LogLevel::Warning).count();
    let groups = group(&scan.entries);
    let mut failures: Vec<Failure> = groups.iter().filter_map(|it| it.failure).collect();
    failures.sort_unstable();
    failures.dedup();
    notes.put("errors_24h", scan.entries.len() - warnings, "system-log");
    notes.put("warnings_24h", warnings, "system-log");
    notes.put("truncated", scan.truncated, "system-log");
    notes.put("groups", Value::List(groups.iter().take(LISTED).map(row).collect()), "system-log");
    notes.put("failures", failures.iter().map(|it| it.as_str()).collect::<Vec<_>>(), "system-log");
    if let Some(Ended { at, program, own_limit }) = ended(&scan.entries) {
        notes.put("memory_ended_at", at, "system-log");
        notes.put("memory_ended_clock", wall_clock(at), "system-log");
        notes.put("memory_ended_program", program, "system-log");
        notes.put("memory_own_limit", own_limit, "system-log");
    }
    let facts = notes.take();
    let found = match failures.first() {
        Some(worst) => Found::degraded(Message::new(worst.reason()), facts),
        None => Found::healthy(facts),
    };
    let on_timeline = groups.iter().filter(|it| it.level != LogLevel::Warning || it.failure.is_some());
    Found { events: on_timeline.take(EVENT_LIMIT).map(event).collect(), ..found }
}

fn event(group: &Group) -> Event {
    Event {
        at: group.last,
        until: None,
        kind: EventKind::LogError,
        source: EventSource::SystemLog,
        message: Message::new("event-log-error")
            .arg("origin", group.origin.clone())
            .arg("line", group.message.clone())
            .arg("count", group.count),
        privacy: Privacy::Text,
    }
}

fn row(group: &Group) -> Value {
    Value::from([
        ("origin", group.origin.clone().into()),
        ("level", group.level.as_str().into()),
        ("count", group.count.into()),
        ("first", group.first.into()),
        ("last", group.last.into()),
        ("message", group.message.clone().into()),
    ])
}

#[cfg(test)]
mod tests {
    use nightline_platform::Source;
    use nightline_platform::logs::LogEntry;
    use nightline_types::Outcome;

    use super::*;

    fn scan(lines: &[(&str, LogLevel)], state: SourceState) -> LogScan {
        let entry = |(message, level): &(&str, LogLevel)| LogEntry {
            at: Timestamp::from_unix_ms(1),
            level: *level,
            origin: "kernel".into(),
            message: (*message).into(),
        };
        LogScan {
            entries: lines.iter().map(entry).collect(),
            sources: vec![Source::new("journal", state)],
            truncated: false,
        }
    }

    #[test]
    fn a_noisy_log_is_healthy_and_a_failing_disk_is_not() {
        check(&[], SourceState::Read, Outcome::Healthy, "-");
        check(&[("Failed to start foo.", LogLevel::Error)], SourceState::Read, Outcome::Healthy, "-");
        let disk = "I/O error, dev sda, sector 1234 op 0x0:(READ)";
        check(&[(disk, LogLevel::Error)], SourceState::Read, Outcome::Degraded, "reason-log-disk");
    }

    #[test]
    fn a_log_that_may_not_be_read_is_named_and_nothing_is_claimed() {
        check(&[], SourceState::NotAllowed, Outcome::Unknown, "check-unknown-not-allowed");
        check(&[], SourceState::Absent, Outcome::Unknown, "check-unknown-no-system-log");
    }

    #[test]
    fn warnings_stay_off_the_timeline() {
        let lines = [("low voltage?", LogLevel::Warning), ("Failed to start foo.", LogLevel::Error)];
        let found = report(&scan(&lines, SourceState::Read), Timestamp::from_unix_ms(2), |_| String::new());
        assert_eq!(found.events.len(), 1);
        assert_eq!(found.events[0].privacy, Privacy::Text);
    }

    #[track_caller]
    fn check(lines: &[(&str, LogLevel)], state: SourceState, outcome: Outcome, reason: &str) {
        let found = report(&scan(lines, state), Timestamp::from_unix_ms(2), |_| String::new());
        let id = found.reason.as_ref().map_or("-", |it| it.id.as_str());
        assert_eq!((found.outcome, id), (Some(outcome), reason));
    }
}
