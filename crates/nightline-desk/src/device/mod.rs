//! Devices: they enrol with a key of their own, and show themselves with short-lived tokens.

use axum::http::HeaderMap;

use crate::app::App;
use crate::error::ApiFailure;
use crate::route::Route;

/// A device that has shown itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The desk's id of it.
    pub id: String,
    /// Whether it may open tickets.
    pub approved: bool,
}

pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}

/// The device that a request's bearer token belongs to.
pub async fn authenticate(_app: &App, _headers: &HeaderMap) -> Result<Device, ApiFailure> {
    Err(ApiFailure::sign_in_required())
}
