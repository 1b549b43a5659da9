//! My tickets: on their way, at the desk, answered, closed.

use nightline_types::{Message, Severity, Timestamp};
use serde::{Deserialize, Serialize};

/// A ticket on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Sending {
    /// Made on this device.
    pub number: String,
    /// How it stands.
    pub state: SendingState,
    /// Bytes that the desk has or that are on their way.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub sent: u64,
    /// Bytes of the bundle.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub total: u64,
    /// By when somebody answers, once the desk has it.
    pub due: Option<Timestamp>,
    /// Why it waits or was refused, and what to do.
    pub reason: Option<Message>,
    /// When it is tried again by itself.
    pub next_try: Option<Timestamp>,
    /// Where the file was put that holds the same.
    pub saved_to: Option<String>,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum SendingState {
    /// On its way.
    Sending,
    /// Waits for the desk or the network.
    Queued,
    /// The person stopped it; it waits for them.
    Stopped,
    /// The desk has it, whole and verified.
    Delivered,
    /// The desk said no.
    Refused,
}

/// One line of "My tickets".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct TicketCard {
    /// The ticket.
    pub number: String,
    /// In the person's words.
    pub what: String,
    /// How it stands.
    pub state: TicketState,
    /// How urgent.
    pub severity: Severity,
    /// Who has it.
    pub owner: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Messages of the desk that the person has not seen.
    pub unread: u32,
}

/// How a ticket stands for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum TicketState {
    /// Waits on this device.
    Queued,
    /// On its way.
    Sending,
    /// The desk refused it.
    Refused,
    /// At the desk, nobody has it yet.
    New,
    /// Somebody works on it.
    Open,
    /// The desk waits for the person.
    Waiting,
    /// Done.
    Closed,
    /// Cannot be read any more.
    Damaged,
}

/// One ticket with its messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct OpenTicket {
    /// Its line.
    pub card: TicketCard,
    /// How its delivery stands.
    pub sending: Option<Sending>,
    /// By when somebody answers.
    pub due: Option<Timestamp>,
    /// Oldest first, those that wait on this device last.
    pub letters: Vec<Letter>,
    /// Files that follow the ticket: those that the desk has first, then those on their way.
    pub files: Vec<TicketFile>,
    /// An answer that the person is writing. A window that opens again continues from here.
    pub reply: String,
    /// What was wrong and what makes it stay away, once it is closed: what was the cause, what was done.
    pub log: Vec<Message>,
    /// When this was asked of the desk; nothing if it could not be asked yet.
    pub as_of: Option<Timestamp>,
    /// Why the desk could not be asked just now.
    pub trouble: Option<Message>,
}

/// One message of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Letter {
    /// Made by its sender.
    pub id: String,
    /// Whether it is the person's own.
    pub own: bool,
    /// The agent's name.
    pub name: Option<String>,
    /// When the desk took it; nothing while it waits on this device.
    pub at: Option<Timestamp>,
    /// Plain text.
    pub text: String,
}

/// A file that follows a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct TicketFile {
    /// Made by this device.
    pub id: String,
    /// Its name. Data, never a path.
    pub name: String,
    /// Its size.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub bytes: u64,
    /// Bytes that the desk has or that are on their way.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub sent: u64,
    /// When the desk had all of it; nothing before.
    pub at: Option<Timestamp>,
}
