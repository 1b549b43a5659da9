//! `manifest.json`, the first entry of every bundle: what is in it, by whom it was collected, how it may be read.

use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};

use crate::TicketNumber;

/// The name of the bundle's format.
pub const BUNDLE_SCHEMA: &str = "nightline.bundle/1";
/// The first entry of every bundle.
pub const MANIFEST_FILENAME: &str = "manifest.json";
/// The report's entry.
pub const REPORT_FILENAME: &str = "report.json";

/// What is in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Manifest {
    /// Always [`BUNDLE_SCHEMA`].
    pub schema: String,
    /// The ticket it belongs to; absent for a bundle made by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub ticket: Option<TicketNumber>,
    /// Which Nightline made it.
    pub program: String,
    /// When.
    pub created_at: Timestamp,
    /// Which redactor, by its rules' version.
    pub redactor: String,
    /// Every other entry, in the order they stand in the file.
    pub entries: Vec<Entry>,
    /// What each collector did, also where it failed or the person left it out.
    pub collectors: Vec<Collector>,
}

/// One file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Entry {
    /// Its name inside the bundle: forward slashes, no `..`, no root.
    pub path: String,
    /// In bytes.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// What it holds: `application/json`, `text/plain`, `image/png`.
    pub media_type: String,
    /// Which collector made it.
    pub collector: String,
    /// Whether private values were replaced, or the person approved it as it is.
    pub disclosure: Disclosure,
    /// How many private values were replaced.
    #[serde(default)]
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub replaced: u64,
}

/// The only two kinds of content that may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// Collected, with private values replaced.
    Redacted,
    /// Typed or approved by the person, as it is.
    Disclosed,
}

/// What a collector did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Collector {
    /// Its kebab-case name: `report`, `system-log`, `attachment`.
    pub id: String,
    /// `done`, `left-out` by the person, `failed`, `not-allowed` by policy.
    pub outcome: String,
    /// Why, where it is not `done`. Redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub reason: Option<String>,
}
