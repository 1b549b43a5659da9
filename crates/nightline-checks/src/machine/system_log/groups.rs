//! Lines that say the same, and lines that say that the machine itself failed. Pure.

use std::collections::HashMap;

use nightline_platform::logs::{LogEntry, LogLevel};
use nightline_types::Timestamp;

/// Lines of one origin that differ only in numbers.
pub(super) struct Group {
    pub(super) origin: String,
    pub(super) level: LogLevel,
    pub(super) count: usize,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
    /// The newest of them, as it is.
    pub(super) message: String,
    pub(super) failure: Option<Failure>,
}

/// A program that the kernel ended because there was no memory left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) at: Timestamp,
    /// As the kernel names it: 15 bytes at most.
    pub(super) program: String,
    /// Only the memory that the program's own group was given was used up, not the machine's.
    pub(super) own_limit: bool,
}

/// The newest of them (mm/oom_kill.c: `%s: Killed process %d (%s)`); the machine's own before a group's.
pub(super) fn ended(entries: &[LogEntry]) -> Option<Ended> {
    let found = entries.iter().filter(|entry| entry.origin == "kernel").filter_map(|entry| {
        let (before, rest) = entry.message.split_once("ut of memory: Killed process ")?;
        let (_, rest) = rest.split_once('(')?;
        let (program, _) = rest.split_once(')')?;
        let own_limit = before.ends_with("cgroup o");
        Some(Ended { at: entry.at, program: program.to_owned(), own_limit })
    });
    found.max_by_key(|it| (!it.own_limit, it.at))
}

/// What failed; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    Disk,
    Hardware,
    Memory,
    Crash,
}

/// What the Linux kernel writes when it happens (block/blk-core.c, fs/ext4, fs/btrfs, fs/xfs, drivers/nvme,
/// drivers/ata, arch/x86/kernel/cpu/mce, mm/oom_kill.c, kernel/panic.c, kernel/hung_task.c).
const WORDINGS: [(&str, Failure); 18] = [
    ("I/O error, dev ", Failure::Disk),
    ("Buffer I/O error on dev", Failure::Disk),
    ("EXT4-fs error", Failure::Disk),
    ("XFS: metadata I/O error", Failure::Disk),
    ("Metadata corruption detected", Failure::Disk),
    ("BTRFS error", Failure::Disk),
    ("BTRFS critical", Failure::Disk),
    ("Remounting filesystem read-only", Failure::Disk),
    ("failed command: READ FPDMA", Failure::Disk),
    ("controller is down; will reset", Failure::Disk),
    ("[Hardware Error]", Failure::Hardware),
    ("temperature above threshold", Failure::Hardware),
    ("Out of memory: Killed process", Failure::Memory),
    ("invoked oom-killer", Failure::Memory),
    ("Memory cgroup out of memory: Killed", Failure::Memory),
    ("Kernel panic", Failure::Crash),
    ("blocked for more than", Failure::Crash),
    ("GPU HANG", Failure::Crash),
];

impl Failure {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Hardware => "hardware",
            Self::Memory => "memory",
            Self::Crash => "crash",
        }
    }

    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Disk => "reason-log-disk",
            Self::Hardware => "reason-log-hardware",
            Self::Memory => "reason-log-memory",
            Self::Crash => "reason-log-crash",
        }
    }

    /// Only the kernel's own lines count: a program may quote these words.
    fn of(entry: &LogEntry) -> Option<Self> {
        if entry.origin != "kernel" {
            return None;
        }
        WORDINGS.iter().find(|(words, _)| entry.message.contains(words)).map(|it| it.1)
    }
}

/// Newest first.
pub(super) fn group(entries: &[LogEntry]) -> Vec<Group> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let key = (entry.origin.clone(), pattern(&entry.message));
        if let Some(group) = places.get(&key).and_then(|place| groups.get_mut(*place)) {
            group.count += 1;
            group.level = group.level.min(entry.level);
            group.first = group.first.min(entry.at);
            if entry.at > group.last {
                group.last = entry.at;
                group.message.clone_from(&entry.message);
            }
            continue;
        }
        places.insert(key, groups.len());
        groups.push(Group {
            origin: entry.origin.clone(),
            level: entry.level,
            count: 1,
            first: entry.at,
            last: entry.at,
            message: entry.message.clone(),
            failure: Failure::of(entry),
        });
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.last));
    groups
}

/// The message with every run of digits, and every word that has one, as `#`.
fn pattern(message: &str) -> String {
    let mut pattern = String::with_capacity(message.len());
    for word in message.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            pattern.push('#');
            pattern.extend(word.chars().last().filter(|c| !c.is_ascii_alphanumeric()));
        } else {
            pattern.push_str(word);
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: i64, origin: &str, message: &str) -> LogEntry {
        LogEntry {
            at: Timestamp::from_unix_ms(at),
            level: LogLevel::Error,
            origin: origin.into(),
            message: message.into(),
        }
    }

    #[test]
    fn lines_that_differ_in_numbers_are_one_group_with_its_newest_line() {
        let entries = [
            entry(30, "sshd", "error: kex from 192.0.2.7 port 4711"),
            entry(20, "cron", "error: kex from 192.0.2.7 port 4711"),
            entry(10, "sshd", "error: kex from 198.51.100.9 port 12"),
        ];
        let found: Vec<_> = group(&entries)
            .into_iter()
            .map(|it| (it.origin, it.count, it.first.unix_ms(), it.message))
            .collect();
        let line = "error: kex from 192.0.2.7 port 4711".to_owned();
        assert_eq!(found, [("sshd".to_owned(), 2, 10, line.clone()), ("cron".to_owned(), 1, 20, line)]);
    }

    #[test]
    fn only_the_kernel_can_say_that_the_machine_failed() {
        let words = "Out of memory: Killed process 812 (firefox) total-vm:12kB";
        assert_eq!(Failure::of(&entry(1, "kernel", words)), Some(Failure::Memory));
        assert_eq!(Failure::of(&entry(1, "myapp", words)), None);
        assert_eq!(Failure::of(&entry(1, "kernel", "usb 1-2: device not accepting address 5")), None);
    }

    #[test]
    fn the_program_that_was_ended_for_memory_is_named() {
        let line = "Out of memory: Killed process 812 (Web Content) total-vm:12kB, anon-rss:1kB";
        let group = "Memory cgroup out of memory: Killed process 7 (stress) total-vm:12kB";
        let named =
            |entries: &[LogEntry]| ended(entries).map(|it| (it.at.unix_ms(), it.program, it.own_limit));
        assert_eq!(named(&[entry(5, "kernel", line)]), Some((5, "Web Content".to_owned(), false)));
        let both = [entry(9, "kernel", group), entry(5, "kernel", line), entry(3, "kernel", line)];
        assert_eq!(named(&both), Some((5, "Web Content".to_owned(), false)));
        assert_eq!(named(&both[..1]), Some((9, "stress".to_owned(), true)));
        assert_eq!(named(&[entry(5, "myapp", line)]), None);
        assert_eq!(named(&[entry(5, "kernel", "Out of memory: Killed process")]), None);
    }

    #[test]
    fn a_flood_of_one_line_is_one_group() {
        let entries: Vec<_> =
            (0..10_000).map(|n| entry(n, "app", &format!("request {n:x}a1 failed"))).collect();
        assert_eq!(group(&entries).len(), 1);
    }
}
