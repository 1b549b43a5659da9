//! Tickets on the wire: what a device opens, what it sees of it later, and what people say about it.

use nightline_types::{Intake, Machine, Report, Severity, Timestamp, Verdict};
use serde::{Deserialize, Serialize};

use crate::{Attachment, TicketNumber};

/// The name of the command line's ticket document.
pub const TICKET_SCHEMA: &str = "nightline.ticket/1";

/// One text of a summary at most. An error of this length fills ten screens; the bundle has the rest.
pub const SUMMARY_TEXT_BYTES: usize = 16 << 10;

/// `PUT /api/v1/tickets/{number}`: opens a ticket. The same body again answers the same; another body with the
/// same number is `conflict`, another device's number is `number-taken`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NewTicket {
    /// Made on the device.
    pub number: TicketNumber,
    /// When the person sent it, by the device's clock. A claim: the desk goes by its own.
    pub created_at: Timestamp,
    /// What the agent sees before the bundle has arrived. Redacted or disclosed, like everything that leaves.
    pub summary: TicketSummary,
    /// The bundle that will follow.
    pub bundle: BundleClaim,
}

/// A ticket at a glance, a few kilobytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TicketSummary {
    /// From the severity table on the device.
    pub severity: Severity,
    /// Within how many minutes somebody answers, by the same table. A claim: the desk goes by its own.
    pub response_minutes: u32,
    /// The person's words, without attachments' paths. What was unticked is absent.
    pub intake: Intake,
    /// "Is it me?"
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub verdict: Option<Verdict>,
    /// Which machine, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub machine: Option<Machine>,
    /// The language the person reads: `en`, `zh-CN`.
    pub language: String,
    /// Keys of `intake` that are cut here because they are long; the bundle has them whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<String>>"))]
    pub cut: Vec<String>,
}

/// The bundle as announced. The desk checks both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct BundleClaim {
    /// In bytes.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// The desk's answer to [`NewTicket`], and to the question how a delivery stands (`GET …/receipt`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Receipt {
    /// The ticket.
    pub number: TicketNumber,
    /// When the desk took it.
    pub received_at: Timestamp,
    /// By when somebody answers.
    pub response_due: Timestamp,
    /// Where to upload the bundle; absent once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub upload: Option<UploadGrant>,
    /// Whether the bundle is there, whole and verified.
    pub bundle_complete: bool,
}

/// Where and with what right a bundle or a file goes up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct UploadGrant {
    /// The tus creation address, relative to the desk: `/api/v1/uploads`.
    pub endpoint: String,
    /// For `Authorization: Bearer …`; good for this bundle or this file only.
    pub token: String,
}

impl std::fmt::Debug for UploadGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UploadGrant").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// How a ticket stands at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum TicketStatus {
    /// Nobody has taken it yet.
    New,
    /// Somebody works on it.
    Open,
    /// The desk waits for the person.
    Waiting,
    /// Done: by an agent with a technical log, or by the person. It opens again when the person writes.
    Closed,
}

/// `GET /api/v1/tickets/{number}`: what the person sees of their ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TicketView {
    /// The ticket.
    pub number: TicketNumber,
    /// How it stands.
    pub status: TicketStatus,
    /// How urgent; an agent may change it.
    pub severity: Severity,
    /// The agent's name, once somebody took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub owner: Option<String>,
    /// In the person's words.
    pub what: String,
    /// When the desk took it.
    pub received_at: Timestamp,
    /// By when somebody answers; absent once somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub response_due: Option<Timestamp>,
    /// Whether the bundle is there.
    pub bundle_complete: bool,
    /// Oldest first.
    pub messages: Vec<TicketMessage>,
    /// What was wrong and what was done, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub log: Option<TechnicalLog>,
    /// Files that followed the ticket and are whole, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Attachment>>"))]
    pub attachments: Vec<Attachment>,
    /// Who closed it, while it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub closed_by: Option<MessageAuthor>,
}

/// One message of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TicketMessage {
    /// Made by the sender; a retry with the same id is the same message.
    pub id: String,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// The agent's name; absent for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub name: Option<String>,
    /// When the desk took it.
    pub at: Timestamp,
    /// Plain text.
    pub text: String,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MessageAuthor {
    /// The person who asked for help.
    Customer,
    /// Somebody at the desk.
    Agent,
}

/// `POST /api/v1/tickets/{number}/messages` (device) and the agent's own route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NewMessage {
    /// 1 to 64 characters of `A-Z a-z 0-9 -`, made by the sender.
    pub id: String,
    /// Plain text, at most 16 KiB.
    pub text: String,
}

/// What remains when a ticket is closed: when, cause, measure, permanent fix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TechnicalLog {
    /// When it happened.
    pub when: String,
    /// The probable cause.
    pub cause: String,
    /// What was done for now.
    pub measure: String,
    /// What makes it stay away, and whose work that is.
    pub permanent_fix: String,
}

/// How a ticket stands on the device: `nightline.ticket/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TicketDocument {
    /// Always [`TICKET_SCHEMA`].
    pub schema: String,
    /// The ticket.
    pub number: TicketNumber,
    /// How the delivery stands.
    pub state: TransferState,
    /// How urgent.
    pub severity: Severity,
    /// The desk's address.
    pub desk: String,
    /// The desk's receipt, once there is one.
    pub receipt: Option<Receipt>,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum TransferState {
    /// On the device's disk, not yet at the desk.
    Queued,
    /// On its way.
    Sending,
    /// The desk has it, whole and verified.
    Delivered,
}

impl TicketSummary {
    /// The summary of a report and an intake, before redaction.
    pub fn of(
        report: &Report,
        intake: &Intake,
        severity: Severity,
        response_minutes: u32,
        language: &str,
    ) -> Self {
        Self {
            severity,
            response_minutes,
            intake: Intake { attachments: Vec::new(), ..intake.clone() },
            verdict: Some(report.verdict.clone()),
            machine: Some(report.machine.clone()),
            language: language.to_owned(),
            cut: Vec::new(),
        }
        .short()
    }

    /// The same with long texts cut, so that it reaches the desk also over a bad line.
    #[must_use]
    pub fn short(mut self) -> Self {
        let mut cut = Vec::new();
        let intake = &mut self.intake;
        for (key, text) in [
            ("what", Some(&mut intake.what)),
            ("error", intake.error.as_mut()),
            ("steps", intake.steps.as_mut()),
            ("expected", intake.expected.as_mut()),
            ("contact", intake.contact.as_mut()),
        ] {
            let Some(text) = text.filter(|text| text.len() > SUMMARY_TEXT_BYTES) else { continue };
            text.truncate(text.floor_char_boundary(SUMMARY_TEXT_BYTES));
            cut.push(key.to_owned());
        }
        self.cut = cut;
        self
    }
}
