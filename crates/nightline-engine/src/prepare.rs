//! From the person's words and a report to the list of what would leave.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nightline_bundle::{Draft, DraftError, SealError, Sealed, limits, seal};
use nightline_platform::SourceState;
use nightline_platform::logs::{self, TimeWindow};
use nightline_protocol::TicketNumber;
use nightline_redact::{Disclosed, Known};
use nightline_text::Texts;
use nightline_types::{Intake, Message, Report, Severity, TargetProbe, Timestamp};

use crate::{Device, PROGRAM, World};

/// Log lines from this long before the reported time: causes come before their symptoms.
const BEFORE: Duration = Duration::from_secs(30 * 60);
/// And this long after it.
const AFTER: Duration = Duration::from_secs(10 * 60);
/// With no reported time, the last hour counts.
const RECENT: Duration = Duration::from_secs(60 * 60);

/// Everything that would leave, for the person to look at before it does.
#[derive(Debug)]
pub struct Prepared {
    /// Made on this device.
    pub number: TicketNumber,
    /// The list; items can be dropped from it.
    pub draft: Draft,
    /// Follows from the answers.
    pub severity: Severity,
    /// Within how many minutes somebody answers.
    pub response_minutes: u32,
    report: Report,
}

/// Why nothing could be prepared. Nothing has left.
#[derive(Debug, thiserror::Error)]
pub enum PrepareHelpError {
    /// A file that the person wants to send along cannot be read.
    #[error("read {}", path.display())]
    Attachment {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// A part does not fit into the list.
    #[error("the list of what would leave")]
    Draft(#[source] DraftError),
    /// The system gives no random bytes for a number.
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

impl PrepareHelpError {
    /// The sentence for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Attachment { path, .. } => {
                Message::new("attachment-unreadable").arg("path", path.display().to_string())
            }
            Self::Draft(error) => error.message(),
            Self::Random(_) => Message::new("cli-failed"),
        }
    }
}

/// Collects and redacts everything that belongs to a ticket. Logs are cut to the reported time.
///
/// # Errors
/// When an attachment cannot be read. Sources of the machine that fail are noted in the draft instead.
pub async fn prepare(
    world: &World,
    device: &Device,
    intake: &Intake,
    mut report: Report,
) -> Result<Prepared, PrepareHelpError> {
    let number = new_number().map_err(PrepareHelpError::Random)?;
    let now = world.now();
    let mut key = device.check(now);
    if let Some(reason) = &mut key.reason {
        Texts::new(world.language).fill(reason);
    }
    report.checks.push(key);
    let mut draft = Draft::new(device.redaction_key(&number), known(world, &report), intake);
    draft.add_report(&report).map_err(PrepareHelpError::Draft)?;
    add_logs(world, intake, &mut draft).await?;
    for path in &intake.attachments {
        add_attachment(path, &mut draft)?;
    }
    let severity = world.config.severity.value.severity(intake);
    let response = world.config.severity.value.response(severity);
    let response_minutes = u32::try_from(response.as_secs() / 60).unwrap_or(u32::MAX);
    Ok(Prepared { number, draft, severity, response_minutes, report })
}

/// Looks at the files that the person wants to send along, before anybody waits for a diagnosis.
///
/// # Errors
/// When one is no file or more than a ticket takes.
pub fn check_attachments(intake: &Intake) -> Result<(), PrepareHelpError> {
    for path in &intake.attachments {
        let size = attachment_size(path)?;
        if size > limits::MAX_ATTACHMENT_BYTES {
            return Err(PrepareHelpError::Draft(DraftError::AttachmentTooLarge { size }));
        }
    }
    Ok(())
}

impl Prepared {
    /// Adds what was seen of the target since the report was made.
    ///
    /// # Errors
    /// When the report no longer fits its own format, which is a defect of ours.
    pub fn add_probes(&mut self, probes: Vec<TargetProbe>) -> Result<(), DraftError> {
        let Some(target) = self.report.target.as_mut().filter(|_| !probes.is_empty()) else { return Ok(()) };
        target.probes.extend(probes);
        self.draft.replace_report(&self.report)
    }

    /// Seals the list into a file, without any ticket.
    ///
    /// # Errors
    /// See [`SealError`]. Nothing is left behind.
    pub fn seal_to(self, path: &Path, now: Timestamp) -> Result<Sealed, SealError> {
        seal(self.draft, path, now, PROGRAM, None)
    }
}

