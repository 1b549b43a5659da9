//! Resumable uploads: tus 1.0.0, one per bundle and per file that follows a ticket, into the spool folder.
//!
//! What is on the disk is the truth: an upload's offset is its file's length, in no table and in no memory, so a
//! process that dies at any point loses nothing that it acknowledged. Chunks are not synced one by one (the device
//! keeps its bundle until the receipt says it is complete); the whole file is, before that receipt.
//! Nothing here decides whether a bundle is good: `reader` asks the bundle's own reader.

mod checksum;
mod create;
mod examine;
mod expiry;
mod finish;
mod grant;
mod header;
mod patch;
mod reader;
mod record;
mod serving;
mod spool;
mod writers;

pub use grant::{Freight, UploadRight, authenticate};
pub use writers::Writers;

pub(crate) use expiry::{finish_interrupted, forget_expired};
pub(crate) use grant::grant;
pub(crate) use record::Upload;

use nightline_protocol::ErrorCode;

use crate::app::App;
use crate::error::ApiFailure;
use crate::route::{Route, Who};

/// Where uploads are made.
pub const PATH: &str = "/api/v1/uploads";
const ONE: &str = "/api/v1/uploads/{id}";
/// The largest body of one PATCH: a chunk that fails its checksum is sent again whole.
pub const MAX_CHUNK_BYTES: u64 = 256 * 1024 * 1024;
/// Left free for the database and the log when uploads fill the disk.
const DISK_RESERVE: u64 = 16 * 1024 * 1024;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::options(PATH, Who::Public, serving::options).about("What this tus server can do."),
        Route::post(PATH, Who::UploadToken, create::create).about("Makes an upload (tus creation)."),
        Route::options(ONE, Who::Public, serving::options).about("What this tus server can do."),
        Route::head(ONE, Who::UploadToken, serving::head).about("How far an upload is."),
        Route::patch(ONE, Who::UploadToken, patch::patch).about("Sends the next bytes of an upload."),
        Route::post(ONE, Who::UploadToken, patch::overridden)
            .about("PATCH, HEAD or DELETE by X-HTTP-Method-Override, for proxies that know no others."),
        Route::delete(ONE, Who::UploadToken, serving::terminate).about("Gives an upload up."),
    ]
}

/// Refuses what this desk would not take, before a byte is sent.
pub(crate) fn check_size(app: &App, size: u64) -> Result<(), ApiFailure> {
    let most = app.settings.max_bundle_bytes;
    if size > most {
        return Err(ApiFailure::new(ErrorCode::TooLarge, format!("a bundle may have at most {most} bytes")));
    }
    if app.files.free_bytes()? < size.saturating_add(DISK_RESERVE) {
        return Err(ApiFailure::new(ErrorCode::DeskFull, "the desk's disk is full"));
    }
    Ok(())
}
