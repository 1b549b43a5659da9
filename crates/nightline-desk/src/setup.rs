//! The one-time set-up link: prints a fresh token at each start until the first agent was made with one.
//!
//! Only the token's hash is stored. Using it is the agents' side (`POST /api/agent/v1/setup`), in one transaction
//! with the first agent: [`take`].

use sqlx::SqliteConnection;

use crate::db::Db;
use crate::secret;

/// The only row of the table.
const ROW: i64 = 1;

/// Whether the first agent is still to be made.
pub async fn is_open(db: &Db) -> Result<bool, sqlx::Error> {
    let done: Option<Option<i64>> = sqlx::query_scalar("SELECT done_at FROM setup WHERE id = $1")
        .bind(ROW)
        .fetch_optional(db.read())
        .await?;
    Ok(done.flatten().is_none())
}

/// A fresh token while the set-up is open; the one before it ends. `None` once it was used.
pub async fn offer(db: &Db) -> Result<Option<String>, sqlx::Error> {
    let Some(token) = secret::token() else { return Ok(None) };
    let mut tx = db.write().await?;
    let written = sqlx::query(
        "INSERT INTO setup (id, token_hash, done_at) VALUES ($1, $2, NULL)
         ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash WHERE setup.done_at IS NULL",
    )
    .bind(ROW)
    .bind(secret::hash(&token))
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok((written > 0).then_some(token))
}

/// Whether this is the token of the link that was printed last. Takes nothing: [`take`] decides.
pub async fn fits(db: &Db, token: &str) -> Result<bool, sqlx::Error> {
    let stored: Option<Option<String>> = sqlx::query_scalar("SELECT token_hash FROM setup WHERE id = $1")
        .bind(ROW)
        .fetch_optional(db.read())
        .await?;
    Ok(stored.flatten().is_some_and(|stored| secret::same(&stored, &secret::hash(token))))
}

/// Uses the token up: true for the one caller who has it, false for everyone else and ever after.
pub async fn take(
    tx: &mut SqliteConnection,
    token: &str,
    now: nightline_types::Timestamp,
) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query(
        "UPDATE setup SET done_at = $1, token_hash = NULL WHERE id = $2 AND done_at IS NULL AND token_hash = $3",
    )
    .bind(now.unix_ms())
    .bind(ROW)
    .bind(secret::hash(token))
    .execute(tx)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Closes the set-up without a token: an agent was made on the desk's own console (`agent add`).
pub async fn close(tx: &mut SqliteConnection, now: nightline_types::Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO setup (id, token_hash, done_at) VALUES ($1, NULL, $2)
         ON CONFLICT (id) DO UPDATE SET token_hash = NULL, done_at = COALESCE(setup.done_at, excluded.done_at)",
    )
    .bind(ROW)
    .bind(now.unix_ms())
    .execute(tx)
    .await?;
    Ok(())
}
