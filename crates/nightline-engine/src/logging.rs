//! The programs' own logs: files under the home, rotated by the day and bounded in number. Nothing on the terminal.

use std::path::Path;

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A week of days: what happened last night must still be there on Monday.
const MAX_FILES: usize = 7;
/// Lines that wait for the disk; more than that in a moment are dropped. The room for them is taken at the start, 32
/// bytes each, and the library's own number would cost the watch 4 MB all day.
const MAX_LINES_WAITING: usize = 4_096;

/// Starts logging. Without a log the command still works, so a folder that cannot be written is no failure.
/// `program` names the files; `filter` is `NIGHTLINE_LOG`, for example `debug`.
pub fn start(dir: &Path, program: &str, filter: Option<&str>) -> Option<WorkerGuard> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(program)
        .filename_suffix("log")
        .max_log_files(MAX_FILES)
        .build(dir)
        .ok()?;
    keep_private(dir, program);
    let (writer, guard) =
        NonBlockingBuilder::default().buffered_lines_limit(MAX_LINES_WAITING).finish(appender);
    let filter = EnvFilter::try_new(filter.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    subscribe(writer, filter);
    Some(guard)
}

/// The appender leaves the rights to the system. A file that a midnight makes gets them at the next start; the folder
/// is private anyway.
#[cfg(unix)]
fn keep_private(dir: &Path, program: &str) {
    use std::os::unix::fs::PermissionsExt;
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(program) {
            // Without the right to change it, it is not ours to change.
            let _ = std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o600));
        }
    }
}

/// Elsewhere the folder's own rights are those of its files.
#[cfg(not(unix))]
fn keep_private(_: &Path, _: &str) {}

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
