//! The ticket's page: summary, bundle, report, messages, history. Of a damaged bundle nothing is shown.

use axum::extract::{Path, State};
use nightline_protocol::{MessageAuthor, TicketMessage, TicketStatus};
use nightline_types::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::bundle::{self, Bundle};
use super::wire::{AuditRow, TicketPage};
use super::{account, people, stored};
use crate::app::App;
use crate::error::ApiFailure;
use crate::ticket::attachments_of;

/// A conversation longer than this was no conversation; the newest are shown.
const MAX_MESSAGES: i64 = 1_000;
/// A ticket that was read every day for a year has this many rows; the newest are shown.
const MAX_HISTORY: i64 = 1_000;

/// `GET /api/agent/v1/tickets/{number}`.
pub(super) async fn page(
    State(app): State<App>,
    Path(number): Path<String>,
) -> Result<axum::Json<TicketPage>, ApiFailure> {
    of(&app, &number).await.map(axum::Json)
}

/// The page as it stands now.
pub(super) async fn of(app: &App, number: &str) -> Result<TicketPage, ApiFailure> {
    let mut connection = app.db.read().acquire().await?;
    let ticket = stored::ticket(&mut connection, number).await?;
    let owner = match &ticket.owner {
        Some(id) => account::by_id(&mut connection, id).await?,
        None => None,
    };
    let messages = messages(&mut connection, ticket.number.as_str()).await?;
    let history = history(&mut connection, ticket.number.as_str()).await?;
    let attachments = attachments_of(&mut connection, &ticket.number).await?;
    let closings = closings(&mut connection, ticket.number.as_str()).await?;
    let arriving = bundle::received(app, &mut connection, &ticket).await?;
    // The connection goes back before the bundle is opened, which may take a while.
    drop(connection);
    let Bundle { state, manifest, report } = bundle::of(app, &ticket, arriving).await?;
    let closed = ticket.status == TicketStatus::Closed;
    let unanswered = ticket.answered_at.is_none() && !closed;
    Ok(TicketPage {
        number: ticket.number,
        status: ticket.status,
        severity: ticket.severity,
        owner,
        created_at: ticket.created_at,
        received_at: ticket.received_at,
        response_due: unanswered.then_some(ticket.response_due),
        summary: ticket.summary,
        bundle: state,
        report,
        manifest,
        messages,
        attachments,
        closings,
        closed_by: ticket.closed_by.filter(|_| closed),
        log: ticket.log.filter(|_| closed),
        history,
        now: app.now(),
    })
}

async fn messages(
    connection: &mut SqliteConnection,
    number: &str,
) -> Result<Vec<TicketMessage>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT messages.id, messages.author, messages.at, messages.text, agents.name FROM messages
         LEFT JOIN agents ON agents.id = messages.agent WHERE messages.ticket = $1
         ORDER BY messages.at DESC, messages.id DESC LIMIT $2",
    )
    .bind(number)
    .bind(MAX_MESSAGES)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .rev()
        .map(|row| {
            Ok(TicketMessage {
                id: row.try_get("id")?,
                author: stored::word(row.try_get("author")?).unwrap_or(MessageAuthor::Customer),
                name: row.try_get("name")?,
                at: Timestamp::from_unix_ms(row.try_get("at")?),
                text: row.try_get("text")?,
            })
        })
        .collect()
}

/// When the person closed it. A person who closes a ticket more often than this plays.
async fn closings(connection: &mut SqliteConnection, number: &str) -> Result<Vec<Timestamp>, sqlx::Error> {
    /// The newest are shown.
    const MAX_CLOSINGS: i64 = 100;
    let rows: Vec<i64> =
        sqlx::query_scalar("SELECT at FROM closings WHERE ticket = $1 ORDER BY at DESC, id DESC LIMIT $2")
            .bind(number)
            .bind(MAX_CLOSINGS)
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().rev().map(Timestamp::from_unix_ms).collect())
}

async fn history(connection: &mut SqliteConnection, number: &str) -> Result<Vec<AuditRow>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, at, actor, action, subject, detail FROM audit WHERE subject = $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(number)
    .bind(MAX_HISTORY)
    .fetch_all(connection)
    .await?;
    rows.iter().rev().map(people::audit_row).collect()
}
