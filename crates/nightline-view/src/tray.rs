//! The tray as a value: its menu, its shape and its words. Whoever draws it decides nothing.

use nightline_types::Message;
use serde::{Deserialize, Serialize};

use crate::{Standing, View};

/// What the tray shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tray {
    /// Its shape.
    pub state: TrayState,
    /// The same in words; the tooltip and the first line of the menu.
    pub says: Message,
    /// From top to bottom.
    pub menu: Vec<MenuItem>,
}

/// The shape of the icon. Never told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrayState {
    /// Nothing is wrong, or nothing is known.
    Quiet,
    /// Something works badly.
    Degraded,
    /// Something does not work.
    Broken,
    /// The desk has answered.
    Unread,
}

/// One entry of the menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MenuItem {
    /// Something to read.
    Line {
        /// The sentence.
        message: Message,
    },
    /// Something to do.
    Action {
        /// What.
        action: MenuAction,
        /// What it is called.
        message: Message,
    },
    /// A gap.
    Separator,
}

/// What the menu can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MenuAction {
    /// Begin "Get help".
    GetHelp,
    /// Show how things stand.
    Happening,
    /// Show the tickets.
    Tickets,
    /// Show the settings.
    Settings,
    /// Show what this is.
    About,
    /// End the watch.
    Quit,
}

/// The tray that belongs to a view.
pub fn tray(view: &View) -> Tray {
    let unread: u32 = view.tickets.iter().map(|ticket| ticket.unread).sum();
    let state = match view.home.standing {
        _ if unread > 0 => TrayState::Unread,
        Standing::Broken => TrayState::Broken,
        Standing::Degraded => TrayState::Degraded,
        Standing::Well | Standing::NotKnown => TrayState::Quiet,
    };
    let says = match (state, &view.home.verdict) {
        (TrayState::Unread, _) => Message::new("tray-unread").arg("count", i64::from(unread)),
        (_, Some(verdict)) => verdict.message.clone(),
        (_, None) => Message::new("tray-not-looked"),
    };
    let action = |action, id| MenuItem::Action { action, message: Message::new(id) };
    let tickets = match unread {
        0 => action(MenuAction::Tickets, "tray-tickets"),
        unread => MenuItem::Action {
            action: MenuAction::Tickets,
            message: Message::new("tray-tickets-unread").arg("count", i64::from(unread)),
        },
    };
    let menu = vec![
        MenuItem::Line { message: says.clone() },
        MenuItem::Separator,
        action(MenuAction::GetHelp, "tray-get-help"),
        action(MenuAction::Happening, "tray-happening"),
        tickets,
        MenuItem::Separator,
        action(MenuAction::Settings, "tray-settings"),
        action(MenuAction::About, "tray-about"),
        MenuItem::Separator,
        action(MenuAction::Quit, "tray-quit"),
    ];
    Tray { state, says, menu }
}
