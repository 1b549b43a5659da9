//! The only things the session may send: a sealed bundle with its ticket, and a message that the person wrote.
//!
//! A [`Parcel`] is made from a draft, whose every text was redacted or approved, or read back from the record that
//! such a parcel left in the outbox.

use std::path::{Path, PathBuf};

use nightline_protocol::{NewMessage, NewTicket, TicketNumber, TicketSummary};
use nightline_redact::Disclosed;
use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Sealed;

/// The record's format.
const RECORD_SCHEMA: &str = "nightline.parcel/1";
/// A message at most; the desk's own limit.
const MAX_MESSAGE_BYTES: usize = 16 << 10;

/// A ticket and its sealed bundle.
#[derive(Clone, Debug)]
pub struct Parcel {
    ticket: NewTicket,
    bundle: PathBuf,
}

/// Why a record of the outbox is no parcel, or a text no message.
#[derive(Debug, thiserror::Error)]
pub enum ParcelError {
    /// Not JSON of this format.
    #[error("the parcel's record cannot be read")]
    Record(#[source] serde_json::Error),
    /// Written by a later Nightline.
    #[error("the parcel's record has the format `{0}`")]
    Schema(String),
    /// The sealed bundle is not where it was.
    #[error("the bundle {} cannot be read", path.display())]
    BundleMissing {
        /// Where it was.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The sealed bundle has another size than was announced.
    #[error("the bundle {} has changed since it was sealed", path.display())]
    BundleChanged {
        /// Where it is.
        path: PathBuf,
    },
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

#[derive(Serialize, Deserialize)]
struct Record {
    schema: String,
    ticket: NewTicket,
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

    /// What the outbox keeps on disk.
    pub fn to_record(&self) -> Vec<u8> {
        let record = Record { schema: RECORD_SCHEMA.to_owned(), ticket: self.ticket.clone() };
        // A ticket was made from JSON values and becomes JSON again.
        serde_json::to_vec_pretty(&record).unwrap_or_default()
    }

    /// Reads a parcel back, with its bundle at `bundle`. The record is the outbox's own, in a private folder.
    pub fn from_record(record: &[u8], bundle: PathBuf) -> Result<Self, ParcelError> {
        let record: Record = serde_json::from_slice(record).map_err(ParcelError::Record)?;
        if record.schema != RECORD_SCHEMA {
            return Err(ParcelError::Schema(record.schema));
        }
        let found = std::fs::metadata(&bundle)
            .map_err(|source| ParcelError::BundleMissing { path: bundle.clone(), source })?;
        if found.len() != record.ticket.bundle.size {
            return Err(ParcelError::BundleChanged { path: bundle });
        }
        Ok(Self { ticket: record.ticket, bundle })
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

    /// What the outbox keeps on disk.
    pub fn to_record(&self) -> Vec<u8> {
        // Two texts always become JSON.
        serde_json::to_vec(&self.0).unwrap_or_default()
    }

    /// Reads a message back from the outbox's own record.
    pub fn from_record(record: &[u8]) -> Result<Self, ParcelError> {
        serde_json::from_slice(record).map(Self).map_err(ParcelError::Record)
    }
}
