//! Why the outbox could not do something. Holds no sentence for a person.

use std::io;
use std::path::PathBuf;

use nightline_protocol::TicketNumber;

use super::{MAX_OUTBOX_BYTES, StateError};

/// Why the outbox could not do something. The item it is about is still there.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// A file or folder could not be read.
    #[error("read `{path}`")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file or folder could not be written; on a full disk this is where it shows.
    #[error("write `{path}`")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is no room for another bundle or file within [`MAX_OUTBOX_BYTES`].
    #[error("the outbox holds {held} bytes, {wanted} more are over its limit of {MAX_OUTBOX_BYTES}")]
    Full {
        /// Bytes that wait already.
        held: u64,
        /// Bytes of the new bundle or file.
        wanted: u64,
    },
    /// An item of this number is there already.
    #[error("{0} is in the outbox already")]
    Exists(TicketNumber),
    /// No item of this number.
    #[error("{0} is not in the outbox")]
    Absent(TicketNumber),
    /// Another process sends it at this moment.
    #[error("{0} is being sent by another process")]
    Busy(TicketNumber),
    /// `ticket.json` cannot be read: the item stays, and is never sent.
    #[error("ticket of {number} is damaged")]
    TicketDamaged {
        /// Which.
        number: TicketNumber,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// `state.json` cannot be used.
    #[error("state of an item")]
    State(#[source] StateError),
    /// A value could not be written as JSON.
    #[error("encode as JSON")]
    Encode(#[source] serde_json::Error),
    /// The file is not the bundle that the ticket announces.
    #[error("the bundle has {found} bytes, the ticket announces {announced}")]
    OtherBundle {
        /// Bytes of the file.
        found: u64,
        /// Bytes in the ticket.
        announced: u64,
    },
    /// The sealed bundle on this disk is not the one that was queued any more.
    #[error("the bundle `{path}` was damaged on this disk")]
    BundleDamaged {
        /// Where it lies.
        path: PathBuf,
    },
    /// The system has no randomness for a folder's name.
    #[error("no randomness from the system")]
    NoRandomness,
}

impl From<StateError> for OutboxError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}
