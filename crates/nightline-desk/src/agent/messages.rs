//! An agent's answer to the customer. The first one stops the response clock.

use axum::Extension;
use axum::extract::{Path, State};
use nightline_protocol::{ErrorCode, MessageAuthor, NewMessage, TicketMessage, TicketStatus};
use nightline_types::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::session::SignedIn;
use super::stored::{self, Stored, to_word};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;
use crate::ticket::check_message;

/// `POST /api/agent/v1/tickets/{number}/messages`. The same id and text again answers the same message; the same id
/// with another text, or one that the customer used, is a conflict.
pub(super) async fn send(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path(number): Path<String>,
    Json(new): Json<NewMessage>,
) -> Result<axum::Json<TicketMessage>, ApiFailure> {
    check_message(&new)?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let ticket = stored::ticket(&mut tx, &number).await?;
    if let Some(message) = sent_before(&mut tx, &ticket, &agent, &new).await? {
        return Ok(axum::Json(message));
    }
    sqlx::query("INSERT INTO messages (ticket, id, author, agent, at, text) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ticket.number.as_str())
        .bind(&new.id)
        .bind(to_word(&MessageAuthor::Agent))
        .bind(&agent.id)
        .bind(now.unix_ms())
        .bind(&new.text)
        .execute(&mut *tx)
        .await?;
    let status = after_answer(ticket.status);
    sqlx::query(
        "UPDATE tickets SET answered_at = COALESCE(answered_at, $1), status = $2, owner = COALESCE(owner, $3)
         WHERE number = $4",
    )
    .bind(now.unix_ms())
    .bind(to_word(&status))
    .bind(&agent.id)
    .bind(ticket.number.as_str())
    .execute(&mut *tx)
    .await?;
    record(&mut tx, &ticket, &agent, &new.id, status, now).await?;
    tx.commit().await?;
    Ok(axum::Json(TicketMessage {
        id: new.id,
        author: MessageAuthor::Agent,
        name: Some(agent.name),
        at: now,
        text: new.text,
    }))
}

/// After an answer the desk waits for the person. A closed ticket stays closed: the answer is a postscript.
fn after_answer(status: TicketStatus) -> TicketStatus {
    match status {
        TicketStatus::Closed => TicketStatus::Closed,
        TicketStatus::New | TicketStatus::Open | TicketStatus::Waiting => TicketStatus::Waiting,
    }
}

async fn record(
    tx: &mut SqliteConnection,
    ticket: &Stored,
    agent: &SignedIn,
    id: &str,
    status: TicketStatus,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let (actor, number) = (Actor::Agent(&agent.name), ticket.number.as_str());
    audit(tx, now, actor, "message-sent", number, id).await?;
    if ticket.owner.is_none() {
        audit(tx, now, actor, "owner-changed", number, &format!("- -> {}", agent.name)).await?;
    }
    if status != ticket.status {
        let detail = format!("{} -> {}", to_word(&ticket.status), to_word(&status));
        audit(tx, now, actor, "status-changed", number, &detail).await?;
    }
    Ok(())
}

async fn sent_before(
    tx: &mut SqliteConnection,
    ticket: &Stored,
    agent: &SignedIn,
    new: &NewMessage,
) -> Result<Option<TicketMessage>, ApiFailure> {
    let row = sqlx::query("SELECT agent, at, text FROM messages WHERE ticket = $1 AND id = $2")
        .bind(ticket.number.as_str())
        .bind(&new.id)
        .fetch_optional(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let author: Option<String> = row.try_get("agent")?;
    let text: String = row.try_get("text")?;
    if author.as_deref() != Some(agent.id.as_str()) || text != new.text {
        return Err(ApiFailure::new(ErrorCode::Conflict, "another message has this id"));
    }
    Ok(Some(TicketMessage {
        id: new.id.clone(),
        author: MessageAuthor::Agent,
        name: Some(agent.name.clone()),
        at: Timestamp::from_unix_ms(row.try_get("at")?),
        text,
    }))
}
