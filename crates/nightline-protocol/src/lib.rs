//! What app and desk say and hand to each other. No sockets, no clock, no randomness of its own.
//!
//! Everything here is on the wire or in a bundle and stays readable for ever (`docs/formats/`).

mod attachment;
mod brief;
mod device;
mod error;
mod manifest;
mod number;
mod profile;
mod ticket;
pub mod tus;

pub use attachment::{
    Attachment, AttachmentReceipt, Closing, MAX_LATER_FILE_BYTES, MAX_LATER_FILES, NewAttachment, NewClosing,
};
pub use brief::TicketBrief;
pub use device::{
    Enrolled, Enrolment, TokenGrant, TokenRequest, enrolment_statement, fingerprint, token_statement,
};
pub use error::{ApiError, ErrorCode};
pub use manifest::{
    BUNDLE_SCHEMA, Collector, Disclosure, Entry, MANIFEST_FILENAME, Manifest, REPORT_FILENAME,
};
pub use number::{NumberError, TicketNumber};
pub use profile::{DeskProfile, WhoMayOpen};
pub use ticket::{
    BundleClaim, MessageAuthor, NewMessage, NewTicket, Receipt, SUMMARY_TEXT_BYTES, TICKET_SCHEMA,
    TechnicalLog, TicketDocument, TicketMessage, TicketStatus, TicketSummary, TicketView, TransferState,
    UploadGrant,
};
