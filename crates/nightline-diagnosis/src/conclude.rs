//! From everything that was seen to the report. Decides the order, leaves the judging to the rules.

use nightline_types::{CheckResult, Event, Intake, Machine, REPORT_SCHEMA, Report, TargetReport, Timestamp};

use crate::Owners;
use crate::claim::{Claim, silence};
use crate::seen::Seen;
use crate::{rules, timeline, verdict};

/// Everything that one diagnosis saw.
pub struct Inputs<'a> {
    /// In the order of the catalogue.
    pub checks: Vec<CheckResult>,
    /// Of all sources, in any order.
    pub events: Vec<Event>,
    /// Which machine.
    pub machine: Machine,
    /// What the person wants to reach, with its probes.
    pub target: Option<TargetReport>,
    /// The person's words.
    pub intake: Option<&'a Intake>,
    /// Whose network an address belongs to.
    pub owners: &'a Owners,
    /// When the diagnosis began.
    pub started_at: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// False if the deadline ended it.
    pub complete: bool,
    /// Which Nightline this is.
    pub program: String,
}

/// The report: findings worst first, and one verdict that answers "is it me?".
pub fn conclude(inputs: Inputs<'_>) -> Report {
    let timeline = timeline::merge(inputs.events, inputs.intake, inputs.target.as_ref());
    let seen = Seen::new(&inputs.checks);
    let (path, trouble) = rules::path::judged(seen, inputs.owners);
    let mut claims = rules::look(seen, &timeline, inputs.intake, path.as_ref(), trouble.as_ref(), inputs.now);
    silence(&mut claims);
    claims.sort_by(worst_first);
    let verdict = verdict::answer(seen, &claims, inputs.complete, inputs.now);
    let findings = claims.into_iter().map(|claim| claim.finding).collect();
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        verdict,
        findings,
        checks: inputs.checks,
        timeline,
        machine: inputs.machine,
        target: inputs.target,
        path,
        started_at: inputs.started_at,
        took_ms: inputs.now.since(inputs.started_at).into(),
        complete: inputs.complete,
        program: inputs.program,
    }
}

/// By grade, then by confidence, then from the bottom up.
fn worst_first(one: &Claim, other: &Claim) -> std::cmp::Ordering {
    let (left, right) = (&one.finding, &other.finding);
    left.severity
        .cmp(&right.severity)
        .then(right.confidence.value().total_cmp(&left.confidence.value()))
        .then(one.layer.cmp(&other.layer))
}
