//! The right to upload one ticket's bundle or one file that follows it: a token that the desk can check without having
//! stored it.

use axum::http::HeaderMap;
use nightline_protocol::TicketNumber;

use crate::app::App;
use crate::device::bearer;
use crate::error::ApiFailure;
use crate::secret;

/// What an upload carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Freight {
    /// The ticket's bundle.
    Bundle,
    /// A file that follows the ticket, by its id.
    Attachment(String),
}

impl Freight {
    /// As the column `uploads.attachment` holds it.
    pub(crate) fn column(&self) -> &str {
        match self {
            Self::Bundle => "",
            Self::Attachment(id) => id,
        }
    }

    /// From the column `uploads.attachment`.
    pub(crate) fn of_column(text: String) -> Self {
        if text.is_empty() { Self::Bundle } else { Self::Attachment(text) }
    }

    /// As the column `uploads.kind` holds it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Bundle => "bundle",
            Self::Attachment(_) => "attachment",
        }
    }
}

/// The right to upload one bundle or file, with what was announced of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRight {
    /// The ticket.
    pub ticket: TicketNumber,
    /// What of it.
    pub freight: Freight,
    /// Bytes announced.
    pub size: u64,
    /// SHA-256 announced, lower-case hex.
    pub sha256: String,
    /// `arriving`, `complete` or `damaged`.
    pub state: String,
}

/// The token for a ticket's bundle or file. The same each time, so that a receipt asked for again ends no upload.
pub(crate) fn grant(app: &App, number: &TicketNumber, freight: &Freight) -> String {
    match freight {
        Freight::Bundle => format!("{number}.{}", app.key.mac("upload/1", number.as_str())),
        // An id has no dot and no space.
        Freight::Attachment(id) => {
            format!("{number}.{id}.{}", app.key.mac("upload-attachment/1", &format!("{number} {id}")))
        }
    }
}

/// The right that a request's bearer token gives.
pub async fn authenticate(app: &App, headers: &HeaderMap) -> Result<UploadRight, ApiFailure> {
    let token = bearer(headers).ok_or_else(ApiFailure::sign_in_required)?;
    let parts: Vec<&str> = token.split('.').collect();
    let (number, freight) = match parts.as_slice() {
        [number, _] => (number, Freight::Bundle),
        [number, id, _] if !id.is_empty() => (number, Freight::Attachment((*id).to_owned())),
        _ => return Err(ApiFailure::sign_in_required()),
    };
    let ticket: TicketNumber = number.parse().map_err(|_| ApiFailure::sign_in_required())?;
    if !secret::same(token, &grant(app, &ticket, &freight)) {
        return Err(ApiFailure::sign_in_required());
    }
    UploadRight::of(app, &ticket, freight).await?.ok_or_else(ApiFailure::sign_in_required)
}

impl UploadRight {
    /// The right to what was announced of a ticket. For the desk's own work; requests come by [`authenticate`].
    pub(crate) async fn of(
        app: &App,
        ticket: &TicketNumber,
        freight: Freight,
    ) -> Result<Option<Self>, sqlx::Error> {
        let announced = match freight {
            Freight::Bundle => {
                "SELECT bundle_size, bundle_sha256, bundle_state FROM tickets WHERE number = $1 AND $2 = ''"
            }
            Freight::Attachment(_) => {
                "SELECT size, sha256, state FROM attachments WHERE ticket = $1 AND id = $2"
            }
        };
        let row: Option<(i64, String, String)> = sqlx::query_as(announced)
            .bind(ticket.as_str())
            .bind(freight.column())
            .fetch_optional(app.db.read())
            .await?;
        Ok(row.map(|(size, sha256, state)| Self {
            ticket: ticket.clone(),
            freight,
            size: u64::try_from(size).unwrap_or(0),
            sha256,
            state,
        }))
    }
}
