//! Why something cannot be added to a draft, dropped from it, or turned into entries.

use std::io;

use nightline_types::Message;

use crate::limits::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};

/// Why something cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The redacted report does not read as a report: a defect of ours.
    #[error("the redacted report cannot be read again")]
    Report(#[source] serde_json::Error),
    /// The intake cannot be written as JSON: a defect of ours.
    #[error("the intake cannot be written")]
    Intake(#[source] serde_json::Error),
    /// The log could not be read, or its temporary copy not written.
    #[error("a log cannot be taken in")]
    Log(#[source] io::Error),
    /// The temporary copy of an attachment could not be written.
    #[error("an attachment cannot be taken in")]
    Attachment(#[source] io::Error),
    /// More files than a ticket takes.
    #[error("more than {MAX_ATTACHMENTS} attachments")]
    TooManyAttachments,
    /// A file larger than a ticket takes.
    #[error("an attachment of {size} bytes; the limit is {MAX_ATTACHMENT_BYTES}")]
    AttachmentTooLarge {
        /// In bytes.
        size: u64,
    },
}

impl DraftError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Report(_) | Self::Intake(_) => Message::new("bundle-error-internal"),
            Self::Log(error) | Self::Attachment(error) if is_disk_full(error) => {
                Message::new("bundle-error-disk-full")
            }
            Self::Log(_) | Self::Attachment(_) => Message::new("bundle-error-take-in"),
            Self::TooManyAttachments => {
                Message::new("bundle-error-too-many-attachments").arg("limit", MAX_ATTACHMENTS)
            }
            Self::AttachmentTooLarge { .. } => {
                Message::new("bundle-error-attachment-too-large").arg("limit_mib", MAX_ATTACHMENT_BYTES >> 20)
            }
        }
    }
}

/// No space, or no more for this person.
pub(crate) fn is_disk_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// Why an item cannot be dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DropError {
    /// There is no such item.
    #[error("there is no item `{0}`")]
    Unknown(String),
    /// Without it there is no ticket.
    #[error("`{0}` is needed")]
    Required(String),
}

impl DropError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Unknown(id) => Message::new("bundle-error-no-such-item").arg("item", id.as_str()),
            Self::Required(_) => Message::new("bundle-error-item-required"),
        }
    }
}
