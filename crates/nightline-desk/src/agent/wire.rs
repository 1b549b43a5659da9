//! What the desk's console and the desk say to each other. Types only; the console's TypeScript is made from them.
//!
//! All routes are under `/api/agent/v1`. Every unsafe request carries the header `X-Nightline-Csrf` with the value
//! from [`Me`] and is refused unless it comes from the desk's own origin.

use nightline_protocol::{
    Attachment, Manifest, MessageAuthor, TechnicalLog, TicketMessage, TicketNumber, TicketStatus,
    TicketSummary,
};
use nightline_types::{Culprit, Report, Severity, Timestamp};
use serde::{Deserialize, Serialize};

/// `GET /setup/state` (no session): whether the first agent is still to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct SetupState {
    /// True until the one-time link was used.
    pub open: bool,
    /// The organisation's name.
    pub organisation: String,
}

/// `POST /setup`: makes the first agent, an administrator, with the token of the printed link. 404 once it was used.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// From the link `/setup#token=…` (in the fragment, so that it reaches no log).
    pub token: String,
    /// Of the first agent.
    pub email: String,
    /// Of the first agent.
    pub name: String,
    /// At least 12 characters.
    pub password: String,
}

/// `POST /sign-in`; answers [`Me`] and sets the session cookie. `DELETE /session` signs out.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The agent's address.
    pub email: String,
    /// The agent's password.
    pub password: String,
}

/// `GET /me`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct Me {
    /// The agent's id.
    pub id: String,
    /// The agent's address.
    pub email: String,
    /// Shown to customers.
    pub name: String,
    /// May add agents, approve devices and read the audit log.
    pub admin: bool,
    /// The organisation's name.
    pub organisation: String,
    /// For the header `X-Nightline-Csrf`.
    pub csrf: String,
    /// The desk's time, so that "time left" does not depend on the browser's clock.
    pub now: Timestamp,
}

/// `GET /agents` (for the owner's list), `POST /agents` with [`NewAgent`] (administrators).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct Agent {
    /// The agent's id.
    pub id: String,
    /// Shown to customers.
    pub name: String,
    /// The agent's address.
    pub email: String,
    /// May add agents.
    pub admin: bool,
}

/// `POST /agents`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAgent {
    /// The agent's address.
    pub email: String,
    /// Shown to customers.
    pub name: String,
    /// At least 12 characters.
    pub password: String,
    /// May add agents.
    pub admin: bool,
}

/// `GET /tickets?status=active|closed|all&severity=P0&owner=me|none&q=…&after=…&limit=…`: the queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct Queue {
    /// Most urgent first: unanswered by due time, then the others.
    pub tickets: Vec<QueueRow>,
    /// How many fit the question in all.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub total: u64,
    /// For `after`, where there are more.
    pub next: Option<String>,
    /// The desk's time.
    pub now: Timestamp,
}

/// One line of the queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct QueueRow {
    /// The ticket.
    pub number: TicketNumber,
    /// How urgent.
    pub severity: Severity,
    /// How it stands.
    pub status: TicketStatus,
    /// The person's words, cut to 200 characters.
    pub what: String,
    /// "Is it me?"
    pub culprit: Option<Culprit>,
    /// The machine's name as redacted, or its model.
    pub machine: Option<String>,
    /// What they want to reach.
    pub target: Option<String>,
    /// The agent's name.
    pub owner: Option<String>,
    /// When the desk took it.
    pub received_at: Timestamp,
    /// By when somebody answers; absent once somebody has.
    pub response_due: Option<Timestamp>,
    /// Whether the last message is the customer's, or a file of theirs came after the desk's last one.
    pub unread: bool,
    /// Whether the bundle is there.
    pub bundle_complete: bool,
}

