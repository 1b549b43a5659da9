//! The desk's log: rotated files of bounded total size under `logs`, and standard error for whoever watches.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer};

/// Files kept, one a day: two weeks cover the question "what happened last Monday".
const MAX_FILES: usize = 14;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum StartLogError {
    /// The folder cannot be written.
    #[error("open the log folder")]
    Folder(#[source] InitError),
    /// Somebody else has set a log up in this process.
    #[error("start the log")]
    Start(#[source] TryInitError),
}

/// Starts logging. Keep the guard until the end: dropping it writes what is left.
///
/// `filter` is in the form of `RUST_LOG`; a wrong one counts as `info`.
pub fn start(logs_dir: &Path, filter: Option<&str>) -> Result<WorkerGuard, StartLogError> {
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("desk")
        .filename_suffix("log")
        .max_log_files(MAX_FILES)
        .build(logs_dir)
        .map_err(StartLogError::Folder)?;
    // Lossy: a full disk or a slow one never holds a request up.
    let (writer, guard) = tracing_appender::non_blocking(files);
    let wanted = filter.and_then(|it| EnvFilter::try_new(it).ok()).unwrap_or_else(|| EnvFilter::new("info"));
    tracing_subscriber::registry()
        .with(wanted)
        .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(LevelFilter::WARN))
        .try_init()
        .map_err(StartLogError::Start)?;
    Ok(guard)
}
