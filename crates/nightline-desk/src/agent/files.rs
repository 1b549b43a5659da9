//! Files of a bundle: one entry as plain text or a picture, and the whole as a download. Each reading is audited.
//! Nothing is answered in a form that a browser would run.

use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nightline_bundle::ReadError;
use nightline_protocol::{ErrorCode, TicketNumber};
use nightline_types::chain;
use serde::Deserialize;
use tokio_util::io::ReaderStream;

use super::bundle::{self, ShowError};
use super::session::SignedIn;
use super::stored;
use super::viewing::{self, MAX_IMAGE_BYTES, MAX_TEXT_BYTES, Shape, USUAL_TEXT_BYTES};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::error::ApiFailure;

/// Paging through a long log is one reading.
const ONE_READING: Duration = Duration::from_secs(10 * 60);
/// A name in the audit log is cut here.
pub(super) const MAX_NAME_CHARACTERS: usize = 200;
/// What a browser that opens a file by itself may do with it: nothing.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
/// What is read at once of a download.
pub(super) const DOWNLOAD_BLOCK: usize = 256 << 10;

/// Which part of a text.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Range {
    pub(super) offset: u64,
    pub(super) limit: Option<u64>,
}

/// `GET /api/agent/v1/tickets/{number}/files/{index}`. A picture is answered whole, a text by its range.
pub(super) async fn file(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path((number, index)): Path<(String, String)>,
    range: Result<Query<Range>, QueryRejection>,
) -> Result<Response, ApiFailure> {
    let Query(range) = range.map_err(|error| ApiFailure::bad_request(error.body_text()))?;
    let index: usize = index.parse().map_err(|_| ApiFailure::not_found())?;
    let ticket = {
        let mut connection = app.db.read().acquire().await?;
        stored::ticket(&mut connection, &number).await?
    };
    let key = bundle::key(&ticket)?;
    let limit = range.limit.unwrap_or(USUAL_TEXT_BYTES).min(MAX_TEXT_BYTES);
    let read = bundle::read(&app, key, move |reader| {
        let entry = reader.manifest().entries.get(index).ok_or(ReadError::NoSuchEntry)?;
        let path = entry.path.clone();
        let shape = Shape::of(&reader.read_range(&path, 0, viewing::HEAD_BYTES)?);
        let content = match shape {
            Shape::Image(_) => reader.read_entry(&path, MAX_IMAGE_BYTES)?,
            Shape::Text => {
                let (from, length) = viewing::window(range.offset, limit);
                let window = reader.read_range(&path, from, length)?;
                viewing::text_page(&window, range.offset - from, limit).to_vec()
            }
        };
        Ok((path, shape, content))
    });
    let (path, shape, content) = read.await?.map_err(refusal)?;
    let name: String = path.chars().take(MAX_NAME_CHARACTERS).collect();
    record(&app, &agent, &ticket.number, "file-read", &format!("{index} {name}")).await?;
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(shape.media_type()));
    protect(headers, &path)?;
    Ok(response)
}

/// `GET /api/agent/v1/tickets/{number}/bundle`.
pub(super) async fn whole(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path(number): Path<String>,
) -> Result<Response, ApiFailure> {
    let ticket = {
        let mut connection = app.db.read().acquire().await?;
        stored::ticket(&mut connection, &number).await?
    };
    let path = app.files.bundle_path(bundle::key(&ticket)?).map_err(|error| ApiFailure::internal(&error))?;
    let file = tokio::fs::File::open(path).await?;
    let size = file.metadata().await?.len();
    record(&app, &agent, &ticket.number, "bundle-downloaded", "").await?;
    let mut response = Body::from_stream(ReaderStream::with_capacity(file, DOWNLOAD_BLOCK)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    protect(headers, &format!("{}.zip", ticket.number))?;
    Ok(response)
}

pub(super) fn protect(headers: &mut axum::http::HeaderMap, name: &str) -> Result<(), ApiFailure> {
    let disposition =
        HeaderValue::from_str(&viewing::disposition(name)).map_err(|error| ApiFailure::internal(&error))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    Ok(())
}

/// Writes who read what, once for each reading.
pub(super) async fn record(
    app: &App,
    agent: &SignedIn,
    number: &TicketNumber,
    action: &'static str,
    detail: &str,
) -> Result<(), ApiFailure> {
    let now = app.now();
    let known = "SELECT COUNT(*) FROM audit WHERE at > $1 AND actor = $2 AND action = $3 AND subject = $4 AND detail = $5";
    let mut tx = app.db.write().await?;
    let before: i64 = sqlx::query_scalar(known)
        .bind(now.minus(ONE_READING).unix_ms())
        .bind(&agent.name)
        .bind(action)
        .bind(number.as_str())
        .bind(detail)
        .fetch_one(&mut *tx)
        .await?;
    if before == 0 {
        audit(&mut tx, now, Actor::Agent(&agent.name), action, number.as_str(), detail).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn refusal(error: ShowError) -> ApiFailure {
    match error {
        ShowError::Read(ReadError::NoSuchEntry) => ApiFailure::not_found(),
        ShowError::Read(ReadError::TooLarge { max, .. }) => ApiFailure::new(
            ErrorCode::TooLarge,
            format!("a picture is shown up to {max} bytes; download the bundle"),
        ),
        error => {
            tracing::error!(cause = %chain(&error), "A file of a stored bundle cannot be read");
            bundle::damaged()
        }
    }
}
