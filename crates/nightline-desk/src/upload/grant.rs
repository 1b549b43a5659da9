//! The right to upload one ticket's bundle: a token that the desk can check without having stored it.

use axum::http::HeaderMap;
use nightline_protocol::TicketNumber;

use crate::app::App;
use crate::device::bearer;
use crate::error::ApiFailure;
use crate::secret;

/// The right to upload one ticket's bundle, with what was announced of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRight {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Bytes announced.
    pub size: u64,
    /// SHA-256 announced, lower-case hex.
    pub sha256: String,
    /// `arriving`, `complete` or `damaged`.
    pub state: String,
}

/// The token for a ticket's bundle. The same each time, so that a receipt asked for again ends no upload.
pub(crate) fn grant(app: &App, number: &TicketNumber) -> String {
    format!("{number}.{}", app.key.mac("upload/1", number.as_str()))
}

/// The right that a request's bearer token gives.
pub async fn authenticate(app: &App, headers: &HeaderMap) -> Result<UploadRight, ApiFailure> {
    let token = bearer(headers).ok_or_else(ApiFailure::sign_in_required)?;
    let number = token.split_once('.').and_then(|(number, _)| number.parse::<TicketNumber>().ok());
    let ticket = number.ok_or_else(ApiFailure::sign_in_required)?;
    if !secret::same(token, &grant(app, &ticket)) {
        return Err(ApiFailure::sign_in_required());
    }
    UploadRight::of_ticket(app, &ticket).await?.ok_or_else(ApiFailure::sign_in_required)
}

impl UploadRight {
    /// The right to the bundle of a ticket that exists. For the desk's own work; requests come by [`authenticate`].
    pub(crate) async fn of_ticket(app: &App, ticket: &TicketNumber) -> Result<Option<Self>, sqlx::Error> {
        let row: Option<(i64, String, String)> =
            sqlx::query_as("SELECT bundle_size, bundle_sha256, bundle_state FROM tickets WHERE number = $1")
                .bind(ticket.as_str())
                .fetch_optional(app.db.read())
                .await?;
        Ok(row.map(|(size, sha256, state)| Self {
            ticket: ticket.clone(),
            size: u64::try_from(size).unwrap_or(0),
            sha256,
            state,
        }))
    }
}
