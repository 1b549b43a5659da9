//! Recorded fact sets: a machine where everything works, and how cases differ from it. Asks no machine.

use nightline_diagnosis::{Inputs, Owners, conclude};
use nightline_types::{
    CheckId, CheckResult, Culprit, Event, EventKind, EventSource, Fact, Grade, Intake, Machine, Message,
    Millis, Outcome, Privacy, Report, Timestamp, Value,
};

pub(crate) const NOW: Timestamp = Timestamp::from_unix_ms(1_795_312_984_000);
pub(crate) const HOUR: std::time::Duration = std::time::Duration::from_hours(1);

/// What a machine where everything works looks like; each case changes a few facts.
pub(crate) struct Case {
    pub(crate) checks: Vec<CheckResult>,
    pub(crate) events: Vec<Event>,
    pub(crate) intake: Option<Intake>,
}

pub(crate) fn healthy() -> Case {
    let case = Case { checks: Vec::new(), events: Vec::new(), intake: None };
    case.with(
        "interfaces",
        Outcome::Healthy,
        &[
            ("link_up_count", 1_i64.into()),
            ("address_count", 2_i64.into()),
            ("default_route", true.into()),
            ("cable_out", false.into()),
        ],
    )
    .with(
        "gateway",
        Outcome::Healthy,
        &[
            ("address", "10.0.0.1".into()),
            ("neighbour_state", "reachable".into()),
            ("echo_sent", 5_i64.into()),
            ("echo_received", 5_i64.into()),
            ("answered", true.into()),
        ],
    )
    .with("dns-system", Outcome::Healthy, &[("resolve_ms", 12.0.into())])
    .with(
        "dns-direct",
        Outcome::Healthy,
        &[
            ("server_count", 1_i64.into()),
            ("answered_count", 1_i64.into()),
            ("fastest_ms", 9.0.into()),
            ("off_link_answered", true.into()),
        ],
    )
    .with(
        "desk-reach",
        Outcome::Healthy,
        &[
            ("endpoint", "desk.example.com:443".into()),
            ("host", "desk.example.com".into()),
            ("reached", true.into()),
            ("loopback", false.into()),
            ("cert_problem", "none".into()),
            ("cert_days_left", 60.0.into()),
            ("off_link_answered", true.into()),
        ],
    )
    .with("captive-portal", Outcome::Healthy, &[("intercepted", false.into()), ("status", 204_i64.into())])
    .with("clock", Outcome::Healthy, &[("offset_s", 0.2.into()), ("bound_s", 0.1.into())])
    .with(
        "target-reach",
        Outcome::Healthy,
        &[
            ("endpoint", "files.example.com:445".into()),
            ("host", "files.example.com".into()),
            ("reached", true.into()),
            ("loopback", false.into()),
            ("host_answers", true.into()),
            ("off_link_answered", true.into()),
        ],
    )
    .with("disk-pressure", Outcome::Healthy, &[])
    .with("memory-pressure", Outcome::Healthy, &[])
}

impl Case {
    pub(crate) fn with(
        mut self,
        id: &'static str,
        outcome: Outcome,
        facts: &[(&'static str, Value)],
    ) -> Self {
        let at = self.checks.iter().position(|check| check.id.as_str() == id);
        let mut result = match at {
            Some(index) => self.checks.remove(index),
            None => CheckResult {
                id: CheckId::new(id),
                outcome,
                reason: None,
                facts: Vec::new(),
                started_at: NOW,
                took_ms: Millis(1.0),
            },
        };
        result.outcome = outcome;
        for (key, value) in facts {
            result.facts.retain(|fact| fact.key.as_str() != *key);
            result.facts.push(Fact::new(key, value.clone(), "recorded", NOW));
        }
        self.checks.insert(at.unwrap_or(self.checks.len()), result);
        self
    }

    /// The target, the desk and the resolvers all without an answer, as behind a dead network.
    pub(crate) fn nothing_answers(self) -> Self {
        let silent: &[(&'static str, Value)] = &[
            ("reached", false.into()),
            ("off_link_answered", false.into()),
            ("failed_phase", "tcp".into()),
            ("failure", "timeout".into()),
            ("host_answers", false.into()),
        ];
        self.with("target-reach", Outcome::Broken, silent)
            .with("desk-reach", Outcome::Broken, silent)
            .with(
                "dns-direct",
                Outcome::Broken,
                &[
                    ("answered_count", 0_i64.into()),
                    ("timed_out", vec!["10.0.0.1"].into()),
                    ("off_link_answered", false.into()),
                ],
            )
            .with("dns-system", Outcome::Broken, &[("error", "timeout".into())])
    }

    pub(crate) fn target_fails(self, phase: &str, failure: &str) -> Self {
        self.with(
            "target-reach",
            Outcome::Broken,
            &[
                ("reached", false.into()),
                ("failed_phase", phase.into()),
                ("failure", failure.into()),
                ("off_link_answered", (failure == "refused").into()),
            ],
        )
    }

    pub(crate) fn event(mut self, kind: EventKind, hours_ago: u32) -> Self {
        self.events.push(Event {
            at: NOW.minus(HOUR * hours_ago),
            until: None,
            kind,
            source: EventSource::Packages,
            message: Message::new("event-update"),
            privacy: Privacy::Public,
        });
        self
    }

    pub(crate) fn report(self) -> Report {
        self.report_so_far(true)
    }

    pub(crate) fn report_so_far(self, complete: bool) -> Report {
        conclude(Inputs {
            checks: self.checks,
            events: self.events,
            machine: Machine::default(),
            target: None,
            intake: self.intake.as_ref(),
            owners: &Owners::none(),
            started_at: NOW.minus(HOUR),
            now: NOW,
            complete,
            program: "test".to_owned(),
        })
    }
}

#[track_caller]
pub(crate) fn check(case: Case, culprit: Culprit, finding: Option<&str>) {
    let report = case.report();
    let ids: Vec<_> = report.findings.iter().map(|it| (it.id.as_str(), it.severity)).collect();
    assert_eq!(report.verdict.culprit, culprit, "{ids:?}");
    match finding {
        Some(id) => assert!(ids.iter().any(|(it, _)| *it == id), "{ids:?}"),
        None => assert!(ids.iter().all(|(_, grade)| *grade == Grade::Notice), "{ids:?}"),
    }
}
