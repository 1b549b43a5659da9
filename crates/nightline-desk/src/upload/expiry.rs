//! What happens to uploads that nobody continues: the interrupted are finished, the given up are swept away.

use super::UploadRight;
use super::finish::finish;
use super::record::Upload;
use super::serving::offset;
use crate::app::App;
use crate::error::ApiFailure;

/// Finishes uploads whose last byte was here when the process died.
pub(crate) async fn finish_interrupted(app: &App) -> Result<(), ApiFailure> {
    for upload in Upload::all_open(app).await? {
        if offset(app, &upload)? != upload.length {
            continue;
        }
        let _turn = app.writers.turn(&upload.id).await?;
        let Some(right) = UploadRight::of_ticket(app, &upload.ticket).await? else { continue };
        // Still there, still open: another request may have been faster.
        let Ok(upload) = Upload::of(app, &right, &upload.id).await else { continue };
        if !upload.done && finish(app, &right, &upload).await.is_err() {
            tracing::warn!(ticket = %upload.ticket, "An interrupted upload could not be finished");
        }
    }
    Ok(())
}

/// Sweeps away uploads past their end, and files that belong to no upload.
pub(crate) async fn forget_expired(app: &App) -> Result<(), ApiFailure> {
    let now = app.now();
    // The files are listed first: one that is made after the list is not in it.
    let files = app.files.spooled()?;
    let open = Upload::all_open(app).await?;
    for upload in open.iter().filter(|it| it.expires <= now) {
        let _turn = app.writers.turn(&upload.id).await?;
        upload.forget(app).await?;
        tracing::info!(ticket = %upload.ticket, "An upload was given up");
    }
    for file in files.iter().filter(|file| !open.iter().any(|upload| upload.id == **file)) {
        // Held by a writer: it is being finished at this moment.
        let _turn = app.writers.turn(file).await?;
        app.files.discard(file)?;
    }
    Ok(())
}
