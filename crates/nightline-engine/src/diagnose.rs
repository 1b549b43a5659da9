//! One diagnosis: runs the catalogue, concludes, and says a first verdict as soon as the network has answered.

use std::collections::BTreeSet;
use std::time::Duration;

use nightline_checks::{Plan, catalogue};
use nightline_diagnosis::{Inputs, Owners, conclude};
use nightline_types::{CheckId, CheckResult, Intake, Report, Target, TargetReport, Verdict};
use tokio_util::sync::CancellationToken;

use crate::{PROGRAM, World};

/// The whole diagnosis ends after this time with whatever it has; the bar is 15 s with everything broken,
/// and a second goes to starting and concluding.
const DEADLINE: Duration = Duration::from_secs(14);

/// The checks that a first answer to "is it me?" rests on.
const FIRST_ANSWER: [&str; 6] =
    ["interfaces", "gateway", "dns-system", "captive-portal", "desk-reach", "target-reach"];

/// What to diagnose.
#[derive(Clone, Debug, Default)]
pub struct DiagnosisPlan {
    /// What the person wants to reach; the report is about the first.
    pub targets: Vec<Target>,
    /// Only these checks.
    pub only: Vec<CheckId>,
    /// The longest it may take.
    pub deadline: Option<Duration>,
    /// The person's words, which put their own mark on the timeline.
    pub intake: Option<Intake>,
}

/// What happens while a diagnosis runs.
#[derive(Debug)]
pub enum Diagnosis<'a> {
    /// A check has finished.
    Checked(&'a CheckResult),
    /// The network has answered; the rest may still change this.
    FirstVerdict(&'a Verdict),
}

/// Runs the checks and concludes. Never fails: what could not be looked at is in the report with its reason.
pub async fn diagnose(
    world: &World,
    plan: &DiagnosisPlan,
    cancel: &CancellationToken,
    mut progress: impl FnMut(Diagnosis<'_>),
) -> Report {
    let started_at = world.now();
    let owners = world.owners();
    let context = world.context(&plan.targets);
    let run_plan = Plan {
        deadline: plan.deadline.unwrap_or(DEADLINE),
        not_allowed: world.config.checks_not_allowed.value.iter().map(ToString::to_string).collect(),
        only: (!plan.only.is_empty())
            .then(|| plan.only.iter().map(ToString::to_string).collect::<BTreeSet<_>>()),
    };
    let mut waiting: BTreeSet<&str> = FIRST_ANSWER.into();
    let mut finished: Vec<CheckResult> = Vec::new();
    let diagnosed = nightline_checks::run(catalogue::all(), &context, &run_plan, cancel, |check| {
        progress(Diagnosis::Checked(check));
        if waiting.is_empty() {
            return;
        }
        finished.push(check.clone());
        if waiting.remove(check.id.as_str()) && waiting.is_empty() {
            let checks = std::mem::take(&mut finished);
            let early = conclude(inputs(world, plan, &owners, checks, started_at));
            progress(Diagnosis::FirstVerdict(&early.verdict));
        }
    })
    .await;
    let target =
        plan.targets.first().map(|given| TargetReport { given: given.clone(), probes: diagnosed.probes });
    conclude(Inputs {
        events: diagnosed.events,
        machine: diagnosed.machine,
        target,
        complete: diagnosed.complete,
        ..inputs(world, plan, &owners, diagnosed.checks, started_at)
    })
}

fn inputs<'a>(
    world: &World,
    plan: &'a DiagnosisPlan,
    owners: &'a Owners,
    checks: Vec<CheckResult>,
    started_at: nightline_types::Timestamp,
) -> Inputs<'a> {
    Inputs {
        checks,
        events: Vec::new(),
        machine: nightline_types::Machine::default(),
        target: None,
        intake: plan.intake.as_ref(),
        owners,
        started_at,
        now: world.now(),
        complete: true,
        program: PROGRAM.to_owned(),
    }
}

/// Whether the catalogue has this check.
pub fn is_check(id: &CheckId) -> bool {
    catalogue::all().iter().any(|check| check.id() == *id)
}
