//! What can be asked of a running watch, and what it answers. Both lists are closed.
//!
//! The asking program may be newer than the watch: what the watch does not know, it answers with `NotUnderstood`.

use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};

/// What can be asked of a running watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ControlRequest {
    /// Show the window, wherever the person was.
    Show,
    /// Show the window at "Get help".
    GetHelp,
    /// Say how it stands.
    Status,
    /// Try now to deliver what waits.
    DeliverNow,
    /// End the watch.
    Stop,
    /// Say that it is there.
    Ping,
}

/// What a watch answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ControlReply {
    /// It was taken up.
    Done,
    /// How it stands.
    Status(WatchStatus),
    /// The watch is older than who asks.
    NotUnderstood,
}

/// How a watch stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchStatus {
    /// Its process.
    pub pid: u32,
    /// Its version.
    pub version: String,
    /// When it started.
    pub started_at: Timestamp,
    /// How many tickets wait on this device.
    #[serde(default)]
    pub waiting: u32,
    /// Whether its window is open.
    #[serde(default)]
    pub window: bool,
}
