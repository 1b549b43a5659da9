//! `GET /api/v1/ticket-briefs`: how all tickets of a device stand, with an `ETag`, so that asking again costs nothing.

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use nightline_protocol::{ErrorCode, TicketBrief, TicketStatus};
use nightline_types::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::list::MAX_TICKETS;
use super::view::{optional_word, word};
use crate::app::App;
use crate::device::Device;
use crate::error::ApiFailure;

/// The counts come from the indexes of each ticket's own rows: a few rows for each of at most 200 tickets.
const BRIEFS: &str = "SELECT t.number, t.status, t.closed_by, t.severity, t.response_due, t.answered_at,
    t.bundle_state, a.name AS owner_name,
    (SELECT COUNT(*) FROM messages m WHERE m.ticket = t.number) AS messages,
    (SELECT COUNT(*) FROM messages m WHERE m.ticket = t.number AND m.author = 'agent') AS from_agents,
    (SELECT MAX(m.at) FROM messages m WHERE m.ticket = t.number) AS last_message_at,
    (SELECT COUNT(*) FROM attachments f WHERE f.ticket = t.number AND f.state = 'complete') AS attachments
    FROM tickets t LEFT JOIN agents a ON a.id = t.owner
    WHERE t.device = $1 ORDER BY t.received_at DESC, t.number LIMIT $2";

pub(crate) async fn briefs(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    headers: HeaderMap,
) -> Result<Response, ApiFailure> {
    let rows = sqlx::query(BRIEFS).bind(&device.id).bind(MAX_TICKETS).fetch_all(app.db.read()).await?;
    let briefs = rows.iter().map(brief).collect::<Result<Vec<_>, _>>()?;
    let body = serde_json::to_vec(&briefs).map_err(|error| ApiFailure::internal(&error))?;
    let tag = format!("\"{}\"", BASE64URL_NOPAD.encode(&Sha256::digest(&body)[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let mut response = if known.split(',').any(|it| it.trim().trim_start_matches("W/") == tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    let tag = HeaderValue::from_str(&tag).map_err(|error| ApiFailure::internal(&error))?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

fn brief(row: &SqliteRow) -> Result<TicketBrief, ApiFailure> {
    let status: TicketStatus = word(row.try_get("status")?)?;
    let answered: Option<i64> = row.try_get("answered_at")?;
    let due = answered.is_none() && status != TicketStatus::Closed;
    let count = |column: &str| row.try_get::<i64, _>(column).map(|it| u32::try_from(it).unwrap_or(u32::MAX));
    Ok(TicketBrief {
        number: row
            .try_get::<&str, _>("number")?
            .parse()
            .map_err(|_| ApiFailure::new(ErrorCode::Internal, "a stored ticket has no number"))?,
        status,
        closed_by: optional_word(row, "closed_by")?,
        severity: word(row.try_get("severity")?)?,
        owner: row.try_get("owner_name")?,
        response_due: if due { Some(Timestamp::from_unix_ms(row.try_get("response_due")?)) } else { None },
        bundle_complete: row.try_get::<&str, _>("bundle_state")? == "complete",
        messages: count("messages")?,
        from_agents: count("from_agents")?,
        attachments: count("attachments")?,
        last_message_at: row.try_get::<Option<i64>, _>("last_message_at")?.map(Timestamp::from_unix_ms),
    })
}
