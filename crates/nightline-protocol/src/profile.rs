//! What a desk tells everyone who asks, before anything is sent to it.

use nightline_types::{SeverityTable, Timestamp};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/profile`: who this desk is and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct DeskProfile {
    /// The organisation's name.
    pub organisation: String,
    /// The largest bundle it takes, in bytes. Told before the upload.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub max_bundle_bytes: u64,
    /// The largest body of one PATCH it takes, in bytes.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub max_chunk_bytes: u64,
    /// Who may open tickets.
    pub who_may_open: WhoMayOpen,
    /// The desk's time, for the clock check.
    pub now: Timestamp,
    /// A DNS name that does not exist; whoever resolves it forges answers.
    pub absent_name: String,
    /// A DNS name whose signature is good, where the operator has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub signed_name: Option<String>,
    /// A DNS name whose signature is broken on purpose: a resolver that checks signatures does not give its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub broken_name: Option<String>,
    /// Ports of the desk's host that answer UDP: they echo, and answer STUN binding requests. Empty behind a proxy,
    /// which passes none of it on.
    #[serde(default)]
    pub udp_ports: Vec<u16>,
    /// The desk's severity table, where it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub severity: Option<SeverityTable>,
}

/// Who may open tickets at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum WhoMayOpen {
    /// Any device that enrols, limited by rate.
    Anyone,
    /// Only devices that an agent has approved.
    Approved,
}
