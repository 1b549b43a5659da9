//! `PATCH /api/v1/uploads/{id}`: the next bytes. The last ones finish the upload before they are answered.

use axum::body::Body;
use axum::extract::{Extension, Path, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use nightline_protocol::{ErrorCode, tus};

use super::finish::finish;
use super::record::Upload;
use super::spool::{self, Chunk, Ended, Written};
use super::{UploadRight, header, serving};
use crate::app::App;
use crate::error::ApiFailure;

pub(crate) async fn patch(
    State(app): State<App>,
    Extension(right): Extension<UploadRight>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, ApiFailure> {
    let headers = request.headers();
    header::check_version(headers)?;
    if !header::has_content(headers) {
        return Err(ApiFailure::bad_request("the body of a PATCH is application/offset+octet-stream")
            .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let offset = header::number(headers, tus::OFFSET)?
        .ok_or_else(|| ApiFailure::bad_request("Upload-Offset is missing"))?;
    let mut upload = Upload::of(&app, &right, &id).await?;
    let chunk = Chunk::of_headers(headers, offset, upload.length)?;
    upload.extend(&app).await?;
    let written = write(&app, &right, &upload, chunk, request.into_body()).await?;
    match written.ended {
        Ended::Whole => {
            Ok(header::answer(StatusCode::NO_CONTENT, Some(written.offset), Some(upload.expires)))
        }
        Ended::TooLong => {
            Err(ApiFailure::new(ErrorCode::TooLarge, "the body is longer than the rest of the upload"))
        }
        Ended::Cut | Ended::Idle => {
            Err(ApiFailure::bad_request("the body ended early; what arrived is kept")
                .with_status(StatusCode::REQUEST_TIMEOUT))
        }
        Ended::Evicted => {
            Err(ApiFailure::new(ErrorCode::OffsetMismatch, "a newer request continues this upload")
                .with_status(StatusCode::LOCKED))
        }
    }
}

/// Writes a chunk in a task of its own: when the connection breaks, the request's future is dropped at once, and
/// what was read has to reach the disk all the same.
pub(crate) async fn write(
    app: &App,
    right: &UploadRight,
    upload: &Upload,
    chunk: Chunk,
    body: Body,
) -> Result<Written, ApiFailure> {
    let (app, right, upload) = (app.clone(), right.clone(), upload.clone());
    let task = tokio::spawn(async move {
        let turn = app.writers.turn(&upload.id).await?;
        let here = serving::offset(&app, &upload)?;
        if chunk.start != here {
            return Err(ApiFailure::new(ErrorCode::OffsetMismatch, format!("the upload is at {here}"))
                .with_header(
                    tus::OFFSET.parse().unwrap_or(axum::http::header::WARNING),
                    HeaderValue::from(here),
                ));
        }
        if upload.done {
            return Ok(Written { offset: here, ended: Ended::Whole });
        }
        // Between the first look and this turn the row may have gone: terminated, replaced, expired.
        Upload::of(&app, &right, &upload.id).await?;
        let path = app.files.spool_path(&upload.id);
        let written = spool::append(path, chunk, body, turn.ended.clone()).await?;
        if written.offset == upload.length {
            finish(&app, &right, &upload).await?;
        }
        Ok(written)
    });
    match task.await {
        Ok(result) => result,
        Err(error) => Err(ApiFailure::internal(&error)),
    }
}

/// `POST /api/v1/uploads/{id}` with `X-HTTP-Method-Override`.
pub(crate) async fn overridden(
    state: State<App>,
    right: Extension<UploadRight>,
    path: Path<String>,
    request: Request,
) -> Result<Response, ApiFailure> {
    let method =
        request.headers().get("x-http-method-override").and_then(|it| it.to_str().ok()).unwrap_or_default();
    match method {
        "PATCH" => patch(state, right, path, request).await,
        "DELETE" => serving::terminate(state, right, path, request.headers().clone()).await,
        "HEAD" => serving::head(state, right, path, request.headers().clone())
            .await
            .map(IntoResponse::into_response),
        _ => Err(ApiFailure::bad_request("an upload is continued by PATCH")
            .with_status(StatusCode::METHOD_NOT_ALLOWED)),
    }
}
