//! Reads frames where something else may happen meanwhile. Keeps what has arrived of a frame between calls.

use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::{CHUNK, FrameError, HEAD, MAX_FRAME, text};

/// Reads frames from `R`. Reads ahead, so nothing else should read from the same source.
#[derive(Debug)]
pub struct FrameReader<R> {
    source: R,
    /// What has arrived and was not handed out, from the head of a frame on.
    bytes: Vec<u8>,
    limit: usize,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    /// Reads frames of up to [`MAX_FRAME`] bytes.
    pub fn new(source: R) -> Self {
        Self::within(source, MAX_FRAME)
    }

    /// Reads frames of up to `limit` bytes.
    pub fn within(source: R, limit: usize) -> Self {
        Self { source, bytes: Vec::new(), limit }
    }

    /// The next frame; `None` when the other end has closed between two frames.
    ///
    /// Safe to cancel: a call that is dropped loses nothing, and the next one goes on where it was.
    ///
    /// # Errors
    ///
    /// See [`FrameError`]. After [`FrameError::NotUnderstood`] the next frame can be read; any other error is final.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, FrameError> {
        loop {
            if let Some(value) = self.take()? {
                return Ok(Some(value));
            }
            if self.bytes.len() == self.bytes.capacity() {
                self.bytes.reserve(CHUNK);
            }
            if self.source.read_buf(&mut self.bytes).await.map_err(FrameError::Io)? == 0 {
                return if self.bytes.is_empty() { Ok(None) } else { Err(FrameError::Truncated) };
            }
        }
    }

    /// The other direction, where the source has one.
    pub(crate) fn source_mut(&mut self) -> &mut R {
        &mut self.source
    }

    /// The first frame of what has arrived, if it is whole.
    fn take<T: DeserializeOwned>(&mut self) -> Result<Option<T>, FrameError> {
        let Some(head) = self.bytes.first_chunk::<HEAD>() else { return Ok(None) };
        let end = HEAD + text::length(*head, self.limit)?;
        let Some(body) = self.bytes.get(HEAD..end) else { return Ok(None) };
        let value = text::value(body);
        self.bytes.drain(..end);
        if self.bytes.is_empty() {
            // A picture's megabytes are given back: what reads here may run all day.
            self.bytes.shrink_to(CHUNK);
        }
        value.map(Some)
    }
}
