//! Carries a command's output to where it is kept, up to a limit. Keeps nothing itself.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// One read; the size of a Linux pipe's default buffer.
const CHUNK: usize = 64 * 1024;

/// How much one pipe gave.
#[derive(Default)]
pub(super) struct Pumped {
    pub(super) bytes: u64,
    /// Whether there was more than the limit.
    pub(super) full: bool,
}

/// Why a pump ended before its pipe did.
pub(super) enum Stopped {
    /// The limit is reached; the caller ends the command.
    Full,
    /// Reading or keeping failed.
    Failed(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Copies until the end or the limit.
pub(super) async fn pump<R, W>(
    from: Option<R>,
    to: &mut W,
    limit: usize,
    pumped: &mut Pumped,
) -> Result<(), Stopped>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let Some(mut from) = from else { return Ok(()) };
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = from.read(&mut chunk).await?;
        if read == 0 {
            return Ok(());
        }
        let room = limit.saturating_sub(usize::try_from(pumped.bytes).unwrap_or(usize::MAX));
        let kept = read.min(room);
        to.write_all(chunk.get(..kept).unwrap_or_default()).await?;
        pumped.bytes += kept as u64;
        if kept < read {
            pumped.full = true;
            return Err(Stopped::Full);
        }
    }
}

/// Reads to the end and keeps the first `limit` bytes, so that a talkative command is not held up.
pub(super) async fn keep_beginning<R>(from: Option<R>, to: &mut Vec<u8>, limit: usize) -> Result<(), Stopped>
where
    R: AsyncRead + Unpin,
{
    let Some(mut from) = from else { return Ok(()) };
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = from.read(&mut chunk).await?;
        if read == 0 {
            return Ok(());
        }
        let kept = read.min(limit.saturating_sub(to.len()));
        to.extend_from_slice(chunk.get(..kept).unwrap_or_default());
    }
}
