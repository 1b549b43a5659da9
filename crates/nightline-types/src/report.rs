//! Everything one diagnosis found: `nightline.report/1`.

use serde::{Deserialize, Serialize};

use crate::{CheckResult, Event, Finding, Machine, Message, Millis, PathReport, Target, Timestamp, Verdict};

/// The name of this format, first in every document.
pub const REPORT_SCHEMA: &str = "nightline.report/1";

/// Checks, facts, findings and timeline of one diagnosis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Report {
    /// Always [`REPORT_SCHEMA`].
    pub schema: String,
    /// "Is it me?"
    pub verdict: Verdict,
    /// Worst first.
    pub findings: Vec<Finding>,
    /// In the order of the catalogue.
    pub checks: Vec<CheckResult>,
    /// Oldest first.
    pub timeline: Vec<Event>,
    /// Which machine.
    pub machine: Machine,
    /// What the person wants to reach, if they said.
    #[serde(default)]
    pub target: Option<TargetReport>,
    /// The way to the target, or to the desk, judged; absent if none was traced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub path: Option<PathReport>,
    /// When the diagnosis began.
    pub started_at: Timestamp,
    /// How long it took.
    pub took_ms: Millis,
    /// Whether the deadline ended it before all checks had.
    pub complete: bool,
    /// Which Nightline wrote it.
    pub program: String,
}

/// What was seen of the target, from the first probe until the ticket was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TargetReport {
    /// As the person gave it.
    pub given: Target,
    /// One probe after another.
    pub probes: Vec<TargetProbe>,
}

/// One attempt to reach the target, phase by phase. A phase that was not reached is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(default)]
pub struct TargetProbe {
    /// When it began.
    pub at: Option<Timestamp>,
    /// Whether everything that was expected there answered.
    pub reached: bool,
    /// The phase that failed: `dns`, `tcp`, `tls`, `http`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub failed_phase: Option<String>,
    /// The failure in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub failure: Option<Message>,
    /// Name resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub dns_ms: Option<Millis>,
    /// TCP handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub tcp_ms: Option<Millis>,
    /// TLS handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub tls_ms: Option<Millis>,
    /// Request to first byte of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub http_ms: Option<Millis>,
    /// The answer's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub http_status: Option<u16>,
}
