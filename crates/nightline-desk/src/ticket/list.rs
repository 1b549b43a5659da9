//! `GET /api/v1/tickets`: the device's own tickets.

use axum::extract::{Extension, State};
use nightline_protocol::TicketView;

use super::view::view_of;
use crate::app::App;
use crate::device::Device;
use crate::error::ApiFailure;

/// A device with more tickets than this has been in use for years; the newest matter.
pub(super) const MAX_TICKETS: i64 = 200;

pub(crate) async fn list(
    State(app): State<App>,
    Extension(device): Extension<Device>,
) -> Result<axum::Json<Vec<TicketView>>, ApiFailure> {
    let rows = sqlx::query(
        "SELECT t.*, a.name AS owner_name FROM tickets t LEFT JOIN agents a ON a.id = t.owner
         WHERE t.device = $1 ORDER BY t.received_at DESC, t.number LIMIT $2",
    )
    .bind(&device.id)
    .bind(MAX_TICKETS)
    .fetch_all(app.db.read())
    .await?;
    rows.iter().map(view_of).collect::<Result<_, _>>().map(axum::Json)
}
