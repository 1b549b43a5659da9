//! `state.json` of an item: `nightline.outbox/1`. The format only; reads and writes no file.

use nightline_protocol::{Receipt, TicketNumber};
use nightline_types::{DeskUrl, Timestamp};
use serde::{Deserialize, Serialize};

/// The name of the format.
pub const OUTBOX_SCHEMA: &str = "nightline.outbox/1";

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The desk knows nothing of it.
    Queued,
    /// The desk has the ticket, not the bundle.
    Announced,
    /// The bundle is on its way.
    Uploading,
    /// The desk has everything.
    Delivered,
    /// The desk said no for good; waits for the person.
    Refused,
    /// Too old to be of use; its bundle is gone.
    Expired,
}

impl Stage {
    /// Whether something still has to leave for it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Announced | Self::Uploading)
    }
}

/// Where the bundle goes up and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadState {
    /// The upload's address, absolute.
    pub url: String,
    /// Bytes that the desk has acknowledged. The desk is asked before a byte is sent after a break.
    pub offset: u64,
}

/// How an item stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemState {
    /// Always [`OUTBOX_SCHEMA`].
    pub schema: String,
    /// The desk that the person agreed to; the item never goes to another.
    pub desk: DeskUrl,
    /// How far it is.
    pub stage: Stage,
    /// The upload, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<UploadState>,
    /// The desk's last receipt, without the right to upload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Attempts since something last moved.
    #[serde(default)]
    pub attempts: u32,
    /// The code of the last failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// Not before this time, unless the person asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    /// How often the upload was made anew because the desk found it damaged.
    #[serde(default)]
    pub damaged_uploads: u32,
}

/// Why a `state.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Not JSON of this shape.
    #[error("state of {number} is damaged")]
    Damaged {
        /// Whose.
        number: TicketNumber,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// Written by a later version.
    #[error("state of {number} has the format `{found}`")]
    OtherFormat {
        /// Whose.
        number: TicketNumber,
        /// What it says it is.
        found: String,
    },
}

impl ItemState {
    /// A new item for a desk.
    pub fn new(desk: DeskUrl) -> Self {
        Self {
            schema: OUTBOX_SCHEMA.to_owned(),
            desk,
            stage: Stage::Queued,
            upload: None,
            receipt: None,
            attempts: 0,
            last_error: None,
            next_try: None,
            damaged_uploads: 0,
        }
    }

    pub(crate) fn parse(number: &TicketNumber, bytes: &[u8]) -> Result<Self, StateError> {
        let damaged = |source| StateError::Damaged { number: number.clone(), source };
        let state: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        if state.schema == OUTBOX_SCHEMA {
            Ok(state)
        } else {
            Err(StateError::OtherFormat { number: number.clone(), found: state.schema })
        }
    }

    /// Keeps the receipt without the right to upload, which is asked for anew on each attempt.
    pub(crate) fn keep(&mut self, receipt: &Receipt) {
        self.receipt = Some(Receipt { upload: None, ..receipt.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As version 1 wrote it; stays readable for ever.
    const VERSION_1: &str = r#"{"schema":"nightline.outbox/1","desk":"https://desk.example.com","stage":"uploading",
        "upload":{"url":"https://desk.example.com/api/v1/uploads/x","offset":4194304},"attempts":2,"last_error":"offline",
        "next_try":"2026-11-22T02:03:04.056Z","damaged_uploads":0,"added_later":1}"#;

    #[test]
    fn reads_what_version_1_wrote_and_ignores_what_later_ones_add() {
        let state = ItemState::parse(&number(), VERSION_1.as_bytes()).unwrap();
        assert_eq!(state.stage, Stage::Uploading);
        assert_eq!(state.upload.map(|it| it.offset), Some(4_194_304));
    }

    #[test]
    fn refuses_another_format_and_garbage() {
        let other = VERSION_1.replace("outbox/1", "outbox/2");
        assert!(matches!(ItemState::parse(&number(), other.as_bytes()), Err(StateError::OtherFormat { .. })));
        for garbage in ["", "{", "\0\0\0", "[]", "{\"schema\":\"nightline.outbox/1\"}"] {
            let result = ItemState::parse(&number(), garbage.as_bytes());
            assert!(matches!(result, Err(StateError::Damaged { .. })), "{garbage:?}");
        }
    }

    fn number() -> TicketNumber {
        TicketNumber::from_random([1; 8])
    }
}
