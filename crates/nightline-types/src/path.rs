//! One traced path: `nightline.path/1`. What was counted, not what it means; the meaning is the verdict's.

use serde::{Deserialize, Serialize};

use crate::{Message, Millis, Verdict};

/// The name of this format, first in every document.
pub const PATH_SCHEMA: &str = "nightline.path/1";

/// A path, hop by hop, from this machine to the target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PathReport {
    /// Always [`PATH_SCHEMA`].
    pub schema: String,
    /// As the person gave it.
    pub target: String,
    /// The address that was traced.
    pub address: String,
    /// How: `udp-ttl`, `tcp-ttl`.
    pub method: String,
    /// How often each hop was asked.
    pub rounds: u32,
    /// Whether the target itself answered.
    pub reached: bool,
    /// From the nearest on.
    pub hops: Vec<PathHop>,
    /// Where the loss begins, if anywhere.
    pub verdict: Option<Verdict>,
}

/// One distance from this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PathHop {
    /// Routers away, from 1.
    pub ttl: u8,
    /// Who answered; several where packets are spread, empty if nobody did.
    pub addresses: Vec<String>,
    /// Whose network it is, if known.
    pub owner: Option<String>,
    /// Packets sent.
    pub sent: u32,
    /// Answers received.
    pub received: u32,
    /// Share without an answer, in percent.
    pub loss_pct: f64,
    /// Where the true share lies at 95 %, in percent (Wilson).
    pub loss_interval: [f64; 2],
    /// How long answers took; absent if none came.
    pub rtt: Option<HopRtt>,
    /// Why missing answers of this hop mean nothing.
    pub excused: Option<Message>,
}

/// How long the answers of a hop took, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct HopRtt {
    /// The shortest.
    pub min: Millis,
    /// Half took longer.
    pub median: Millis,
    /// One in twenty took longer.
    pub p95: Millis,
}
