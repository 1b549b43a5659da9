//! `POST /api/v1/devices`: a new key, or the same key again.

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use data_encoding::BASE32_NOPAD;
use nightline_protocol::{Enrolled, Enrolment, WhoMayOpen, enrolment_statement};
use sha2::{Digest, Sha256};

use super::statement::{check_clock, check_signature, key};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;
use crate::peer::{Peer, desk_origins};

pub(crate) async fn enrol(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Json(enrolment): Json<Enrolment>,
) -> Result<axum::Json<Enrolled>, ApiFailure> {
    let now = app.now();
    app.limits.enrolments.take(peer.address, now)?;
    let key = key(&enrolment.public_key)?;
    check_clock(enrolment.at, now)?;
    let origins = desk_origins(&app, &headers);
    let statements = origins.iter().map(|it| enrolment_statement(it, &enrolment.public_key, enrolment.at));
    check_signature(&key, &enrolment.signature, statements)?;

    let id = id_of(key.as_bytes());
    let mut tx = app.db.write().await?;
    let new = sqlx::query(
        "INSERT INTO devices (id, public_key, approved, created_at, last_seen) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&id)
    .bind(&enrolment.public_key)
    .bind(0_i64)
    .bind(now.unix_ms())
    .execute(&mut *tx)
    .await?
    .rows_affected()
        > 0;
    let approved: i64 = sqlx::query_scalar("SELECT approved FROM devices WHERE id = $1")
        .bind(&id)
        .fetch_one(&mut *tx)
        .await?;
    if new {
        audit(&mut tx, now, Actor::Device, "device-enrolled", &id, "").await?;
    }
    tx.commit().await?;
    let approved = approved != 0 || app.settings.who_may_open == WhoMayOpen::Anyone;
    Ok(axum::Json(Enrolled { device: id, approved }))
}

/// A device's id follows from its key, so that enrolling again needs no search. 130 of the hash's 256 bits.
fn id_of(key: &[u8; 32]) -> String {
    let hash = BASE32_NOPAD.encode(&Sha256::digest(key)).to_lowercase();
    format!("dev-{}", &hash[..26])
}
