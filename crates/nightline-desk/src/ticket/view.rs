//! `GET /api/v1/tickets/{number}`: what the person sees of their ticket. Nothing of the agents' notes or audit.

use axum::extract::{Extension, Path, State};
use nightline_protocol::{
    ErrorCode, MessageAuthor, TicketMessage, TicketNumber, TicketStatus, TicketSummary, TicketView,
};
use nightline_types::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};

use super::attachments_of;
use crate::app::App;
use crate::device::Device;
use crate::error::ApiFailure;

/// The newest messages of one ticket that a device is shown at once.
const MAX_MESSAGES: i64 = 500;

pub(crate) async fn show(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path(number): Path<String>,
) -> Result<axum::Json<TicketView>, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    let row = sqlx::query(
        "SELECT t.*, a.name AS owner_name FROM tickets t LEFT JOIN agents a ON a.id = t.owner
         WHERE t.number = $1 AND t.device = $2",
    )
    .bind(number.as_str())
    .bind(&device.id)
    .fetch_optional(app.db.read())
    .await?
    .ok_or_else(ApiFailure::not_found)?;
    let mut view = view_of(&row)?;
    view.messages = messages(app.db.read(), &number).await?;
    let mut connection = app.db.read().acquire().await?;
    view.attachments = attachments_of(&mut connection, &number).await?;
    Ok(axum::Json(view))
}

/// A ticket's row with `owner_name`, as the person sees it, without messages.
pub(crate) fn view_of(row: &SqliteRow) -> Result<TicketView, ApiFailure> {
    let summary: TicketSummary = stored(&row.try_get::<String, _>("summary")?)?;
    let answered: Option<i64> = row.try_get("answered_at")?;
    let log: Option<String> = row.try_get("log")?;
    let status: TicketStatus = word(row.try_get("status")?)?;
    Ok(TicketView {
        number: row
            .try_get::<String, _>("number")?
            .parse()
            .map_err(|_| ApiFailure::new(ErrorCode::Internal, "a stored ticket has no number"))?,
        status,
        severity: word(row.try_get("severity")?)?,
        owner: row.try_get("owner_name")?,
        what: summary.intake.what,
        received_at: Timestamp::from_unix_ms(row.try_get("received_at")?),
        response_due: if answered.is_none() && status != TicketStatus::Closed {
            Some(Timestamp::from_unix_ms(row.try_get("response_due")?))
        } else {
            None
        },
        bundle_complete: row.try_get::<String, _>("bundle_state")? == "complete",
        messages: Vec::new(),
        log: log.map(|it| stored(&it)).transpose()?,
        attachments: Vec::new(),
        closed_by: optional_word(row, "closed_by")?,
    })
}

async fn messages(db: &SqlitePool, number: &TicketNumber) -> Result<Vec<TicketMessage>, ApiFailure> {
    let rows: Vec<(String, String, Option<String>, i64, String)> = sqlx::query_as(
        "SELECT m.id, m.author, a.name, m.at, m.text FROM messages m LEFT JOIN agents a ON a.id = m.agent
         WHERE m.ticket = $1 ORDER BY m.at DESC, m.id DESC LIMIT $2",
    )
    .bind(number.as_str())
    .bind(MAX_MESSAGES)
    .fetch_all(db)
    .await?;
    let message =
        |(id, author, name, at, text): (String, String, Option<String>, i64, String)| TicketMessage {
            id,
            author: if author == "agent" { MessageAuthor::Agent } else { MessageAuthor::Customer },
            name,
            at: Timestamp::from_unix_ms(at),
            text,
        };
    Ok(rows.into_iter().rev().map(message).collect())
}

/// Reads a stored document. One that does not read is our failure.
fn stored<T: DeserializeOwned>(json: &str) -> Result<T, ApiFailure> {
    serde_json::from_str(json).map_err(|error| ApiFailure::internal(&error))
}

/// Reads a stored word of a closed vocabulary.
pub(super) fn word<T: DeserializeOwned>(text: String) -> Result<T, ApiFailure> {
    serde_json::from_value(Value::String(text)).map_err(|error| ApiFailure::internal(&error))
}

/// The same for a column that may be empty.
pub(super) fn optional_word<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &str,
) -> Result<Option<T>, ApiFailure> {
    row.try_get::<Option<String>, _>(column)?.map(word).transpose()
}
