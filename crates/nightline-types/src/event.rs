//! Something that happened at a time.

use serde::{Deserialize, Serialize};

use crate::{Message, Privacy, Timestamp};

/// Something that happened at a time, from any source, on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Event {
    /// When it happened or began.
    pub at: Timestamp,
    /// When it ended, for something that lasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub until: Option<Timestamp>,
    /// What it is.
    pub kind: EventKind,
    /// Who says so.
    pub source: EventSource,
    /// The event in words.
    pub message: Message,
    /// What kind of private values the message's arguments may hold.
    #[serde(default, skip_serializing_if = "Privacy::is_public")]
    pub privacy: Privacy,
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The system started.
    Boot,
    /// The system went down in order.
    Shutdown,
    /// It went down without order: power loss, hang, crash.
    Crash,
    /// Software was installed, updated or removed.
    Update,
    /// An error or warning in a log.
    LogError,
    /// A network change.
    Network,
    /// A loss or delay episode that the recorder found.
    Episode,
    /// What the person reported.
    Reported,
    /// A probe of the target.
    Probe,
}

/// Who says that an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum EventSource {
    /// The system's log.
    SystemLog,
    /// The package manager's history.
    Packages,
    /// The kernel's own counters.
    Kernel,
    /// A check of this diagnosis.
    Check,
    /// The flight recorder.
    Recorder,
    /// The person's words.
    Person,
}
