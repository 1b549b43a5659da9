//! Proves since when the system has been running, and how it went down lately.
//!
//! Method: `/proc/uptime`, `/proc/stat`, `/var/log/wtmp`, else the journal's boots and its stop messages.
//! Degraded after an end without order in the last 24 h, or two in the last 7 days (our own thresholds: one power cut
//! a week is life, two are a pattern).
//! False positives: a virtual machine that its host switched off looks the same; where a system never writes
//! shutdowns, nothing is called a crash.

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::system::{self, Boot, Ending};
use nightline_types::{CheckId, Event, EventKind, EventSource, Message, Privacy, Timestamp, Unit};

use super::local::{not_on_this_system, source_list};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Two questions to the journal at 3 s each, and a little.
const LIMIT: Duration = Duration::from_secs(7);
/// Boots that are looked at; somebody who restarts twice a day fills a week with these.
const BOOT_LIMIT: usize = 20;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const CRASHES_A_WEEK: usize = 2;

const FACTS: &[FactSpec] = &[
    FactSpec::new("uptime_s", "How long the system has been running").unit(Unit::S),
    FactSpec::new("booted_at", "When it started"),
    FactSpec::new("boots_7d", "How often it started in the last 7 days").unit(Unit::Count),
    FactSpec::new("crashes_7d", "How often it went down without order in the last 7 days").unit(Unit::Count),
    FactSpec::new("last_crash_at", "When it last went down without order, as far as anything was written"),
    FactSpec::new("sources", "Which records were asked: rows of `name` and `state`"),
];

pub(super) struct UptimeBoots;

impl Check for UptimeBoots {
    fn id(&self) -> CheckId {
        CheckId::new("uptime-boots")
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
            let history = system::boot_history(&context.root_dir, BOOT_LIMIT).await;
            let now = (context.clock)();
            let mut notes = Notes::new(FACTS, now);
            let uptime = system::uptime(&context.root_dir);
            notes.put_some("uptime_s", uptime.map(|it| it.as_secs()), "proc-uptime");
            notes.put_some("booted_at", system::boot_time(&context.root_dir), "proc-stat");
            notes.put("sources", source_list(&history.sources), "attempt");
            judge(&history.boots, now, notes)
        }
        .boxed()
    }
}

fn judge(boots: &[Boot], now: Timestamp, mut notes: Notes) -> Found {
    let crashes: Vec<Timestamp> = boots
        .iter()
        .filter(|boot| boot.ending == Ending::Abrupt)
        // Where nothing says when it ended, the start is the latest moment that is certain.
        .map(|boot| boot.ended.unwrap_or(boot.at))
        .collect();
    let within = |at: Timestamp, length: Duration| now.since(at) <= length;
    let this_week = crashes.iter().filter(|at| within(**at, WEEK)).count();
    notes.put("boots_7d", boots.iter().filter(|boot| within(boot.at, WEEK)).count(), "boot-records");
    notes.put("crashes_7d", this_week, "boot-records");
    notes.put_some("last_crash_at", crashes.first().copied(), "boot-records");
    let facts = notes.take();
    let found = match crashes.first() {
        _ if boots.is_empty() => Found::unknown(Message::new("check-unknown-nothing-readable"), facts),
        Some(last) if within(*last, DAY) || this_week >= CRASHES_A_WEEK => {
            Found::degraded(Message::new("reason-crashed").arg("count", this_week.max(1)), facts)
        }
        _ => Found::healthy(facts),
    };
    Found { events: boots.iter().flat_map(events).collect(), ..found }
}

fn events(boot: &Boot) -> Vec<Event> {
    let event = |at, kind, id| Event {
        at,
        until: None,
        kind,
        source: EventSource::SystemLog,
        message: Message::new(id),
        privacy: Privacy::Public,
    };
    let mut events = vec![event(boot.at, EventKind::Boot, "event-boot")];
    match (boot.ending, boot.ended) {
        (Ending::Orderly, Some(at)) => events.push(event(at, EventKind::Shutdown, "event-shutdown")),
        (Ending::Abrupt, at) => events.push(event(at.unwrap_or(boot.at), EventKind::Crash, "event-crash")),
        _ => {}
    }
    events
}

#[cfg(test)]
mod tests {
    use nightline_types::Outcome;

    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn one_crash_today_or_two_this_week_are_worth_saying() {
        check(&[(1, Ending::Running), (50, Ending::Orderly)], Outcome::Healthy, 0);
        check(&[(1, Ending::Running), (20, Ending::Abrupt)], Outcome::Degraded, 1);
        check(&[(1, Ending::Running), (50, Ending::Abrupt)], Outcome::Healthy, 1);
        check(&[(1, Ending::Running), (50, Ending::Abrupt), (90, Ending::Abrupt)], Outcome::Degraded, 2);
        check(&[(1, Ending::Running), (500, Ending::Abrupt), (600, Ending::Abrupt)], Outcome::Healthy, 0);
        check(&[(1, Ending::Running), (2, Ending::Unknown)], Outcome::Healthy, 0);
        check(&[], Outcome::Unknown, 0);
    }

    #[test]
    fn an_end_without_order_is_an_event_of_its_own_kind() {
        let at = Timestamp::from_unix_ms(5);
        let kinds: Vec<_> = events(&Boot { at, ended: None, ending: Ending::Abrupt })
            .iter()
            .map(|event| event.kind)
            .collect();
        assert_eq!(kinds, [EventKind::Boot, EventKind::Crash]);
    }

    #[track_caller]
    fn check(hours_ago: &[(i64, Ending)], outcome: Outcome, crashes: i64) {
        let now = Timestamp::from_unix_ms(10_000 * HOUR);
        let boot = |(hours, ending): &(i64, Ending)| Boot {
            at: Timestamp::from_unix_ms(now.unix_ms() - hours * HOUR),
            ended: None,
            ending: *ending,
        };
        let boots: Vec<_> = hours_ago.iter().map(boot).collect();
        let found = judge(&boots, now, Notes::new(FACTS, now));
        assert_eq!(found.outcome, Some(outcome), "{hours_ago:?}");
        let counted = found.facts.iter().find(|fact| fact.key.as_str() == "crashes_7d");
        assert_eq!(counted.map(|fact| fact.value.clone()), Some(crashes.into()), "{hours_ago:?}");
    }
}
