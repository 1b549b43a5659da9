//! Writes a request's body behind an upload's file: in batches, off the async threads, in constant memory.
//!
//! Bytes that arrived before a cut are kept. Bytes of a whole chunk whose checksum does not fit are taken away again.
//! Knows nothing of headers or tickets, so that another upload protocol can stand on it.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderMap;
use bytes::Bytes;
use futures_util::StreamExt;
use nightline_protocol::ErrorCode;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::MAX_CHUNK_BYTES;
use super::checksum::Checksum;
use crate::error::ApiFailure;

/// Bytes gathered before a write: fewer and larger writes cost less CPU; two batches are the memory of an upload.
const BATCH: usize = 512 * 1024;
/// A body that stands still this long is given up; the client resumes where it stopped.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// One chunk: where it begins, how long it may be, what it is checked with.
pub(crate) struct Chunk {
    /// Where it begins; has to be the file's end.
    pub(crate) start: u64,
    /// The most bytes that still belong to the upload.
    pub(crate) most: u64,
    checksum: Option<Checksum>,
}

/// How a body came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All of it is here.
    Whole,
    /// The connection broke.
    Cut,
    /// Nothing came any more.
    Idle,
    /// A newer request took over.
    Evicted,
    /// It is longer than the upload.
    TooLong,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The file's length now.
    pub(crate) offset: u64,
    /// How the body ended.
    pub(crate) ended: Ended,
}

impl Chunk {
    /// A chunk at `start` of an upload of `length` bytes. What is announced as too long is refused unread.
    pub(crate) fn of_headers(headers: &HeaderMap, start: u64, length: u64) -> Result<Self, ApiFailure> {
        let most = length.saturating_sub(start);
        let announced = super::header::number(headers, "content-length")?.unwrap_or(0);
        if announced > most || announced > MAX_CHUNK_BYTES {
            return Err(ApiFailure::new(
                ErrorCode::TooLarge,
                "the body is longer than the rest of the upload",
            ));
        }
        Ok(Self { start, most: most.min(MAX_CHUNK_BYTES), checksum: Checksum::of_headers(headers)? })
    }
}

/// Appends `body` to the file at `path`, which ends at `chunk.start`.
///
/// # Cancel safety
///
/// Not cancel safe: dropping the future may lose a batch that was read. Run it as a task of its own.
pub(crate) async fn append(
    path: PathBuf,
    chunk: Chunk,
    body: Body,
    evicted: CancellationToken,
) -> Result<Written, ApiFailure> {
    let Chunk { start, most, checksum } = chunk;
    let mut sink = Sink::Idle(State { path, start, file: None, checksum: checksum.map(Box::new) });
    let mut stream = body.into_data_stream();
    let mut batch = Batch::default();
    let mut read: u64 = 0;
    let ended = loop {
        let next = tokio::select! {
            biased;
            () = evicted.cancelled() => break Ended::Evicted,
            next = tokio::time::timeout(IDLE_TIMEOUT, stream.next()) => next,
        };
        match next {
            Err(_) => break Ended::Idle,
            Ok(None) => break Ended::Whole,
            Ok(Some(Err(_))) => break Ended::Cut,
            Ok(Some(Ok(bytes))) => {
                read = read.saturating_add(bytes.len() as u64);
                if read > most {
                    break Ended::TooLong;
                }
                batch.push(bytes);
                if batch.length >= BATCH {
                    sink = Sink::Writing(sink.done().await?.write(std::mem::take(&mut batch)));
                }
            }
        }
    };
    let mut state = sink.done().await?;
    if ended != Ended::TooLong && batch.length > 0 {
        state = Sink::Writing(state.write(batch)).done().await?;
    }
    let (offset, fits) = match tokio::task::spawn_blocking(move || state.end(ended)).await {
        Ok(end) => end?,
        Err(error) => return Err(ApiFailure::internal(&error)),
    };
    if !fits {
        return Err(ApiFailure::new(
            ErrorCode::ChecksumMismatch,
            "the chunk is not what Upload-Checksum says",
        ));
    }
    Ok(Written { offset, ended })
}

#[derive(Default)]
struct Batch {
    parts: Vec<Bytes>,
    length: usize,
}

impl Batch {
    fn push(&mut self, part: Bytes) {
        self.length += part.len();
        self.parts.push(part);
    }
}

/// What goes to the writing thread and comes back.
struct State {
    path: PathBuf,
    start: u64,
    file: Option<File>,
    // Boxed: its state is a few hundred bytes, and it goes to the writing thread and back with each batch.
    checksum: Option<Box<Checksum>>,
}

type Writing = JoinHandle<Result<State, io::Error>>;

/// The file while a batch is written beside the reading of the next one.
enum Sink {
    Idle(State),
    Writing(Writing),
}

impl Sink {
    async fn done(self) -> Result<State, ApiFailure> {
        match self {
            Self::Idle(state) => Ok(state),
            Self::Writing(writing) => match writing.await {
                Ok(written) => Ok(written?),
                Err(error) => Err(ApiFailure::internal(&error)),
            },
        }
    }
}

impl State {
    fn write(mut self, batch: Batch) -> Writing {
        tokio::task::spawn_blocking(move || {
            let mut file = match self.file.take() {
                Some(file) => file,
                None => open_at(&self.path, self.start)?,
            };
            for part in &batch.parts {
                file.write_all(part)?;
                if let Some(checksum) = &mut self.checksum {
                    checksum.update(part);
                }
            }
            self.file = Some(file);
            Ok(self)
        })
    }

    /// Comes to the end: answers the file's length, and whether the checksum fits where the chunk is whole.
    fn end(self, ended: Ended) -> io::Result<(u64, bool)> {
        let fits = ended != Ended::Whole || self.checksum.is_none_or(|it| it.fits());
        let file = match self.file {
            Some(file) => file,
            None => open_at(&self.path, self.start)?,
        };
        if !fits || ended == Ended::TooLong {
            file.set_len(self.start)?;
        }
        Ok((file.metadata()?.len(), fits))
    }
}

fn open_at(path: &std::path::Path, start: u64) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.seek(SeekFrom::Start(start))?;
    Ok(file)
}
