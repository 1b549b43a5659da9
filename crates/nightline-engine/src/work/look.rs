//! One diagnosis of the worker, and the target's probes after it. Tells each check as it ends.

use std::time::Duration;

use nightline_checks::catalogue;
use nightline_types::{CheckResult, Event, EventKind, Outcome, Report, Target, TargetProbe};
use nightline_view::{CheckLine, Found, TimeSuggestion};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Told, title};
use crate::{Diagnosis, DiagnosisPlan, Follow, World, diagnose};

/// The check that the target is compared with.
const DESK: &str = "desk-reach";
/// More suggestions than this are a list to search, not a help to remember.
const MAX_TIMES: usize = 5;
/// What happens within a minute of each other is the same moment for a person.
const ONE_MOMENT: Duration = Duration::from_secs(60);

/// A diagnosis that runs or has ended. Dropping it stops it.
pub(super) struct Looking {
    stop: CancellationToken,
    task: Option<JoinHandle<Report>>,
    report: Option<Report>,
    follow: Option<Follow>,
}

impl Looking {
    /// Tells which checks there are and starts them.
    pub(super) async fn start(world: &World, target: Option<Target>, told: mpsc::Sender<Told>) -> Self {
        let checks = catalogue::all().iter().map(|check| waiting(check.id())).collect();
        let _ = told.send(Told::Looking { checks }).await;
        let follow = target.as_ref().map(|target| Follow::start(world, target));
        let stop = CancellationToken::new();
        let plan = DiagnosisPlan { targets: target.into_iter().collect(), ..DiagnosisPlan::default() };
        let (world, cancel) = (world.clone(), stop.clone());
        let task = tokio::spawn(async move {
            diagnose(&world, &plan, &cancel, |step| {
                let news = match step {
                    Diagnosis::Checked(check) => Told::Checked { line: line(check) },
                    Diagnosis::FirstVerdict(verdict) => {
                        Told::FirstVerdict { verdict: Box::new(verdict.clone()) }
                    }
                };
                // A line that does not fit is missing on the screen for a moment; the report has it.
                let _ = told.try_send(news);
            })
            .await
        });
        Self { stop, task: Some(task), report: None, follow }
    }

    /// Ends the checks; what there is counts.
    pub(super) fn enough(&self) {
        self.stop.cancel();
    }

    pub(super) fn has_ended(&self) -> bool {
        self.task.is_none()
    }

    pub(super) fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// What was found, once.
    pub(super) fn take(&mut self) -> Option<Told> {
        let report = self.report.as_ref()?;
        Some(Told::Looked { found: Box::new(found(report)), times: times(&report.timeline) })
    }

    /// Probes of the target since the report was made.
    pub(super) fn probes(&self) -> Vec<TargetProbe> {
        self.follow.as_ref().map(Follow::take).unwrap_or_default()
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Waits until a diagnosis ends; for ever where none runs. Cancel safe.
pub(super) async fn ended(looking: &mut Option<Looking>) {
    let Some(running) = looking.as_mut().filter(|it| it.task.is_some()) else {
        return std::future::pending().await;
    };
    let Some(task) = &mut running.task else { return };
    let report = task.await;
    running.task = None;
    match report {
        Ok(report) => running.report = Some(report),
        // A check's panic is caught by the runner; this is a defect of ours, and the way goes on without a report.
        Err(error) => tracing::error!(error = nightline_types::chain(&error), "The diagnosis did not end"),
    }
}

fn waiting(id: nightline_types::CheckId) -> CheckLine {
    CheckLine { title: title(&id), id, outcome: None, reason: None }
}

fn line(check: &CheckResult) -> CheckLine {
    // A healthy check needs no explanation on this list.
    let reason = check.reason.clone().filter(|_| check.outcome != Outcome::Healthy);
    CheckLine { id: check.id.clone(), title: title(&check.id), outcome: Some(check.outcome), reason }
}

fn found(report: &Report) -> Found {
    Found {
        verdict: report.verdict.clone(),
        findings: report.findings.clone(),
        probes: report.target.as_ref().map(|target| target.probes.clone()).unwrap_or_default(),
        desk: report.checks.iter().find(|check| check.id.as_str() == DESK).cloned(),
        path: report.path.clone(),
        complete: report.complete,
    }
}

/// What happened lately and may be the moment that the person means, newest first.
fn times(timeline: &[Event]) -> Vec<TimeSuggestion> {
    let telling = |event: &&Event| {
        matches!(
            event.kind,
            EventKind::Crash | EventKind::Boot | EventKind::Update | EventKind::Network | EventKind::Episode
        )
    };
    let mut times: Vec<TimeSuggestion> = Vec::new();
    for event in timeline.iter().rev().filter(telling) {
        // An update of a hundred packages is one moment.
        if times.last().is_none_or(|last| last.at.since(event.at) >= ONE_MOMENT) {
            times.push(TimeSuggestion { at: event.at, message: event.message.clone() });
        }
        if times.len() == MAX_TIMES {
            break;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use nightline_types::{EventSource, Message, Timestamp};

    use super::*;

    #[test]
    fn what_changed_lately_is_offered_newest_first_and_errors_of_logs_are_not() {
        let event = |minute: u64, kind| Event {
            at: Timestamp::from_unix_ms(0).plus(Duration::from_secs(minute * 60)),
            until: None,
            kind,
            source: EventSource::Packages,
            message: Message::new("x"),
            privacy: nightline_types::Privacy::default(),
        };
        let mut timeline: Vec<Event> = (0..9).map(|minute| event(minute, EventKind::Update)).collect();
        timeline.push(event(10, EventKind::LogError));
        timeline.push(event(11, EventKind::Boot));
        timeline.push(event(11, EventKind::Update));
        let minutes: Vec<i64> = times(&timeline).iter().map(|time| time.at.unix_ms() / 60_000).collect();
        assert_eq!(minutes, [11, 8, 7, 6, 5]);
    }

    #[test]
    fn what_was_found_holds_the_desk_to_compare_the_target_with() {
        let at = Timestamp::from_unix_ms(1_800_000_000_000);
        let check = |id: nightline_types::CheckId| CheckResult {
            id,
            outcome: Outcome::Healthy,
            reason: None,
            facts: Vec::new(),
            started_at: at,
            took_ms: nightline_types::Millis(1.0),
        };
        let report = nightline_diagnosis::conclude(nightline_diagnosis::Inputs {
            checks: catalogue::all().iter().map(|it| check(it.id())).collect(),
            events: Vec::new(),
            machine: nightline_types::Machine::default(),
            target: None,
            intake: None,
            owners: &nightline_diagnosis::Owners::none(),
            started_at: at,
            now: at,
            complete: true,
            program: String::new(),
        });
        assert_eq!(found(&report).desk.map(|it| it.id.to_string()).as_deref(), Some("desk-reach"));
    }
}
