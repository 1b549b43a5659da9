//! Reads JSON bodies: with a size limit, a time limit, and refusals that say where the mistake is.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use nightline_protocol::ErrorCode;
use serde::de::DeserializeOwned;

use crate::error::ApiFailure;

/// The largest JSON body. A ticket's summary is a few kilobytes; a person who pastes a long error into it still fits.
pub const MAX_JSON_BYTES: usize = 256 * 1024;
/// A JSON body arrives within this time or not at all; 256 KiB need 10 s at 200 kbit/s.
const BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// A JSON body of type `T`.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        let bytes = read(request, MAX_JSON_BYTES).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| ApiFailure::bad_request(error.to_string()))
    }
}

/// Reads a small body whole. What was announced as larger is refused before a byte of it is read.
pub async fn read(request: Request, limit: usize) -> Result<bytes::Bytes, ApiFailure> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|it| it > limit) {
        return Err(too_large(limit));
    }
    let body: Body = request.into_body();
    match tokio::time::timeout(BODY_TIMEOUT, to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_length_limit(&error) => Err(too_large(limit)),
        Ok(Err(_)) => Err(ApiFailure::bad_request("the body ended early")),
        Err(_) => Err(ApiFailure::bad_request("the body took too long")),
    }
}

fn is_length_limit(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(it) = cause {
        if it.to_string().contains("length limit exceeded") {
            return true;
        }
        cause = it.source();
    }
    false
}

fn too_large(limit: usize) -> ApiFailure {
    ApiFailure::new(ErrorCode::TooLarge, format!("the body may have at most {limit} bytes"))
}
