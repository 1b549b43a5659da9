//! `POST /api/v1/tickets/{number}/messages`: the person says something. The same id again is the same message.

use axum::extract::{Extension, Path, State};
use nightline_protocol::{ErrorCode, MessageAuthor, NewMessage, TicketMessage, TicketNumber};
use nightline_types::Timestamp;

use super::again::needs_help_again;
use super::{check_id, owned};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::device::Device;
use crate::error::ApiFailure;

/// As the protocol says.
const MAX_TEXT: usize = 16 * 1024;

pub(crate) async fn send(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path(number): Path<String>,
    Json(message): Json<NewMessage>,
) -> Result<axum::Json<TicketMessage>, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    check_message(&message)?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    owned(&mut tx, &device, &number).await?;
    let known: Option<(String, i64, String)> =
        sqlx::query_as("SELECT author, at, text FROM messages WHERE ticket = $1 AND id = $2")
            .bind(number.as_str())
            .bind(&message.id)
            .fetch_optional(&mut *tx)
            .await?;
    let at = match known {
        Some((author, at, text)) if author == "customer" && text == message.text => {
            Timestamp::from_unix_ms(at)
        }
        Some(_) => return Err(ApiFailure::new(ErrorCode::Conflict, "this id was sent with other content")),
        None => {
            app.limits.messages.take(device.id.clone(), now)?;
            sqlx::query(
                "INSERT INTO messages (ticket, id, author, agent, at, text)
                 VALUES ($1, $2, 'customer', NULL, $3, $4)",
            )
            .bind(number.as_str())
            .bind(&message.id)
            .bind(now.unix_ms())
            .bind(&message.text)
            .execute(&mut *tx)
            .await?;
            needs_help_again(&mut tx, &number, now).await?;
            audit(&mut tx, now, Actor::Device, "message-sent", number.as_str(), &message.id).await?;
            tx.commit().await?;
            now
        }
    };
    Ok(axum::Json(TicketMessage {
        id: message.id,
        author: MessageAuthor::Customer,
        name: None,
        at,
        text: message.text,
    }))
}

/// The form of a message, for devices and agents alike.
pub fn check_message(message: &NewMessage) -> Result<(), ApiFailure> {
    check_id(&message.id)?;
    if message.text.trim().is_empty() {
        return Err(ApiFailure::bad_request("`text` is empty"));
    }
    if message.text.len() > MAX_TEXT {
        return Err(ApiFailure::new(ErrorCode::TooLarge, "`text` has at most 16 KiB"));
    }
    Ok(())
}
