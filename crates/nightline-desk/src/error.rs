//! How the desk says no: one type, one JSON form, and nothing of the inside in it.
//!
//! Causes go to the log, never to the client: an answer holds a code and a detail that we wrote ourselves.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use nightline_protocol::{ApiError, ErrorCode};
use nightline_types::chain;

/// A refusal or failure, as every handler of the desk returns it.
#[derive(Debug)]
pub struct ApiFailure {
    status: StatusCode,
    body: ApiError,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiFailure {
    /// A refusal with the status that belongs to `code`.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { status: status_of(code), body: ApiError { code, detail: detail.into() }, headers: Vec::new() }
    }

    /// The request does not have the expected form.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadRequest, detail)
    }

    /// No such thing, or not yours: the two look the same.
    pub fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "no such thing here")
    }

    /// No credentials, or they have ended.
    pub fn sign_in_required() -> Self {
        Self::new(ErrorCode::SignInRequired, "sign in first")
    }

    /// Something failed in the desk; the cause goes to the log.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(cause = %chain(cause), "A request failed");
        Self::new(ErrorCode::Internal, "the desk could not do that; its log says why")
    }

    /// The same with another status, where a protocol asks for one (tus: 410, 412, 423, 460).
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The code, for tests and for callers that act on it.
    pub fn code(&self) -> ErrorCode {
        self.body.code
    }

    /// The detail, for the operator's terminal.
    pub fn detail(&self) -> &str {
        &self.body.detail
    }

    /// The status that goes out.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest | ErrorCode::ClockSkew => StatusCode::BAD_REQUEST,
        ErrorCode::SignInRequired => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden | ErrorCode::NotApproved => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::NumberTaken | ErrorCode::Conflict | ErrorCode::OffsetMismatch => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::ChecksumMismatch => {
            StatusCode::from_u16(nightline_protocol::tus::STATUS_CHECKSUM_MISMATCH)
                .unwrap_or(StatusCode::BAD_REQUEST)
        }
        ErrorCode::DamagedBundle => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::DeskFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::Internal | ErrorCode::Unknown => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<sqlx::Error> for ApiFailure {
    /// A full disk is told as such: the device keeps the ticket and tries later.
    fn from(error: sqlx::Error) -> Self {
        if crate::db::is_full(&error) {
            return Self::new(ErrorCode::DeskFull, "the desk's disk is full");
        }
        Self::internal(&error)
    }
}

impl From<std::io::Error> for ApiFailure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::new(ErrorCode::DeskFull, "the desk's disk is full")
            }
            _ => Self::internal(&error),
        }
    }
}
