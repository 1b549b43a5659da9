//! Runs a catalogue: in parallel, in the order the checks ask for, and always to an end.
//!
//! Adds ids and times, and turns every way of not answering into an outcome with a reason. Judges nothing.

mod merge;
mod schedule;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use nightline_types::{CheckId, CheckResult, Event, Machine, Message, Millis, Outcome, TargetProbe};
use tokio::task::{Id, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{Check, Context, Found};
use merge::merge;
use schedule::Schedule;

/// What to run and how long.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The longest the whole diagnosis may take; what has not finished by then is unknown.
    pub deadline: Duration,
    /// Checks that the organisation does not allow, by id.
    pub not_allowed: BTreeSet<String>,
    /// Only these checks; what they build on runs too but is not reported.
    pub only: Option<BTreeSet<String>>,
}

/// What a diagnosis found.
#[derive(Clone, Debug)]
pub struct Diagnosed {
    /// In the order of the catalogue.
    pub checks: Vec<CheckResult>,
    /// Oldest first.
    pub events: Vec<Event>,
    /// What the checks learned about the machine.
    pub machine: Machine,
    /// Probes of the target, oldest first.
    pub probes: Vec<TargetProbe>,
    /// Whether neither the deadline nor the person ended it early.
    pub complete: bool,
}

/// Runs `catalogue`. `progress` is called once for each check that is reported, as soon as it has finished.
/// Ends at the deadline or when `cancel` is cancelled, and keeps what has been found by then.
pub async fn run(
    catalogue: Vec<Arc<dyn Check>>,
    context: &Context,
    plan: &Plan,
    cancel: &CancellationToken,
    mut progress: impl FnMut(&CheckResult),
) -> Diagnosed {
    let deadline = Instant::now() + plan.deadline;
    let mut run = Run::new(&catalogue, context, plan);
    for index in run.schedule.not_allowed() {
        run.finish(
            index,
            run.begun(),
            Found::skipped(Message::new("check-skipped-not-allowed")),
            &mut progress,
        );
    }
    let mut cut = None;
    while cut.is_none() {
        run.start_ready();
        if run.tasks.is_empty() {
            break;
        }
        tokio::select! {
            // A check that has finished counts, also when the deadline passes at the same moment.
            biased;
            Some(joined) = run.tasks.join_next_with_id() => run.take(joined, &mut progress),
            () = cancel.cancelled() => cut = Some(Found::skipped(Message::new("check-skipped-cancelled"))),
            () = tokio::time::sleep_until(deadline) => {
                let seconds = plan.deadline.as_secs();
                let reason = Message::new("check-unknown-deadline").arg("seconds", seconds);
                cut = Some(Found::unknown(reason, Vec::new()));
            }
        }
    }
    run.tasks.abort_all();
    let complete = cut.is_none();
    if let Some(found) = cut {
        for (index, begun) in run.unfinished() {
            run.finish(index, begun, found.clone(), &mut progress);
        }
    }
    run.diagnosed(complete)
}

/// When a check began: for the report, and for measuring.
#[derive(Clone, Copy)]
struct Begun {
    at: nightline_types::Timestamp,
    measured: Instant,
}

struct Run<'a> {
    catalogue: &'a [Arc<dyn Check>],
    context: &'a Context,
    schedule: Schedule,
    tasks: JoinSet<Found>,
    running: BTreeMap<Id, (usize, Begun)>,
    done: BTreeMap<usize, (CheckResult, Found)>,
}

type Joined = Result<(Id, Found), tokio::task::JoinError>;

impl<'a> Run<'a> {
    fn new(catalogue: &'a [Arc<dyn Check>], context: &'a Context, plan: &Plan) -> Self {
        Self {
            catalogue,
            context,
            schedule: Schedule::new(catalogue, plan),
            tasks: JoinSet::new(),
            running: BTreeMap::new(),
            done: BTreeMap::new(),
        }
    }

    fn begun(&self) -> Begun {
        Begun { at: (self.context.clock)(), measured: Instant::now() }
    }

    fn start_ready(&mut self) {
        for index in self.schedule.take_ready(self.running.is_empty()) {
            let Some(check) = self.catalogue.get(index).cloned() else { continue };
            let context = self.context.clone();
            let begun = self.begun();
            let task = self.tasks.spawn(async move {
                let limit = check.limit();
                match tokio::time::timeout(limit, check.ask(&context)).await {
                    Ok(found) => found,
                    Err(_) => Found::unknown(
                        Message::new("check-unknown-limit").arg("seconds", limit.as_secs_f64()),
                        Vec::new(),
                    ),
                }
            });
            self.running.insert(task.id(), (index, begun));
        }
    }

    fn take(&mut self, joined: Joined, progress: &mut impl FnMut(&CheckResult)) {
        let (id, found) = match joined {
            Ok((id, found)) => (id, found),
            Err(error) => (error.id(), Found::unknown(Message::new("check-unknown-panicked"), Vec::new())),
        };
        if let Some((index, begun)) = self.running.remove(&id) {
            self.finish(index, begun, found, progress);
        }
    }

    fn finish(
        &mut self,
        index: usize,
        begun: Begun,
        mut found: Found,
        progress: &mut impl FnMut(&CheckResult),
    ) {
        let Some(check) = self.catalogue.get(index) else { return };
        if found.outcome.is_none() {
            found.reason.get_or_insert_with(|| Message::new("check-unknown-silent"));
        }
        let result = CheckResult {
            id: check.id(),
            outcome: found.outcome.unwrap_or(Outcome::Unknown),
            reason: found.reason.take(),
            facts: std::mem::take(&mut found.facts),
            started_at: begun.at,
            took_ms: Millis::from(begun.measured.elapsed()),
        };
        self.remember(&result.id, result.outcome, &result.facts);
        self.schedule.finished(index);
        if self.schedule.is_reported(index) {
            progress(&result);
            self.done.insert(index, (result, found));
        }
    }

    fn remember(&self, id: &CheckId, outcome: Outcome, facts: &[nightline_types::Fact]) {
        let mut known = self.context.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push((id.clone(), outcome, facts.to_vec()));
    }

    /// What runs and what still waits.
    fn unfinished(&self) -> Vec<(usize, Begun)> {
        let waiting = self.schedule.waiting().map(|index| (index, self.begun()));
        self.running.values().copied().chain(waiting).collect()
    }

    fn diagnosed(self, complete: bool) -> Diagnosed {
        let mut diagnosed = Diagnosed {
            checks: Vec::new(),
            events: Vec::new(),
            machine: Machine::default(),
            probes: Vec::new(),
            complete,
        };
        for (result, found) in self.done.into_values() {
            diagnosed.checks.push(result);
            diagnosed.events.extend(found.events);
            diagnosed.probes.extend(found.probes);
            if let Some(machine) = found.machine {
                merge(&mut diagnosed.machine, machine);
            }
        }
        diagnosed.events.sort_by_key(|event| event.at);
        diagnosed.probes.sort_by_key(|probe| probe.at);
        diagnosed
    }
}

#[cfg(test)]
mod tests;
