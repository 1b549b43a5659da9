//! Whoever writes again still needs help: the ticket is somebody's work once more, also where it was closed.

use nightline_protocol::TicketNumber;
use nightline_types::Timestamp;
use sqlx::SqliteConnection;

use crate::audit::{Actor, audit};

/// A ticket that waits for the person or is closed is open again.
pub(crate) async fn needs_help_again(
    tx: &mut SqliteConnection,
    number: &TicketNumber,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    let status: String = sqlx::query_scalar("SELECT status FROM tickets WHERE number = $1")
        .bind(number.as_str())
        .fetch_one(&mut *tx)
        .await?;
    if status != "waiting" && status != "closed" {
        return Ok(());
    }
    sqlx::query("UPDATE tickets SET status = 'open', closed_at = NULL, closed_by = NULL WHERE number = $1")
        .bind(number.as_str())
        .execute(&mut *tx)
        .await?;
    if status == "closed" {
        audit(tx, now, Actor::Device, "ticket-reopened", number.as_str(), "closed -> open").await?;
    }
    Ok(())
}