/// Another number, random, for when the desk has one of the same already.
pub(crate) fn new_number() -> Result<TicketNumber, getrandom::Error> {
    let mut random = [0; 8];
    getrandom::fill(&mut random)?;
    Ok(TicketNumber::from_random(random))
}

/// What is private on this machine, as far as it is known.
pub fn known(world: &World, report: &Report) -> Known {
    let mut known = Known::learn(report);
    learn_environment(world, &mut known);
    known
}

/// Adds what the process's environment and the settings tell.
pub fn learn_environment(world: &World, known: &mut Known) {
    for name in ["USER", "LOGNAME", "USERNAME"] {
        known.users.extend(world.environment.get(name).cloned());
    }
    for name in ["HOME", "USERPROFILE"] {
        known.homes.extend(world.environment.get(name).cloned());
    }
    if let Some(desk) = &world.config.desk.value {
        known.readable.push(desk.host().to_owned());
    }
    known.readable.extend(world.config.important_targets.value.iter().map(|target| target.host().to_owned()));
}

fn window(intake: &Intake, now: Timestamp) -> TimeWindow {
    match intake.when {
        Some(when) => TimeWindow { from: when.minus(BEFORE), to: intake.until.unwrap_or(when).plus(AFTER) },
        None => TimeWindow { from: now.minus(RECENT), to: now },
    }
}

async fn add_logs(world: &World, intake: &Intake, draft: &mut Draft) -> Result<(), PrepareHelpError> {
    let now = world.now();
    let found =
        logs::raw(Path::new("/"), window(intake, now), now, limits::MAX_LOG_BYTES, &world.home.cache).await;
    let mut streams = Vec::new();
    for log in found {
        match (log.lines, log.source.state) {
            (Some(lines), _) => streams.push(lines),
            (None, SourceState::NotAllowed) => note(draft, "not-allowed", &log.source.name),
            (None, SourceState::Failed(detail)) => {
                note(draft, "failed", &format!("{}: {detail}", log.source.name))
            }
            (None, _) => {}
        }
    }
    if streams.is_empty() {
        return Ok(());
    }
    let all = streams
        .into_iter()
        .fold(Box::new(std::io::empty()) as Box<dyn std::io::Read + Send>, |before, next| {
            Box::new(std::io::Read::chain(before, next))
        });
    let added = draft.add_log("system-log", Message::new("bundle-item-system-log"), all);
    if let Err(error) = added {
        note(draft, "failed", &nightline_types::chain(&error));
    }
    Ok(())
}

fn note(draft: &mut Draft, outcome: &str, reason: &str) {
    let reason = draft.redactor().redact(reason);
    draft.note_collector("system-log", outcome, &reason);
}

fn add_attachment(path: &Path, draft: &mut Draft) -> Result<(), PrepareHelpError> {
    let bytes = read_attachment(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    draft
        .add_attachment(&name, media_type(path), &Disclosed::approved_by_person(bytes))
        .map(drop)
        .map_err(PrepareHelpError::Draft)
}

/// Devices and pipes have no end; only files are read, and never more of them than a ticket takes.
pub(crate) fn read_attachment(path: &Path) -> Result<Vec<u8>, PrepareHelpError> {
    let unreadable = |source| PrepareHelpError::Attachment { path: path.to_owned(), source };
    let expected = attachment_size(path)?;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(limits::MAX_ATTACHMENT_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits::MAX_ATTACHMENT_BYTES {
        return Err(PrepareHelpError::Draft(DraftError::AttachmentTooLarge { size: size.max(expected) }));
    }
    Ok(bytes)
}

fn attachment_size(path: &Path) -> Result<u64, PrepareHelpError> {
    let unreadable = |source| PrepareHelpError::Attachment { path: path.to_owned(), source };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(unreadable(std::io::Error::other("not a file")));
    }
    Ok(metadata.len())
}

/// What the desk shows as text or as a picture; everything else is only offered as a file.
pub(crate) fn media_type(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "log" | "csv" | "md" | "ini" | "conf" | "xml" | "yaml" | "yml" => "text/plain",
        "json" => "application/json",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        _ => "application/octet-stream",
    }
}
