//! `POST /api/v1/tickets/{number}/close`: the person needs no help with it any more. Once for each id: a retry that
//! comes late does not close what was opened again since. Writes no technical log: that is an agent's.

use axum::extract::{Extension, Path, State};
use nightline_protocol::{Closing, NewClosing, TicketNumber};
use nightline_types::Timestamp;

use super::{check_id, owned};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::device::Device;
use crate::error::ApiFailure;

pub(crate) async fn close(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path(number): Path<String>,
    Json(NewClosing { id }): Json<NewClosing>,
) -> Result<axum::Json<Closing>, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    check_id(&id)?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let status = owned(&mut tx, &device, &number).await?;
    let known: Option<i64> = sqlx::query_scalar("SELECT at FROM closings WHERE ticket = $1 AND id = $2")
        .bind(number.as_str())
        .bind(&id)
        .fetch_optional(&mut *tx)
        .await?;
    if let Some(at) = known {
        return Ok(axum::Json(Closing { id, at: Timestamp::from_unix_ms(at) }));
    }
    app.limits.messages.take(device.id.clone(), now)?;
    sqlx::query("INSERT INTO closings (ticket, id, at) VALUES ($1, $2, $3)")
        .bind(number.as_str())
        .bind(&id)
        .bind(now.unix_ms())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE tickets SET status = 'closed', closed_at = $1, closed_by = 'customer'
         WHERE number = $2 AND status <> 'closed'",
    )
    .bind(now.unix_ms())
    .bind(number.as_str())
    .execute(&mut *tx)
    .await?;
    let detail = format!("{status} -> closed");
    audit(&mut tx, now, Actor::Device, "ticket-closed", number.as_str(), &detail).await?;
    tx.commit().await?;
    Ok(axum::Json(Closing { id, at: now }))
}
