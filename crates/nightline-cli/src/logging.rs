//! The program's own log: files under the home, rotated by the day and bounded in number. Nothing on the terminal.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A week of days: what happened last night must still be there on Monday.
const MAX_FILES: usize = 7;

/// Starts logging. Without a log the command still works, so a folder that cannot be written is no failure.
/// `filter` is `NIGHTLINE_LOG`, for example `debug`.
pub(crate) fn start(dir: &Path, filter: Option<&str>) -> Option<WorkerGuard> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("nightline")
        .filename_suffix("log")
        .max_log_files(MAX_FILES)
        .build(dir)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let filter = EnvFilter::try_new(filter.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    subscribe(writer, filter);
    Some(guard)
}

fn subscribe(writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static, filter: EnvFilter) {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_ansi(false)
        .with_env_filter(filter)
        .with_writer(writer)
        .finish();
    // Only a second start in the same process fails, and the first one is what we want then.
    drop(tracing::subscriber::set_global_default(subscriber));
}
