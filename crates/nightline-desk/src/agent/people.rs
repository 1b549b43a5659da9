//! Agents, devices and the audit log. All but the list of agents is for administrators, which the route table says.

use axum::Extension;
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use nightline_types::Timestamp;
use serde::Deserialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::account::{self, Ready};
use super::session::SignedIn;
use super::wire::{Agent, AuditRow, Device, NewAgent};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;

/// One page of the audit log where nobody asked for another length.
const USUAL_AUDIT_ROWS: u32 = 100;
/// The longest page of the audit log.
const MAX_AUDIT_ROWS: u32 = 500;
/// Devices listed at once, last seen first.
const MAX_DEVICES: i64 = 1_000;

/// `GET /api/agent/v1/agents`.
pub(super) async fn agents(State(app): State<App>) -> Result<axum::Json<Vec<Agent>>, ApiFailure> {
    Ok(axum::Json(account::list(&app).await?))
}

/// `POST /api/agent/v1/agents`.
pub(super) async fn add_agent(
    State(app): State<App>,
    Extension(admin): Extension<SignedIn>,
    Json(new): Json<NewAgent>,
) -> Result<(StatusCode, axum::Json<Agent>), ApiFailure> {
    let ready = Ready::new(&app, new).await?;
    let mut tx = app.db.write().await?;
    let agent = ready.insert(&mut tx, app.now(), Actor::Agent(&admin.name)).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, axum::Json(agent)))
}

/// `GET /api/agent/v1/devices`.
pub(super) async fn devices(State(app): State<App>) -> Result<axum::Json<Vec<Device>>, ApiFailure> {
    let rows = sqlx::query(
        "SELECT id, public_key, approved, created_at, last_seen FROM devices ORDER BY last_seen DESC, id LIMIT $1",
    )
    .bind(MAX_DEVICES)
    .fetch_all(app.db.read())
    .await?;
    Ok(axum::Json(rows.iter().map(device).collect::<Result<_, _>>()?))
}

/// `POST /api/agent/v1/devices/{id}/approve`. Approving twice is the same.
pub(super) async fn approve(
    State(app): State<App>,
    Extension(admin): Extension<SignedIn>,
    Path(id): Path<String>,
) -> Result<axum::Json<Device>, ApiFailure> {
    let mut tx = app.db.write().await?;
    let row =
        sqlx::query("SELECT id, public_key, approved, created_at, last_seen FROM devices WHERE id = $1")
            .bind(&id)
            .fetch_optional(&mut *tx)
            .await?
            .ok_or_else(ApiFailure::not_found)?;
    let before = device(&row)?;
    if !before.approved {
        sqlx::query("UPDATE devices SET approved = 1 WHERE id = $1").bind(&id).execute(&mut *tx).await?;
        let admin = Actor::Agent(&admin.name);
        audit(&mut tx, app.now(), admin, "device-approved", &id, &before.fingerprint).await?;
        tx.commit().await?;
    }
    Ok(axum::Json(Device { approved: true, ..before }))
}

/// Where a page of the audit log begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AuditQuestion {
    after: Option<String>,
    limit: Option<u32>,
}

/// `GET /api/agent/v1/audit`.
pub(super) async fn audit_log(
    State(app): State<App>,
    question: Result<Query<AuditQuestion>, QueryRejection>,
) -> Result<axum::Json<Vec<AuditRow>>, ApiFailure> {
    let Query(question) = question.map_err(|error| ApiFailure::bad_request(error.body_text()))?;
    let limit = question.limit.unwrap_or(USUAL_AUDIT_ROWS).clamp(1, MAX_AUDIT_ROWS);
    let after = question.after.filter(|it| !it.is_empty());
    let rows = sqlx::query(
        "SELECT id, at, actor, action, subject, detail FROM audit WHERE $1 IS NULL OR id < $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(app.db.read())
    .await?;
    Ok(axum::Json(rows.iter().map(audit_row).collect::<Result<_, _>>()?))
}

/// A row of the audit log.
pub(super) fn audit_row(row: &SqliteRow) -> Result<AuditRow, sqlx::Error> {
    Ok(AuditRow {
        id: row.try_get("id")?,
        at: Timestamp::from_unix_ms(row.try_get("at")?),
        actor: row.try_get("actor")?,
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        detail: row.try_get("detail")?,
    })
}

fn device(row: &SqliteRow) -> Result<Device, sqlx::Error> {
    Ok(Device {
        id: row.try_get("id")?,
        fingerprint: fingerprint(row.try_get("public_key")?),
        approved: row.try_get::<i64, _>("approved")? != 0,
        created_at: Timestamp::from_unix_ms(row.try_get("created_at")?),
        last_seen: Timestamp::from_unix_ms(row.try_get("last_seen")?),
    })
}

fn fingerprint(public_key: &str) -> String {
    let bytes =
        BASE64URL_NOPAD.decode(public_key.as_bytes()).unwrap_or_else(|_| public_key.as_bytes().to_vec());
    nightline_protocol::fingerprint(&bytes)
}
