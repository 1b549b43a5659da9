//! The files that followed a ticket and are whole, for the person's view and the agents' page. Reads only.

use nightline_protocol::{Attachment, TicketNumber};
use nightline_types::Timestamp;
use sqlx::SqliteConnection;

/// The whole files of a ticket, oldest first. There are at most as many as a ticket takes.
pub(crate) async fn of_ticket(
    connection: &mut SqliteConnection,
    number: &TicketNumber,
) -> Result<Vec<Attachment>, sqlx::Error> {
    let rows: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT id, name, media_type, size, received_at FROM attachments
         WHERE ticket = $1 AND state = 'complete' ORDER BY received_at, id",
    )
    .bind(number.as_str())
    .fetch_all(connection)
    .await?;
    let attachment = |(id, name, media_type, size, at): (String, String, String, i64, i64)| Attachment {
        id,
        name,
        media_type,
        size: u64::try_from(size).unwrap_or(0),
        at: Timestamp::from_unix_ms(at),
    };
    Ok(rows.into_iter().map(attachment).collect())
}
