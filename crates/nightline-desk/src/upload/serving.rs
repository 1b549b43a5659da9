//! HEAD, DELETE and OPTIONS: how far an upload is, giving it up, what this server can do.

use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use nightline_protocol::{ErrorCode, tus};

use super::finish::finish;
use super::record::Upload;
use super::{UploadRight, header as tus_header};
use crate::app::App;
use crate::error::ApiFailure;

/// The offset of an upload: its file's length, or all of it once the file has become a bundle.
pub(crate) fn offset(app: &App, upload: &Upload) -> Result<u64, ApiFailure> {
    if upload.done {
        return Ok(upload.length);
    }
    let here = app.files.spooled_bytes(&upload.id)?;
    if here == 0 && app.files.has_bundle(&upload.key())? { Ok(upload.length) } else { Ok(here) }
}

/// `HEAD`: ends a writer that still waits for a dead connection, so that the offset it tells stays true.
pub(crate) async fn head(
    State(app): State<App>,
    Extension(right): Extension<UploadRight>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiFailure> {
    tus_header::check_version(&headers)?;
    let upload = Upload::of(&app, &right, &id).await?;
    let task = tokio::spawn(async move {
        let _turn = app.writers.turn(&upload.id).await?;
        let upload = Upload::of(&app, &right, &upload.id).await?;
        let here = offset(&app, &upload)?;
        if here == upload.length && !upload.done {
            // A crash came between the last byte and its answer.
            finish(&app, &right, &upload).await?;
        }
        Ok((upload, here))
    });
    let (upload, here) = task.await.map_err(|error| ApiFailure::internal(&error)).and_then(|it| it)?;
    let mut response = tus_header::answer(StatusCode::OK, Some(here), Some(upload.expires));
    let headers = response.headers_mut();
    headers.insert(tus::LENGTH, HeaderValue::from(upload.length));
    if let Ok(metadata) = HeaderValue::from_str(&upload.metadata)
        && !upload.metadata.is_empty()
    {
        headers.insert(tus::METADATA, metadata);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `DELETE`: gives an upload up. A bundle that is complete stays.
pub(crate) async fn terminate(
    State(app): State<App>,
    Extension(right): Extension<UploadRight>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiFailure> {
    tus_header::check_version(&headers)?;
    Upload::of(&app, &right, &id).await?;
    let _turn = app.writers.turn(&id).await?;
    let upload = Upload::of(&app, &right, &id).await?;
    if upload.done {
        return Err(ApiFailure::new(ErrorCode::Forbidden, "what is complete stays"));
    }
    upload.forget(&app).await?;
    Ok(tus_header::answer(StatusCode::NO_CONTENT, None, None))
}

pub(crate) async fn options(State(app): State<App>) -> Response {
    let mut response = tus_header::answer(StatusCode::NO_CONTENT, None, None);
    let headers = response.headers_mut();
    headers.insert("tus-version", HeaderValue::from_static(tus::VERSION));
    headers.insert("tus-extension", HeaderValue::from_static(tus::EXTENSIONS));
    headers.insert("tus-checksum-algorithm", HeaderValue::from_static(tus::CHECKSUM_ALGORITHMS));
    headers.insert("tus-max-size", HeaderValue::from(app.settings.max_bundle_bytes));
    response
}
