//! All events of all sources on one axis, oldest first. Invents none.

use nightline_types::{
    Event, EventKind, EventSource, Intake, Message, Privacy, TargetProbe, TargetReport, Timestamp,
};

/// Merges, adds the person's own time and the probes, and sorts. Evidence points into the result.
pub(crate) fn merge(
    mut events: Vec<Event>,
    intake: Option<&Intake>,
    target: Option<&TargetReport>,
) -> Vec<Event> {
    events.extend(intake.and_then(reported));
    if let Some(target) = target {
        events.extend(probes(&target.probes));
    }
    events.sort_by_key(|event| (event.at, event.kind));
    events.dedup();
    events
}

fn reported(intake: &Intake) -> Option<Event> {
    Some(Event {
        at: intake.when?,
        until: intake.until,
        kind: EventKind::Reported,
        source: EventSource::Person,
        message: Message::new("event-reported"),
        privacy: Privacy::Public,
    })
}

/// Probes of the same kind in a row are one event that lasts: an open ticket probes every few seconds.
fn probes(probes: &[TargetProbe]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut last: Option<(bool, Option<&str>)> = None;
    for probe in probes {
        let Some(at) = probe.at else { continue };
        let state = (probe.reached, probe.failed_phase.as_deref());
        match events.last_mut() {
            Some(event) if last == Some(state) => event.until = Some(at),
            _ => events.push(probe_event(at, probe)),
        }
        last = Some(state);
    }
    events
}

fn probe_event(at: Timestamp, probe: &TargetProbe) -> Event {
    let message = if probe.reached {
        Message::new("event-probe-reached")
    } else {
        Message::new("event-probe-failed").arg("phase", probe.failed_phase.as_deref().unwrap_or("?"))
    };
    Event {
        at,
        until: None,
        kind: EventKind::Probe,
        source: EventSource::Check,
        message,
        privacy: Privacy::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_in_a_row_with_the_same_end_are_one_event() {
        let reached = |ms, reached| TargetProbe {
            at: Some(Timestamp::from_unix_ms(ms)),
            reached,
            ..TargetProbe::default()
        };
        let target = TargetReport {
            given: "files.example.com:445".parse().unwrap(),
            probes: vec![reached(1, false), reached(2, false), reached(3, true), reached(4, false)],
        };
        let events = merge(Vec::new(), None, Some(&target));
        let spans: Vec<_> =
            events.iter().map(|it| (it.at.unix_ms(), it.until.map(Timestamp::unix_ms))).collect();
        assert_eq!(spans, [(1, Some(2)), (3, None), (4, None)]);
    }

    #[test]
    fn the_persons_time_stands_in_order_among_the_others() {
        let mut intake = Intake::about("no network");
        intake.when = Some(Timestamp::from_unix_ms(5));
        let boot = |ms| Event {
            at: Timestamp::from_unix_ms(ms),
            until: None,
            kind: EventKind::Boot,
            source: EventSource::Kernel,
            message: Message::new("event-boot"),
            privacy: Privacy::Public,
        };
        let events = merge(vec![boot(9), boot(1)], Some(&intake), None);
        let kinds: Vec<_> = events.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [EventKind::Boot, EventKind::Reported, EventKind::Boot]);
    }

    #[test]
    fn without_a_time_nothing_is_invented() {
        assert!(merge(Vec::new(), Some(&Intake::about("x")), None).is_empty());
    }
}
