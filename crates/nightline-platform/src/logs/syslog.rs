//! Lines of text logs: their time, their program, and how bad they are. Reads lines, not files.

use jiff::tz::TimeZone;
use nightline_types::Timestamp;

use super::{LogEntry, LogLevel};
use crate::calendar::without_year;

/// Longer messages are cut; the bundle has the whole line.
pub(super) const MESSAGE_LIMIT: usize = 1_000;

/// When a line was written: RFC 3339 as rsyslog writes it today, or `Nov 22 03:38:34` (RFC 3164) in the machine's zone.
pub(crate) fn line_time(line: &[u8], zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    /// Enough for both forms: the longer is `2026-11-22T03:38:34.123456+08:00`.
    const TIME_LENGTH: usize = 40;
    let head = line.get(..TIME_LENGTH.min(line.len()))?;
    let head = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
    };
    if head.as_bytes().first()?.is_ascii_digit() {
        return head.split(' ').next()?.trim_end().parse().ok();
    }
    without_year(head.get(..15)?, zone, now)
}

/// A line as an entry, if it says that something is wrong. Text logs hold no priority, so its words decide:
/// `panic`, `fatal`, `error`, `fail…` and `warn…` as words of their own.
pub(super) fn entry(line: &str, at: Timestamp) -> Option<LogEntry> {
    let rest = after_time(line)?;
    let (_host, rest) = rest.split_once(' ')?;
    let (tag, message) = rest.split_once(": ")?;
    let level = level_by_words(message)?;
    Some(LogEntry { at, level, origin: program(tag).to_owned(), message: cut(message) })
}

fn after_time(line: &str) -> Option<&str> {
    if line.as_bytes().first()?.is_ascii_digit() {
        return line.split_once(' ').map(|it| it.1);
    }
    line.get(16..)
}

/// `sshd[812]` is `sshd`.
fn program(tag: &str) -> &str {
    tag.split('[').next().unwrap_or(tag)
}

/// How bad a message without a priority sounds.
pub(super) fn level_by_words(message: &str) -> Option<LogLevel> {
    let mut level = None;
    for word in message.split(|c: char| !c.is_ascii_alphanumeric()) {
        let word = word.to_ascii_lowercase();
        let found = match word.as_str() {
            "panic" | "fatal" | "emerg" | "segfault" | "oops" => LogLevel::Critical,
            "error" | "errors" | "failed" | "failure" | "fail" | "crit" => LogLevel::Error,
            "warn" | "warning" => LogLevel::Warning,
            _ => continue,
        };
        level = Some(level.map_or(found, |before: LogLevel| before.min(found)));
    }
    level
}

/// Cuts at [`MESSAGE_LIMIT`] characters.
pub(super) fn cut(message: &str) -> String {
    message.trim_end().chars().take(MESSAGE_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T04:00:00Z";

    #[test]
    fn both_forms_of_time_are_read() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let check = |line: &str, expected: Option<&str>| {
            let at = line_time(line.as_bytes(), &zone, NOW.parse().unwrap());
            assert_eq!(at.map(|it| it.to_string()).as_deref(), expected, "{line}");
        };
        check("2026-11-22T03:38:34.123456+08:00 host a: b", Some("2026-11-21T19:38:34.123Z"));
        check("Nov 22 03:38:34 host a: b", Some("2026-11-21T19:38:34.000Z"));
        check("  continued", None);
        check("", None);
        check("1234 is no time", None);
        check("打印机没有响应，请检查打印机没有响应，请检查", None);
    }

    #[test]
    fn only_lines_that_sound_wrong_are_entries() {
        let check = |line: &str, expected: Option<(&str, LogLevel)>| {
            let found = entry(line, Timestamp::from_unix_ms(0));
            assert_eq!(found.as_ref().map(|it| (it.origin.as_str(), it.level)), expected, "{line}");
        };
        let head = "2026-11-22T03:38:34.123456+00:00 laptop ";
        check(&format!("{head}sshd[81]: error: kex_exchange"), Some(("sshd", LogLevel::Error)));
        check(&format!("{head}kernel: app[7]: segfault at 0 error 4"), Some(("kernel", LogLevel::Critical)));
        check("Nov 22 03:38:34 laptop systemd[1]: Failed to start foo.", Some(("systemd", LogLevel::Error)));
        check("Nov  2 03:38:34 laptop x: warning, disk", Some(("x", LogLevel::Warning)));
        check(&format!("{head}cron[9]: session opened"), None);
        check(&format!("{head}x: terrorists and failover"), None);
        check("cut", None);
    }
}
