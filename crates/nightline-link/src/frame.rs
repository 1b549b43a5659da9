//! One value at a time over a pipe: four bytes of length, the most significant first, then that many bytes of JSON.
//!
//! Which version both ends speak is the business of the values: the first of them says it.
//! A length is only believed up to a limit, and memory is only taken for bytes that have arrived.

mod blocking;
mod reader;
mod text;

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

pub use blocking::{read_frame_blocking, write_frame_blocking};
pub use reader::FrameReader;

/// The largest frame, in bytes of JSON. A picture of three large screens as PNG, in base64, is about 25 MiB; a view is
/// below one.
pub const MAX_FRAME: usize = 32 * 1024 * 1024;

/// The length before each frame.
const HEAD: usize = size_of::<u32>();
/// Taken at once for what is about to arrive: most frames fit, and a lying length costs no more than this.
const CHUNK: usize = 64 * 1024;

/// Why a frame could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe broke.
    #[error("the pipe broke")]
    Io(#[source] io::Error),
    /// The frame is longer than both ends have agreed on. What follows cannot be told apart any more.
    #[error("a frame is longer than {limit} bytes")]
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The other end stopped in the middle of a frame.
    #[error("the other end stopped in the middle of a frame")]
    Truncated,
    /// Not a value of the expected kind. It was taken out of the pipe whole, so the next frame can be read.
    #[error("a frame is not understood")]
    NotUnderstood(#[source] serde_json::Error),
    /// The value cannot be written as JSON.
    #[error("a value cannot be written as JSON")]
    NotWritable(#[source] serde_json::Error),
}

/// Reads the next frame, and not one byte more. `None` when the other end has closed between two frames.
///
/// Not safe to cancel: a call that is dropped may have taken a part of a frame with it. Where a `select!` waits for
/// frames, use [`FrameReader`].
///
/// # Errors
///
/// See [`FrameError`].
pub async fn read_frame<T: DeserializeOwned>(
    source: &mut (impl AsyncRead + Unpin),
) -> Result<Option<T>, FrameError> {
    let mut head = [0_u8; HEAD];
    let mut had = 0;
    while had < HEAD {
        match source.read(&mut head[had..]).await.map_err(FrameError::Io)? {
            0 if had == 0 => return Ok(None),
            0 => return Err(FrameError::Truncated),
            read => had += read,
        }
    }
    let length = text::length(head, MAX_FRAME)?;
    let mut body = Vec::with_capacity(length.min(CHUNK));
    source.take(length as u64).read_to_end(&mut body).await.map_err(FrameError::Io)?;
    if body.len() < length {
        return Err(FrameError::Truncated);
    }
    text::value(&body).map(Some)
}

/// Writes one frame and flushes.
///
/// Not safe to cancel: a call that is dropped may have written a part of a frame. Give the writing end to a task of its
/// own.
///
/// # Errors
///
/// See [`FrameError`]. Nothing was written unless it is [`FrameError::Io`].
pub async fn write_frame<T: Serialize + ?Sized>(
    sink: &mut (impl AsyncWrite + Unpin),
    value: &T,
) -> Result<(), FrameError> {
    write_frame_within(sink, value, MAX_FRAME).await
}

/// As [`write_frame`], with a limit of one's own.
pub(crate) async fn write_frame_within<T: Serialize + ?Sized>(
    sink: &mut (impl AsyncWrite + Unpin),
    value: &T,
    limit: usize,
) -> Result<(), FrameError> {
    let bytes = text::frame(value, limit)?;
    sink.write_all(&bytes).await.map_err(FrameError::Io)?;
    sink.flush().await.map_err(FrameError::Io)
}
