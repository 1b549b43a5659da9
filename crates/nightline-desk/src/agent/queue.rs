//! The queue: which tickets, in which order, one page after another. Changes nothing.

use axum::Extension;
use axum::extract::{Query, State, rejection::QueryRejection};
use nightline_protocol::{TicketNumber, TicketStatus, TicketSummary};
use nightline_types::{Severity, Timestamp, WhichMachine};
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

use super::order::{KEYS, Place};
use super::session::SignedIn;
use super::stored::{self, word};
use super::wire::{Queue, QueueRow};
use crate::app::App;
use crate::error::ApiFailure;
use crate::search;
use crate::ticket::search_texts;

/// A page that fills a tall screen.
const USUAL_LIMIT: u32 = 50;
/// The largest page: about 60 kB.
const MAX_LIMIT: u32 = 200;
/// Longer questions are pasted by mistake.
const MAX_QUESTION_CHARACTERS: usize = 200;
/// Tickets whose texts are read to find a Chinese phrase, the most urgent ones: a tenth of a second at most.
const MAX_CANDIDATES: u32 = 2_000;
/// A row shows this much of the person's words.
const WHAT_CHARACTERS: usize = 200;

/// What the console asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Question {
    status: Option<String>,
    severity: Option<Severity>,
    owner: Option<String>,
    q: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

/// `GET /api/agent/v1/tickets`.
pub(super) async fn queue(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    question: Result<Query<Question>, QueryRejection>,
) -> Result<axum::Json<Queue>, ApiFailure> {
    let Query(question) = question.map_err(|error| ApiFailure::bad_request(error.body_text()))?;
    let filter = Filter::of(&question, &agent.id)?;
    let limit = question.limit.unwrap_or(USUAL_LIMIT).clamp(1, MAX_LIMIT);
    let after = match question.after.as_deref() {
        None | Some("") => None,
        Some(cursor) => Some(
            Place::from_cursor(cursor)
                .ok_or_else(|| ApiFailure::bad_request("`after` is no place in the queue"))?,
        ),
    };
    let mut connection = app.db.read().acquire().await?;
    let (rows, total) = if filter.phrases.is_empty() {
        let total: i64 = filter.count().build().fetch_one(&mut *connection).await?.try_get("total")?;
        // One more than asked for tells whether there are more.
        let rows = filter.page(after.as_ref(), limit + 1).build().fetch_all(&mut *connection).await?;
        (rows, u64::try_from(total).unwrap_or(0))
    } else {
        let candidates = filter.page(None, MAX_CANDIDATES).build().fetch_all(&mut *connection).await?;
        filter.verified(candidates, after.as_ref())?
    };
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let next = match rows.get(size.wrapping_sub(1)) {
        Some(last) if rows.len() > size => Some(place(last)?.to_cursor()),
        _ => None,
    };
    let tickets = rows.iter().take(size).map(row).collect::<Result<_, _>>()?;
    Ok(axum::Json(Queue { tickets, total, next, now: app.now() }))
}

struct Filter {
    status: Option<&'static str>,
    severity: Option<Severity>,
    owner: Owner,
    words: Vec<String>,
    phrases: Vec<String>,
}

enum Owner {
    Any,
    Nobody,
    Agent(String),
}

impl Filter {
    fn of(question: &Question, me: &str) -> Result<Self, ApiFailure> {
        let status = match question.status.as_deref() {
            None | Some("" | "active") => Some("status <> 'closed'"),
            Some("closed") => Some("status = 'closed'"),
            Some("all") => None,
            Some(_) => return Err(ApiFailure::bad_request("`status` is active, closed or all")),
        };
        let owner = match question.owner.as_deref() {
            None | Some("") => Owner::Any,
            Some("me") => Owner::Agent(me.to_owned()),
            Some("none") => Owner::Nobody,
            Some(_) => return Err(ApiFailure::bad_request("`owner` is me or none")),
        };
        let q = question.q.as_deref().unwrap_or_default();
        if q.chars().count() > MAX_QUESTION_CHARACTERS {
            return Err(ApiFailure::bad_request("`q` is too long"));
        }
        Ok(Self {
            status,
            severity: question.severity,
            owner,
            words: search::query(q),
            phrases: search::phrases(q),
        })
    }

    fn count(&self) -> QueryBuilder<Sqlite> {
        let mut sql = QueryBuilder::new("SELECT COUNT(*) AS total FROM tickets WHERE 1 = 1");
        self.conditions(&mut sql);
        sql
    }

