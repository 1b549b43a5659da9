//! `PUT /api/v1/tickets/{number}`: takes a ticket, once. Everything that would refuse its bundle later refuses it here.

use axum::extract::{Extension, Path, State};
use nightline_protocol::{BundleClaim, ErrorCode, NewTicket, Receipt, TicketNumber, TicketSummary};
use nightline_types::{Severity, SeverityTable, Timestamp};
use serde_json::Value;
use sqlx::SqliteConnection;

use super::{canonical, receipt_of};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::device::Device;
use crate::error::ApiFailure;
use crate::{search, upload};

/// The longest language tag (`zh-Hans-CN-x-…`) that anyone uses.
const MAX_LANGUAGE: usize = 35;

pub(crate) async fn open(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path(number): Path<String>,
    Json(body): Json<Value>,
) -> Result<axum::Json<Receipt>, ApiFailure> {
    if !device.approved {
        return Err(ApiFailure::new(ErrorCode::NotApproved, "this device still waits for approval"));
    }
    let body_hash = canonical::hash(&body);
    let ticket: NewTicket =
        serde_json::from_value(body).map_err(|error| ApiFailure::bad_request(error.to_string()))?;
    let number: TicketNumber =
        number.parse().map_err(|_| ApiFailure::bad_request("the path holds no ticket number"))?;
    if ticket.number != number {
        return Err(ApiFailure::bad_request("path and body name different tickets"));
    }

    let now = app.now();
    let mut tx = app.db.write().await?;
    let known: Option<(String, String)> =
        sqlx::query_as("SELECT device, body_hash FROM tickets WHERE number = $1")
            .bind(number.as_str())
            .fetch_optional(&mut *tx)
            .await?;
    match known {
        Some((owner, _)) if owner != device.id => {
            return Err(ApiFailure::new(ErrorCode::NumberTaken, "another ticket has this number"));
        }
        Some((_, hash)) if hash != body_hash => {
            return Err(ApiFailure::new(ErrorCode::Conflict, "this number was sent with other content"));
        }
        Some(_) => tx.rollback().await?,
        None => {
            check(&app, &ticket)?;
            app.limits.tickets.take(device.id.clone(), now)?;
            insert(&mut tx, &ticket, &device, &body_hash, now).await?;
            audit(&mut tx, now, Actor::Device, "ticket-opened", number.as_str(), &device.id).await?;
            tx.commit().await?;
        }
    }
    receipt_of(&app, &device, &number).await.map(axum::Json)
}

fn check(app: &App, ticket: &NewTicket) -> Result<(), ApiFailure> {
    let NewTicket { summary, bundle, .. } = ticket;
    if summary.intake.what.trim().is_empty() {
        return Err(ApiFailure::bad_request("`summary.intake.what` is empty"));
    }
    if summary.language.len() > MAX_LANGUAGE {
        return Err(ApiFailure::bad_request("`summary.language` is no language tag"));
    }
    if bundle.size == 0 || !is_sha256(&bundle.sha256) {
        return Err(ApiFailure::bad_request("`bundle` holds no size and SHA-256"));
    }
    upload::check_size(app, bundle.size)
}

pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

async fn insert(
    tx: &mut SqliteConnection,
    ticket: &NewTicket,
    device: &Device,
    body_hash: &str,
    now: Timestamp,
) -> Result<(), ApiFailure> {
    let NewTicket { number, created_at, summary, bundle: BundleClaim { size, sha256 } } = ticket;
    // By the desk's own table and clock: what a device says of either is a claim, and stays one in the summary.
    let response = SeverityTable::default().response(summary.severity);
    let summary_json = serde_json::to_string(summary).map_err(|error| ApiFailure::internal(&error))?;
    let size = i64::try_from(*size).map_err(|_| ApiFailure::bad_request("`bundle.size` is too large"))?;
    sqlx::query(
        "INSERT INTO tickets (number, device, body_hash, summary, severity, status, created_at, received_at,
                              response_due, bundle_size, bundle_sha256, bundle_state, search)
         VALUES ($1, $2, $3, $4, $5, 'new', $6, $7, $8, $9, $10, 'arriving', $11)",
    )
    .bind(number.as_str())
    .bind(&device.id)
    .bind(body_hash)
    .bind(summary_json)
    .bind(severity_word(summary.severity))
    .bind(created_at.unix_ms())
    .bind(now.unix_ms())
    .bind(now.plus(response).unix_ms())
    .bind(size)
    .bind(sha256)
    .bind(search::column(search_texts(number, summary)))
    .execute(tx)
    .await?;
    Ok(())
}

fn severity_word(severity: Severity) -> String {
    severity.to_string()
}

/// What the queue's search finds a ticket by.
pub(crate) fn search_texts<'a>(number: &'a TicketNumber, summary: &'a TicketSummary) -> Vec<&'a str> {
    let intake = &summary.intake;
    let machine = summary.machine.iter().flat_map(|it| {
        [&it.host_name, &it.user_name, &it.model, &it.serial, &it.asset_tag, &it.os].into_iter().flatten()
    });
    let other = intake.other_machine.iter().flat_map(|it| {
        [&it.asset_tag, &it.serial, &it.model, &it.location, &it.contract].into_iter().flatten()
    });
    [number.as_str(), intake.what.as_str()]
        .into_iter()
        .chain(intake.error.as_deref())
        .chain(intake.target.as_ref().map(|it| it.given()))
        .chain(machine.map(String::as_str))
        .chain(other.map(String::as_str))
        .chain(intake.contact.as_deref())
        .collect()
}
