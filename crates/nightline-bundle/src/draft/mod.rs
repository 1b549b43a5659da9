//! The list of what would leave: shown to the person, who may drop all of it but the one sentence that says what is
//! wrong. Nothing here writes to disk or sends.

mod error;
mod intake;
mod item;
mod read;

use std::io::Read;

use nightline_protocol::{Collector, Disclosure, REPORT_FILENAME, TicketSummary};
use nightline_redact::{Disclosed, Known, Redacted, RedactionKey, Redactor};
use nightline_types::{Intake, Machine, Message, Privacy, Report, Severity};

pub(crate) use error::is_disk_full;
pub use error::{DraftError, DropError};
pub use item::Item;
pub use read::ItemText;

use crate::limits::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, MAX_LOG_BYTES};
use crate::names::entry_name;
use crate::{Content, DraftSummary, INTAKE_FILENAME, Part};
use intake::{GROUPS, kept};

const REPORT: &str = "report";
const MACHINE: &str = "machine";
const ASSET_IDS: &str = "asset-ids";

/// What would leave, item by item.
pub struct Draft {
    key: RedactionKey,
    known: Known,
    redactor: Redactor,
    intake: Intake,
    report: Option<Report>,
    /// Serial number, asset tag, cloud instance: an agent needs them as they are.
    asset_ids: Vec<String>,
    /// Logs and attachments, each with its item's id.
    parts: Vec<(String, Part)>,
    items: Vec<Item>,
    collectors: Vec<Collector>,
    attachments: usize,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("items", &self.items.len()).finish_non_exhaustive()
    }
}

impl Draft {
    /// A draft with the person's words. What they typed as their target stays readable until they drop it.
    pub fn new(key: RedactionKey, mut known: Known, intake: &Intake) -> Self {
        if let Some(target) = &intake.target {
            known.disclose_target(target);
        }
        let redactor = Redactor::new(&key, known.clone());
        let target = intake.target.as_ref().map(nightline_types::Target::without_secrets);
        let intake = Intake { attachments: Vec::new(), target, ..intake.clone() };
        let items = GROUPS.iter().filter_map(|group| group.item(&intake)).collect();
        Self {
            key,
            known,
            redactor,
            intake,
            report: None,
            asset_ids: Vec::new(),
            parts: Vec::new(),
            items,
            collectors: Vec::new(),
            attachments: 0,
        }
    }

    /// The redactor of this draft, for reasons that go into the manifest and for previews.
    pub const fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Adds the report and, as an item of its own, which machine it is about.
    pub fn add_report(&mut self, report: &Report) -> Result<(), DraftError> {
        self.replace_report(report)
    }

    /// Puts a later report in the place of the first one: the target was probed again. What was dropped stays dropped.
    pub fn replace_report(&mut self, report: &Report) -> Result<(), DraftError> {
        self.disclose_asset_ids(&report.machine);
        let mut report = report.clone();
        if let Some(target) = &mut report.target {
            target.given = target.given.without_secrets();
        }
        let redacted = self.redactor.redact_report(&report);
        let parsed: Report = serde_json::from_str(redacted.as_str()).map_err(DraftError::Report)?;
        let machine = self.redactor.redact_machine(&report.machine);
        self.put_item(Item::redacted(REPORT, Message::new("bundle-item-report"), &redacted));
        self.put_item(Item::redacted(MACHINE, Message::new("bundle-item-machine"), &machine));
        self.report = Some(parsed);
        Ok(())
    }

    /// Asset ids are disclosed, as an item of their own, until the person drops it.
    fn disclose_asset_ids(&mut self, machine: &Machine) {
        let ids = [&machine.asset_tag, &machine.serial, &machine.cloud_instance];
        let ids: Vec<String> = ids.into_iter().flatten().cloned().collect();
        if ids.is_empty() || ids == self.asset_ids {
            return;
        }
        self.known.readable.extend(ids.iter().cloned());
        self.redactor = Redactor::new(&self.key, self.known.clone());
        self.put_item(Item {
            id: ASSET_IDS.to_owned(),
            title: Message::new("bundle-item-asset-ids"),
            bytes: ids.iter().map(|id| u64::try_from(id.len()).unwrap_or(u64::MAX)).sum(),
            disclosure: Disclosure::Disclosed,
            replaced: 0,
            required: false,
            included: true,
        });
        self.asset_ids = ids;
    }

