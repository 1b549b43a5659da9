//! From redacted and approved parts to one sealed file, and back without trusting it.
//!
//! Nothing enters a bundle but what the redactor made or the person approved. Reading never extracts to disk, and a
//! name inside a bundle is never used as a path.

mod content;
mod draft;
pub mod limits;
mod names;
mod outgoing;
mod parcel;
mod part;
mod read;
mod seal;

pub use content::{Content, LogIntake};
pub use draft::{Draft, DraftError, DropError, Item, ItemText};
pub use names::{NameProblem, check_file_name, file_name};
pub use outgoing::{FileError, OutgoingFile};
pub use parcel::{DraftSummary, OutgoingMessage, Parcel, ParcelError};
pub use part::Part;
pub use read::{Bundle, OpenError, ReadError, VerifyError};
pub use seal::{SealError, Sealed, seal};

/// The intake's entry.
pub const INTAKE_FILENAME: &str = "intake.json";

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
