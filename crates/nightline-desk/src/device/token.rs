//! `POST /api/v1/devices/token` and what the token is good for.

use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use data_encoding::BASE64URL_NOPAD;
use nightline_protocol::{ErrorCode, TokenGrant, TokenRequest, WhoMayOpen, token_statement};

use super::statement::{CLOCK_TOLERANCE, check_clock, check_signature, key};
use crate::app::App;
use crate::body::Json;
use crate::error::ApiFailure;
use crate::peer::{Peer, desk_origins};
use crate::secret;

/// Long enough for an upload on a slow line, short enough that a leaked one is soon worthless.
const TOKEN_LIFETIME: Duration = Duration::from_secs(3_600);
/// The nonce's length in bytes.
const NONCE_BYTES: usize = 16;

/// A device that has shown itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The desk's id of it.
    pub id: String,
    /// Whether it may open tickets.
    pub approved: bool,
}

pub(crate) async fn grant(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Json(request): Json<TokenRequest>,
) -> Result<axum::Json<TokenGrant>, ApiFailure> {
    let now = app.now();
    app.limits.tokens.take(peer.address, now)?;
    if BASE64URL_NOPAD.decode(request.nonce.as_bytes()).map_or(0, |it| it.len()) != NONCE_BYTES {
        return Err(ApiFailure::bad_request("`nonce` is not 16 bytes in base64url"));
    }
    check_clock(request.at, now)?;
    let known: Option<String> = sqlx::query_scalar("SELECT public_key FROM devices WHERE id = $1")
        .bind(&request.device)
        .fetch_optional(app.db.read())
        .await?;
    let key = key(&known.ok_or_else(ApiFailure::not_found)?)?;
    let origins = desk_origins(&app, &headers);
    let statements =
        origins.iter().map(|it| token_statement(it, &request.device, &request.nonce, request.at));
    check_signature(&key, &request.signature, statements)?;

    let token = secret::token().ok_or_else(|| ApiFailure::new(ErrorCode::Internal, "no randomness"))?;
    let expires = now.plus(TOKEN_LIFETIME);
    let mut tx = app.db.write().await?;
    // Afterwards the clock check refuses the statement anyway.
    let nonce_ends = request.at.plus(CLOCK_TOLERANCE * 2);
    let first =
        sqlx::query("INSERT INTO nonces (nonce, expires) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING")
            .bind(&request.nonce)
            .bind(nonce_ends.unix_ms())
            .execute(&mut *tx)
            .await?
            .rows_affected()
            > 0;
    if !first {
        return Err(ApiFailure::new(ErrorCode::Conflict, "this nonce was used before"));
    }
    sqlx::query("INSERT INTO device_tokens (token_hash, device, expires) VALUES ($1, $2, $3)")
        .bind(secret::hash(&token))
        .bind(&request.device)
        .bind(expires.unix_ms())
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE devices SET last_seen = $1 WHERE id = $2")
        .bind(now.unix_ms())
        .bind(&request.device)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(axum::Json(TokenGrant { token, expires }))
}

/// The device that a request's bearer token belongs to.
pub async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Device, ApiFailure> {
    let token = bearer(headers).ok_or_else(ApiFailure::sign_in_required)?;
    let row: Option<(String, i64)> = sqlx::query_as(
        "SELECT d.id, d.approved FROM device_tokens t JOIN devices d ON d.id = t.device
         WHERE t.token_hash = $1 AND t.expires > $2",
    )
    .bind(secret::hash(token))
    .bind(app.now().unix_ms())
    .fetch_optional(app.db.read())
    .await?;
    let (id, approved) = row.ok_or_else(ApiFailure::sign_in_required)?;
    Ok(Device { id, approved: approved != 0 || app.settings.who_may_open == WhoMayOpen::Anyone })
}

/// The token of `Authorization: Bearer …`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
