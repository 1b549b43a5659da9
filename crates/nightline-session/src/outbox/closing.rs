//! "No help needed any more", waiting in a ticket's item: one small file. Writing to the ticket again takes it back.

use std::fs;
use std::io;
use std::path::Path;

use nightline_protocol::NewClosing;

use super::{OutboxError, names};
use crate::{FaultPoint, Step, disk};

/// One id.
const MAX_BYTES: u64 = 4 << 10;

/// Puts the wish into the item. One that waits already stays.
pub(crate) fn write(item: &Path, closing: &NewClosing, fault: FaultPoint) -> Result<(), OutboxError> {
    if read(item)?.is_some() {
        return Ok(());
    }
    let path = item.join(names::CLOSING);
    let json = serde_json::to_vec(closing).map_err(OutboxError::Encode)?;
    disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })?;
    fault.passed(Step::CloseQueued);
    Ok(())
}

/// The wish, if there is one. A damaged one is none: the ticket then stays open, which harms nobody.
pub(crate) fn read(item: &Path) -> Result<Option<NewClosing>, OutboxError> {
    let path = item.join(names::CLOSING);
    match disk::read_limited(&path, MAX_BYTES) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(OutboxError::Read { path, source }),
    }
}

/// Forgets the wish: the desk has it, or the person writes again.
pub(crate) fn delete(item: &Path) -> Result<(), OutboxError> {
    let path = item.join(names::CLOSING);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(OutboxError::Write { path, source: error })
        }
        _ => Ok(()),
    }
}
