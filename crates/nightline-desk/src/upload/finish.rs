//! The end of an upload: the bytes become a ticket's bundle or a file beside it, or are refused. Every step may be
//! done again.
//!
//! Order: look, move (synced), tell the database. A process that dies between two of them finds, when asked again,
//! the file in the one place or the other and goes on from there.

use nightline_protocol::ErrorCode;

use super::examine::{Examined, examine};
use super::record::Upload;
use super::{Freight, UploadRight};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::error::ApiFailure;
use crate::ticket;

/// Finishes an upload whose bytes are all here. The caller has the upload's turn.
pub(crate) async fn finish(app: &App, right: &UploadRight, upload: &Upload) -> Result<(), ApiFailure> {
    let key = upload.key();
    let examined = {
        let (files, upload, right, key) = (app.files.clone(), upload.clone(), right.clone(), key.clone());
        tokio::task::spawn_blocking(move || {
            let examined = examine(&files, &upload, &right)?;
            if matches!(examined, Examined::Good { .. }) {
                files.adopt(&upload.id, &key)?;
            }
            Ok::<_, std::io::Error>(examined)
        })
        .await
        .map_err(|error| ApiFailure::internal(&error))??
    };
    match examined {
        Examined::Good { manifest } => match &upload.freight {
            Freight::Bundle => complete(app, upload, &key, manifest.as_deref()).await,
            Freight::Attachment(id) => ticket::attachment_arrived(app, upload, id, &key).await,
        },
        Examined::NotAsAnnounced => {
            tracing::warn!(ticket = %upload.ticket, "An upload is not what was announced");
            upload.forget(app).await?;
            Err(ApiFailure::new(ErrorCode::ChecksumMismatch, "the upload is not what was announced"))
        }
        Examined::Damaged { problem } => {
            damaged(app, upload, &problem).await?;
            Err(ApiFailure::new(ErrorCode::DamagedBundle, problem))
        }
    }
}

async fn complete(app: &App, upload: &Upload, key: &str, manifest: Option<&str>) -> Result<(), ApiFailure> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let first = sqlx::query(
        "UPDATE tickets SET bundle_state = 'complete', bundle_key = $1, manifest = $2
         WHERE number = $3 AND bundle_state <> 'complete'",
    )
    .bind(key)
    .bind(manifest)
    .bind(upload.ticket.as_str())
    .execute(&mut *tx)
    .await?
    .rows_affected()
        > 0;
    sqlx::query("UPDATE uploads SET done = 1 WHERE id = $1").bind(&upload.id).execute(&mut *tx).await?;
    if first {
        let detail = format!("{} bytes", upload.length);
        audit(&mut tx, now, Actor::Device, "bundle-received", upload.ticket.as_str(), &detail).await?;
    }
    tx.commit().await?;
    tracing::info!(ticket = %upload.ticket, bytes = upload.length, "A bundle is complete");
    Ok(())
}

async fn damaged(app: &App, upload: &Upload, problem: &str) -> Result<(), ApiFailure> {
    tracing::warn!(ticket = %upload.ticket, problem, "A bundle does not verify");
    let mut tx = app.db.write().await?;
    sqlx::query(
        "UPDATE tickets SET bundle_state = 'damaged', bundle_problem = $1
         WHERE number = $2 AND bundle_state = 'arriving'",
    )
    .bind(problem)
    .bind(upload.ticket.as_str())
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM uploads WHERE id = $1").bind(&upload.id).execute(&mut *tx).await?;
    audit(&mut tx, app.now(), Actor::Desk, "bundle-damaged", upload.ticket.as_str(), problem).await?;
    tx.commit().await?;
    app.files.discard(&upload.id)?;
    Ok(())
}
