//! Opens bundles for the agents' pages, by the safe reader only, and keeps the last few reports in memory.
//! Extracts nothing to disk, and shows nothing of a bundle that does not verify.

use std::fs::File;
use std::io::BufReader;
use std::sync::{Arc, Mutex, PoisonError};

use nightline_bundle::{Bundle as Reader, OpenError, ReadError};
use nightline_protocol::{ErrorCode, Manifest, REPORT_FILENAME};
use nightline_types::{Report, chain};
use sqlx::{Row, SqliteConnection};
use tokio::sync::Semaphore;

use super::stored::Stored;
use super::wire::BundleState;
use crate::app::App;
use crate::error::ApiFailure;

/// Bundles unpacked at the same time: each takes a core, and an image or a report in memory.
const OPEN_AT_ONCE: usize = 4;
/// Requests that wait for one of these; further ones are told to come again.
const WAITING: usize = 128;
/// The largest report that is read: ours have 50 to 500 kB.
const MAX_REPORT_BYTES: u64 = 16 << 20;
/// Reports kept in memory: the tickets that the agents have open.
const CACHED: usize = 16;
/// Larger reports are read anew each time, so that the cache stays under 16 MB as JSON.
const MAX_CACHED_BYTES: u64 = 1 << 20;

/// The last few opened bundles, by key.
pub(super) struct OpenBundles {
    waiting: Arc<Semaphore>,
    running: Arc<Semaphore>,
    cached: Mutex<Vec<(String, Arc<Opened>)>>,
}

impl Default for OpenBundles {
    fn default() -> Self {
        Self {
            waiting: Arc::new(Semaphore::new(WAITING)),
            running: Arc::new(Semaphore::new(OPEN_AT_ONCE)),
            cached: Mutex::default(),
        }
    }
}

struct Opened {
    manifest: Manifest,
    report: Option<Report>,
    report_bytes: u64,
}

/// What a ticket's page shows of a bundle.
pub(super) struct Bundle {
    pub state: BundleState,
    pub manifest: Option<Manifest>,
    pub report: Option<Report>,
}

/// Why nothing of a bundle can be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum ShowError {
    #[error("open the bundle")]
    Open(#[source] OpenError),
    #[error("read the bundle")]
    Read(#[source] ReadError),
}

/// Bytes of the bundle that are here while it arrives.
pub(super) async fn received(
    app: &App,
    connection: &mut SqliteConnection,
    ticket: &Stored,
) -> Result<u64, ApiFailure> {
    let row =
        sqlx::query("SELECT id FROM uploads WHERE ticket = $1 AND attachment = '' AND done = 0 ORDER BY created_at DESC LIMIT 1")
            .bind(ticket.number.as_str())
            .fetch_optional(connection)
            .await?;
    let Some(row) = row else { return Ok(0) };
    let path = app.files.spool_path(row.try_get("id")?);
    // An upload that has not begun, or has just ended, has no file.
    Ok(tokio::fs::metadata(path).await.map_or(0, |it| it.len()))
}

/// How the bundle stands, and its report and manifest where it is here and whole.
pub(super) async fn of(app: &App, ticket: &Stored, received: u64) -> Result<Bundle, ApiFailure> {
    let nothing = |state| Ok(Bundle { state, manifest: None, report: None });
    match ticket.bundle_state.as_str() {
        "complete" => {}
        "damaged" => return nothing(BundleState::Damaged { detail: ticket.bundle_problem.clone() }),
        _ => return nothing(BundleState::Arriving { received, size: ticket.bundle_size }),
    }
    let Some(key) = ticket.bundle_key.clone() else {
        return nothing(BundleState::Damaged { detail: "the bundle is not in the store".to_owned() });
    };
    let known = app.agents.bundles.cached(&key);
    let opened = match known {
        Some(opened) => Ok(opened),
        None => read(app, &key, open).await?.map(|opened| app.agents.bundles.keep(key, opened)),
    };
    match opened {
        Ok(opened) => Ok(Bundle {
            state: BundleState::Complete { size: ticket.bundle_size },
            manifest: Some(opened.manifest.clone()),
            report: opened.report.clone(),
        }),
        Err(error) => {
            tracing::error!(ticket = %ticket.number, cause = %chain(&error), "A stored bundle cannot be read");
            nothing(BundleState::Damaged { detail: chain(&error) })
        }
    }
}

/// The key of a bundle that is here and was found good.
pub(super) fn key(ticket: &Stored) -> Result<&str, ApiFailure> {
    match (ticket.bundle_state.as_str(), &ticket.bundle_key) {
        ("complete", Some(key)) => Ok(key),
        ("damaged", _) => Err(damaged()),
        _ => Err(ApiFailure::not_found()),
    }
}

/// The refusal of everything that lies in a damaged bundle.
pub(super) fn damaged() -> ApiFailure {
    ApiFailure::new(ErrorCode::DamagedBundle, "the bundle does not verify; nothing of it is shown")
}

/// Runs `work` on the opened bundle, on a bounded number of blocking threads.
pub(super) async fn read<T: Send + 'static>(
    app: &App,
    key: &str,
    work: impl FnOnce(&mut Reader<BufReader<File>>) -> Result<T, ReadError> + Send + 'static,
) -> Result<Result<T, ShowError>, ApiFailure> {
    let open = move |file| {
        let mut reader = Reader::open(BufReader::new(file)).map_err(ShowError::Open)?;
        work(&mut reader).map_err(ShowError::Read)
    };
    let opened = with_file(app, key, open).await?;
    Ok(opened.unwrap_or_else(|error| Err(ShowError::Open(OpenError::Read(error)))))
}

