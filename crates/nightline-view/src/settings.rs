//! What can be switched, and what this program is and costs.

use nightline_types::Message;
use serde::{Deserialize, Serialize};

/// What can be switched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Settings {
    /// `en`, `zh-CN`, or nothing: as the system.
    pub language: Option<String>,
    /// Whether only the organisation can change the language.
    pub language_managed: bool,
    /// The desk's address; nothing where none is set.
    pub desk: Option<String>,
    /// Whether only the organisation can change it.
    pub desk_managed: bool,
    /// Whether the watch starts with the session; nothing where this system offers no such thing.
    pub autostart: Option<bool>,
    /// Whether a new message is announced.
    pub notifications: bool,
    /// What is collected when help is asked for, in words.
    pub collected: Vec<Message>,
    /// Where the device's key lies, or why it cannot be opened; nothing until it was tried.
    pub key: Option<Message>,
    /// What is wrong with settings, each with its place.
    pub problems: Vec<Message>,
}

/// One switch, turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(tag = "key", rename_all = "kebab-case")]
pub enum SettingsChange {
    /// The language.
    Language {
        /// `en`, `zh-CN`, or nothing: as the system.
        language: Option<String>,
    },
    /// The desk.
    Desk {
        /// Its address.
        address: String,
    },
    /// Whether the watch starts with the session.
    Autostart {
        /// The new state.
        on: bool,
    },
    /// Whether a new message is announced.
    Notifications {
        /// The new state.
        on: bool,
    },
}

/// What this is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct About {
    /// The version.
    pub version: String,
    /// The organisation that set it up.
    pub organisation: Option<String>,
    /// What it costs this computer.
    pub cost: Cost,
}

/// What the watch costs this computer. Nothing where the system does not say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Cost {
    /// Resident memory of the watch.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub memory_bytes: Option<u64>,
    /// Share of one processor since it started, in percent.
    pub processor_percent: Option<f64>,
    /// What its files take on the disk: its own folders, not the programs.
    #[cfg_attr(feature = "describe", ts(type = "number | null"))]
    pub disk_bytes: Option<u64>,
}
