//! What became of a check.

use serde::{Deserialize, Serialize};

use crate::{CheckId, Fact, Message, Millis, Timestamp};

/// What a check says about the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It works as it should.
    Healthy,
    /// It works, but not as it should.
    Degraded,
    /// It does not work.
    Broken,
    /// It was not run; the reason says why.
    Skipped,
    /// It ran and could not tell; says nothing about the machine.
    Unknown,
}

/// One check of a diagnosis: what it found and how long it took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct CheckResult {
    /// Which check.
    pub id: CheckId,
    /// What it says.
    pub outcome: Outcome,
    /// Why it was skipped or could not tell, or one line about what is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reason: Option<Message>,
    /// What it found.
    pub facts: Vec<Fact>,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took.
    pub took_ms: Millis,
}

impl CheckResult {
    /// The fact of this name, if the check found one.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key.as_str() == key)
    }
}
