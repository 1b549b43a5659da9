//! A ticket as it lies in the database, for the agents' side. Reads documents leniently: one that does not parse
//! shows as empty instead of taking the whole queue away.

use nightline_protocol::{MessageAuthor, TechnicalLog, TicketNumber, TicketStatus, TicketSummary};
use nightline_types::{Intake, Severity, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::error::ApiFailure;

/// One row of `tickets`.
pub(super) struct Stored {
    pub number: TicketNumber,
    pub summary: TicketSummary,
    pub severity: Severity,
    pub status: TicketStatus,
    pub owner: Option<String>,
    pub created_at: Timestamp,
    pub received_at: Timestamp,
    pub response_due: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub log: Option<TechnicalLog>,
    pub closed_by: Option<MessageAuthor>,
    pub bundle_size: u64,
    pub bundle_state: String,
    pub bundle_key: Option<String>,
    pub bundle_problem: String,
}

const ONE: &str =
    "SELECT number, summary, severity, status, owner, created_at, received_at, response_due, answered_at,
    log, closed_by, bundle_size, bundle_state, bundle_key, bundle_problem FROM tickets WHERE number = $1";

/// The ticket with this number as it stands in a path; 404 for everything that is none.
pub(super) async fn ticket(connection: &mut SqliteConnection, number: &str) -> Result<Stored, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    let row = sqlx::query(ONE).bind(number.as_str()).fetch_optional(connection).await?;
    let row = row.ok_or_else(ApiFailure::not_found)?;
    let time = |column: &str| row.try_get::<i64, _>(column).map(Timestamp::from_unix_ms);
    let log: Option<String> = row.try_get("log")?;
    Ok(Stored {
        summary: summary(row.try_get("summary")?),
        severity: word(row.try_get("severity")?).unwrap_or(Severity::P2),
        status: word(row.try_get("status")?).unwrap_or(TicketStatus::Open),
        owner: row.try_get("owner")?,
        created_at: time("created_at")?,
        received_at: time("received_at")?,
        response_due: time("response_due")?,
        answered_at: optional_time(&row, "answered_at")?,
        log: log.and_then(|it| serde_json::from_str(&it).ok()),
        closed_by: row.try_get::<Option<&str>, _>("closed_by")?.and_then(word),
        bundle_size: u64::try_from(row.try_get::<i64, _>("bundle_size")?).unwrap_or(0),
        bundle_state: row.try_get("bundle_state")?,
        bundle_key: row.try_get("bundle_key")?,
        bundle_problem: row.try_get::<Option<String>, _>("bundle_problem")?.unwrap_or_default(),
        number,
    })
}

/// A summary, or an empty one for a document that this version cannot read.
pub(super) fn summary(json: &str) -> TicketSummary {
    serde_json::from_str(json).unwrap_or_else(|_| TicketSummary {
        severity: Severity::P2,
        response_minutes: 0,
        intake: Intake::about(""),
        verdict: None,
        machine: None,
        language: "en".to_owned(),
        cut: Vec::new(),
    })
}

/// An enum as it is stored: the word it has on the wire.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// The word that an enum has on the wire.
pub(super) fn to_word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A time column that may be empty.
pub(super) fn optional_time(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>, sqlx::Error> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_unix_ms))
}
