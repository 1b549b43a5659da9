//! Frames for threads that may wait, such as a window's. As in the parent, on `std::io`.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{CHUNK, FrameError, HEAD, MAX_FRAME, text};

/// Reads the next frame, and not one byte more. `None` when the other end has closed between two frames.
///
/// # Errors
///
/// See [`FrameError`]. After [`FrameError::NotUnderstood`] the next frame can be read; any other error is final.
pub fn read_frame_blocking<T: DeserializeOwned>(source: &mut impl Read) -> Result<Option<T>, FrameError> {
    let mut head = [0_u8; HEAD];
    let mut had = 0;
    while had < HEAD {
        match source.read(&mut head[had..]) {
            Ok(0) if had == 0 => return Ok(None),
            Ok(0) => return Err(FrameError::Truncated),
            Ok(read) => had += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(FrameError::Io(error)),
        }
    }
    let length = text::length(head, MAX_FRAME)?;
    let mut body = Vec::with_capacity(length.min(CHUNK));
    source.by_ref().take(length as u64).read_to_end(&mut body).map_err(FrameError::Io)?;
    if body.len() < length {
        return Err(FrameError::Truncated);
    }
    text::value(&body).map(Some)
}

/// Writes one frame and flushes.
///
/// # Errors
///
/// See [`FrameError`]. Nothing was written unless it is [`FrameError::Io`].
pub fn write_frame_blocking<T: Serialize + ?Sized>(
    sink: &mut impl Write,
    value: &T,
) -> Result<(), FrameError> {
    let bytes = text::frame(value, MAX_FRAME)?;
    sink.write_all(&bytes).map_err(FrameError::Io)?;
    sink.flush().map_err(FrameError::Io)
}
