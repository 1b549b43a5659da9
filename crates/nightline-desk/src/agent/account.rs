//! Agents' accounts: what an address and a name must be, and how an account is made. Never returns a password.

use nightline_protocol::ErrorCode;
use nightline_types::Timestamp;
use sqlx::{Row, SqliteConnection};
use zeroize::Zeroizing;

use super::password::{self, HashError, PasswordRule};
use super::wire::{Agent, NewAgent};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::error::ApiFailure;
use crate::secret;

/// The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3, without the angle brackets).
const MAX_EMAIL_BYTES: usize = 254;
/// Longer names fit no line of the console.
const MAX_NAME_CHARACTERS: usize = 100;
/// Words that the audit log uses for others than agents.
const RESERVED_NAMES: [&str; 2] = ["device", "desk"];

/// Why an account cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum AddAgentError {
    /// No `name@host`, or too long.
    #[error("this is no e-mail address")]
    Email,
    /// Empty, too long, with control characters, or a word that the audit log needs.
    #[error("a name has 1 to {MAX_NAME_CHARACTERS} characters, and is not `device` or `desk`")]
    Name,
    /// The password breaks a rule.
    #[error("the password cannot be used")]
    Password(#[source] PasswordRule),
    /// The password could not be hashed.
    #[error("hash the password")]
    Hash(#[source] HashError),
    /// Another agent has this address.
    #[error("an agent with this address exists")]
    Taken,
    /// The database.
    #[error("write the agent")]
    Db(#[source] sqlx::Error),
    /// No id could be made.
    #[error("the system has no randomness")]
    Randomness,
}

impl From<sqlx::Error> for AddAgentError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error)
    }
}

impl From<AddAgentError> for ApiFailure {
    fn from(error: AddAgentError) -> Self {
        match error {
            AddAgentError::Email | AddAgentError::Name => Self::bad_request(error.to_string()),
            AddAgentError::Password(rule) => Self::bad_request(rule.to_string()),
            AddAgentError::Hash(error) => super::sign_in::busy(error),
            AddAgentError::Taken => Self::new(ErrorCode::Conflict, error.to_string()),
            AddAgentError::Db(error) => error.into(),
            AddAgentError::Randomness => Self::new(ErrorCode::Internal, error.to_string()),
        }
    }
}

/// Makes an account, as `nightline-desk agent add` does: no session, no signed-in agent behind it. Whoever can write
/// to the data folder is the operator. Closes the one-time set-up, for there is an agent now.
pub async fn add(app: &App, new: NewAgent) -> Result<Agent, ApiFailure> {
    let ready = Ready::new(app, new).await?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let agent = ready.insert(&mut tx, now, Actor::Desk).await?;
    crate::setup::close(&mut tx, now).await?;
    tx.commit().await?;
    Ok(agent)
}

/// A checked account with its password hashed, outside of any transaction.
pub(super) struct Ready {
    email: String,
    name: String,
    hash: String,
    admin: bool,
}

impl Ready {
    /// Checks the fields and hashes the password.
    pub(super) async fn new(app: &App, new: NewAgent) -> Result<Self, AddAgentError> {
        let password = Zeroizing::new(new.password);
        let email = fold_email(&new.email);
        if !is_email(&email) {
            return Err(AddAgentError::Email);
        }
        let name = new.name.trim().to_owned();
        if !is_name(&name) {
            return Err(AddAgentError::Name);
        }
        password::check_rule(&password).map_err(AddAgentError::Password)?;
        let hash = app.agents.passwords.hash(password).await.map_err(AddAgentError::Hash)?;
        Ok(Self { email, name, hash, admin: new.admin })
    }

    /// Writes the account and its audit row.
    pub(super) async fn insert(
        self,
        tx: &mut SqliteConnection,
        now: Timestamp,
        actor: Actor<'_>,
    ) -> Result<Agent, AddAgentError> {
        let id = secret::random::<8>().map(|it| data_encoding::HEXLOWER.encode(&it));
        let id = id.ok_or(AddAgentError::Randomness)?;
        let written = sqlx::query(
            "INSERT INTO agents
                (id, email, name, password_hash, admin, language, created_at, failed_logins, locked_until)
             VALUES ($1, $2, $3, $4, $5, '', $6, 0, 0) ON CONFLICT (email) DO NOTHING RETURNING id",
        )
        .bind(&id)
        .bind(&self.email)
        .bind(&self.name)
        .bind(&self.hash)
        .bind(i64::from(self.admin))
        .bind(now.unix_ms())
        .fetch_optional(&mut *tx)
        .await?;
        if written.is_none() {
            return Err(AddAgentError::Taken);
        }
        audit(tx, now, actor, "agent-added", &id, if self.admin { "administrator" } else { "agent" }).await?;
        Ok(Agent { id, name: self.name, email: self.email, admin: self.admin })
    }
}

/// All agents by name.
pub(super) async fn list(app: &App) -> Result<Vec<Agent>, sqlx::Error> {
    let rows = sqlx::query("SELECT id, name, email, admin FROM agents ORDER BY name, id LIMIT 1000")
        .fetch_all(app.db.read())
        .await?;
    rows.iter().map(of_row).collect()
}

/// One agent by id.
pub(super) async fn by_id(tx: &mut SqliteConnection, id: &str) -> Result<Option<Agent>, sqlx::Error> {
    let row = sqlx::query("SELECT id, name, email, admin FROM agents WHERE id = $1")
        .bind(id)
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(of_row).transpose()
}

fn of_row(row: &sqlx::sqlite::SqliteRow) -> Result<Agent, sqlx::Error> {
    Ok(Agent {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        admin: row.try_get::<i64, _>("admin")? != 0,
    })
}

/// An address as it is stored and compared: without space around it, in lower case.
pub(super) fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

fn is_email(email: &str) -> bool {
    let whole = email.len() <= MAX_EMAIL_BYTES && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    let parts = email.rsplit_once('@');
    whole && parts.is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !local.contains('@'))
}

fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=MAX_NAME_CHARACTERS).contains(&length)
        && !name.chars().any(char::is_control)
        && !RESERVED_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        check(" Ana.Ortiz@Example.COM ", true);
        check("ana@localhost", true);
        check("安娜@例子.中国", true);
        check("", false);
        check("ana", false);
        check("@example.com", false);
        check("ana@", false);
        check("ana@b@c", false);
        check("an a@example.com", false);
        check("ana@exa\0mple.com", false);
        check(&format!("{}@example.com", "a".repeat(250)), false);
    }

    #[test]
    fn no_agent_is_called_like_the_desk_itself() {
        for (name, expected) in
            [("Ana", true), ("安娜", true), ("", false), ("Desk", false), ("device", false), ("a\nb", false)]
        {
            assert_eq!(is_name(name), expected, "{name}");
        }
        assert!(!is_name(&"x".repeat(MAX_NAME_CHARACTERS + 1)));
    }

    #[track_caller]
    fn check(email: &str, expected: bool) {
        assert_eq!(is_email(&fold_email(email)), expected, "{email}");
    }
}
