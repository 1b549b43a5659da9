//! Who did what: one row for every act of consequence, in the same transaction as the act.
//!
//! Holds ids and words of a fixed vocabulary. Never a person's text, never a secret.

use nightline_types::Timestamp;
use sqlx::SqliteConnection;

use crate::secret;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// A device, by its own key or token.
    Device,
    /// The desk itself.
    Desk,
    /// An agent, by name.
    Agent(&'a str),
}

impl Actor<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Device => "device",
            Self::Desk => "desk",
            Self::Agent(name) => name,
        }
    }
}

/// Writes one row. `action` is a stable kebab-case word, `subject` an id, `detail` short and free of personal data.
pub async fn audit(
    tx: &mut SqliteConnection,
    at: Timestamp,
    actor: Actor<'_>,
    action: &'static str,
    subject: &str,
    detail: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO audit (id, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(secret::ordered_id(at))
        .bind(at.unix_ms())
        .bind(actor.as_str())
        .bind(action)
        .bind(subject)
        .bind(detail)
        .execute(tx)
        .await?;
    Ok(())
}
