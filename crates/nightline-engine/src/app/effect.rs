//! What the app wants done. Whoever carries it out decides nothing and answers with events.

use std::collections::BTreeMap;

use nightline_types::Message;
use nightline_view::{SettingsChange, ToWindow, Tray};

use super::Draft;
use crate::work::Work;

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Start the window.
    OpenWindow,
    /// Tell the window.
    Window(ToWindow),
    /// Draw the tray.
    Tray(Tray),
    /// Announce something, once.
    Notify {
        /// The first line.
        title: Message,
        /// The rest.
        body: Message,
        /// Which ticket a click on it opens.
        ticket: Option<String>,
    },
    /// Start the worker of "Get help".
    StartWorker,
    /// Tell it what to do.
    Order(Work),
    /// End it.
    StopWorker,
    /// Start a worker that looks how things stand, and ends.
    LookAround,
    /// Send what waits.
    Deliver(Carry),
    /// Stop sending; what waits stays.
    StopDelivery,
    /// Ask the desk for the short list of tickets.
    AskDesk,
    /// Ask the desk for one ticket.
    AskTicket(String),
    /// Put an answer into the outbox, and send it.
    Reply {
        /// Which ticket.
        number: String,
        /// Plain text.
        text: String,
    },
    /// Put a file into the outbox, and send it.
    Attach {
        /// Which ticket.
        number: String,
        /// The file's name.
        name: String,
        /// The file, in base64.
        data: String,
    },
    /// Tell the desk that the person needs no help with this any more.
    CloseTicket(String),
    /// Forget a ticket that the desk does not have.
    GiveUp(String),
    /// Put a bundle that waits into a file.
    Save(String),
    /// Keep what the person wrote.
    KeepDraft(Draft),
    /// Forget what the person wrote, and the pictures of it.
    DropDraft,
    /// Keep the answers that are being written, by ticket, in place of those kept before.
    KeepReplies(BTreeMap<String, String>),
    /// Keep how many messages of each ticket the person has seen.
    KeepSeen(BTreeMap<String, u32>),
    /// Turn a switch, and read the settings anew.
    Change(SettingsChange),
    /// End the watch.
    Quit,
}

/// What to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carry {
    /// What is due.
    Due,
    /// One ticket, now.
    One(String),
}
