//! Closing a ticket: the draft of its technical log, and the log as the agent edited it. No log, no closing.

use axum::Extension;
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use nightline_protocol::{ErrorCode, TechnicalLog, TicketStatus};
use nightline_text::{Language, Texts};
use serde::Deserialize;

use super::session::SignedIn;
use super::stored::{self, to_word};
use super::wire::{Close, TicketPage};
use super::{draft, page};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;

/// A page of text; what is longer belongs into a file.
const MAX_FIELD_BYTES: usize = 4_096;

/// The reader's language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftQuestion {
    lang: Option<String>,
}

/// `GET /api/agent/v1/tickets/{number}/log-draft`.
pub(super) async fn log_draft(
    State(app): State<App>,
    Path(number): Path<String>,
    question: Result<Query<DraftQuestion>, QueryRejection>,
) -> Result<axum::Json<TechnicalLog>, ApiFailure> {
    let Query(question) = question.map_err(|error| ApiFailure::bad_request(error.body_text()))?;
    let language = match question.lang.as_deref() {
        None | Some("") => Language::English,
        Some(text) => text.parse().map_err(|_| ApiFailure::bad_request("`lang` is en or zh-CN"))?,
    };
    let page = page::of(&app, &number).await?;
    Ok(axum::Json(draft::log(&page, &Texts::new(language))))
}

/// `POST /api/agent/v1/tickets/{number}/close`. Closing a closed ticket replaces its log;
/// one that the person closed gets its log so.
pub(super) async fn close(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path(number): Path<String>,
    Json(Close { log }): Json<Close>,
) -> Result<axum::Json<TicketPage>, ApiFailure> {
    let log = checked(log)?;
    let json = serde_json::to_string(&log).map_err(|error| ApiFailure::internal(&error))?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let ticket = stored::ticket(&mut tx, &number).await?;
    sqlx::query(
        "UPDATE tickets SET status = $1, log = $2, closed_at = COALESCE(closed_at, $3),
                closed_by = COALESCE(closed_by, 'agent'), answered_at = COALESCE(answered_at, $3)
         WHERE number = $4",
    )
    .bind(to_word(&TicketStatus::Closed))
    .bind(json)
    .bind(now.unix_ms())
    .bind(ticket.number.as_str())
    .execute(&mut *tx)
    .await?;
    let detail = format!("{} -> closed", to_word(&ticket.status));
    audit(&mut tx, now, Actor::Agent(&agent.name), "ticket-closed", ticket.number.as_str(), &detail).await?;
    tx.commit().await?;
    page::of(&app, &number).await.map(axum::Json)
}

fn checked(log: TechnicalLog) -> Result<TechnicalLog, ApiFailure> {
    let field = |name: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() {
            return Err(ApiFailure::bad_request(format!("`{name}` is empty")));
        }
        if text.len() > MAX_FIELD_BYTES {
            return Err(ApiFailure::new(
                ErrorCode::TooLarge,
                format!("`{name}` has more than {MAX_FIELD_BYTES} bytes"),
            ));
        }
        Ok(text.to_owned())
    };
    Ok(TechnicalLog {
        when: field("when", &log.when)?,
        cause: field("cause", &log.cause)?,
        measure: field("measure", &log.measure)?,
        permanent_fix: field("permanent_fix", &log.permanent_fix)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_fields_are_needed_and_bounded() {
        check(["a", "b", "c", "d"], None);
        check(["", "b", "c", "d"], Some(ErrorCode::BadRequest));
        check(["a", " \n", "c", "d"], Some(ErrorCode::BadRequest));
        check(["a", "b", "\u{3000}", "d"], Some(ErrorCode::BadRequest));
        check(["a", "b", "c", ""], Some(ErrorCode::BadRequest));
        check(["a", "b", "c", &"x".repeat(MAX_FIELD_BYTES + 1)], Some(ErrorCode::TooLarge));
    }

    #[track_caller]
    fn check([when, cause, measure, fix]: [&str; 4], expected: Option<ErrorCode>) {
        let log = TechnicalLog {
            when: when.to_owned(),
            cause: cause.to_owned(),
            measure: measure.to_owned(),
            permanent_fix: fix.to_owned(),
        };
        assert_eq!(checked(log).err().map(|it| it.code()), expected);
    }
}
