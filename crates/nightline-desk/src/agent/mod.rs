//! The agents' side: sign-in, queue, tickets, files, audit.

pub mod wire;

use axum::http::{HeaderMap, Method, Uri};

use crate::app::App;
use crate::error::ApiFailure;
use crate::route::Route;

/// An agent who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The agent's id.
    pub id: String,
    /// Shown to customers and written to the audit log.
    pub name: String,
    /// May add agents, approve devices and read the audit log.
    pub admin: bool,
}

pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}

/// The agent whose session a request carries. Unsafe methods also need the session's CSRF value and the own origin.
pub async fn authenticate(
    _app: &App,
    _method: &Method,
    _uri: &Uri,
    _headers: &HeaderMap,
) -> Result<SignedIn, ApiFailure> {
    Err(ApiFailure::sign_in_required())
}

/// Adds an agent from the desk's own machine, by the same rules as `POST /agents`; closes the set-up link.
pub async fn add(_app: &App, _new: wire::NewAgent) -> Result<wire::Agent, ApiFailure> {
    Err(ApiFailure::not_found())
}

/// What the agents' side keeps in memory while the desk runs. Part of [`App`] as `app.agents`.
#[derive(Debug, Default)]
pub struct AgentState;

/// Everything that is no route of the API: the console's pages.
pub async fn fallback() -> ApiFailure {
    ApiFailure::not_found()
}