    fn page(&self, after: Option<&Place>, limit: u32) -> QueryBuilder<Sqlite> {
        let mut sql = QueryBuilder::new(
            "SELECT placed.*, agents.name AS owner_name,
            (SELECT author FROM messages WHERE messages.ticket = placed.number
             ORDER BY messages.at DESC, messages.id DESC LIMIT 1) AS last_author,
            (SELECT MAX(at) FROM messages WHERE messages.ticket = placed.number AND author = 'agent') AS answered_last,
            (SELECT MAX(received_at) FROM attachments WHERE attachments.ticket = placed.number) AS file_last
            FROM (SELECT number, summary, severity, status, owner, received_at, response_due, answered_at,
                  bundle_state,",
        );
        sql.push(KEYS).push(" FROM tickets WHERE 1 = 1");
        self.conditions(&mut sql);
        sql.push(") AS placed LEFT JOIN agents ON agents.id = placed.owner");
        if let Some(after) = after {
            sql.push(" WHERE (place_group, place_first, place_second, number) > (")
                .push_bind(after.group)
                .push(", ")
                .push_bind(after.first)
                .push(", ")
                .push_bind(after.second)
                .push(", ")
                .push_bind(after.number.clone())
                .push(")");
        }
        sql.push(" ORDER BY place_group, place_first, place_second, number LIMIT ")
            .push_bind(i64::from(limit));
        sql
    }

    /// Those of the candidates that hold the phrases, behind `after`, and how many hold them in all.
    fn verified(
        &self,
        candidates: Vec<SqliteRow>,
        after: Option<&Place>,
    ) -> Result<(Vec<SqliteRow>, u64), ApiFailure> {
        let (mut rows, mut total) = (Vec::new(), 0_u64);
        for row in candidates {
            let number = number(&row)?;
            let summary = stored::summary(row.try_get("summary")?);
            if search::hold(search_texts(&number, &summary), &self.phrases) {
                total += 1;
                if after.is_none_or(|after| place(&row).is_ok_and(|it| it > *after)) {
                    rows.push(row);
                }
            }
        }
        Ok((rows, total))
    }

    fn conditions(&self, sql: &mut QueryBuilder<Sqlite>) {
        if let Some(status) = self.status {
            sql.push(" AND ").push(status);
        }
        if let Some(severity) = self.severity {
            sql.push(" AND severity = ").push_bind(severity.to_string());
        }
        match &self.owner {
            Owner::Any => {}
            Owner::Nobody => {
                sql.push(" AND owner IS NULL");
            }
            Owner::Agent(id) => {
                sql.push(" AND owner = ").push_bind(id.clone());
            }
        }
        // The tokenizer gives words without `%`; `_` inside a name is a wildcard and is escaped.
        for word in &self.words {
            let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            sql.push(" AND search LIKE ").push_bind(format!("% {escaped} %")).push(" ESCAPE '\\'");
        }
    }
}

fn place(row: &SqliteRow) -> Result<Place, sqlx::Error> {
    Ok(Place {
        group: row.try_get("place_group")?,
        first: row.try_get("place_first")?,
        second: row.try_get("place_second")?,
        number: row.try_get("number")?,
    })
}

fn number(row: &SqliteRow) -> Result<TicketNumber, ApiFailure> {
    row.try_get::<&str, _>("number")?.parse().map_err(|error| ApiFailure::internal(&error))
}

fn row(row: &SqliteRow) -> Result<QueueRow, ApiFailure> {
    let number = number(row)?;
    let summary = stored::summary(row.try_get("summary")?);
    let status = word(row.try_get("status")?).unwrap_or(TicketStatus::Open);
    let answered = stored::optional_time(row, "answered_at")?.is_some();
    let due = Timestamp::from_unix_ms(row.try_get("response_due")?);
    let last_author: Option<String> = row.try_get("last_author")?;
    // An absent time is earlier than any.
    let file_last: Option<i64> = row.try_get("file_last")?;
    let answered_last: Option<i64> = row.try_get("answered_last")?;
    Ok(QueueRow {
        number,
        severity: word(row.try_get("severity")?).unwrap_or(Severity::P2),
        status,
        what: summary.intake.what.chars().take(WHAT_CHARACTERS).collect(),
        culprit: summary.verdict.as_ref().map(|it| it.culprit),
        machine: machine(&summary),
        target: summary.intake.target.as_ref().map(|it| it.given().to_owned()),
        owner: row.try_get("owner_name")?,
        received_at: Timestamp::from_unix_ms(row.try_get("received_at")?),
        response_due: (!answered && status != TicketStatus::Closed).then_some(due),
        unread: last_author.as_deref() == Some("customer") || file_last > answered_last,
        bundle_complete: row.try_get::<&str, _>("bundle_state")? == "complete",
    })
}

/// The machine that the fault is on.
fn machine(summary: &TicketSummary) -> Option<String> {
    let other = summary.intake.other_machine.as_ref();
    if summary.intake.machine == WhichMachine::Other
        && let Some(name) = other.and_then(|it| it.model.clone().or_else(|| it.asset_tag.clone()))
    {
        return Some(name);
    }
    summary.machine.as_ref().and_then(|it| it.host_name.clone().or_else(|| it.model.clone()))
}
