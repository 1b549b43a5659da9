//! The keys of the settings, as a table that the code, the view and the format's document share. Holds no values.

use nightline_types::Message;

/// The name of the settings file's format; the key `schema` may name it.
pub const SETTINGS_SCHEMA: &str = "nightline.settings/1";

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As written in files.
    pub name: &'static str,
    /// The shape of its value, as the format's document names it.
    pub shape: &'static str,
    /// Whether a broken policy withholds it: a lower source never fills in where the organisation's say is unreadable.
    pub guarded: bool,
    /// Id of its title.
    pub title: &'static str,
}

impl Key {
    /// What it is called in front of a person.
    pub fn title(&self) -> Message {
        Message::new(self.title)
    }
}

pub(crate) const DESK: Key =
    Key { name: "desk", shape: "address", guarded: true, title: "config-title-desk" };
pub(crate) const ORGANISATION: Key =
    Key { name: "organisation", shape: "text", guarded: false, title: "config-title-organisation" };
pub(crate) const CONTACTS: Key =
    Key { name: "contacts", shape: "list of contacts", guarded: false, title: "config-title-contacts" };
pub(crate) const IMPORTANT_TARGETS: Key = Key {
    name: "important_targets",
    shape: "list of targets",
    guarded: false,
    title: "config-title-important-targets",
};
pub(crate) const STUN_SERVERS: Key = Key {
    name: "stun_servers",
    shape: "list of targets",
    guarded: false,
    title: "config-title-stun-servers",
};
pub(crate) const CHECKS_NOT_ALLOWED: Key = Key {
    name: "checks_not_allowed",
    shape: "list of check ids",
    guarded: false,
    title: "config-title-checks-not-allowed",
};
pub(crate) const SEVERITY: Key =
    Key { name: "severity", shape: "severity table", guarded: false, title: "config-title-severity" };
pub(crate) const LANGUAGE: Key =
    Key { name: "language", shape: "`en` or `zh-CN`", guarded: false, title: "config-title-language" };
pub(crate) const NOTIFICATIONS: Key = Key {
    name: "notifications",
    shape: "`true` or `false`",
    guarded: false,
    title: "config-title-notifications",
};

pub(crate) const DEVICE_KEY: Key = Key {
    name: "device_key",
    shape: "`keyring-or-file`, `keyring` or `file`",
    guarded: false,
    title: "config-title-device-key",
};

/// Every key, in the order in which they are shown.
pub const KEYS: [Key; 10] = [
    DESK,
    ORGANISATION,
    CONTACTS,
    IMPORTANT_TARGETS,
    STUN_SERVERS,
    CHECKS_NOT_ALLOWED,
    SEVERITY,
    LANGUAGE,
    NOTIFICATIONS,
    DEVICE_KEY,
];
