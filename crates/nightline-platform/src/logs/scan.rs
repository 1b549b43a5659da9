//! Problems of a stretch of time from the best log there is: the journal, else the text logs, else the kernel.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use nightline_types::Timestamp;

use super::syslog::{entry, line_time};
use super::window::WindowReader;
use super::{LogEntry, TimeWindow, journal, kernel};
use crate::calendar::time_zone;
use crate::source::{Source, SourceState};

/// Text logs that are looked at, in this order.
pub(super) const TEXT_LOGS: [&str; 3] = ["var/log/syslog", "var/log/messages", "var/log/kern.log"];
/// How much of a text log's window is looked at; a flood says the same again and again.
const READ_LIMIT: u64 = 16 * 1024 * 1024;
/// More problems than this in one window are a flood; the newest are kept.
const ENTRY_LIMIT: usize = 20_000;

/// The problems of a window and where they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogScan {
    /// Newest first.
    pub entries: Vec<LogEntry>,
    /// Every place that was asked, with what became of it.
    pub sources: Vec<Source>,
    /// Whether there was more than we read.
    pub truncated: bool,
}

/// Errors and warnings in the window. `root` is `/` or a recorded machine, whose journal is not asked.
pub async fn problems(root: &Path, window: TimeWindow, now: Timestamp) -> LogScan {
    let mut scan = LogScan::default();
    if root == Path::new("/") {
        let (entries, state, truncated) = journal::problems(window).await;
        let answered = state.is_read() && !entries.is_empty();
        scan.sources.push(Source::new("journal", state));
        scan.truncated |= truncated;
        scan.entries.extend(entries);
        if answered {
            return scan.sorted();
        }
    }
    let root = root.to_owned();
    let files = tokio::task::spawn_blocking(move || of_files(&root, window, now)).await.unwrap_or_default();
    scan.entries.extend(files.entries);
    scan.sources.extend(files.sources);
    scan.truncated |= files.truncated;
    scan.sorted()
}

impl LogScan {
    fn sorted(mut self) -> Self {
        self.entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        self.truncated |= self.entries.len() > ENTRY_LIMIT;
        self.entries.truncate(ENTRY_LIMIT);
        self
    }
}

fn of_files(root: &Path, window: TimeWindow, now: Timestamp) -> LogScan {
    let mut scan = LogScan::default();
    for name in TEXT_LOGS {
        // kern.log repeats what syslog has.
        if name == "var/log/kern.log" && scan.sources.iter().any(|it| it.state.is_read()) {
            continue;
        }
        let state = match of_file(&root.join(name), root, window, now) {
            Ok((entries, cut)) => {
                scan.entries.extend(entries);
                scan.truncated |= cut;
                SourceState::Read
            }
            Err(error) => SourceState::from(&error),
        };
        scan.sources.push(Source::new(format!("/{name}"), state));
    }
    if !scan.sources.iter().any(|it| it.state.is_read()) {
        let (entries, state) = kernel::problems(root, window);
        scan.entries.extend(entries);
        scan.sources.push(Source::new("/dev/kmsg", state));
    }
    scan
}

fn of_file(
    path: &Path,
    root: &Path,
    window: TimeWindow,
    now: Timestamp,
) -> std::io::Result<(Vec<LogEntry>, bool)> {
    let zone = time_zone(root);
    let line_zone = zone.clone();
    let time = Box::new(move |line: &[u8]| line_time(line, &line_zone, now));
    let reader = WindowReader::new(File::open(path)?, window, READ_LIMIT, time)?;
    let mut lines = BufReader::new(reader);
    let mut line = Vec::new();
    let mut found = Vec::new();
    let mut read = 0_u64;
    loop {
        line.clear();
        let length = lines.read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok((found, read >= READ_LIMIT));
        }
        read += length as u64;
        let at = line_time(&line, &zone, now);
        found.extend(at.and_then(|at| entry(&String::from_utf8_lossy(&line), at)));
    }
}
