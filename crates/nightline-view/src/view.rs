//! Everything that a window shows, as one value that can be compared.

use nightline_types::Message;
use serde::{Deserialize, Serialize};

use crate::{About, Help, Home, OpenTicket, Settings, TicketCard};

/// Everything that a window shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct View {
    /// Grows with each change; a window drops what is older than what it shows.
    pub revision: u32,
    /// The reader's language: `en` or `zh-CN`.
    pub language: String,
    /// Where the person is.
    pub place: Place,
    /// How things stand.
    pub home: Home,
    /// The way through "Get help", once it was begun.
    pub help: Option<Help>,
    /// All tickets of this device, newest first.
    pub tickets: Vec<TicketCard>,
    /// The ticket that is open.
    pub ticket: Option<OpenTicket>,
    /// Telephone numbers of the organisation, those that are open now first.
    pub numbers: Vec<PhoneNumber>,
    /// What can be switched.
    pub settings: Settings,
    /// What this is.
    pub about: About,
    /// Something that did not work, or how to reach the app. At most one at a time.
    pub says: Option<Says>,
    /// Why what the person writes is not on the disk, and what that means. Stays until it is.
    pub unkept: Option<Message>,
}

/// Where the person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(tag = "at", rename_all = "kebab-case")]
pub enum Place {
    /// How things stand.
    Home,
    /// On the way through "Get help".
    Help,
    /// All tickets.
    Tickets,
    /// One ticket.
    Ticket {
        /// Which.
        number: String,
    },
    /// Settings.
    Settings,
    /// About and licences.
    About,
}

/// A sentence that the window shows above everything until the person has read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Says {
    /// The sentence.
    pub message: Message,
    /// Whether something did not work; otherwise it is only good to know.
    pub failed: bool,
}

/// A telephone number to reach a human.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct PhoneNumber {
    /// What it is called.
    pub label: String,
    /// As one would dial it.
    pub number: String,
    /// The language spoken there, as a language tag.
    pub language: Option<String>,
    /// Whether somebody answers now.
    pub open: bool,
    /// When somebody answers, in words.
    pub hours: Message,
}
