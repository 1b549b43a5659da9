//! One diagnosis: runs the catalogue, concludes, and says a first verdict as soon as the network has answered.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nightline_checks::{Plan, catalogue};
use nightline_diagnosis::{Inputs, Owners, conclude};
use nightline_types::{CheckId, CheckResult, Intake, Report, Target, TargetReport, Verdict};
use tokio_util::sync::CancellationToken;

use crate::{PROGRAM, World};

/// The whole diagnosis ends after this time with whatever it has; the bar is 15 s with everything broken,
/// and a second goes to starting and concluding.
const DEADLINE: Duration = Duration::from_secs(14);

/// By then the first verdict is given, with whatever is known; the bar is 5 s with everything broken.
const FIRST_VERDICT: Duration = Duration::from_millis(4_500);

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
    let catalogue = catalogue::to_run(run_plan.only.as_ref());
    let early = |checks, complete| {
        conclude(Inputs { complete, ..inputs(world, plan, &owners, checks, started_at) }).verdict
    };
    let first = Mutex::new(First { waiting: FIRST_ANSWER.into(), finished: Vec::new() });
    let progress = Mutex::new(&mut progress);
    let tell = |news: Diagnosis<'_>| progress.lock().unwrap_or_else(PoisonError::into_inner)(news);
    let running = nightline_checks::run(catalogue, &context, &run_plan, cancel, |check| {
        tell(Diagnosis::Checked(check));
        if let Some(checks) = first.lock().unwrap_or_else(PoisonError::into_inner).note(check) {
            tell(Diagnosis::FirstVerdict(&early(checks, true)));
        }
    });
    let mut running = std::pin::pin!(running);
    let diagnosed = tokio::select! {
        biased;
        diagnosed = &mut running => diagnosed,
        () = tokio::time::sleep(FIRST_VERDICT) => {
            let checks = first.lock().unwrap_or_else(PoisonError::into_inner).give_up();
            if let Some(checks) = checks {
                tell(Diagnosis::FirstVerdict(&early(checks, false)));
            }
            running.await
        }
    };
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

/// What the first verdict waits for.
struct First {
    waiting: BTreeSet<&'static str>,
    finished: Vec<CheckResult>,
}

impl First {
    /// Everything that has finished, once the last of those that it waits for is among them.
    fn note(&mut self, check: &CheckResult) -> Option<Vec<CheckResult>> {
        if self.waiting.is_empty() {
            return None;
        }
        self.finished.push(check.clone());
        (self.waiting.remove(check.id.as_str()) && self.waiting.is_empty())
            .then(|| std::mem::take(&mut self.finished))
    }

    /// What has finished so far, if no verdict was given yet; none will be.
    fn give_up(&mut self) -> Option<Vec<CheckResult>> {
        let waits = !std::mem::take(&mut self.waiting).is_empty();
        waits.then(|| std::mem::take(&mut self.finished))
    }
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
