//! The systemd journal by `journalctl`, with few fields. Opens no journal file itself.

use std::time::Duration;

use nightline_types::{Timestamp, chain};
use serde_json::Value;

use super::syslog::cut;
use super::{LogEntry, LogLevel, TimeWindow};
use crate::command::{Command, CommandError, Exit};
use crate::source::SourceState;

/// A large journal on a slow disk needs seconds; a check may not take longer.
const LIMIT: Duration = Duration::from_secs(6);
/// About 20,000 lines with the fields that we ask for.
const OUTPUT_LIMIT: usize = 8 * 1024 * 1024;
/// What `journalctl` says on standard error when other users' and the system's messages are hidden.
const HINT: &str = "not seeing messages from";

/// Problems in the window, newest first, and what became of asking.
pub(super) async fn problems(window: TimeWindow) -> (Vec<LogEntry>, SourceState, bool) {
    let ran = command(window, LIMIT)
        .args(["--output=json", "--output-fields=PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT,MESSAGE"])
        .args(["--reverse", "--priority=warning"])
        .output_limit(OUTPUT_LIMIT)
        .run()
        .await;
    let ran = match ran {
        Ok(ran) => ran,
        Err(CommandError::NotInstalled { .. }) => return (Vec::new(), SourceState::Absent, false),
        Err(error) => return (Vec::new(), SourceState::Failed(chain(&error)), false),
    };
    let entries = parse(&ran.text());
    let complaint = ran.complaint();
    let state = match ran.exit {
        Exit::Code(0) if complaint.contains(HINT) && entries.is_empty() => SourceState::NotAllowed,
        Exit::Code(0) if complaint.contains("No journal files") => SourceState::Absent,
        Exit::Code(0) | Exit::TooMuchOutput => SourceState::Read,
        Exit::Code(_) if complaint.contains("No journal files") => SourceState::Absent,
        Exit::TimedOut if !entries.is_empty() => SourceState::Read,
        _ => SourceState::Failed(complaint),
    };
    (entries, state, ran.exit != Exit::Code(0) && ran.bytes > 0)
}

/// `journalctl` for a window of whole seconds.
pub(super) fn command(window: TimeWindow, limit: Duration) -> Command {
    Command::new("journalctl", limit)
        .args(["--no-pager", "--quiet", "--system"])
        .arg(format!("--since=@{}", window.from.unix_ms().div_euclid(1000)))
        .arg(format!("--until=@{}", window.to.unix_ms().div_euclid(1000).saturating_add(1)))
}

/// One JSON object a line; a line that was cut is left out.
fn parse(text: &str) -> Vec<LogEntry> {
    text.lines().filter_map(|line| entry(&serde_json::from_str(line).ok()?)).collect()
}

fn entry(row: &Value) -> Option<LogEntry> {
    let micros: i64 = row.get("__REALTIME_TIMESTAMP")?.as_str()?.parse().ok()?;
    let priority: u8 = row.get("PRIORITY")?.as_str()?.parse().ok()?;
    let origin = ["_SYSTEMD_UNIT", "SYSLOG_IDENTIFIER"].iter().find_map(|name| row.get(*name)?.as_str());
    Some(LogEntry {
        at: Timestamp::from_unix_ms(micros / 1000),
        level: LogLevel::from_priority(priority)?,
        origin: origin.unwrap_or("?").to_owned(),
        message: cut(&message(row.get("MESSAGE")?)?),
    })
}

/// Messages that are not UTF-8 come as a list of bytes.
fn message(value: &Value) -> Option<String> {
    if let Some(text) = value.as_str() {
        return Some(text.to_owned());
    }
    let bytes: Vec<u8> =
        value.as_array()?.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok()).collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `journalctl -o json --output-fields=…` of systemd 252 prints it.
    const RECORDED: &str = concat!(
        r#"{"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1795318714000123","__MONOTONIC_TIMESTAMP":"99","_BOOT_ID":"b","PRIORITY":"3","SYSLOG_IDENTIFIER":"sshd","_SYSTEMD_UNIT":"ssh.service","MESSAGE":"error: kex"}"#,
        "\n",
        r#"{"__REALTIME_TIMESTAMP":"1795318713000000","PRIORITY":"4","SYSLOG_IDENTIFIER":"kernel","MESSAGE":[255,104,105]}"#,
        "\n",
        r#"{"__REALTIME_TIMESTAMP":"1795318712000000","PRIORITY":"6","MESSAGE":"fine"}"#,
        "\n",
        r#"{"__REALTIME_TIMESTAMP":"1795318711000000","PRIORITY":"3","MESSAGE":null}"#,
        "\n{\"__REALTIME_TIMEST",
    );

    #[test]
    fn reads_units_kernel_lines_and_bytes_and_skips_what_is_cut() {
        let found = parse(RECORDED);
        let found: Vec<_> =
            found.iter().map(|it| (it.origin.as_str(), it.level, it.message.as_str())).collect();
        let expected =
            [("ssh.service", LogLevel::Error, "error: kex"), ("kernel", LogLevel::Warning, "\u{fffd}hi")];
        assert_eq!(found, expected);
    }

    #[tokio::test]
    async fn this_machines_journal_answers_or_says_why_not() {
        let window = TimeWindow { from: Timestamp::from_unix_ms(0), to: Timestamp::from_unix_ms(1_000) };
        let (entries, _, _) = problems(window).await;
        assert!(entries.is_empty());
    }
}
