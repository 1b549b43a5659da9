//! An upload's row: what was announced of it. How far it is, only its file says.

use std::time::Duration;

use axum::http::StatusCode;
use nightline_protocol::TicketNumber;
use nightline_types::Timestamp;

use super::{Freight, UploadRight};
use crate::app::App;
use crate::error::ApiFailure;

/// An upload that nobody continued for this long is given up. A laptop may be away for a week.
pub(crate) const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3_600);
/// The end is moved at most this often, so that not every chunk costs a write.
const EXTEND_AFTER: Duration = Duration::from_secs(24 * 3_600);

/// One upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// Unguessable, made by the desk; also the file's name.
    pub(crate) id: String,
    /// The ticket.
    pub(crate) ticket: TicketNumber,
    /// What of it.
    pub(crate) freight: Freight,
    /// Bytes in all.
    pub(crate) length: u64,
    /// `Upload-Metadata` as it came.
    pub(crate) metadata: String,
    /// When it is given up.
    pub(crate) expires: Timestamp,
    /// Whether its bundle or file is complete.
    pub(crate) done: bool,
}

type Row = (String, String, String, i64, String, i64, i64);

fn of_row((id, ticket, attachment, length, metadata, expires, done): Row) -> Option<Upload> {
    Some(Upload {
        id,
        ticket: ticket.parse().ok()?,
        freight: Freight::of_column(attachment),
        length: u64::try_from(length).ok()?,
        metadata,
        expires: Timestamp::from_unix_ms(expires),
        done: done != 0,
    })
}

impl Upload {
    /// The upload `id`, if the right covers it. Others' uploads do not exist, ended ones are gone.
    pub(crate) async fn of(app: &App, right: &UploadRight, id: &str) -> Result<Self, ApiFailure> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, ticket, attachment, length, metadata, expires, done FROM uploads
             WHERE id = $1 AND ticket = $2 AND attachment = $3",
        )
        .bind(id)
        .bind(right.ticket.as_str())
        .bind(right.freight.column())
        .fetch_optional(app.db.read())
        .await?;
        let upload = row.and_then(of_row).ok_or_else(ApiFailure::not_found)?;
        if !upload.done && upload.expires <= app.now() {
            return Err(ApiFailure::not_found().with_status(StatusCode::GONE));
        }
        Ok(upload)
    }

    /// All uploads that are not done.
    pub(crate) async fn all_open(app: &App) -> Result<Vec<Self>, sqlx::Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, ticket, attachment, length, metadata, expires, done FROM uploads
             WHERE done = 0 ORDER BY created_at",
        )
        .fetch_all(app.db.read())
        .await?;
        Ok(rows.into_iter().filter_map(of_row).collect())
    }

    /// Moves the end into the future, where it has come nearer by a day.
    pub(crate) async fn extend(&mut self, app: &App) -> Result<(), sqlx::Error> {
        let fresh = app.now().plus(LIFETIME);
        if fresh.since(self.expires) < EXTEND_AFTER {
            return Ok(());
        }
        let mut tx = app.db.write().await?;
        sqlx::query("UPDATE uploads SET expires = $1 WHERE id = $2")
            .bind(fresh.unix_ms())
            .bind(&self.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        self.expires = fresh;
        Ok(())
    }

    /// Forgets the row, then the file: a file without a row is swept up, a row without a file would be an upload
    /// that went back to zero.
    pub(crate) async fn forget(&self, app: &App) -> Result<(), ApiFailure> {
        let mut tx = app.db.write().await?;
        sqlx::query("DELETE FROM uploads WHERE id = $1").bind(&self.id).execute(&mut *tx).await?;
        tx.commit().await?;
        app.files.discard(&self.id)?;
        Ok(())
    }

    /// The name of the bundle or file that it becomes. Made of our own ids: the file's name is only data.
    pub(crate) fn key(&self) -> String {
        let end = match self.freight {
            Freight::Bundle => "zip",
            Freight::Attachment(_) => "file",
        };
        format!("{}/{}.{end}", self.ticket, self.id)
    }
}
