//! The four requests of tus 1.0.0 that we need, and what each answer means for the upload. Waits and retries nothing.

use std::sync::Arc;

use nightline_protocol::{ApiError, ErrorCode, tus};
use nightline_types::DeskUrl;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Client, Method, RequestBuilder};
use url::Url;

use super::chunk::{Chunk, Flow};
use crate::client::{Answer, transport};
use crate::error::{CallError, Phase};

/// For the requests without a body; a chunk has a watch over its flow instead.
const CALL_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

/// What an answer means for the upload.
pub(crate) enum Reply {
    /// There is an upload at this address.
    Created(String),
    /// The server has this many bytes.
    At(u64),
    /// The server has taken the chunk up to here.
    Accepted(u64),
    /// There is no upload at the address any more.
    Gone,
    /// The chunk is larger than something on the way takes.
    TooMuchAtOnce,
    /// Everything else.
    Failed(CallError),
}

pub(crate) struct Wire<'a> {
    http: &'a Client,
    desk: &'a DeskUrl,
    endpoint: &'a str,
    token: &'a str,
}

impl<'a> Wire<'a> {
    pub(crate) fn new(http: &'a Client, desk: &'a DeskUrl, endpoint: &'a str, token: &'a str) -> Self {
        Self { http, desk, endpoint, token }
    }

    /// Whether the address is at this desk; a state file that says otherwise is not followed.
    pub(crate) fn is_ours(&self, url: &str) -> bool {
        url.strip_prefix(&self.desk.origin()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether the server checks chunks with SHA-256.
    pub(crate) async fn checks_sha256(&self) -> Result<bool, CallError> {
        let request = self.request(Method::OPTIONS, &self.desk.at(self.endpoint)).timeout(CALL_TIMEOUT);
        let answer = Answer::to(request).await?;
        if answer.status.is_server_error() {
            return Err(answer.refusal());
        }
        let has = |name: &str, wanted: &str| {
            text(&answer.headers, name).is_some_and(|list| list.split(',').any(|it| it.trim() == wanted))
        };
        Ok(has("tus-extension", "checksum") && has("tus-checksum-algorithm", "sha256"))
    }

    pub(crate) async fn create(&self, size: u64, metadata: &str) -> Reply {
        let request = self
            .request(Method::POST, &self.desk.at(self.endpoint))
            .timeout(CALL_TIMEOUT)
            .header(tus::LENGTH, size)
            .header(tus::METADATA, metadata)
            .header(CONTENT_LENGTH, 0);
        let answer = match Answer::to(request).await {
            Ok(answer) => answer,
            Err(error) => return Reply::Failed(error),
        };
        if answer.status.as_u16() != 201 {
            return Reply::Failed(answer.refusal());
        }
        match text(&answer.headers, LOCATION.as_str()).and_then(|it| self.at_this_desk(it)) {
            Some(url) => Reply::Created(url),
            None => Reply::Failed(CallError::NotADesk("the upload has no address".to_owned())),
        }
    }

    pub(crate) async fn offset(&self, url: &str, size: u64) -> Reply {
        let answer = match Answer::to(self.request(Method::HEAD, url).timeout(CALL_TIMEOUT)).await {
            Ok(answer) => answer,
            Err(error) => return Reply::Failed(error),
        };
        match answer.status.as_u16() {
            200 | 204 => match number(&answer.headers, tus::OFFSET) {
                Some(offset) if offset <= size => Reply::At(offset),
                _ => Reply::Failed(CallError::NotADesk("the upload has no offset".to_owned())),
            },
            status => Self::refused(status, &answer),
        }
    }

    pub(crate) async fn patch(
        &self,
        url: &str,
        chunk: &Chunk,
        progress: &Arc<dyn Fn(u64) + Send + Sync>,
    ) -> Reply {
        let length = chunk.bytes.len() as u64;
        let flow = Flow::default();
        let mut request = self
            .request(Method::PATCH, url)
            .header(tus::OFFSET, chunk.offset)
            .header(CONTENT_TYPE, tus::CONTENT_TYPE)
            .header(CONTENT_LENGTH, length)
            .body(chunk.body(&flow, Arc::clone(progress)));
        if let Some(checksum) = &chunk.checksum {
            request = request.header(tus::CHECKSUM, checksum);
        }
        let answer = tokio::select! {
            answer = exchange(request) => answer,
            () = flow.stalled() => Err(CallError::Offline { phase: Phase::Exchange, source: None }),
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Reply::Failed(error),
        };
        match answer.status.as_u16() {
            200 | 204 => match number(&answer.headers, tus::OFFSET) {
                Some(offset) if offset > chunk.offset && offset <= chunk.offset + length => {
                    Reply::Accepted(offset)
                }
                _ => Reply::Failed(CallError::NotADesk("the chunk's answer has no offset".to_owned())),
            },
            413 => Reply::TooMuchAtOnce,
            status => Self::refused(status, &answer),
        }
    }

    fn refused(status: u16, answer: &Answer) -> Reply {
        let by =
            |code| Reply::Failed(CallError::Refused(ApiError { code, detail: format!("status {status}") }));
        match status {
            404 | 410 => Reply::Gone,
            409 => by(ErrorCode::OffsetMismatch),
            tus::STATUS_CHECKSUM_MISMATCH => by(ErrorCode::ChecksumMismatch),
            // Timed out on the way, or locked by an earlier connection of ours that has not ended on the other side.
            408 | 423 | 425 => Reply::Failed(CallError::DeskTrouble(status)),
            401 => by(ErrorCode::SignInRequired),
            // The answer to HEAD has no body that could say more.
            403 if answer.body.is_empty() => by(ErrorCode::Forbidden),
            _ => Reply::Failed(answer.refusal()),
        }
    }

    fn request(&self, method: Method, url: &str) -> RequestBuilder {
        self.http.request(method, url).bearer_auth(self.token).header(tus::RESUMABLE, tus::VERSION)
    }

    /// The path of a `Location`, at the desk's own origin: a server behind a proxy may not know its own name, and
    /// the bundle goes nowhere else.
    fn at_this_desk(&self, location: &str) -> Option<String> {
        let here = Url::parse(&self.desk.at(self.endpoint)).ok()?;
        let there = here.join(location).ok()?;
        let query = there.query().map(|it| format!("?{it}")).unwrap_or_default();
        Some(self.desk.at(&format!("{}{query}", there.path())))
    }
}

pub(crate) fn too_large() -> CallError {
    CallError::Refused(ApiError {
        code: ErrorCode::TooLarge,
        detail: "the smallest chunk is too large".to_owned(),
    })
}

async fn exchange(request: RequestBuilder) -> Result<Answer, CallError> {
    let response = request.send().await.map_err(|error| transport(&error.without_url()))?;
    Answer::read(response).await
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.trim().parse().ok()
}
