//! The receipt: what the desk has of a ticket, and where the rest goes.

use axum::extract::{Extension, Path, State};
use nightline_protocol::{ErrorCode, Receipt, TicketNumber, UploadGrant};
use nightline_types::Timestamp;

use crate::app::App;
use crate::device::Device;
use crate::error::ApiFailure;
use crate::upload::{self, Freight};

/// `GET /api/v1/tickets/{number}/receipt`.
pub(crate) async fn show(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path(number): Path<String>,
) -> Result<axum::Json<Receipt>, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    receipt_of(&app, &device, &number).await.map(axum::Json)
}

/// The receipt of a ticket of `device`; a bundle that does not verify is told as such, for the device made it.
pub(crate) async fn receipt_of(
    app: &App,
    device: &Device,
    number: &TicketNumber,
) -> Result<Receipt, ApiFailure> {
    let row: Option<(i64, i64, String)> = sqlx::query_as(
        "SELECT received_at, response_due, bundle_state FROM tickets WHERE number = $1 AND device = $2",
    )
    .bind(number.as_str())
    .bind(&device.id)
    .fetch_optional(app.db.read())
    .await?;
    let (received_at, response_due, bundle_state) = row.ok_or_else(ApiFailure::not_found)?;
    if bundle_state == "damaged" {
        return Err(ApiFailure::new(ErrorCode::DamagedBundle, "the bundle arrived and does not verify"));
    }
    let bundle_complete = bundle_state == "complete";
    let upload = if bundle_complete {
        None
    } else {
        Some(UploadGrant {
            endpoint: upload::PATH.to_owned(),
            token: upload::grant(app, number, &Freight::Bundle),
        })
    };
    Ok(Receipt {
        number: number.clone(),
        received_at: Timestamp::from_unix_ms(received_at),
        response_due: Timestamp::from_unix_ms(response_due),
        upload,
        bundle_complete,
    })
}
