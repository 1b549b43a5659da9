//! Between values and the bytes of a frame. Reads and writes nothing.

use std::io::{self, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{FrameError, HEAD};

/// The length that a head announces.
pub(super) fn length(head: [u8; HEAD], limit: usize) -> Result<usize, FrameError> {
    match usize::try_from(u32::from_be_bytes(head)) {
        Ok(length) if length <= limit => Ok(length),
        _ => Err(FrameError::TooLong { limit }),
    }
}

/// The value in a frame's body.
pub(super) fn value<T: DeserializeOwned>(body: &[u8]) -> Result<T, FrameError> {
    serde_json::from_slice(body).map_err(FrameError::NotUnderstood)
}

/// A value as a whole frame, head and body.
pub(super) fn frame<T: Serialize + ?Sized>(value: &T, limit: usize) -> Result<Vec<u8>, FrameError> {
    let mut body = Bounded { bytes: vec![0; HEAD], limit: limit + HEAD, is_full: false };
    if let Err(error) = serde_json::to_writer(&mut body, value) {
        return Err(if body.is_full {
            FrameError::TooLong { limit }
        } else {
            FrameError::NotWritable(error)
        });
    }
    let mut bytes = body.bytes;
    let length = u32::try_from(bytes.len() - HEAD).map_err(|_| FrameError::TooLong { limit })?;
    bytes[..HEAD].copy_from_slice(&length.to_be_bytes());
    Ok(bytes)
}

/// Stops a value that does not fit while it is written, not after.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    is_full: bool,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.limit {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
