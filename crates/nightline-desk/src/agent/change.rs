//! Changes of status, severity and owner, each with its old and new value in the audit log. Does not close tickets.

use axum::Extension;
use axum::extract::{Path, State};
use nightline_protocol::TicketStatus;
use nightline_types::{Severity, SeverityTable};
use sqlx::SqliteConnection;

use super::session::SignedIn;
use super::stored::{self, Stored, to_word};
use super::wire::{TicketChange, TicketPage};
use super::{account, page};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::error::ApiFailure;

/// `PATCH /api/agent/v1/tickets/{number}`. All of it or nothing; what is already so leaves no trace.
pub(super) async fn change(
    State(app): State<App>,
    Extension(agent): Extension<SignedIn>,
    Path(number): Path<String>,
    Json(change): Json<TicketChange>,
) -> Result<axum::Json<TicketPage>, ApiFailure> {
    if change.status == Some(TicketStatus::Closed) {
        return Err(ApiFailure::bad_request("a ticket is closed with its technical log, by /close"));
    }
    let mut tx = app.db.write().await?;
    let ticket = stored::ticket(&mut tx, &number).await?;
    let mut edit = Edit { app: &app, tx: &mut tx, ticket: &ticket, actor: Actor::Agent(&agent.name) };
    if let Some(severity) = change.severity {
        edit.severity(severity).await?;
    }
    let taken = match &change.owner {
        Some(owner) => edit.owner(owner).await?,
        None => false,
    };
    // Whoever takes a new ticket works on it.
    let implied = (taken && ticket.status == TicketStatus::New).then_some(TicketStatus::Open);
    if let Some(status) = change.status.or(implied) {
        edit.status(status).await?;
    }
    tx.commit().await?;
    page::of(&app, &number).await.map(axum::Json)
}

struct Edit<'a> {
    app: &'a App,
    tx: &'a mut SqliteConnection,
    ticket: &'a Stored,
    actor: Actor<'a>,
}

impl Edit<'_> {
    /// Another severity moves the time by which somebody answers, counted from when the desk took the ticket.
    async fn severity(&mut self, severity: Severity) -> Result<(), ApiFailure> {
        if severity == self.ticket.severity {
            return Ok(());
        }
        let due = self.ticket.received_at.plus(SeverityTable::default().response(severity));
        sqlx::query("UPDATE tickets SET severity = $1, response_due = $2 WHERE number = $3")
            .bind(severity.to_string())
            .bind(due.unix_ms())
            .bind(self.ticket.number.as_str())
            .execute(&mut *self.tx)
            .await?;
        self.record("severity-changed", &format!("{} -> {severity}", self.ticket.severity)).await
    }

    /// True if somebody new has it now.
    async fn owner(&mut self, id: &str) -> Result<bool, ApiFailure> {
        let new = match id {
            "" => None,
            id => Some(
                account::by_id(self.tx, id)
                    .await?
                    .ok_or_else(|| ApiFailure::bad_request("`owner` is no agent's id"))?,
            ),
        };
        if new.as_ref().map(|it| &it.id) == self.ticket.owner.as_ref() {
            return Ok(false);
        }
        let old = match &self.ticket.owner {
            Some(id) => account::by_id(self.tx, id).await?,
            None => None,
        };
        sqlx::query("UPDATE tickets SET owner = $1 WHERE number = $2")
            .bind(new.as_ref().map(|it| it.id.as_str()))
            .bind(self.ticket.number.as_str())
            .execute(&mut *self.tx)
            .await?;
        let name = |agent: &Option<super::wire::Agent>| {
            agent.as_ref().map_or_else(|| "-".to_owned(), |it| it.name.clone())
        };
        self.record("owner-changed", &format!("{} -> {}", name(&old), name(&new))).await?;
        Ok(new.is_some())
    }

    /// A closed ticket that gets another status is open again; its log stays until the next one.
    async fn status(&mut self, status: TicketStatus) -> Result<(), ApiFailure> {
        if status == self.ticket.status {
            return Ok(());
        }
        sqlx::query("UPDATE tickets SET status = $1, closed_at = NULL, closed_by = NULL WHERE number = $2")
            .bind(to_word(&status))
            .bind(self.ticket.number.as_str())
            .execute(&mut *self.tx)
            .await?;
        let action =
            if self.ticket.status == TicketStatus::Closed { "ticket-reopened" } else { "status-changed" };
        self.record(action, &format!("{} -> {}", to_word(&self.ticket.status), to_word(&status))).await
    }

    async fn record(&mut self, action: &'static str, detail: &str) -> Result<(), ApiFailure> {
        let number = self.ticket.number.as_str();
        Ok(audit(self.tx, self.app.now(), self.actor, action, number, detail).await?)
    }
}