    fn put_item(&mut self, mut item: Item) {
        match self.items.iter_mut().find(|it| it.id == item.id) {
            Some(old) => {
                item.included = old.included;
                *old = item;
            }
            None => self.items.push(item),
        }
    }

    /// Adds a log, redacted while it is read. `id` is kebab-case and names the collector and the entry: `system-log`
    /// becomes `logs/system-log.txt`. Its title is `bundle-item-` and the id.
    pub fn add_log(&mut self, id: &'static str, title: Message, source: impl Read) -> Result<(), DraftError> {
        let (content, taken) =
            Content::redacted_log(&self.redactor, source, MAX_LOG_BYTES).map_err(DraftError::Log)?;
        self.items.push(Item::of(id, title, &content));
        if taken.cut {
            let reason = format!("cut after {} MiB", MAX_LOG_BYTES >> 20);
            self.collectors.push(Collector {
                id: id.to_owned(),
                outcome: "done".to_owned(),
                reason: Some(reason),
            });
        }
        self.parts.push((id.to_owned(), Part::new(format!("logs/{id}.txt"), "text/plain", id, content)));
        Ok(())
    }

    /// Adds a file that the person chose. Returns its item's id.
    pub fn add_attachment(
        &mut self,
        name: &str,
        media_type: &str,
        content: &Disclosed,
    ) -> Result<String, DraftError> {
        if self.attachments >= MAX_ATTACHMENTS {
            return Err(DraftError::TooManyAttachments);
        }
        let size = u64::try_from(content.as_bytes().len()).unwrap_or(u64::MAX);
        if size > MAX_ATTACHMENT_BYTES {
            return Err(DraftError::AttachmentTooLarge { size });
        }
        self.attachments += 1;
        let name = entry_name(name);
        let id = format!("attachment-{}", self.attachments);
        let content = Content::disclosed(content).map_err(DraftError::Attachment)?;
        let title = Message::new("bundle-item-attachment").arg("name", name.as_str());
        self.items.push(Item::of(&id, title, &content));
        let path = format!("attachments/{}-{name}", self.attachments);
        self.parts.push((id.clone(), Part::new(path, media_type, "attachment", content)));
        Ok(id)
    }

    /// Notes a collector that brought nothing. `outcome` is `failed` or `not-allowed`.
    pub fn note_collector(&mut self, id: &str, outcome: &str, reason: &Redacted) {
        let reason = Some(reason.as_str().to_owned());
        self.collectors.push(Collector { id: id.to_owned(), outcome: outcome.to_owned(), reason });
    }

    /// What would leave, in the order in which it is shown.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Leaves an item out.
    pub fn drop_item(&mut self, id: &str) -> Result<(), DropError> {
        self.tick(id, false)
    }

    /// Takes an item in again.
    pub fn keep_item(&mut self, id: &str) -> Result<(), DropError> {
        self.tick(id, true)
    }

    fn tick(&mut self, id: &str, included: bool) -> Result<(), DropError> {
        let item = self
            .items
            .iter_mut()
            .find(|item| item.id == id)
            .ok_or_else(|| DropError::Unknown(id.to_owned()))?;
        if item.required && !included {
            return Err(DropError::Required(id.to_owned()));
        }
        item.included = included;
        Ok(())
    }

    fn includes(&self, id: &str) -> bool {
        self.items.iter().any(|item| item.id == id && item.included)
    }

    /// The person's words without what they dropped.
    pub fn kept_intake(&self) -> Intake {
        kept(&self.intake, |id| self.includes(id))
    }

    /// The redacted report without what the person dropped; none where they dropped it whole.
    pub fn kept_report(&self) -> Option<Report> {
        self.includes(REPORT).then(|| self.stripped_report(!self.includes(MACHINE))).flatten()
    }

    /// The report as it leaves with the ticks as they are; what is left out itself reads as if it were kept.
    fn reading_report(&self, id: &str) -> Option<Report> {
        self.stripped_report(id != MACHINE && !self.includes(MACHINE))
    }

    fn stripped_report(&self, without_machine: bool) -> Option<Report> {
        let mut report = self.report.clone()?;
        if without_machine {
            forget_machine(&mut report);
        }
        match self.withdrawn() {
            None => Some(report),
            Some(redactor) => {
                if !self.includes("intake-target") {
                    report.target = None;
                }
                serde_json::from_str(redactor.redact_report(&report).as_str()).ok()
            }
        }
    }