/// `GET /tickets/{number}`: everything but the files' content.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct TicketPage {
    /// The ticket.
    pub number: TicketNumber,
    /// How it stands.
    pub status: TicketStatus,
    /// How urgent; an agent may have changed it.
    pub severity: Severity,
    /// The owner.
    pub owner: Option<Agent>,
    /// When the person sent it.
    pub created_at: Timestamp,
    /// When the desk took it.
    pub received_at: Timestamp,
    /// By when somebody answers; absent once somebody has.
    pub response_due: Option<Timestamp>,
    /// The person's words, verdict and machine, as they came with the ticket.
    pub summary: TicketSummary,
    /// How the bundle stands.
    pub bundle: BundleState,
    /// The report, once the bundle is there.
    pub report: Option<Report>,
    /// The files, once the bundle is there.
    pub manifest: Option<Manifest>,
    /// Oldest first.
    pub messages: Vec<TicketMessage>,
    /// Files that followed the ticket and are whole, oldest first.
    pub attachments: Vec<Attachment>,
    /// When the person said that they need no help any more, oldest first.
    pub closings: Vec<Timestamp>,
    /// Who closed it, while it is closed.
    pub closed_by: Option<MessageAuthor>,
    /// Once an agent has closed it; a ticket that the person closed has none until an agent writes it.
    pub log: Option<TechnicalLog>,
    /// Who did what with this ticket, oldest first.
    pub history: Vec<AuditRow>,
    /// The desk's time.
    pub now: Timestamp,
}

/// How a ticket's bundle stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum BundleState {
    /// Announced, on its way.
    Arriving {
        /// Bytes that are here.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        received: u64,
        /// Bytes in all.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        size: u64,
    },
    /// Here and verified.
    Complete {
        /// Bytes.
        #[cfg_attr(feature = "describe", ts(type = "number"))]
        size: u64,
    },
    /// Here, and it does not verify. Nothing of it is shown.
    Damaged {
        /// What is wrong, for details.
        detail: String,
    },
}

/// `GET /tickets/{number}/files/{index}?offset=…&limit=…` answers bytes of one entry by its place in
/// `manifest.entries`, as `text/plain` or as an image that was looked at, never as anything a browser would run.
/// `GET /tickets/{number}/bundle` answers the whole file as a download.
/// `GET /tickets/{number}/attachments/{id}` answers bytes of a file that followed the ticket in the same way, and
/// `…/attachments/{id}/download` all of it as a download.
///
/// `POST /tickets/{number}/messages` takes `NewMessage` of the protocol and answers `TicketMessage`.
/// `PATCH /tickets/{number}` takes this; absent fields stay.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TicketChange {
    /// New state; closing goes through `POST /tickets/{number}/close`.
    #[cfg_attr(feature = "describe", ts(optional))]
    pub status: Option<TicketStatus>,
    /// New severity.
    #[cfg_attr(feature = "describe", ts(optional))]
    pub severity: Option<Severity>,
    /// New owner by id; an empty text takes the owner away.
    #[cfg_attr(feature = "describe", ts(optional))]
    pub owner: Option<String>,
}

/// `GET /tickets/{number}/log-draft?lang=en|zh-CN` answers [`TechnicalLog`] drafted from the findings;
/// `POST /tickets/{number}/close` takes this.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// As the agent edited it.
    pub log: TechnicalLog,
}

/// `GET /audit?after=…&limit=…` (administrators), newest first.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct AuditRow {
    /// Sorts by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// An agent's name, `device`, or `desk`.
    pub actor: String,
    /// A stable kebab-case word: `ticket-opened`, `bundle-received`, `file-read`, `message-sent`, `signed-in`.
    pub action: String,
    /// What it was done to, for example a ticket's number.
    pub subject: String,
    /// More, for example old and new severity.
    pub detail: String,
}

/// `GET /devices` and `POST /devices/{id}/approve` (administrators).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[derive(schemars::JsonSchema)]
pub struct Device {
    /// The desk's id of it.
    pub id: String,
    /// First characters of the key's SHA-256, to compare by telephone.
    pub fingerprint: String,
    /// May open tickets.
    pub approved: bool,
    /// When it enrolled.
    pub created_at: Timestamp,
    /// When it was last heard of.
    pub last_seen: Timestamp,
}
