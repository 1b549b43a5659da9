//! One diagnosis: runs the catalogue, concludes, and says a first verdict as soon as the network has answered.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nightline_checks::{Plan, catalogue};
use nightline_diagnosis::{Inputs, Owners, conclude};
use nightline_types::{
    CheckId, CheckResult, Confidence, Culprit, Intake, Message, MessageId, Report, Target, TargetReport,
    Verdict,
};
use tokio_util::sync::CancellationToken;

use crate::{PROGRAM, World};

/// The whole diagnosis ends after this time with whatever it has; the bar is 15 s with everything broken,
/// and a second goes to starting and concluding.
const DEADLINE: Duration = Duration::from_secs(14);

/// What fills the line runs after everything else, and only when somebody asked for it by name.
const LOADING: Duration = Duration::from_secs(12);

/// The checks that a first answer to "is it me?" rests on.
const FIRST_ANSWER: [&str; 6] =
    ["interfaces", "gateway", "dns-system", "captive-portal", "desk-reach", "target-reach"];

/// The first answer comes by then with what there is: the bar is 5 s, and starting takes a part of it.
const FIRST_ANSWER_LIMIT: Duration = Duration::from_millis(4_500);
/// Nothing was found wrong while the decisive question is still open.
const HARDLY_SURE: f64 = 0.2;

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
    progress: impl FnMut(Diagnosis<'_>),
) -> Report {
    let started_at = world.now();
    let owners = world.owners();
    let context = world.context(&plan.targets);
    let only =
        (!plan.only.is_empty()).then(|| plan.only.iter().map(ToString::to_string).collect::<BTreeSet<_>>());
    let catalogue = catalogue::to_run(only.as_ref());
    let loading = if catalogue.iter().any(|check| check.on_request()) { LOADING } else { Duration::ZERO };
    let run_plan = Plan {
        deadline: plan.deadline.unwrap_or(DEADLINE + loading),
        not_allowed: world.config.checks_not_allowed.value.iter().map(ToString::to_string).collect(),
        only,
    };
    let early = Mutex::new(Early { waiting: FIRST_ANSWER.into(), finished: Vec::new(), progress });
    let conclude_early = |checks| conclude(inputs(world, plan, &owners, checks, started_at)).verdict;
    let running = nightline_checks::run(catalogue, &context, &run_plan, cancel, |check| {
        early.lock().unwrap_or_else(PoisonError::into_inner).take(check, conclude_early);
    });
    let mut running = std::pin::pin!(running);
    let diagnosed = tokio::select! {
        biased;
        diagnosed = &mut running => diagnosed,
        () = tokio::time::sleep(FIRST_ANSWER_LIMIT) => {
            early.lock().unwrap_or_else(PoisonError::into_inner).say(conclude_early);
            running.await
        }
    };
    let target =
        plan.targets.first().map(|it| TargetReport { given: it.without_secrets(), probes: diagnosed.probes });
    conclude(Inputs {
        events: diagnosed.events,
        machine: diagnosed.machine,
        target,
        complete: diagnosed.complete,
        ..inputs(world, plan, &owners, diagnosed.checks, started_at)
    })
}

/// The checks that have finished while the first answer is awaited.
struct Early<P> {
    /// Empty once it has been given.
    waiting: BTreeSet<&'static str>,
    finished: Vec<CheckResult>,
    progress: P,
}

impl<P: FnMut(Diagnosis<'_>)> Early<P> {
    fn take(&mut self, check: &CheckResult, conclude: impl FnOnce(Vec<CheckResult>) -> Verdict) {
        (self.progress)(Diagnosis::Checked(check));
        if self.waiting.is_empty() {
            return;
        }
        self.finished.push(check.clone());
        if self.waiting.remove(check.id.as_str()) && self.waiting.is_empty() {
            let verdict = conclude(std::mem::take(&mut self.finished));
            (self.progress)(Diagnosis::FirstVerdict(&verdict));
        }
    }

    /// Says it though some are still awaited.
    fn say(&mut self, conclude: impl FnOnce(Vec<CheckResult>) -> Verdict) {
        if std::mem::take(&mut self.waiting).is_empty() {
            return;
        }
        let verdict = unless_fine(conclude(std::mem::take(&mut self.finished)));
        (self.progress)(Diagnosis::FirstVerdict(&verdict));
    }
}

/// That nothing is wrong is not known as long as something does not answer.
fn unless_fine(verdict: Verdict) -> Verdict {
    if verdict.culprit != Culprit::None {
        return verdict;
    }
    Verdict {
        id: MessageId::new("verdict-unknown"),
        culprit: Culprit::Unknown,
        confidence: Confidence::new(HARDLY_SURE),
        message: Message::new("verdict-unknown"),
        ..verdict
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answer_is_given_once_and_never_says_too_early_that_all_is_well() {
        check(Culprit::None, Culprit::Unknown);
        check(Culprit::Dns, Culprit::Dns);
    }

    #[track_caller]
    fn check(concluded: Culprit, expected: Culprit) {
        let mut said = Vec::new();
        let mut early = Early {
            waiting: BTreeSet::from(["target-reach"]),
            finished: Vec::new(),
            progress: |event: Diagnosis<'_>| {
                if let Diagnosis::FirstVerdict(verdict) = event {
                    said.push(verdict.culprit);
                }
            },
        };
        let conclude = |_| Verdict {
            id: MessageId::new("verdict-none"),
            culprit: concluded,
            confidence: Confidence::new(0.6),
            message: Message::new("verdict-none"),
            measured_at: nightline_types::Timestamp::from_unix_ms(0),
            evidence: Vec::new(),
        };
        early.say(conclude);
        early.say(conclude);
        assert_eq!(said, [expected]);
    }
}