/// Runs `work` on a stored file, on the same bounded number of blocking threads. The outer error of the answer is that
/// the file does not open.
pub(super) async fn with_file<T: Send + 'static>(
    app: &App,
    key: &str,
    work: impl FnOnce(File) -> T + Send + 'static,
) -> Result<std::io::Result<T>, ApiFailure> {
    let path = app.files.bundle_path(key).map_err(|error| ApiFailure::internal(&error))?;
    let busy =
        || ApiFailure::new(ErrorCode::TooManyRequests, "too many bundles are being read; wait a little");
    let _waiting = app.agents.bundles.waiting.clone().try_acquire_owned().map_err(|_| busy())?;
    let running = app.agents.bundles.running.clone().acquire_owned().await.map_err(|_| busy())?;
    // The permit goes along: a browser that went away must not let one more reader start beside the running one.
    let job = move || {
        let _running = running;
        File::open(path).map(work)
    };
    tokio::task::spawn_blocking(job).await.map_err(|error| ApiFailure::internal(&error))
}

fn open(reader: &mut Reader<BufReader<File>>) -> Result<Opened, ReadError> {
    let manifest = reader.manifest().clone();
    let (report, report_bytes) = match reader.read_entry(REPORT_FILENAME, MAX_REPORT_BYTES) {
        // A report of a later format is not shown; it can still be read as a file.
        Ok(json) => (serde_json::from_slice(&json).ok(), json.len() as u64),
        Err(ReadError::NoSuchEntry | ReadError::TooLarge { .. }) => (None, 0),
        Err(error) => return Err(error),
    };
    Ok(Opened { manifest, report, report_bytes })
}

impl OpenBundles {
    fn cached(&self, key: &str) -> Option<Arc<Opened>> {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        let at = cached.iter().position(|(it, _)| it == key)?;
        let found = cached.remove(at);
        let opened = found.1.clone();
        cached.push(found);
        Some(opened)
    }

    fn keep(&self, key: String, opened: Opened) -> Arc<Opened> {
        let opened = Arc::new(opened);
        if opened.report_bytes <= MAX_CACHED_BYTES {
            let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
            cached.retain(|(it, _)| *it != key);
            if cached.len() >= CACHED {
                cached.remove(0);
            }
            cached.push((key, opened.clone()));
        }
        opened
    }
}
