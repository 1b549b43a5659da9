//! Which machine this is: what an agent asks first, filled in by the machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Message;

/// Which machine a report is about. A field that is absent is named in `withheld` with the reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(default)]
pub struct Machine {
    /// Its own name. Private.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub host_name: Option<String>,
    /// Who is signed in. Private.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub user_name: Option<String>,
    /// The system's name, for example `Debian GNU/Linux 12 (bookworm)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub os: Option<String>,
    /// The exact build: kernel release on Linux, build number elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub os_build: Option<String>,
    /// `x86_64`, `aarch64`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub architecture: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub manufacturer: Option<String>,
    /// What the maker calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub model: Option<String>,
    /// The maker's serial number. Private.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub serial: Option<String>,
    /// The owner's asset tag. Private.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub asset_tag: Option<String>,
    /// The processor's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub processor: Option<String>,
    /// Memory in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional, type = "number"))]
    pub memory_bytes: Option<u64>,
    /// The cloud it runs in, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub cloud_provider: Option<String>,
    /// The cloud's id of this machine. Private.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub cloud_instance: Option<String>,
    /// The cloud's region.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub cloud_region: Option<String>,
    /// What the system did not tell, by field name, and why.
    pub withheld: BTreeMap<String, Withheld>,
}

/// Why a field of the machine is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Withheld {
    /// The reason in words: needs administrator rights, not set by the maker, not a cloud machine.
    pub reason: Message,
}
