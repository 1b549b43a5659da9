//! A file that followed a ticket: as plain text or a picture, and as a download. Each reading is audited. Nothing is
//! answered in a form that a browser would run, whatever the file's name or media type says.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nightline_protocol::{ErrorCode, TicketNumber};
use tokio_util::io::ReaderStream;

use super::bundle;
use super::files::{DOWNLOAD_BLOCK, MAX_NAME_CHARACTERS, Range, protect, record};
use super::session::SignedIn;
use super::viewing::{self, MAX_IMAGE_BYTES, MAX_TEXT_BYTES, Shape, USUAL_TEXT_BYTES};
use crate::app::App;
use crate::error::ApiFailure;

/// A file that is here and whole.
struct Kept {
    number: TicketNumber,
    name: String,
    key: String,
}

/// `GET /api/agent/v1/tickets/{number}/attachments/{id}`. A picture is answered whole, a text by its range.
pub(super) async fn file(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path((number, id)): Path<(String, String)>,
    range: Result<Query<Range>, QueryRejection>,
) -> Result<Response, ApiFailure> {
    let Query(range) = range.map_err(|error| ApiFailure::bad_request(error.body_text()))?;
    let kept = kept(&app, &number, &id).await?;
    let limit = range.limit.unwrap_or(USUAL_TEXT_BYTES).min(MAX_TEXT_BYTES);
    let read = bundle::with_file(&app, &kept.key, move |file| part(file, range.offset, limit)).await?;
    let (shape, content) = read.and_then(|it| it)?;
    let Some(content) = content else {
        let detail = format!("a picture is shown up to {MAX_IMAGE_BYTES} bytes; download the file");
        return Err(ApiFailure::new(ErrorCode::TooLarge, detail));
    };
    record(&app, &agent, &kept.number, "file-read", &audited(&id, &kept.name)).await?;
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(shape.media_type()));
    protect(headers, &kept.name)?;
    Ok(response)
}

/// `GET /api/agent/v1/tickets/{number}/attachments/{id}/download`.
pub(super) async fn download(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path((number, id)): Path<(String, String)>,
) -> Result<Response, ApiFailure> {
    let kept = kept(&app, &number, &id).await?;
    let path = app.files.bundle_path(&kept.key).map_err(|error| ApiFailure::internal(&error))?;
    let file = tokio::fs::File::open(path).await?;
    let size = file.metadata().await?.len();
    record(&app, &agent, &kept.number, "file-downloaded", &audited(&id, &kept.name)).await?;
    let mut response = Body::from_stream(ReaderStream::with_capacity(file, DOWNLOAD_BLOCK)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    protect(headers, &kept.name)?;
    Ok(response)
}

async fn kept(app: &App, number: &str, id: &str) -> Result<Kept, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT name, file_key FROM attachments WHERE ticket = $1 AND id = $2 AND state = 'complete'",
    )
    .bind(number.as_str())
    .bind(id)
    .fetch_optional(app.db.read())
    .await?;
    let (name, key) = row.ok_or_else(ApiFailure::not_found)?;
    Ok(Kept { number, name, key })
}

/// What the file is, and what of it is asked for; no content for a picture that is too large to be shown.
fn part(mut file: File, offset: u64, limit: u64) -> io::Result<(Shape, Option<Vec<u8>>)> {
    let shape = Shape::of(&read(&mut file, 0, viewing::HEAD_BYTES)?);
    let content = match shape {
        Shape::Image(_) if file.metadata()?.len() > MAX_IMAGE_BYTES => None,
        Shape::Image(_) => Some(read(&mut file, 0, MAX_IMAGE_BYTES)?),
        Shape::Text => {
            let (from, length) = viewing::window(offset, limit);
            let window = read(&mut file, from, length)?;
            Some(viewing::text_page(&window, offset - from, limit).to_vec())
        }
    };
    Ok((shape, content))
}

fn read(file: &mut File, from: u64, length: u64) -> io::Result<Vec<u8>> {
    // A place far beyond the end cannot be sought on every system; there is nothing to read either way.
    if from >= file.metadata()?.len() {
        return Ok(Vec::new());
    }
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn audited(id: &str, name: &str) -> String {
    let name: String = name.chars().take(MAX_NAME_CHARACTERS).collect();
    format!("{id} {name}")
}
