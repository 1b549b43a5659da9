//! The contract between the watch and whoever draws: what is shown, what may be asked, the tray's menu.
//!
//! Values only: no Tauri, no sockets, no clock, no decisions. Every sentence is an id with arguments.

mod frame;
mod help;
mod home;
mod pictures;
mod preview;
mod request;
mod settings;
mod tickets;
mod tray;
mod view;

pub use frame::{FromWindow, ToWindow, VERSION};
pub use help::{
    Answers, CheckLine, Found, Help, HelpStep, Look, MAX_TEXT_CHARS, TargetSuggestion, TimeSuggestion, Way,
};
pub use home::{Home, Noticed, Standing};
pub use pictures::{Area, Picture, PictureOf};
pub use preview::{OpenItem, Preview, PreviewItem, PreviewKind};
pub use request::Request;
pub use settings::{About, Cost, Settings, SettingsChange};
pub use tickets::{Letter, OpenTicket, Sending, SendingState, TicketCard, TicketFile, TicketState};
pub use tray::{MenuAction, MenuItem, Tray, TrayState, tray};
pub use view::{PhoneNumber, Place, Says, View};
