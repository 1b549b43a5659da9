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
        let Some(right) = UploadRight::of(app, &upload.ticket, upload.freight.clone()).await? else {
            continue;
        };
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use axum::http::StatusCode;
    use nightline_types::Timestamp;

    use super::super::Freight;
    use super::super::record::LIFETIME;
    use super::*;
    use crate::app::Clock;
    use crate::settings::Settings;

    const NUMBER: &str = "NL-1111-1111-1";
    const NOW: i64 = 1_795_312_984_056;

    struct Fixture {
        app: App,
        time: Arc<AtomicI64>,
        _folder: tempfile::TempDir,
    }

    /// A desk with one ticket and one upload of which 4 of 10 bytes are here.
    async fn fixture() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let time = Arc::new(AtomicI64::new(NOW));
        let clock = Clock::new({
            let time = Arc::clone(&time);
            move || Timestamp::from_unix_ms(time.load(Ordering::SeqCst))
        });
        let app = App::open(Settings::loopback(folder.path().join("data")), clock).await.unwrap();
        let mut tx = app.db.write().await.unwrap();
        let expires = Timestamp::from_unix_ms(NOW).plus(LIFETIME).unix_ms();
        for statement in [
            "INSERT INTO devices VALUES ('d', 'k', 1, 0, 0)".to_owned(),
            format!(
                "INSERT INTO tickets (number, device, body_hash, summary, severity, status, created_at, received_at,
                 response_due, bundle_size, bundle_sha256, bundle_state, search)
                 VALUES ('{NUMBER}', 'd', '', '{{}}', 'P1', 'new', 0, 0, 0, 10, '', 'arriving', '')"
            ),
            format!(
                "INSERT INTO uploads (id, ticket, kind, length, metadata, token_hash, created_at, expires, done)
                 VALUES ('u', '{NUMBER}', 'bundle', 10, '', '', 0, {expires}, 0)"
            ),
        ] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        std::fs::write(app.files.spool_path("u"), "four").unwrap();
        Fixture { app, time, _folder: folder }
    }

    #[tokio::test]
    async fn an_upload_that_is_continued_lives_on_and_one_that_is_not_is_given_up() {
        let Fixture { app, time, _folder } = fixture().await;
        let right = UploadRight::of(&app, &NUMBER.parse().unwrap(), Freight::Bundle).await.unwrap().unwrap();
        let days = |days: i64| NOW + days * 86_400_000;

        time.store(days(6), Ordering::SeqCst);
        let mut upload = Upload::of(&app, &right, "u").await.unwrap();
        upload.extend(&app).await.unwrap();
        forget_expired(&app).await.unwrap();
        time.store(days(12), Ordering::SeqCst);
        forget_expired(&app).await.unwrap();
        assert_eq!(Upload::of(&app, &right, "u").await.unwrap().length, 10);
        assert_eq!(app.files.spooled_bytes("u").unwrap(), 4);

        time.store(days(14), Ordering::SeqCst);
        assert_eq!(Upload::of(&app, &right, "u").await.unwrap_err().status(), StatusCode::GONE);
        forget_expired(&app).await.unwrap();
        assert_eq!(Upload::of(&app, &right, "u").await.unwrap_err().status(), StatusCode::NOT_FOUND);
        assert_eq!(app.files.spooled().unwrap(), Vec::<String>::new());
    }

    #[tokio::test]
    async fn a_file_that_follows_is_finished_after_the_desk_died_with_its_last_byte() {
        let Fixture { app, time: _, _folder } = fixture().await;
        let sha256 = data_encoding::HEXLOWER
            .encode(ring::digest::digest(&ring::digest::SHA256, b"four more").as_ref());
        let mut tx = app.db.write().await.unwrap();
        for statement in [
            format!(
                "INSERT INTO attachments (ticket, id, name, media_type, size, sha256, announced_at, state)
                 VALUES ('{NUMBER}', 'f1', 'a.txt', 'text/plain', 9, '{sha256}', 0, 'arriving')"
            ),
            "UPDATE uploads SET kind = 'attachment', attachment = 'f1', length = 9".to_owned(),
        ] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        std::fs::write(app.files.spool_path("u"), "four more").unwrap();
        finish_interrupted(&app).await.unwrap();
        let mut connection = app.db.read().acquire().await.unwrap();
        let kept = crate::ticket::attachments_of(&mut connection, &NUMBER.parse().unwrap()).await.unwrap();
        assert_eq!((kept.len(), kept[0].size, kept[0].name.as_str()), (1, 9, "a.txt"));
        assert_eq!(app.files.spooled().unwrap(), Vec::<String>::new());
    }

    #[tokio::test]
    async fn a_half_upload_is_not_finished_and_not_touched() {
        let Fixture { app, time: _, _folder } = fixture().await;
        finish_interrupted(&app).await.unwrap();
        assert_eq!(app.files.spooled_bytes("u").unwrap(), 4);
    }
}
