//! All that will leave, item by item.

use nightline_types::{Message, Severity};
use serde::{Deserialize, Serialize};

/// All that will leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Preview {
    /// Where it goes: the desk's host.
    pub desk: Option<String>,
    /// How urgent, from the answers.
    pub severity: Severity,
    /// Within how many minutes somebody answers.
    pub response_minutes: u32,
    /// The items, in the order of the bundle.
    pub items: Vec<PreviewItem>,
    /// The item that is open for reading, by id, and its text as it leaves.
    pub open: Option<OpenItem>,
    /// Whether it can be sent; otherwise why not.
    pub cannot_send: Option<Message>,
    /// Whether it is being sealed: the person has sent it, and nothing of it changes any more.
    pub sealing: bool,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct PreviewItem {
    /// Its name in the list.
    pub id: String,
    /// What it is.
    pub title: Message,
    /// Redacted or disclosed.
    pub kind: PreviewKind,
    /// Its size.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub bytes: u64,
    /// Whether it leaves.
    pub included: bool,
    /// Whether a ticket needs it, so that it cannot be left out.
    pub required: bool,
    /// Whether it is text that can be read here.
    pub readable: bool,
}

/// The two kinds of what leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum PreviewKind {
    /// Collected, with private values replaced.
    Redacted,
    /// As the person gave it.
    Disclosed,
}

/// An item as it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct OpenItem {
    /// Which.
    pub id: String,
    /// Its text, or its beginning.
    pub text: String,
    /// Whether there is more of it.
    pub cut: bool,
}
