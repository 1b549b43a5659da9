//! The kinds of private values. Part of the format: labels are never renamed.

use std::fmt;

use nightline_types::Message;
use serde::{Deserialize, Serialize};

/// What kind of private value was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The name of an account.
    User,
    /// The account's name inside a home path, or a home path that has no account's name.
    Home,
    /// A host's name.
    Host,
    /// A DNS domain of the organisation.
    Domain,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A hardware address.
    Mac,
    /// An e-mail address.
    Email,
    /// A password, token or key.
    Secret,
    /// A serial number, an asset tag, a cloud instance's id.
    Serial,
    /// The name of a wireless network.
    Ssid,
}

impl Class {
    /// Every class, in the order of the format's table.
    pub const ALL: [Self; 11] = [
        Self::User,
        Self::Home,
        Self::Host,
        Self::Domain,
        Self::Ipv4,
        Self::Ipv6,
        Self::Mac,
        Self::Email,
        Self::Secret,
        Self::Serial,
        Self::Ssid,
    ];

    /// The word in a pseudonym: `<host-7q2k4m9x>`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Home => "home",
            Self::Host => "host",
            Self::Domain => "domain",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Mac => "mac",
            Self::Email => "email",
            Self::Secret => "secret",
            Self::Serial => "serial",
            Self::Ssid => "ssid",
        }
    }

    /// The class in words, for a list of what was replaced.
    pub fn title(self) -> Message {
        Message::new(match self {
            Self::User => "redact-class-user",
            Self::Home => "redact-class-home",
            Self::Host => "redact-class-host",
            Self::Domain => "redact-class-domain",
            Self::Ipv4 => "redact-class-ipv4",
            Self::Ipv6 => "redact-class-ipv6",
            Self::Mac => "redact-class-mac",
            Self::Email => "redact-class-email",
            Self::Secret => "redact-class-secret",
            Self::Serial => "redact-class-serial",
            Self::Ssid => "redact-class-ssid",
        })
    }

    /// Which class names a piece that two finders claim: the more telling one.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Secret => 4,
            Self::Email => 3,
            Self::Mac | Self::Ipv6 | Self::Ipv4 => 2,
            Self::Domain | Self::Host | Self::Serial => 1,
            Self::User | Self::Home | Self::Ssid => 0,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
