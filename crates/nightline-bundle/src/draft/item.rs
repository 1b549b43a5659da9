//! One line of the list that the person sees before anything leaves.

use nightline_protocol::Disclosure;
use nightline_redact::Redacted;
use nightline_types::Message;
use serde::Serialize;

use crate::Content;

/// One thing that would leave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Stable within the draft: `intake-error`, `report`, `system-log`, `attachment-1`.
    pub id: String,
    /// What it is, in words.
    pub title: Message,
    /// In bytes, before packing.
    pub bytes: u64,
    /// Redacted, or as the person typed or chose it.
    pub disclosure: Disclosure,
    /// How many private values were replaced.
    pub replaced: u64,
    /// Whether a ticket needs it.
    pub required: bool,
    /// Whether it leaves.
    pub included: bool,
}

impl Item {
    pub(crate) fn of(id: &str, title: Message, content: &Content) -> Self {
        Self {
            id: id.to_owned(),
            title,
            bytes: content.size(),
            disclosure: content.disclosure(),
            replaced: content.replaced(),
            required: false,
            included: true,
        }
    }

    pub(crate) fn redacted(id: &str, title: Message, text: &Redacted) -> Self {
        Self {
            id: id.to_owned(),
            title,
            bytes: u64::try_from(text.as_str().len()).unwrap_or(u64::MAX),
            disclosure: Disclosure::Redacted,
            replaced: text.replaced(),
            required: false,
            included: true,
        }
    }
}
