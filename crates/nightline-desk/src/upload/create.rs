//! `POST /api/v1/uploads`: makes an upload, after everything that could refuse it has been asked.
//!
//! A bundle or file has one upload at a time. Making another gives the one before up: its address was lost on the way.

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use nightline_protocol::{ErrorCode, tus};

use super::record::{LIFETIME, Upload};
use super::spool::Chunk;
use super::{UploadRight, check_size, header as tus_header, patch};
use crate::app::App;
use crate::error::ApiFailure;
use crate::secret;

pub(crate) async fn create(
    State(app): State<App>,
    Extension(right): Extension<UploadRight>,
    request: Request,
) -> Result<Response, ApiFailure> {
    let headers = request.headers();
    tus_header::check_version(headers)?;
    let length = tus_header::number(headers, tus::LENGTH)?
        .ok_or_else(|| ApiFailure::bad_request("Upload-Length is missing; deferring it is not offered"))?;
    let metadata = tus_header::metadata(headers)?;
    if tus::metadata_value(metadata, "ticket").is_some_and(|it| it.parse() != Ok(right.ticket.clone())) {
        return Err(ApiFailure::bad_request("the metadata names another ticket than the token"));
    }
    match right.state.as_str() {
        "complete" => return Err(ApiFailure::new(ErrorCode::Conflict, "this is here already")),
        "damaged" => return Err(ApiFailure::new(ErrorCode::DamagedBundle, "this bundle does not verify")),
        _ => {}
    }
    check_size(&app, length)?;
    if length != right.size {
        return Err(ApiFailure::bad_request("Upload-Length is not what was announced"));
    }
    let chunk =
        tus_header::has_content(headers).then(|| Chunk::of_headers(headers, 0, length)).transpose()?;
    let upload = insert(&app, &right, length, metadata).await?;

    let mut offset = None;
    if let Some(chunk) = chunk {
        let written = patch::write(&app, &right, &upload, chunk, request.into_body()).await;
        offset = match written {
            Ok(written) => Some(written.offset),
            // The client has no address yet; it is told how much arrived and goes on from there.
            Err(_) if app.files.spooled_bytes(&upload.id)? > 0 => Some(app.files.spooled_bytes(&upload.id)?),
            Err(failure) => return Err(failure),
        };
    }
    let mut response = tus_header::answer(StatusCode::CREATED, offset, Some(upload.expires));
    let address = HeaderValue::from_str(&format!("{}/{}", super::PATH, upload.id))
        .map_err(|error| ApiFailure::internal(&error))?;
    response.headers_mut().insert(header::LOCATION, address);
    Ok(response)
}

async fn insert(app: &App, right: &UploadRight, length: u64, metadata: &str) -> Result<Upload, ApiFailure> {
    let no_randomness = || ApiFailure::new(ErrorCode::Internal, "no randomness");
    let id = secret::token().ok_or_else(no_randomness)?;
    let now = app.now();
    let upload = Upload {
        id,
        ticket: right.ticket.clone(),
        freight: right.freight.clone(),
        length,
        metadata: metadata.to_owned(),
        expires: now.plus(LIFETIME),
        done: false,
    };
    let mut tx = app.db.write().await?;
    let given_up: Vec<String> = sqlx::query_scalar(
        "DELETE FROM uploads WHERE ticket = $1 AND attachment = $2 AND done = 0 RETURNING id",
    )
    .bind(right.ticket.as_str())
    .bind(right.freight.column())
    .fetch_all(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO uploads (id, ticket, kind, attachment, length, metadata, token_hash, created_at, expires, done)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
    )
    .bind(&upload.id)
    .bind(right.ticket.as_str())
    .bind(right.freight.kind())
    .bind(right.freight.column())
    .bind(i64::try_from(length).unwrap_or(i64::MAX))
    .bind(metadata)
    .bind(secret::hash(&super::grant(app, &right.ticket, &right.freight)))
    .bind(now.unix_ms())
    .bind(upload.expires.unix_ms())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    for id in given_up {
        let _turn = app.writers.turn(&id).await?;
        app.files.discard(&id)?;
    }
    Ok(upload)
}
