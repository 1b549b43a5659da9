//! How things stand: the first thing a person sees.

use nightline_types::{Message, Timestamp, Verdict};
use serde::{Deserialize, Serialize};

/// The first screen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Home {
    /// In one word, for shapes and colours.
    pub standing: Standing,
    /// The latest answer to "is it me?". Its age is shown beside it.
    pub verdict: Option<Verdict>,
    /// What the person can do about it now, if anything.
    pub advice: Option<Message>,
    /// Whether the watch is looking right now.
    pub looking: bool,
    /// What was noticed lately, newest first.
    pub lately: Vec<Noticed>,
    /// A "Get help" that was begun and not sent: what they wrote first.
    pub unfinished: Option<String>,
}

/// How things stand in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Not looked yet.
    #[default]
    NotKnown,
    /// Nothing is wrong.
    Well,
    /// Something works badly.
    Degraded,
    /// Something does not work.
    Broken,
}

/// Something that the watch noticed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Noticed {
    /// When it was noticed.
    pub at: Timestamp,
    /// What.
    pub message: Message,
    /// How bad.
    pub standing: Standing,
}
