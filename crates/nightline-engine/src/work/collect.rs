//! All that would leave, put together by the worker, and its way into the outbox.

use std::sync::Arc;
use std::time::Duration;

use nightline_diagnosis::{Inputs, conclude};
use nightline_redact::Disclosed;
use nightline_session::FaultPoint;
use nightline_types::{EventKind, Intake, Message, Report, TargetProbe};
use nightline_view::{OpenItem, PreviewItem, PreviewKind};
use tokio_util::sync::CancellationToken;

use super::Told;
use crate::{
    Device, DiagnosisPlan, Disclosure, Mail, Prepared, World, credential_message, diagnose, outbox_message,
    prepare,
};

/// What is shown of an item: some hundred screens, and less than a frame.
const MAX_SHOWN_BYTES: usize = 256 << 10;

/// What was put together.
pub(super) struct Collected {
    prepared: Prepared,
    device: Arc<Device>,
}

impl Collected {
    /// Collects and redacts. Without a report (nothing could be looked at) one is made that says so.
    pub(super) async fn put_together(
        world: &World,
        intake: &Intake,
        report: Option<&Report>,
        pictures: Vec<(String, Vec<u8>)>,
    ) -> Result<Self, Message> {
        let device = Device::open(world).await.map_err(|error| {
            tracing::warn!(error = nightline_types::chain(&error), "The device's key could not be opened");
            credential_message(&error)
        })?;
        let mut report = match report {
            Some(report) => with_words(world, report.clone(), intake),
            None => nothing_looked(world, intake).await,
        };
        nightline_text::fill_report(&mut report, &nightline_text::Texts::new(world.language));
        let mut prepared = prepare(world, &device, intake, report).await.map_err(|error| {
            tracing::warn!(error = nightline_types::chain(&error), "The ticket could not be put together");
            error.message()
        })?;
        for (name, bytes) in pictures {
            let content = Disclosed::approved_by_person(bytes);
            prepared.draft.add_attachment(&name, "image/png", &content).map_err(|error| error.message())?;
        }
        Ok(Self { prepared, device: Arc::new(device) })
    }

    pub(super) fn told(&self) -> Told {
        let readable = |id: &str| !id.starts_with("attachment-");
        let items = self.prepared.draft.items().iter().map(|item| PreviewItem {
            id: item.id.clone(),
            title: item.title.clone(),
            kind: match item.disclosure {
                Disclosure::Redacted => PreviewKind::Redacted,
                Disclosure::Disclosed => PreviewKind::Disclosed,
            },
            bytes: item.bytes,
            included: item.included,
            required: item.required,
            readable: readable(&item.id),
        });
        Told::Prepared {
            items: items.collect(),
            severity: self.prepared.severity,
            response_minutes: self.prepared.response_minutes,
        }
    }

    pub(super) fn tick(&mut self, id: &str, included: bool) {
        let draft = &mut self.prepared.draft;
        let done = if included { draft.keep_item(id) } else { draft.drop_item(id) };
        if let Err(error) = done {
            // The list is shown again as it is, so the person sees that nothing has changed.
            tracing::debug!(error = nightline_types::chain(&error), "An item was not ticked");
        }
    }

    /// Items that the person does not want to leave.
    pub(super) fn left_out(&self) -> Vec<String> {
        let items = self.prepared.draft.items();
        items.iter().filter(|item| !item.included).map(|item| item.id.clone()).collect()
    }

    pub(super) fn read(&mut self, id: &str) -> Option<OpenItem> {
        let read = self.prepared.draft.read_item(id, MAX_SHOWN_BYTES).ok().flatten()?;
        Some(OpenItem { id: id.to_owned(), text: read.text, cut: read.cut })
    }

    pub(super) fn add_probes(&mut self, probes: Vec<TargetProbe>) {
        if let Err(error) = self.prepared.add_probes(probes) {
            tracing::error!(error = nightline_types::chain(&error), "The last probes were left out");
        }
    }

    /// Seals and queues. The ticket's number.
    pub(super) fn queue(self, world: &World, fault: FaultPoint) -> Result<String, Message> {
        let desk = world.config.desk.value.as_ref().ok_or_else(|| Message::new("cli-no-desk"))?;
        let mail = Mail::open(world, self.device, fault).map_err(|error| outbox_message(&error))?;
        match mail.queue(world, self.prepared, desk) {
            Ok(number) => Ok(number.to_string()),
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "The ticket could not be queued");
                Err(error.message())
            }
        }
    }
}

/// The same report with the person's own minute on its timeline. The checks ran while they were still answering.
fn with_words(world: &World, report: Report, intake: &Intake) -> Report {
    let now = report.started_at.plus(Duration::from_secs_f64((report.took_ms.0 / 1_000.0).max(0.0)));
    conclude(Inputs {
        checks: report.checks,
        // Probes are made into events again.
        events: report.timeline.into_iter().filter(|event| event.kind != EventKind::Probe).collect(),
        machine: report.machine,
        target: report.target,
        intake: Some(intake),
        owners: &world.owners(),
        started_at: report.started_at,
        now,
        complete: report.complete,
        program: report.program,
    })
}

/// A report of a diagnosis that was ended before it began: it names every check as not done.
async fn nothing_looked(world: &World, intake: &Intake) -> Report {
    let stop = CancellationToken::new();
    stop.cancel();
    let plan = DiagnosisPlan { intake: Some(intake.clone()), ..DiagnosisPlan::default() };
    diagnose(world, &plan, &stop, |_| {}).await
}
