//! When the system started and how it went down each time. An ending is only called abrupt where an orderly one would
//! have left a trace.

mod journal;

use std::path::Path;
use std::time::Duration;

use nightline_types::Timestamp;

use super::utmp::{self, Record, RecordKind};
use crate::source::{Source, SourceState, read_line, read_small};

/// One run of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boot {
    /// When it began.
    pub at: Timestamp,
    /// When it ended, as far as anything was written.
    pub ended: Option<Timestamp>,
    /// How it ended.
    pub ending: Ending,
}

/// How a run of the system ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It still runs.
    Running,
    /// It went down in order.
    Orderly,
    /// It went down without order: power loss, hang, crash, or a virtual machine that was switched off.
    Abrupt,
    /// Nothing was written either way.
    Unknown,
}

/// The runs of the system that anything is known of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BootHistory {
    /// Newest first.
    pub boots: Vec<Boot>,
    /// Where we looked.
    pub sources: Vec<Source>,
}

/// The last runs of the system, by `/var/log/wtmp`, else by the journal. At most `count`.
pub async fn boot_history(root: &Path, count: usize) -> BootHistory {
    let mut history = BootHistory::default();
    let (records, state) = match utmp::records(&root.join("var/log/wtmp")) {
        Ok(records) => (records, SourceState::Read),
        Err(error) => (Vec::new(), SourceState::from(&error)),
    };
    history.sources.push(Source::new("/var/log/wtmp", state));
    history.boots = of_records(&records);
    if history.boots.is_empty() && root == Path::new("/") {
        let (boots, state) = journal::boots().await;
        history.boots = boots;
        history.sources.push(Source::new("journal", state));
    }
    if history.boots.is_empty()
        && let Some(at) = boot_time(root)
    {
        history.boots.push(Boot { at, ended: None, ending: Ending::Running });
        history.sources.push(Source::new("/proc/stat", SourceState::Read));
    }
    history.boots.truncate(count);
    history
}

/// Boot records begin a run and shutdown records end it in order. A run that the next boot finds unended went down
/// without order, if the file has any shutdown record at all: some systems never write one.
fn of_records(records: &[Record]) -> Vec<Boot> {
    let writes_shutdowns = records.iter().any(|it| it.kind == RecordKind::Shutdown);
    let mut boots: Vec<Boot> = Vec::new();
    for record in records {
        match (record.kind, boots.last_mut()) {
            (RecordKind::Boot, last) => {
                if let Some(last) = last.filter(|it| it.ending == Ending::Running) {
                    last.ending = if writes_shutdowns { Ending::Abrupt } else { Ending::Unknown };
                }
                boots.push(Boot { at: record.at, ended: None, ending: Ending::Running });
            }
            (RecordKind::Shutdown, Some(last)) if last.ending == Ending::Running => {
                last.ended = Some(record.at);
                last.ending = Ending::Orderly;
            }
            (RecordKind::Shutdown | RecordKind::Other, _) => {}
        }
    }
    boots.reverse();
    boots
}

/// When the running system started, by the kernel.
pub fn boot_time(root: &Path) -> Option<Timestamp> {
    let text = read_small(&root.join("proc/stat")).ok()?;
    let seconds: i64 = text.lines().find_map(|line| line.strip_prefix("btime ")?.trim().parse().ok())?;
    Some(Timestamp::from_unix_ms(seconds.checked_mul(1000)?))
}

/// For how long the system has been running, without the time it slept.
pub fn uptime(root: &Path) -> Option<Duration> {
    if let Some(text) = read_line(&root.join("proc/uptime")) {
        return Duration::try_from_secs_f64(text.split(' ').next()?.parse().ok()?).ok();
    }
    (root == Path::new("/") && !cfg!(target_os = "linux"))
        .then(|| Some(Duration::from_secs(sysinfo::System::uptime().ok()?)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boot_without_a_shutdown_before_it_followed_a_crash() {
        check("b1 s5 b9 b20", &[(20, Ending::Running), (9, Ending::Abrupt), (1, Ending::Orderly)]);
    }

    #[test]
    fn where_nobody_writes_shutdowns_nothing_is_called_abrupt() {
        check("b1 b9", &[(9, Ending::Running), (1, Ending::Unknown)]);
    }

    #[test]
    fn a_rotated_file_may_begin_with_a_shutdown() {
        check("s1 b2", &[(2, Ending::Running)]);
        check("", &[]);
    }

    #[track_caller]
    fn check(text: &str, expected: &[(i64, Ending)]) {
        let record = |word: &str| Record {
            at: Timestamp::from_unix_ms(word[1..].parse().unwrap()),
            kind: if word.starts_with('b') { RecordKind::Boot } else { RecordKind::Shutdown },
        };
        let records: Vec<_> = text.split_ascii_whitespace().map(record).collect();
        let found: Vec<_> = of_records(&records).iter().map(|it| (it.at.unix_ms(), it.ending)).collect();
        assert_eq!(found, expected, "{text}");
    }
}
