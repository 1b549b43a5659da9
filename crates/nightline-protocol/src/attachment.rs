//! A file that follows a ticket: announced, uploaded like a bundle, listed with the ticket. Names are data, never paths.

use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};

use crate::UploadGrant;

/// Files of one ticket that may follow it; as many as a bundle takes.
pub const MAX_LATER_FILES: usize = 100;
/// One file that follows a ticket, in bytes; as large as one in a bundle.
pub const MAX_LATER_FILE_BYTES: u64 = 256 << 20;

/// `PUT /api/v1/tickets/{number}/attachments/{id}`: announces a file. The same body again answers the same, also how
/// far it is; another body with the same id is `conflict`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NewAttachment {
    /// 1 to 64 characters of `A-Z a-z 0-9 -`, made by the device; the same as in the path.
    pub id: String,
    /// The file's name: one part, at most 240 bytes, without control characters and direction marks.
    pub name: String,
    /// What the device takes it for: `image/png`. The desk believes only the file's own first bytes.
    pub media_type: String,
    /// In bytes; not empty.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// The desk's answer to [`NewAttachment`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct AttachmentReceipt {
    /// The file.
    pub id: String,
    /// Whether it is there, whole and as announced.
    pub complete: bool,
    /// Where to upload it; absent once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub upload: Option<UploadGrant>,
}

/// A file that followed a ticket and is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Attachment {
    /// Made by the device.
    pub id: String,
    /// The file's name. Data, never a path.
    pub name: String,
    /// What the device took it for.
    pub media_type: String,
    /// In bytes.
    #[cfg_attr(feature = "describe", ts(type = "number"))]
    pub size: u64,
    /// When the desk had all of it.
    pub at: Timestamp,
}

/// `POST /api/v1/tickets/{number}/close`: the person needs no help with it any more. The same id again closes nothing
/// anew, also where the ticket was opened again since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct NewClosing {
    /// 1 to 64 characters of `A-Z a-z 0-9 -`, made by the device.
    pub id: String,
}

/// The desk's answer to [`NewClosing`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Closing {
    /// As sent.
    pub id: String,
    /// When the desk took it.
    pub at: Timestamp,
}
