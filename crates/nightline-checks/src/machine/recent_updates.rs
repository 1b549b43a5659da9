//! Proves what changed on this machine lately: software that was installed, updated or removed.
//!
//! Method: the logs of apt, dpkg, dnf, pacman and zypper, 14 days back. No thresholds: an update is no fault, and
//! whether it explains one is for the rules to say. It is unknown only where no log can be read.
//! False positives: none; but what was unpacked by hand, snaps and flatpaks are not seen.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::updates::{self, Change, ChangeHistory, ChangeKind};
use nightline_types::{CheckId, Event, EventKind, EventSource, Message, Privacy, Timestamp, Unit, Value};

use super::local::{blocking, names_of, not_on_this_system, source_list, too_slow};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(4);
/// Below the check's own limit, so that its answer says what was slow.
const READ_LIMIT: Duration = Duration::from_secs(3);
/// Monthly patch days and a weekend lie inside.
const LOOK_BACK: Duration = Duration::from_secs(14 * 24 * 3600);
/// Rows in the report; the timeline has the rest by transaction.
const LISTED: usize = 30;
/// Packages named in one event's sentence.
const NAMED: usize = 3;
/// Transactions on the timeline.
const EVENT_LIMIT: usize = 50;

const FACTS: &[FactSpec] = &[
    FactSpec::new("changes_14d", "Packages installed, updated or removed in the last 14 days")
        .unit(Unit::Count),
    FactSpec::new("last_change_at", "When the last of them changed"),
    FactSpec::new("latest", "The newest: rows of `at`, `kind`, `package`, `before`, `after`"),
    FactSpec::new("sources", "Which logs were asked: rows of `name` and `state`"),
];

pub(super) struct RecentUpdates;

impl Check for RecentUpdates {
    fn id(&self) -> CheckId {
        CheckId::new("recent-updates")
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
            let root = context.root_dir.clone();
            let read = move || updates::history(&root, now.minus(LOOK_BACK));
            match blocking(READ_LIMIT, read).await {
                Some(history) => report(&history, now),
                None => too_slow(),
            }
        }
        .boxed()
    }
}

fn report(history: &ChangeHistory, now: Timestamp) -> Found {
    let mut notes = Notes::new(FACTS, now);
    notes.put("sources", source_list(&history.sources), "attempt");
    if !history.sources.iter().any(|source| source.state.is_read()) {
        let forbidden = names_of(&history.sources, &SourceState::NotAllowed);
        let reason = if forbidden.is_empty() {
            Message::new("check-unknown-no-package-log")
        } else {
            Message::new("check-unknown-not-allowed").arg("sources", forbidden)
        };
        return Found::unknown(reason, notes.take());
    }
    notes.put("changes_14d", history.changes.len(), "package-log");
    notes.put_some("last_change_at", history.changes.first().map(|it| it.at), "package-log");
    notes.put("latest", Value::List(history.changes.iter().take(LISTED).map(row).collect()), "package-log");
    Found { events: events(&history.changes), ..Found::healthy(notes.take()) }
}

fn row(change: &Change) -> Value {
    let mut columns: Vec<(&str, Value)> = vec![
        ("at", change.at.into()),
        ("kind", change.kind.as_str().into()),
        ("package", change.package.clone().into()),
    ];
    columns.extend(change.before.clone().map(|it| ("before", it.into())));
    columns.extend(change.after.clone().map(|it| ("after", it.into())));
    Value::Map(columns.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// One event for each moment and kind: a package manager writes one time for a whole transaction.
fn events(changes: &[Change]) -> Vec<Event> {
    let mut groups: BTreeMap<(Timestamp, ChangeKind), Vec<&str>> = BTreeMap::new();
    for change in changes {
        groups.entry((change.at, change.kind)).or_default().push(&change.package);
    }
    let event = |((at, kind), packages): ((Timestamp, ChangeKind), Vec<&str>)| {
        let id = match kind {
            ChangeKind::Installed => "event-software-installed",
            ChangeKind::Upgraded => "event-software-upgraded",
            ChangeKind::Downgraded => "event-software-downgraded",
            ChangeKind::Removed => "event-software-removed",
        };
        let named = packages.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        Event {
            at,
            until: None,
            kind: EventKind::Update,
            source: EventSource::Packages,
            message: Message::new(id)
                .arg("packages", named)
                .arg("more", packages.len().saturating_sub(NAMED)),
            privacy: Privacy::Public,
        }
    };
    groups.into_iter().rev().take(EVENT_LIMIT).map(event).collect()
}

#[cfg(test)]
mod tests {
    use nightline_types::Outcome;

    use super::*;

    fn change(at: i64, kind: ChangeKind, package: &str) -> Change {
        Change { at: Timestamp::from_unix_ms(at), kind, package: package.into(), before: None, after: None }
    }

    #[test]
    fn a_transaction_is_one_event_that_names_a_few_packages() {
        let changes: Vec<_> = ["a", "b", "c", "d", "e"].map(|it| change(9, ChangeKind::Upgraded, it)).into();
        let found = events(&changes);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message.args.get("packages"), Some(&Value::from("a, b, c")));
        assert_eq!(found[0].message.args.get("more"), Some(&Value::from(2_i64)));
    }

    #[test]
    fn without_any_log_nothing_is_claimed() {
        check(&[SourceState::Absent], Outcome::Unknown, "check-unknown-no-package-log");
        check(&[SourceState::Absent, SourceState::NotAllowed], Outcome::Unknown, "check-unknown-not-allowed");
        check(&[SourceState::NotAllowed, SourceState::Read], Outcome::Healthy, "-");
    }

    #[track_caller]
    fn check(states: &[SourceState], outcome: Outcome, reason: &str) {
        let sources =
            states.iter().map(|state| nightline_platform::Source::new("/var/log/x", state.clone())).collect();
        let found =
            report(&ChangeHistory { sources, ..ChangeHistory::default() }, Timestamp::from_unix_ms(0));
        let id = found.reason.as_ref().map_or("-", |it| it.id.as_str());
        assert_eq!((found.outcome, id), (Some(outcome), reason));
    }
}
