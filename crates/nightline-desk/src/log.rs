//! The desk's log: rotated files of bounded total size under `logs`, and standard error for whoever watches.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer};

/// One file: a text editor still opens it.
const FILE_BYTES: u64 = 8 * 1024 * 1024;
/// The file being written and those before it: 64 MiB together, weeks of a busy desk.
const FILES: u32 = 8;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum StartLogError {
    /// The folder cannot be written.
    #[error("open the log folder")]
    Folder(#[source] io::Error),
    /// Somebody else has set a log up in this process.
    #[error("start the log")]
    Start(#[source] TryInitError),
}

/// Starts logging. Keep the guard until the end: dropping it writes what is left.
///
/// `filter` is in the form of `RUST_LOG`; a wrong one counts as `info`.
pub fn start(logs_dir: &Path, filter: Option<&str>) -> Result<WorkerGuard, StartLogError> {
    let files = Rotated::open(logs_dir, FILE_BYTES).map_err(StartLogError::Folder)?;
    // Lossy: a full disk or a slow one never holds a request up.
    let (writer, guard) = tracing_appender::non_blocking(files);
    let wanted = filter.and_then(|it| EnvFilter::try_new(it).ok()).unwrap_or_else(|| EnvFilter::new("info"));
    tracing_subscriber::registry()
        .with(wanted)
        .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
        .with(tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(LevelFilter::WARN))
        .try_init()
        .map_err(StartLogError::Start)?;
    Ok(guard)
}

/// `desk.log`, and `desk.1.log` (newer) to `desk.7.log` (older) behind it.
struct Rotated {
    dir: PathBuf,
    file: File,
    written: u64,
    most: u64,
}

impl Rotated {
    fn open(dir: &Path, most: u64) -> io::Result<Self> {
        crate::files::make_private_dir(dir)?;
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(dir.join("desk.log"))?;
        let written = file.metadata()?.len();
        Ok(Self { dir: dir.to_owned(), file, written, most })
    }

    fn rotate(&mut self) -> io::Result<()> {
        let name = |age: u32| match age {
            0 => self.dir.join("desk.log"),
            age => self.dir.join(format!("desk.{age}.log")),
        };
        for age in (0..FILES - 1).rev() {
            if name(age).exists() {
                fs::rename(name(age), name(age + 1))?;
            }
        }
        *self = Self::open(&self.dir, self.most)?;
        Ok(())
    }
}

impl Write for Rotated {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.written > 0 && self.written + line.len() as u64 > self.most {
            self.rotate()?;
        }
        let length = self.file.write(line)?;
        self.written += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_together_stay_within_their_bound_and_the_newest_line_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = Rotated::open(dir.path(), 100).unwrap();
        for number in 0..1_000 {
            log.write_all(format!("line {number}\n").as_bytes()).unwrap();
        }
        let files: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path()).collect();
        assert_eq!(files.len(), FILES as usize);
        assert!(files.iter().all(|it| fs::metadata(it).unwrap().len() <= 100));
        assert!(fs::read_to_string(dir.path().join("desk.log")).unwrap().ends_with("line 999\n"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        drop(Rotated::open(dir.path(), 100).unwrap());
        let mode = fs::metadata(dir.path().join("desk.log")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_restart_goes_on_where_it_was() {
        let dir = tempfile::tempdir().unwrap();
        Rotated::open(dir.path(), 100).unwrap().write_all(b"before\n").unwrap();
        Rotated::open(dir.path(), 100).unwrap().write_all(b"after\n").unwrap();
        assert_eq!(fs::read_to_string(dir.path().join("desk.log")).unwrap(), "before\nafter\n");
    }
}
