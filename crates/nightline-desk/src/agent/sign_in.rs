//! Signing in and out. An unknown address, a wrong password and a locked account cannot be told from each other by
//! the work that is done or, for the first two, by the answer; an unknown address locks like a known one.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nightline_protocol::ErrorCode;
use nightline_types::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Row;
use zeroize::Zeroizing;

use super::password::{self, HashError};
use super::session::{self, Begun, SignedIn};
use super::wire::{Me, SignIn};
use super::{account, cookie, lock, origin};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;
use crate::peer::Peer;
use crate::secret;

/// `POST /api/agent/v1/sign-in`.
pub(super) async fn sign_in(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Json(given): Json<SignIn>,
) -> Result<Response, ApiFailure> {
    if !origin::is_own(&headers) {
        return Err(session::foreign());
    }
    let now = app.now();
    app.limits.sign_ins.take(lock::network_of(peer.address), now)?;
    let password = Zeroizing::new(given.password);
    if password.len() > password::MAX_BYTES {
        return Err(wrong());
    }
    let email = account::fold_email(&given.email);
    let known = known(&app, &email).await?;
    let digest = <[u8; 32]>::from(Sha256::digest(email.as_bytes()));
    let locked =
        known.as_ref().map_or_else(|| app.agents.unknown.locked_until(&digest), |it| it.locked_until);
    if locked > now {
        return Err(wait(locked, now));
    }
    let stored = known.as_ref().map(|it| it.hash.clone());
    let fits = app.agents.passwords.fits(password, stored).await.map_err(busy)?;
    match known {
        Some(agent) if fits => welcome(&app, &headers, agent).await,
        Some(agent) => {
            count_failure(&app, &agent.id).await?;
            Err(wrong())
        }
        None => {
            app.agents.unknown.failed(digest, now);
            // One row and one sync to the disk, as for an address that is known.
            let mut tx = app.db.write().await?;
            audit(&mut tx, now, Actor::Desk, "sign-in-failed", "", "unknown address").await?;
            tx.commit().await?;
            Err(wrong())
        }
    }
}

/// `DELETE /api/agent/v1/session`.
pub(super) async fn sign_out(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
) -> Result<Response, ApiFailure> {
    let mut tx = app.db.write().await?;
    session::end(&mut tx, &agent.session).await?;
    audit(&mut tx, app.now(), Actor::Agent(&agent.name), "signed-out", &agent.id, "").await?;
    tx.commit().await?;
    let mut answer = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut answer, &cookie::clear(app.settings.is_encrypted()))?;
    Ok(answer)
}

/// `GET /api/agent/v1/me`.
pub(super) async fn me(State(app): State<App>, Extension(agent): Extension<SignedIn>) -> axum::Json<Me> {
    axum::Json(about(&app, &agent, agent.csrf.clone()))
}

/// An answer with [`Me`] and the cookie of a session that was just begun.
pub(super) fn signed_in(app: &App, agent: &SignedIn, begun: Begun) -> Result<Response, ApiFailure> {
    let mut answer = axum::Json(about(app, agent, begun.csrf)).into_response();
    set_cookie(&mut answer, &cookie::set(begun.token, app.settings.is_encrypted()))?;
    Ok(answer)
}

struct Known {
    id: String,
    email: String,
    name: String,
    admin: bool,
    hash: String,
    locked_until: Timestamp,
}

async fn known(app: &App, email: &str) -> Result<Option<Known>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT id, email, name, admin, password_hash, locked_until FROM agents WHERE email = $1",
    )
    .bind(email)
    .fetch_optional(app.db.read())
    .await?;
    row.map(|row| {
        Ok(Known {
            id: row.try_get("id")?,
            email: row.try_get("email")?,
            name: row.try_get("name")?,
            admin: row.try_get::<i64, _>("admin")? != 0,
            hash: row.try_get("password_hash")?,
            locked_until: Timestamp::from_unix_ms(row.try_get("locked_until")?),
        })
    })
    .transpose()
}

async fn welcome(app: &App, headers: &HeaderMap, known: Known) -> Result<Response, ApiFailure> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    // A session that this browser had before is over: the new token is never one that somebody could have planted.
    if let Some(old) = cookie::read(headers, app.settings.is_encrypted()) {
        session::end(&mut tx, &secret::hash(&old)).await?;
    }
    sqlx::query("UPDATE agents SET failed_logins = 0, locked_until = 0 WHERE id = $1")
        .bind(&known.id)
        .execute(&mut *tx)
        .await?;
    let begun = session::begin(&mut tx, &known.id, now).await?;
    audit(&mut tx, now, Actor::Agent(&known.name), "signed-in", &known.id, "").await?;
    tx.commit().await?;
    let agent = SignedIn {
        id: known.id,
        email: known.email,
        name: known.name,
        admin: known.admin,
        csrf: begun.csrf.clone(),
        session: secret::hash(&begun.token),
    };
    signed_in(app, &agent, begun)
}

async fn count_failure(app: &App, id: &str) -> Result<(), ApiFailure> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let failures: i64 = sqlx::query(
        "UPDATE agents SET failed_logins = failed_logins + 1 WHERE id = $1 RETURNING failed_logins",
    )
    .bind(id)
    .fetch_one(&mut *tx)
    .await?
    .try_get(0)?;
    let until = now.plus(lock::lock_after(u32::try_from(failures).unwrap_or(u32::MAX)));
    sqlx::query("UPDATE agents SET locked_until = $1 WHERE id = $2")
        .bind(until.unix_ms())
        .bind(id)
        .execute(&mut *tx)
        .await?;
    audit(&mut tx, now, Actor::Desk, "sign-in-failed", id, "wrong password").await?;
    tx.commit().await?;
    Ok(())
}

fn about(app: &App, agent: &SignedIn, csrf: String) -> Me {
    Me {
        id: agent.id.clone(),
        email: agent.email.clone(),
        name: agent.name.clone(),
        admin: agent.admin,
        organisation: app.settings.organisation.clone(),
        csrf,
        now: app.now(),
    }
}

fn set_cookie(answer: &mut Response, cookie: &str) -> Result<(), ApiFailure> {
    let value = HeaderValue::from_str(cookie).map_err(|error| ApiFailure::internal(&error))?;
    answer.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

fn wrong() -> ApiFailure {
    ApiFailure::new(ErrorCode::SignInRequired, "the address or the password is wrong")
}

fn wait(until: Timestamp, now: Timestamp) -> ApiFailure {
    let seconds = until.since(now).as_secs().saturating_add(1);
    ApiFailure::new(ErrorCode::TooManyRequests, "too many wrong passwords; wait a little")
        .with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
}

/// The refusal where no password can be hashed now.
pub(super) fn busy(error: HashError) -> ApiFailure {
    match error {
        HashError::Busy => {
            ApiFailure::new(ErrorCode::TooManyRequests, "too many sign-ins at once; wait a little")
                .with_header(header::RETRY_AFTER, HeaderValue::from(2_u64))
        }
        HashError::Failed => ApiFailure::internal(&error),
    }
}