    /// What the desk sees of the ticket before the bundle has arrived.
    pub fn summary(&self, severity: Severity, response_minutes: u32, language: &str) -> DraftSummary {
        let report = self.kept_report();
        DraftSummary(
            TicketSummary {
                severity,
                response_minutes,
                intake: self.kept_intake(),
                verdict: report.as_ref().map(|report| report.verdict.clone()),
                machine: report.filter(|_| self.includes(MACHINE)).map(|report| report.machine),
                language: language.to_owned(),
                cut: Vec::new(),
            }
            .short(),
        )
    }

    /// The stricter redactor, where the person took their target or the asset ids back. Redacting is idempotent, so it
    /// runs over what was redacted already.
    fn withdrawn(&self) -> Option<Redactor> {
        let target = self.intake.target.as_ref().filter(|_| !self.includes("intake-target"));
        let disclosed = self.includes(ASSET_IDS) && self.includes(MACHINE);
        let asset_ids = Some(&self.asset_ids).filter(|ids| !ids.is_empty() && !disclosed);
        if target.is_none() && asset_ids.is_none() {
            return None;
        }
        let mut known = self.known.clone();
        if let Some(target) = target {
            known.withdraw_target(target);
        }
        for id in asset_ids.into_iter().flatten() {
            known.readable.retain(|it| it != id);
            known.serials.push(id.clone());
        }
        Some(Redactor::new(&self.key, known))
    }

    /// The entries in the order in which they are written, and what each collector did.
    pub(crate) fn into_parts(mut self) -> Result<(Vec<Part>, Vec<Collector>), DraftError> {
        let mut parts = Vec::new();
        let mut collectors = Vec::new();
        if let Some(report) = self.kept_report() {
            // Once more through the redactor: that changes nothing, and is what makes the text `Redacted`.
            let redactor = self.withdrawn();
            let text = redactor.as_ref().unwrap_or(&self.redactor).redact_report(&report);
            let mut content = Content::redacted(&text).map_err(DraftError::Log)?;
            content.count(self.items.iter().find(|item| item.id == REPORT).map_or(0, |item| item.replaced));
            parts.push(Part::new(REPORT_FILENAME, "application/json", REPORT, content));
        }
        let intake = serde_json::to_vec_pretty(&self.kept_intake()).map_err(DraftError::Intake)?;
        let intake =
            Content::disclosed(&Disclosed::approved_by_person(intake)).map_err(DraftError::Attachment)?;
        parts.push(Part::new(INTAKE_FILENAME, "application/json", "intake", intake));
        let again = self.withdrawn();
        if let Some(redactor) = &again {
            for reason in self.collectors.iter_mut().filter_map(|it| it.reason.as_mut()) {
                *reason = redactor.redact(reason).as_str().to_owned();
            }
        }
        for (id, mut part) in std::mem::take(&mut self.parts) {
            if !self.includes(&id) {
                continue;
            }
            if let Some(redactor) =
                again.as_ref().filter(|_| part.content.disclosure() == Disclosure::Redacted)
            {
                part.content = part.content.redacted_again(redactor).map_err(DraftError::Log)?;
            }
            parts.push(part);
        }
        for item in self.items.iter().filter(|item| !self.collectors.iter().any(|it| it.id == item.id)) {
            let outcome = if item.included { "done" } else { "left-out" };
            collectors.push(Collector { id: item.id.clone(), outcome: outcome.to_owned(), reason: None });
        }
        for mut collector in std::mem::take(&mut self.collectors) {
            if collector.outcome == "done" && !self.includes(&collector.id) {
                collector = Collector { id: collector.id, outcome: "left-out".to_owned(), reason: None };
            }
            collectors.push(collector);
        }
        Ok((parts, collectors))
    }
}

/// Takes out of a report what says which machine it is about.
fn forget_machine(report: &mut Report) {
    let kept = Machine {
        os: report.machine.os.take(),
        os_build: report.machine.os_build.take(),
        architecture: report.machine.architecture.take(),
        ..Machine::default()
    };
    report.machine = kept;
    for check in &mut report.checks {
        check.facts.retain(|fact| !matches!(fact.privacy, Privacy::Serial | Privacy::User));
    }
}
