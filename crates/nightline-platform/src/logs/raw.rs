//! Raw log lines of a stretch of time for the bundle, as streams of constant memory. Redacts nothing.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::time::Duration;

use nightline_types::{Timestamp, chain};

use super::scan::TEXT_LOGS;
use super::syslog::line_time;
use super::window::WindowReader;
use super::{TimeWindow, journal};
use crate::calendar::time_zone;
use crate::command::CommandError;
use crate::source::{Source, SourceState};

/// A week of a talkative journal takes this long to print; a bundle has 20 s in all.
const JOURNAL_LIMIT: Duration = Duration::from_secs(10);

/// One log of a window: a stream, or the reason why there is none.
pub struct RawLog {
    /// Its name in the bundle: `journal.log`, `syslog.log`.
    pub name: String,
    /// Where it comes from and whether it could be read.
    pub source: Source,
    /// The lines; absent if it could not be read.
    pub lines: Option<Box<dyn Read + Send>>,
    /// Whether it was cut at the limit; for streams known only at their end.
    pub truncated: bool,
}

/// Every system log that this user may read, cut to the window. Logs that do not exist are left out; logs that may
/// not be read are named. `limit` is the most bytes of one log. `scratch` is a folder of ours for the journal's text,
/// which has no name there and is gone when the stream is closed.
pub async fn raw(root: &Path, window: TimeWindow, now: Timestamp, limit: u64, scratch: &Path) -> Vec<RawLog> {
    let mut logs = Vec::new();
    if root == Path::new("/") {
        logs.extend(of_journal(window, limit, scratch).await);
    }
    for name in TEXT_LOGS {
        logs.extend(of_file(root, name, window, now, limit));
    }
    logs
}

async fn of_journal(window: TimeWindow, limit: u64, scratch: &Path) -> Option<RawLog> {
    let mut log = RawLog {
        name: "journal.log".to_owned(),
        source: Source::new("journal", SourceState::Read),
        lines: None,
        truncated: false,
    };
    match journal_text(window, limit, scratch).await {
        Ok(Some((file, truncated))) => {
            log.lines = Some(Box::new(file));
            log.truncated = truncated;
        }
        Ok(None) => return None,
        Err(state) => log.source.state = state,
    }
    Some(log)
}

/// `None` if there is no journal.
async fn journal_text(
    window: TimeWindow,
    limit: u64,
    scratch: &Path,
) -> Result<Option<(File, bool)>, SourceState> {
    let failed = |error: &std::io::Error| SourceState::Failed(error.to_string());
    let mut file = tempfile::tempfile_in(scratch).map_err(|error| failed(&error))?;
    let writer = file.try_clone().map_err(|error| failed(&error))?;
    let command = journal::command(window, JOURNAL_LIMIT)
        .arg("--output=short-iso-precise")
        .output_limit(usize::try_from(limit).unwrap_or(usize::MAX));
    let ran = match command.run_to_file(writer).await {
        Ok(ran) => ran,
        Err(CommandError::NotInstalled { .. }) => return Ok(None),
        Err(error) => return Err(SourceState::Failed(chain(&error))),
    };
    if ran.bytes == 0 {
        return match ran.complaint() {
            complaint if complaint.contains("not seeing messages") => Err(SourceState::NotAllowed),
            _ => Ok(None),
        };
    }
    file.rewind().map_err(|error| failed(&error))?;
    Ok(Some((file, ran.truncated || !ran.succeeded())))
}

fn of_file(root: &Path, name: &str, window: TimeWindow, now: Timestamp, limit: u64) -> Option<RawLog> {
    let zone = time_zone(root);
    let time = Box::new(move |line: &[u8]| line_time(line, &zone, now));
    let opened = File::open(root.join(name)).and_then(|file| WindowReader::new(file, window, limit, time));
    let (lines, state) = match opened {
        Ok(reader) => (Some(Box::new(reader) as Box<dyn Read + Send>), SourceState::Read),
        Err(error) => (None, SourceState::from(&error)),
    };
    if state == SourceState::Absent {
        return None;
    }
    let base = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".log");
    Some(RawLog {
        name: format!("{base}.log"),
        source: Source::new(format!("/{name}"), state),
        lines,
        truncated: false,
    })
}
