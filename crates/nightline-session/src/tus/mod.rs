//! A client of tus 1.0.0 for one file: creates, asks for the offset, sends chunks, begins again where a break was.
//!
//! Sends only to the desk's own origin, and nothing whose acknowledgement it has noted.

mod backoff;
mod chunk;
mod wire;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nightline_types::DeskUrl;
use reqwest::Client;

pub use backoff::Patience;
use chunk::{CHUNK, Chunk, MIN_CHUNK};
use wire::{Reply, Wire};

use crate::error::CallError;
use crate::outbox::{OutboxError, UploadState};

/// A desk that loses an upload three times in a row has a fault of its own.
const MAX_CREATIONS: u32 = 3;

/// Makes what happened durable before anything follows from it.
pub(crate) trait UploadLog: Send {
    /// The upload was created at this address.
    fn created(&mut self, url: &str) -> Result<(), OutboxError>;
    /// The desk has acknowledged everything before this offset.
    fn accepted(&mut self, offset: u64) -> Result<(), OutboxError>;
}

/// Why an upload stopped. What was acknowledged stays noted.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// A call failed too often or for good.
    #[error("upload the bundle")]
    Call(#[source] CallError),
    /// The desk lost the upload again and again.
    #[error("the desk lost the upload {MAX_CREATIONS} times")]
    Lost,
    /// The bundle on this disk could not be read.
    #[error("read `{path}`")]
    Read {
        /// The bundle.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What happened could not be noted.
    #[error("note the upload's progress")]
    Note(#[source] OutboxError),
}

/// One bundle on its way to one desk.
pub(crate) struct Upload<'a> {
    pub(crate) http: &'a Client,
    pub(crate) desk: &'a DeskUrl,
    /// The creation address, from the desk's root.
    pub(crate) endpoint: &'a str,
    pub(crate) token: &'a str,
    pub(crate) metadata: String,
    pub(crate) file: &'a Path,
    pub(crate) size: u64,
    /// The desk's own limit of a chunk.
    pub(crate) max_chunk: u64,
    pub(crate) patience: Patience,
    /// Told the offset reached.
    pub(crate) progress: Arc<dyn Fn(u64) + Send + Sync>,
}

/// What a run of the loop knows.
struct Course {
    /// The upload, and whether the server has said its offset in this run.
    upload: Option<UploadState>,
    confirmed: bool,
    creations: u32,
    /// Failures since something last moved.
    failures: u32,
    /// The next chunk's length: halved by breaks, doubled by success.
    chunk: u64,
    chunk_limit: u64,
}

impl Upload<'_> {
    /// Uploads what is missing.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: what the server has acknowledged and was not noted is found again by asking it.
    pub(crate) async fn run(
        &self,
        known: Option<UploadState>,
        log: &mut dyn UploadLog,
    ) -> Result<(), UploadError> {
        let wire = Wire::new(self.http, self.desk, self.endpoint, self.token);
        let digested = self.first_contact(&wire).await?;
        let limit = CHUNK.min(self.max_chunk).max(1);
        let mut course = Course {
            upload: known.filter(|it| wire.is_ours(&it.url)),
            confirmed: false,
            creations: 0,
            failures: 0,
            chunk: limit,
            chunk_limit: limit,
        };
        loop {
            let reply = match &course.upload {
                None => {
                    course.creations += 1;
                    if course.creations > MAX_CREATIONS {
                        return Err(UploadError::Lost);
                    }
                    wire.create(self.size, &self.metadata).await
                }
                Some(upload) if !course.confirmed => wire.offset(&upload.url, self.size).await,
                Some(upload) if upload.offset >= self.size => return Ok(()),
                Some(upload) => {
                    let length = course.chunk.min(self.size - upload.offset);
                    let chunk = Chunk::read(self.file, upload.offset, length, digested).await;
                    let chunk =
                        chunk.map_err(|source| UploadError::Read { path: self.file.to_owned(), source })?;
                    wire.patch(&upload.url, &chunk, &self.progress).await
                }
            };
            self.follow(reply, &mut course, log).await?;
        }
    }

    /// Whether the server checks chunks; also the first call, so that a dead line is noticed before a file is read.
    async fn first_contact(&self, wire: &Wire<'_>) -> Result<bool, UploadError> {
        let mut failures = 0;
        loop {
            match wire.checks_sha256().await {
                Ok(checks) => return Ok(checks),
                Err(error) => self.pause(error, &mut failures).await?,
            }
        }
    }

    async fn follow(
        &self,
        reply: Reply,
        course: &mut Course,
        log: &mut dyn UploadLog,
    ) -> Result<(), UploadError> {
        match reply {
            Reply::Created(url) => {
                log.created(&url).map_err(UploadError::Note)?;
                course.upload = Some(UploadState { url, offset: 0 });
                course.confirmed = true;
                course.failures = 0;
            }
            Reply::At(offset) => {
                let before = course.upload.as_ref().map_or(0, |it| it.offset);
                if offset > before {
                    course.failures = 0;
                }
                if offset != before {
                    log.accepted(offset).map_err(UploadError::Note)?;
                }
                if let Some(upload) = course.upload.as_mut() {
                    upload.offset = offset;
                }
                (self.progress)(offset);
                course.confirmed = true;
            }
            Reply::Accepted(offset) => {
                log.accepted(offset).map_err(UploadError::Note)?;
                if let Some(upload) = course.upload.as_mut() {
                    upload.offset = offset;
                }
                course.failures = 0;
                course.chunk = (course.chunk * 2).min(course.chunk_limit);
            }
            Reply::Gone => {
                course.upload = None;
                course.confirmed = false;
            }
            Reply::TooMuchAtOnce if course.chunk > MIN_CHUNK => {
                course.chunk = (course.chunk / 2).max(MIN_CHUNK);
                course.chunk_limit = course.chunk;
                course.confirmed = false;
            }
            Reply::TooMuchAtOnce => return Err(UploadError::Call(wire::too_large())),
            Reply::Failed(error) => {
                course.confirmed = false;
                course.chunk = (course.chunk / 2).max(MIN_CHUNK.min(course.chunk_limit));
                self.pause(error, &mut course.failures).await?;
            }
        }
        Ok(())
    }

    /// Waits before the next try, or gives up.
    async fn pause(&self, error: CallError, failures: &mut u32) -> Result<(), UploadError> {
        *failures += 1;
        if !worth_another_try(&error) || *failures >= self.patience.tries {
            return Err(UploadError::Call(error));
        }
        tracing::debug!(code = error.code(), failures = *failures, "The upload was interrupted");
        tokio::time::sleep(self.patience.wait(*failures)).await;
        Ok(())
    }
}

/// Whether the same call may succeed a moment later.
fn worth_another_try(error: &CallError) -> bool {
    use nightline_protocol::ErrorCode as Code;
    match error {
        // Between two chunks somebody may answer who is not the desk: a portal, a proxy.
        CallError::Offline { .. } | CallError::DeskTrouble(_) | CallError::NotADesk(_) => true,
        CallError::Refused(error) => matches!(
            error.code,
            Code::ChecksumMismatch | Code::OffsetMismatch | Code::TooManyRequests | Code::Internal
        ),
        _ => false,
    }
}
