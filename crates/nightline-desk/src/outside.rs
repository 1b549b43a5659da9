//! What checks need from outside: the profile, the time, an echo, an empty page. Anyone may ask; nothing is stored.

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nightline_protocol::DeskProfile;
use serde::Serialize;

use crate::app::App;
use crate::body;
use crate::error::ApiFailure;
use crate::load;
use crate::route::{Route, Who};
use crate::upload::MAX_CHUNK_BYTES;

/// The largest echo: one that does not fit into a single packet, and not a way to make the desk send much.
const MAX_ECHO_BYTES: usize = 64 * 1024;
/// Longer challenges are not echoed; a random one has 32 characters.
const MAX_CHALLENGE: usize = 128;
/// A name under a zone that is reserved never to exist (RFC 6761).
const ABSENT_NAME: &str = "nightline-absent.invalid";
const CHALLENGE: HeaderName = HeaderName::from_static("x-nightline-challenge");

/// `GET /api/v1/time`.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Time {
    /// The desk's time.
    pub now: nightline_types::Timestamp,
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/profile", Who::Public, profile)
            .answers::<DeskProfile>()
            .about("Who this desk is and what it takes."),
        Route::get("/api/v1/time", Who::Public, time).answers::<Time>().about("The desk's time."),
        Route::post("/api/v1/echo", Who::Public, echo).about("Answers the body it is given, at most 64 KiB."),
        Route::get("/api/v1/load", Who::Public, load::give)
            .about("Bytes that mean nothing, for at most 6 s; for measuring delay under load."),
        Route::post("/api/v1/load", Who::Public, load::take)
            .about("Takes bytes and throws them away, for at most 6 s."),
        Route::get("/generate_204", Who::Public, generate_204)
            .about("An empty page that no cache keeps; echoes X-Nightline-Challenge."),
    ]
}

async fn profile(State(app): State<App>) -> axum::Json<DeskProfile> {
    axum::Json(DeskProfile {
        organisation: app.settings.organisation.clone(),
        max_bundle_bytes: app.settings.max_bundle_bytes,
        max_chunk_bytes: MAX_CHUNK_BYTES,
        who_may_open: app.settings.who_may_open,
        now: app.now(),
        absent_name: ABSENT_NAME.to_owned(),
        signed_name: app.settings.signed_name.clone(),
        broken_name: app.settings.broken_name.clone(),
        udp_ports: app.udp_ports.get().cloned().unwrap_or_default(),
        severity: None,
    })
}

async fn time(State(app): State<App>) -> axum::Json<Time> {
    axum::Json(Time { now: app.now() })
}

async fn echo(request: Request) -> Result<(HeaderMap, Bytes), ApiFailure> {
    let bytes = body::read(request, MAX_ECHO_BYTES).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/octet-stream"));
    Ok((headers, bytes))
}

/// The empty page of the captive portal check. A portal that answers in our place does not know the challenge.
pub async fn generate_204(headers: HeaderMap) -> Response {
    let mut response = (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response();
    if let Some(challenge) = headers.get(&CHALLENGE)
        && challenge.len() <= MAX_CHALLENGE
    {
        response.headers_mut().insert(CHALLENGE, challenge.clone());
    }
    response
}
