//! What changed before it broke. Told, never blamed: that two things happened close together proves nothing.

use std::time::Duration;

use nightline_types::{Culprit, Event, EventKind, Grade, Intake, Timestamp};

use crate::claim::{Claim, Layer, claim};

/// People notice an update's fault on the same or the next day. The finding's sentence names these hours.
const UPDATE_WINDOW: Duration = Duration::from_hours(36);
/// A crash matters for what is wrong today.
const CRASH_WINDOW: Duration = Duration::from_hours(24);
/// People round the time of a fault; what happened shortly after counts too.
const ROUNDING: Duration = Duration::from_mins(15);
/// Evidence links a reader follows; more hide the first.
const MOST_LINKS: usize = 20;

pub(crate) fn look(timeline: &[Event], intake: Option<&Intake>, now: Timestamp, claims: &mut Vec<Claim>) {
    let reported = intake.and_then(|it| it.when);
    let until = reported.map_or(now, |when| when.plus(ROUNDING));
    let from = |window| reported.unwrap_or(now).minus(window);
    let happened = |kind: EventKind, window: Duration| {
        let span = from(window)..=until;
        timeline
            .iter()
            .enumerate()
            .filter(move |(_, event)| event.kind == kind && span.contains(&event.at))
            .map(|(index, event)| (index, event.at))
            .collect::<Vec<_>>()
    };
    // Nearer to the time of the fault is likelier, but never likely.
    let confidence = if reported.is_some() { 0.5 } else { 0.3 };
    let updates = happened(EventKind::Update, UPDATE_WINDOW);
    claims.extend(told("finding-updated-before", &updates, confidence));
    let crashes = happened(EventKind::Crash, CRASH_WINDOW);
    claims.extend(
        told("finding-unclean-shutdown", &crashes, 0.7).map(|claim| claim.advice("advice-unclean-shutdown")),
    );
}

fn told(id: &'static str, events: &[(usize, Timestamp)], confidence: f64) -> Option<Claim> {
    let (_, last) = events.last()?;
    let mut told = claim(Layer::Change, id, Grade::Notice, Culprit::Device, confidence)
        .arg("count", events.len())
        .arg("at", *last);
    for (index, _) in events.iter().rev().take(MOST_LINKS) {
        told = told.seen_at(*index);
    }
    Some(told)
}
