//! The one-time set-up: the first agent, made by whoever can read what the desk printed at its first start.
//! Closed for good once there is an agent: it then answers as if it did not exist.

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use nightline_protocol::ErrorCode;

use super::account::Ready;
use super::session::{self, SignedIn};
use super::wire::{NewAgent, Setup, SetupState};
use super::{lock, origin, sign_in};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;
use crate::peer::Peer;
use crate::{secret, setup};

/// `GET /api/agent/v1/setup/state`.
pub(super) async fn state(State(app): State<App>) -> Result<axum::Json<SetupState>, ApiFailure> {
    let open = setup::is_open(&app.db).await?;
    Ok(axum::Json(SetupState { open, organisation: app.settings.organisation.clone() }))
}

/// `POST /api/agent/v1/setup`: answers like a sign-in.
pub(super) async fn set_up(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Json<Setup>, ApiFailure>,
) -> Result<Response, ApiFailure> {
    if !setup::is_open(&app.db).await? {
        return Err(ApiFailure::not_found());
    }
    if !origin::is_own(&headers) {
        return Err(session::foreign());
    }
    let now = app.now();
    app.limits.sign_ins.take(lock::network_of(peer.address), now)?;
    let Json(given) = body?;
    if !setup::fits(&app.db, &given.token).await? {
        return Err(ApiFailure::new(ErrorCode::Forbidden, "this is not the link that the desk printed last"));
    }
    let new = NewAgent { email: given.email, name: given.name, password: given.password, admin: true };
    let ready = Ready::new(&app, new).await?;
    let mut tx = app.db.write().await?;
    // Two browsers with the same link: the database decides who was first, and the other one gets the 404.
    if !setup::take(&mut tx, &given.token, now).await? {
        return Err(ApiFailure::not_found());
    }
    let agent = ready.insert(&mut tx, now, Actor::Desk).await?;
    audit(&mut tx, now, Actor::Agent(&agent.name), "setup-done", &agent.id, "").await?;
    let begun = session::begin(&mut tx, &agent.id, now).await?;
    tx.commit().await?;
    let agent = SignedIn {
        id: agent.id,
        email: agent.email,
        name: agent.name,
        admin: agent.admin,
        csrf: begun.csrf.clone(),
        session: secret::hash(&begun.token),
    };
    sign_in::signed_in(&app, &agent, begun)
}
