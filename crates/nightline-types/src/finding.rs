//! Statements about the machine and the answer to "is it me?", each with its evidence.

use serde::{Deserialize, Serialize};

use crate::{CheckId, Message, MessageId, Timestamp};

/// A statement with its weight, its likelihood and its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Finding {
    /// The same as the message's id; what scripts compare.
    pub id: MessageId,
    /// How bad it is.
    pub severity: Grade,
    /// How sure we are.
    pub confidence: Confidence,
    /// The statement.
    pub message: Message,
    /// What the person can do now, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub advice: Option<Message>,
    /// Whose fault it would be.
    pub culprit: Culprit,
    /// What it rests on.
    pub evidence: Vec<EvidenceRef>,
}

/// The finding that answers "is it me?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Verdict {
    /// The same as the message's id.
    pub id: MessageId,
    /// Where the cause is.
    pub culprit: Culprit,
    /// How sure we are.
    pub confidence: Confidence,
    /// The answer.
    pub message: Message,
    /// When the facts behind it were measured; a reader shows its age.
    pub measured_at: Timestamp,
    /// What it rests on.
    pub evidence: Vec<EvidenceRef>,
}

/// How bad a finding is; worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Something does not work.
    Broken,
    /// Something works badly.
    Degraded,
    /// Worth knowing.
    Notice,
}

/// Where the cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Culprit {
    /// Nothing is wrong.
    None,
    /// This machine itself.
    Device,
    /// No usable connection at all.
    NoNetwork,
    /// The wireless link.
    Wifi,
    /// The cable or its socket.
    Cable,
    /// The router at home or in the office.
    Router,
    /// The internet provider.
    Provider,
    /// A network beyond the provider.
    FarNetwork,
    /// Name resolution.
    Dns,
    /// The service the person wants to reach.
    Service,
    /// Something between that answers in the service's place.
    Interception,
    /// Something is wrong and we cannot tell where.
    Unknown,
}

/// From 0 (a guess) to 1 (seen twice, independently).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(transparent)]
pub struct Confidence(f64);

impl Confidence {
    /// Cut to 0..=1.
    pub fn new(value: f64) -> Self {
        Self(value.clamp(0.0, 1.0))
    }

    /// From 0 to 1.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Points at a check (`dns-system`), at one of its facts (`dns-system#resolve_ms`), or at an event (`event:12`,
/// its place in the report's timeline).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(transparent)]
pub struct EvidenceRef(String);

impl EvidenceRef {
    /// Points at a whole check.
    pub fn check(id: &CheckId) -> Self {
        Self(id.to_string())
    }

    /// Points at one fact of a check.
    pub fn fact(id: &CheckId, key: &str) -> Self {
        Self(format!("{id}#{key}"))
    }

    /// Points at an event by its place in the timeline.
    pub fn event(index: usize) -> Self {
        Self(format!("event:{index}"))
    }

    /// The reference itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
