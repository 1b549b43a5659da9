//! Everything that can wake the app. The list is closed.

use nightline_config::Contact;
use nightline_protocol::{TicketStatus, TicketView};
use nightline_types::{Message, Severity, Timestamp};
use nightline_view::{About, Cost, Letter, MenuAction, Request, Settings, TicketFile, TicketState};

use crate::work::Told;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// The watch has started.
    Started,
    /// Some seconds have passed.
    Tick {
        /// Changes when the machine's network does.
        fingerprint: u64,
    },
    /// An entry of the tray's menu was chosen.
    Menu(MenuAction),
    /// The launcher's entry, a second start, or the command line wants the window.
    ShowAsked,
    /// The command line wants "Get help".
    HelpAsked,
    /// The window has said hello.
    WindowReady,
    /// Nothing of the window is on the screen any more.
    WindowHidden,
    /// The window closes and cannot be raised any more.
    WindowClosing,
    /// The window has ended, by itself or not.
    WindowGone,
    /// The window did not open, and what to tell the person.
    WindowFailed(Message),
    /// The window asks.
    Asked(Request),
    /// The worker of "Get help" tells.
    Told(Told),
    /// That worker has ended.
    WorkerGone,
    /// The worker that looks in the background tells.
    Around(Told),
    /// That worker has ended.
    AroundGone,
    /// What lies in the outbox.
    Outbox(Vec<OutboxLine>),
    /// Bytes are on their way.
    Sent {
        /// Which ticket.
        number: String,
        /// Handed to the connection.
        sent: u64,
        /// Of the bundle.
        total: u64,
    },
    /// Bytes of a file that follows a ticket are on their way.
    FileSent {
        /// Which ticket.
        number: String,
        /// Which file.
        id: String,
        /// Handed to the connection.
        sent: u64,
    },
    /// A round of deliveries has ended.
    DeliveryEnded(Vec<Ended>),
    /// What the desk says about all tickets of this device.
    Desk(Result<Vec<DeskLine>, Message>),
    /// What the desk says about one ticket.
    DeskTicket(String, DeskTicket),
    /// A bundle was put into a file, or not.
    Saved {
        /// Which ticket.
        number: String,
        /// Where, or why not.
        result: Result<String, Message>,
    },
    /// Settings were read anew.
    Configured(Box<Configuration>),
    /// What the watch costs was measured.
    Measured(Cost),
    /// Where the device's key lies, or why it could not be opened.
    Key(Message),
    /// Everything that the person wrote is on the disk, or why not.
    Kept(Result<(), Message>),
    /// What was announced about a ticket was clicked.
    NoticeClicked(String),
    /// This desktop has no tray.
    NoTray,
    /// Something that was to be done could not be.
    Failed(Message),
}

/// The desk's answer about one ticket.
pub type DeskTicket = Result<Box<TicketView>, Message>;

/// What is in force, for shells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// `en` or `zh-CN`.
    pub language: String,
    /// The desk's host.
    pub desk_host: Option<String>,
    /// The organisation's numbers.
    pub contacts: Vec<Contact>,
    /// What can be switched. Where the key lies is told apart.
    pub settings: Settings,
    /// What this is. What it costs is told apart.
    pub about: About,
}

/// One ticket of this device, as it lies in the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxLine {
    /// The ticket.
    pub number: String,
    /// In the person's words.
    pub what: String,
    /// How urgent.
    pub severity: Severity,
    /// When it was made.
    pub made_at: Timestamp,
    /// How it stands on this device; `New` once the desk has it.
    pub state: TicketState,
    /// By when somebody answers.
    pub due: Option<Timestamp>,
    /// Bytes of the bundle.
    pub total: u64,
    /// Why it waits.
    pub reason: Option<Message>,
    /// When it is tried again.
    pub next_try: Option<Timestamp>,
    /// The person's answers that the desk does not have yet.
    pub letters: Vec<Letter>,
    /// The files that follow it and that the desk does not have yet.
    pub files: Vec<TicketFile>,
    /// Whether anything beside the ticket still has to leave.
    pub waits: bool,
}

/// What came of one delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// The ticket.
    pub number: String,
    /// What to tell the person.
    pub message: Message,
    /// Whether the desk has everything.
    pub delivered: bool,
    /// Whether the desk said no for good.
    pub refused: bool,
    /// By when somebody answers.
    pub due: Option<Timestamp>,
    /// When it is tried again by itself.
    pub next_try: Option<Timestamp>,
}

/// One ticket, as the desk's short list has it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskLine {
    /// The ticket.
    pub number: String,
    /// How it stands.
    pub status: TicketStatus,
    /// How urgent; an agent may have changed it.
    pub severity: Severity,
    /// Who has it.
    pub owner: Option<String>,
    /// Messages of the desk.
    pub messages: u32,
}
