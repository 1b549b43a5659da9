//! The only things the session may send: a sealed bundle with its ticket, and a message that the person wrote.
//!
//! A [`Parcel`] is made from a draft, whose every text was redacted or approved. What of it lies on the disk is the
//! outbox's own matter.

use std::path::{Path, PathBuf};

use nightline_protocol::{NewMessage, NewTicket, TicketNumber, TicketSummary};
use nightline_redact::Disclosed;
use nightline_types::Timestamp;

use crate::Sealed;

/// A message at most; the desk's own limit.
const MAX_MESSAGE_BYTES: usize = 16 << 10;

/// A ticket and its sealed bundle.
#[derive(Clone, Debug)]
pub struct Parcel {
    ticket: NewTicket,
    bundle: PathBuf,
}

/// Why a text is no message.
#[derive(Debug, thiserror::Error)]
pub enum ParcelError {
    /// A message without text.
    #[error("the message is empty")]
    EmptyMessage,
    /// A message longer than the desk takes.
    #[error("the message is longer than {MAX_MESSAGE_BYTES} bytes")]
    MessageTooLong,
    /// Not text.
    #[error("the message is not text")]
    MessageNotText,
}

impl Parcel {
    /// A ticket for a bundle that was just sealed. `summary` comes from [`crate::Draft::summary`] of the same draft,
    /// taken before it was sealed.
    pub fn new(number: TicketNumber, created_at: Timestamp, summary: DraftSummary, sealed: &Sealed) -> Self {
        let ticket = NewTicket { number, created_at, summary: summary.0, bundle: sealed.claim() };
        Self { ticket, bundle: sealed.path.clone() }
    }

    /// What is told to the desk.
    pub const fn ticket(&self) -> &NewTicket {
        &self.ticket
    }

    /// Where the sealed bundle is.
    pub fn bundle_path(&self) -> &Path {
        &self.bundle
    }
}

/// A ticket's summary that a draft made: redacted, approved, and without what the person dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftSummary(pub(crate) TicketSummary);

impl DraftSummary {
    /// The summary, to show or to compare.
    pub const fn as_summary(&self) -> &TicketSummary {
        &self.0
    }
}

/// A reply that the person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMessage(NewMessage);

impl OutgoingMessage {
    /// A reply. `id` is made by the caller and stays the same for every retry: 1 to 64 of `A-Z a-z 0-9 -`.
    pub fn new(id: String, text: &Disclosed) -> Result<Self, ParcelError> {
        let text = text.as_str().ok_or(ParcelError::MessageNotText)?;
        if text.trim().is_empty() {
            return Err(ParcelError::EmptyMessage);
        }
        if text.len() > MAX_MESSAGE_BYTES {
            return Err(ParcelError::MessageTooLong);
        }
        Ok(Self(NewMessage { id, text: text.to_owned() }))
    }

    /// What is told to the desk.
    pub const fn wire(&self) -> &NewMessage {
        &self.0
    }
}
