//! The client end: the outbox, the calls to the desk, the resumable upload.
//!
//! There is one exit: only a sealed parcel, an outgoing message and an outgoing file get into the outbox, and only what is in the
//! outbox is sent. Reads no environment, no clock and no settings; all are handed in.

mod client;
mod deliver;
mod disk;
mod error;
mod outbox;
mod step;
mod tus;

#[cfg(test)]
mod tests;

pub use client::{ClientOptions, Clock, DeskClient, Signer};
pub use deliver::{
    Courier, Delivery, DeliveryOutcome, LaterPart, Progress, ProgressSink, RefusedPart, Which,
};
pub use error::{CallError, Doubt, Phase, PrepareError, SignError, message_of_code};
pub use outbox::{
    EXPIRES_AFTER, ItemState, ListedItem, MAX_OUTBOX_BYTES, OUTBOX_SCHEMA, Outbox, OutboxError,
    REMEMBERED_FOR, Stage, StateError, UploadState, Waiting,
};
pub use step::{FaultPoint, Step, UnknownStep};
pub use tus::{Patience, UploadError};
