//! Sessions: who is signed in, and for how long. Stores only the hash of a session's token.

use std::fmt;
use std::time::Duration;

use axum::http::{HeaderMap, Method, Uri};
use nightline_protocol::ErrorCode;
use nightline_types::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::{cookie, origin};
use crate::app::App;
use crate::error::ApiFailure;
use crate::secret;

/// A session that nobody used for this long has ended: a shift and the way home.
pub const IDLE_LIMIT: Duration = Duration::from_secs(12 * 3_600);
/// A session ends after this long, used or not: a stolen cookie is good for a week at most.
pub const ABSOLUTE_LIMIT: Duration = Duration::from_secs(7 * 24 * 3_600);
/// How stale `last_seen` may be. Without it every read of the console would be a write.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// The agent who makes a request.
#[derive(Clone)]
pub struct SignedIn {
    /// The agent's id.
    pub id: String,
    /// The agent's address.
    pub email: String,
    /// Shown to customers and in the audit log.
    pub name: String,
    /// May add agents, approve devices and read the audit log.
    pub admin: bool,
    /// What unsafe requests of this session carry.
    pub(super) csrf: String,
    /// SHA-256 of the session's token.
    pub(super) session: String,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("id", &self.id).field("admin", &self.admin).finish_non_exhaustive()
    }
}

/// A session that was just begun.
pub(super) struct Begun {
    /// For the cookie; stored nowhere.
    pub token: String,
    /// For [`super::wire::Me`].
    pub csrf: String,
}

/// Begins a session and forgets those that have ended.
pub(super) async fn begin(
    tx: &mut SqliteConnection,
    agent: &str,
    now: Timestamp,
) -> Result<Begun, ApiFailure> {
    let (Some(token), Some(csrf)) = (secret::token(), secret::token()) else {
        return Err(ApiFailure::new(ErrorCode::Internal, "the system has no randomness"));
    };
    sqlx::query("DELETE FROM sessions WHERE expires <= $1 OR last_seen <= $2")
        .bind(now.unix_ms())
        .bind(now.minus(IDLE_LIMIT).unix_ms())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO sessions (token_hash, agent, csrf, created_at, last_seen, expires) VALUES ($1, $2, $3, $4, $4, $5)",
    )
    .bind(secret::hash(&token))
    .bind(agent)
    .bind(&csrf)
    .bind(now.unix_ms())
    .bind(now.plus(ABSOLUTE_LIMIT).unix_ms())
    .execute(tx)
    .await?;
    Ok(Begun { token, csrf })
}

/// Ends a session; ending it twice is the same.
pub(super) async fn end(tx: &mut SqliteConnection, session: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(session).execute(tx).await?;
    Ok(())
}

/// The agent of a request: by the session cookie, and for unsafe methods also by origin and the session's value.
pub async fn authenticate(
    app: &App,
    method: &Method,
    _: &Uri,
    headers: &HeaderMap,
) -> Result<SignedIn, ApiFailure> {
    let unsafe_method = !origin::is_safe(method);
    if unsafe_method && !origin::is_own(headers) {
        return Err(foreign());
    }
    let token =
        cookie::read(headers, app.settings.is_encrypted()).ok_or_else(ApiFailure::sign_in_required)?;
    let (agent, last_seen) = load(app, secret::hash(&token)).await?;
    if unsafe_method && !origin::carries(headers, &agent.csrf) {
        return Err(ApiFailure::new(ErrorCode::Forbidden, "the request does not carry this session's value"));
    }
    if app.now().since(last_seen) >= SEEN_EVERY {
        let mut tx = app.db.write().await?;
        sqlx::query("UPDATE sessions SET last_seen = $1 WHERE token_hash = $2")
            .bind(app.now().unix_ms())
            .bind(&agent.session)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
    }
    Ok(agent)
}

/// The refusal of a request that another site's page made.
pub(super) fn foreign() -> ApiFailure {
    ApiFailure::new(ErrorCode::Forbidden, "the request does not come from the desk's own pages")
}

async fn load(app: &App, session: String) -> Result<(SignedIn, Timestamp), ApiFailure> {
    let now = app.now();
    let row = sqlx::query(
        "SELECT agents.id, agents.email, agents.name, agents.admin, sessions.csrf, sessions.last_seen
         FROM sessions JOIN agents ON agents.id = sessions.agent
         WHERE sessions.token_hash = $1 AND sessions.expires > $2 AND sessions.last_seen > $3",
    )
    .bind(&session)
    .bind(now.unix_ms())
    .bind(now.minus(IDLE_LIMIT).unix_ms())
    .fetch_optional(app.db.read())
    .await?
    .ok_or_else(ApiFailure::sign_in_required)?;
    let agent = SignedIn {
        id: row.try_get("id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        admin: row.try_get::<i64, _>("admin")? != 0,
        csrf: row.try_get("csrf")?,
        session,
    };
    Ok((agent, Timestamp::from_unix_ms(row.try_get("last_seen")?)))
}
