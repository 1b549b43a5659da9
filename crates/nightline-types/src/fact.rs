//! A typed value that a check found, with what the redactor must know about it.

use serde::{Deserialize, Serialize};

use crate::{FactKey, Timestamp, Value};

/// A typed value that a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Fact {
    /// Name within its check.
    pub key: FactKey,
    /// What was found.
    pub value: Value,
    /// What the number counts; absent for text and yes or no.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub unit: Option<Unit>,
    /// When it was measured.
    pub at: Timestamp,
    /// How it was measured, in kebab-case: `getaddrinfo`, `icmp-echo`, `proc-meminfo`.
    pub method: String,
    /// What kind of private value it holds.
    #[serde(default, skip_serializing_if = "Privacy::is_public")]
    pub privacy: Privacy,
}

impl Fact {
    /// A fact without unit that holds nothing private.
    pub fn new(key: &'static str, value: impl Into<Value>, method: &str, at: Timestamp) -> Self {
        Self {
            key: FactKey::new(key),
            value: value.into(),
            unit: None,
            at,
            method: method.to_owned(),
            privacy: Privacy::Public,
        }
    }

    /// The same fact with a unit.
    #[must_use]
    pub fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The same fact, marked as private.
    #[must_use]
    pub fn private(mut self, privacy: Privacy) -> Self {
        self.privacy = privacy;
        self
    }
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Days.
    Days,
    /// Percent.
    Pct,
    /// Bytes.
    Bytes,
    /// Pieces.
    Count,
    /// Megabits a second.
    Mbps,
}

/// What kind of private value a fact holds. Each text in the value, also inside lists and maps, is of this kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// Nothing private; may leave as it is.
    #[default]
    Public,
    /// An IP address.
    Ip,
    /// A hardware address.
    Mac,
    /// A host or domain name.
    Host,
    /// A user's name.
    User,
    /// A path that may contain a user's name.
    Path,
    /// A serial number or asset tag.
    Serial,
    /// Free text or a log line: everything the redactor knows is looked for.
    Text,
}

impl Privacy {
    /// Whether the value may leave as it is.
    pub fn is_public(&self) -> bool {
        *self == Self::Public
    }
}
