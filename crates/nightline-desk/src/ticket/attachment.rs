//! `PUT /api/v1/tickets/{number}/attachments/{id}`: a file that follows a ticket is announced, once; its bytes come by
//! upload like a bundle's. Everything that would refuse it later refuses it here.

use axum::extract::{Extension, Path, State};
use nightline_bundle::check_file_name;
use nightline_protocol::{
    AttachmentReceipt, ErrorCode, MAX_LATER_FILE_BYTES, MAX_LATER_FILES, NewAttachment, TicketNumber,
    UploadGrant,
};

use super::again::needs_help_again;
use super::open::is_sha256;
use super::{check_id, owned};
use crate::app::App;
use crate::audit::{Actor, audit};
use crate::body::Json;
use crate::device::Device;
use crate::error::ApiFailure;
use crate::upload::{self, Freight, Upload};

/// The longest registered media type has 86 characters.
const MAX_MEDIA_TYPE: usize = 100;

pub(crate) async fn announce(
    State(app): State<App>,
    Extension(device): Extension<Device>,
    Path((number, id)): Path<(String, String)>,
    Json(new): Json<NewAttachment>,
) -> Result<axum::Json<AttachmentReceipt>, ApiFailure> {
    let number: TicketNumber = number.parse().map_err(|_| ApiFailure::not_found())?;
    if new.id != id {
        return Err(ApiFailure::bad_request("path and body name different files"));
    }
    check(&new)?;
    let mut tx = app.db.write().await?;
    owned(&mut tx, &device, &number).await?;
    let known: Option<(String, String, i64, String, String)> = sqlx::query_as(
        "SELECT name, media_type, size, sha256, state FROM attachments WHERE ticket = $1 AND id = $2",
    )
    .bind(number.as_str())
    .bind(&new.id)
    .fetch_optional(&mut *tx)
    .await?;
    let size =
        i64::try_from(new.size).map_err(|_| ApiFailure::new(ErrorCode::TooLarge, "`size` is too large"))?;
    let complete = match known {
        Some((name, media_type, announced, sha256, state)) => {
            if (name, media_type, announced, sha256)
                != (new.name.clone(), new.media_type.clone(), size, new.sha256.clone())
            {
                return Err(ApiFailure::new(ErrorCode::Conflict, "this id was sent with another file"));
            }
            state == "complete"
        }
        None => {
            let now = app.now();
            upload::check_size(&app, new.size)?;
            let files: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM attachments WHERE ticket = $1")
                .bind(number.as_str())
                .fetch_one(&mut *tx)
                .await?;
            if usize::try_from(files).is_ok_and(|it| it >= MAX_LATER_FILES) {
                return Err(ApiFailure::new(
                    ErrorCode::TooLarge,
                    format!("a ticket takes at most {MAX_LATER_FILES} files after it was sent"),
                ));
            }
            app.limits.messages.take(device.id.clone(), now)?;
            sqlx::query(
                "INSERT INTO attachments (ticket, id, name, media_type, size, sha256, announced_at, state)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'arriving')",
            )
            .bind(number.as_str())
            .bind(&new.id)
            .bind(&new.name)
            .bind(&new.media_type)
            .bind(size)
            .bind(&new.sha256)
            .bind(now.unix_ms())
            .execute(&mut *tx)
            .await?;
            audit(&mut tx, now, Actor::Device, "file-announced", number.as_str(), &new.id).await?;
            tx.commit().await?;
            false
        }
    };
    let freight = Freight::Attachment(new.id.clone());
    let upload = (!complete).then(|| UploadGrant {
        endpoint: upload::PATH.to_owned(),
        token: upload::grant(&app, &number, &freight),
    });
    Ok(axum::Json(AttachmentReceipt { id: new.id, complete, upload }))
}

/// The file of a finished upload is in its place. Doing it again is harmless.
pub(crate) async fn arrived(app: &App, upload: &Upload, id: &str, key: &str) -> Result<(), ApiFailure> {
    let now = app.now();
    let number = upload.ticket.as_str();
    let mut tx = app.db.write().await?;
    let first = sqlx::query(
        "UPDATE attachments SET state = 'complete', file_key = $1, received_at = $2
         WHERE ticket = $3 AND id = $4 AND state <> 'complete'",
    )
    .bind(key)
    .bind(now.unix_ms())
    .bind(number)
    .bind(id)
    .execute(&mut *tx)
    .await?
    .rows_affected()
        > 0;
    sqlx::query("UPDATE uploads SET done = 1 WHERE id = $1").bind(&upload.id).execute(&mut *tx).await?;
    if first {
        let detail = format!("{id}, {} bytes", upload.length);
        audit(&mut tx, now, Actor::Device, "file-received", number, &detail).await?;
        needs_help_again(&mut tx, &upload.ticket, now).await?;
    }
    tx.commit().await?;
    tracing::info!(ticket = %upload.ticket, bytes = upload.length, "A file that follows a ticket is complete");
    Ok(())
}

fn check(new: &NewAttachment) -> Result<(), ApiFailure> {
    check_id(&new.id)?;
    check_file_name(&new.name)
        .map_err(|problem| ApiFailure::bad_request(format!("`name` is no file's name: {problem}")))?;
    if !is_media_type(&new.media_type) {
        return Err(ApiFailure::bad_request("`media_type` is none"));
    }
    if new.size == 0 || !is_sha256(&new.sha256) {
        return Err(ApiFailure::bad_request("`size` or `sha256` is none"));
    }
    if new.size > MAX_LATER_FILE_BYTES {
        let detail = format!("a file may have at most {MAX_LATER_FILE_BYTES} bytes");
        return Err(ApiFailure::new(ErrorCode::TooLarge, detail));
    }
    Ok(())
}

fn is_media_type(text: &str) -> bool {
    let word = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b".+-_".contains(&c))
    };
    text.len() <= MAX_MEDIA_TYPE && text.split_once('/').is_some_and(|(kind, form)| word(kind) && word(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_announcement_is_refused() {
        check_one(|_| {}, None);
        check_one(|it| it.name = "日志 2.txt".to_owned(), None);
        check_one(|it| it.name = "../../etc/passwd".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "a/b.png".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "..".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "C:\\x".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = String::new(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "a\0b".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "a\r\nX-Evil: 1".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "photo\u{202e}gnp.exe".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.name = "x".repeat(10_000), Some(ErrorCode::BadRequest));
        check_one(|it| it.id = "a.b".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.id = "../x".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.media_type = "text/html\r\nx: y".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.media_type = "x".to_owned(), Some(ErrorCode::BadRequest));
        check_one(|it| it.size = 0, Some(ErrorCode::BadRequest));
        check_one(|it| it.size = u64::MAX, Some(ErrorCode::TooLarge));
        check_one(|it| it.sha256 = "A".repeat(64), Some(ErrorCode::BadRequest));
    }

    #[track_caller]
    fn check_one(change: impl FnOnce(&mut NewAttachment), expected: Option<ErrorCode>) {
        let mut new = NewAttachment {
            id: "f-1".to_owned(),
            name: "screen.png".to_owned(),
            media_type: "image/png".to_owned(),
            size: 10,
            sha256: "0".repeat(64),
        };
        change(&mut new);
        assert_eq!(check(&new).err().map(|it| it.code()), expected, "{new:?}");
    }
}
