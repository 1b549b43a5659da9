//! The kernel's ring buffer, for machines without a journal. Reads what is there and waits for nothing.

use std::path::Path;

use nightline_types::Timestamp;

use super::syslog::cut;
use super::{LogEntry, LogLevel, TimeWindow};
use crate::source::SourceState;

/// The kernel's buffer is at most 32 MiB by configuration and 256 KiB by default; this many records fill neither pane
/// nor memory.
const RECORD_LIMIT: usize = 20_000;

/// Problems that the kernel named in the window.
pub(super) fn problems(root: &Path, window: TimeWindow) -> (Vec<LogEntry>, SourceState) {
    let Some(boot) = crate::system::boot_time(root) else { return (Vec::new(), SourceState::Absent) };
    match records(&root.join("dev/kmsg")) {
        Ok(text) => {
            let found = text.iter().filter_map(|record| entry(record, boot));
            (found.filter(|it| window.contains(it.at)).collect(), SourceState::Read)
        }
        Err(error) => (Vec::new(), SourceState::from(&error)),
    }
}

/// `priority,sequence,microseconds since boot,flags;message` (linux/Documentation/ABI/testing/dev-kmsg).
fn entry(record: &str, boot: Timestamp) -> Option<LogEntry> {
    let (head, message) = record.lines().next()?.split_once(';')?;
    let mut fields = head.split(',');
    let priority: u16 = fields.next()?.parse().ok()?;
    let micros: i64 = fields.nth(1)?.parse().ok()?;
    Some(LogEntry {
        at: Timestamp::from_unix_ms(boot.unix_ms().saturating_add(micros / 1000)),
        level: LogLevel::from_priority(u8::try_from(priority & 7).ok()?)?,
        origin: "kernel".to_owned(),
        message: cut(message),
    })
}

/// One record for each read, until there is none left (`EAGAIN`); `EPIPE` means that one was overwritten meanwhile.
#[cfg(target_os = "linux")]
fn records(path: &Path) -> std::io::Result<Vec<String>> {
    use rustix::fs::{Mode, OFlags};
    use rustix::io::Errno;
    /// The kernel's `CONSOLE_EXT_LOG_MAX`.
    const RECORD: usize = 8 * 1024;
    let file = rustix::fs::open(path, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())?;
    let mut buffer = vec![0_u8; RECORD];
    let mut found = Vec::new();
    while found.len() < RECORD_LIMIT {
        match rustix::io::read(&file, &mut buffer[..]) {
            Ok(0) | Err(Errno::AGAIN) => break,
            // A recorded machine's file gives several records at once, each in a line of its own.
            Ok(read) => {
                let text = String::from_utf8_lossy(buffer.get(..read).unwrap_or_default()).into_owned();
                found.extend(text.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned));
            }
            Err(Errno::PIPE | Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

#[cfg(not(target_os = "linux"))]
fn records(path: &Path) -> std::io::Result<Vec<String>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().take(RECORD_LIMIT).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_placed_on_the_time_axis_by_the_boot() {
        let boot = Timestamp::from_unix_ms(1_000_000);
        let found =
            entry("3,1201,2500000,-;EXT4-fs error (device vda): bad block\n SUBSYSTEM=block", boot).unwrap();
        assert_eq!((found.at.unix_ms(), found.level), (1_002_500, LogLevel::Error));
        assert_eq!(found.message, "EXT4-fs error (device vda): bad block");
        for fine in ["6,1,1,-;fine", "30,1,1,-;fine too", "", "3,1;no time", "x,1,2,-;y"] {
            assert_eq!(entry(fine, boot), None, "{fine}");
        }
    }
}
