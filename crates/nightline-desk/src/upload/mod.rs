//! Resumable uploads: tus 1.0.0, one per ticket, into the spool folder.

use axum::http::HeaderMap;
use nightline_protocol::TicketNumber;

use crate::app::App;
use crate::error::ApiFailure;
use crate::route::Route;

/// Where uploads are made.
pub const PATH: &str = "/api/v1/uploads";
/// The largest body of one PATCH: a chunk that fails its checksum is sent again whole.
pub const MAX_CHUNK_BYTES: u64 = 256 * 1024 * 1024;

/// The right to upload one ticket's bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRight {
    /// The ticket.
    pub ticket: TicketNumber,
}

/// Which uploads are being written now.
#[derive(Clone, Debug, Default)]
pub struct Writers;

pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}

/// The right that a request's bearer token gives.
pub async fn authenticate(_app: &App, _headers: &HeaderMap) -> Result<UploadRight, ApiFailure> {
    Err(ApiFailure::sign_in_required())
}
