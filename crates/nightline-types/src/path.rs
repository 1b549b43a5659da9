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
    /// How: `udp-ttl`, `udp-ttl-one-flow` (packets are spread over several ways, this is one of them), `tcp-ttl`,
    /// `icmp-ttl`.
    pub method: String,
    /// How often each hop was asked.
    pub rounds: u32,
    /// Whether the target itself answered.
    pub reached: bool,
    /// From the nearest on.
    pub hops: Vec<PathHop>,
    /// The link that is at fault, if one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub fault: Option<PathFault>,
    /// Where the loss begins, if anywhere.
    pub verdict: Option<Verdict>,
}

/// A link that is at fault. One side alone cannot see which end of it fails, or in which direction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PathFault {
    /// What happens there.
    pub kind: FaultKind,
    /// The last hop before it; 0 is this machine.
    pub after: u8,
    /// The first hop behind it.
    pub before: u8,
    /// Share lost in percent, or milliseconds added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub size: Option<f64>,
}

/// What happens at a faulty link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Packets are lost from here on.
    Loss,
    /// Packets take longer from here on.
    Delay,
    /// Nothing answers from here on.
    End,
}

/// In whose part of the way a hop lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum HopPlace {
    /// The person's own network.
    Home,
    /// The network that connects them.
    Provider,
    /// A network on the way.
    Transit,
    /// The network of the target.
    Destination,
}

/// One distance from this machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PathHop {
    /// Routers away, from 1.
    pub ttl: u8,
    /// Who answered; several where packets are spread, empty if nobody did.
    pub addresses: Vec<String>,
    /// What the router calls itself (reverse DNS), if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub name: Option<String>,
    /// Whose network it is, if known: `AS4134 CHINANET`.
    pub owner: Option<String>,
    /// In whose part of the way it lies, once the path was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub place: Option<HopPlace>,
    /// Packets sent.
    pub sent: u32,
    /// Answers received.
    pub received: u32,
    /// Share without an answer, in percent.
    pub loss_pct: f64,
    /// Where the true share lies at 95 %, in percent (Wilson).
    pub loss_interval: [f64; 2],
    /// How long the answer took, round by round; null where none came. Empty if only the counts were kept.
    #[serde(default)]
    pub answers: Vec<Option<Millis>>,
    /// How long answers took; absent if none came.
    pub rtt: Option<HopRtt>,
    /// Why missing answers of this hop mean nothing.
    pub excused: Option<Message>,
    /// Rounds in which nothing came back from here on, though hops before it answered; absent if there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub forward_lost: Option<u32>,
    /// The round, from 1, from which on another router answered here, at the nearest hop where the way changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub changed_in: Option<u32>,
    /// What else is worth knowing of this hop, once the path was judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Vec<Message>>"))]
    pub remarks: Vec<Message>,
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

impl HopRtt {
    /// Of these times in milliseconds; `None` if there are none. By nearest rank: no value is invented between two
    /// measured ones.
    pub fn of(times: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = times.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let rank = |hundredth: usize| {
            Millis(sorted.get((last * hundredth).div_ceil(100)).copied().unwrap_or_default())
        };
        Some(Self { min: rank(0), median: rank(50), p95: rank(95) })
    }
}
