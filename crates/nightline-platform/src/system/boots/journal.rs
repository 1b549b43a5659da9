//! Boots by the journal, for systems that write no wtmp (Debian 13 and later). Opens no journal file itself.

use std::time::Duration;

use nightline_types::{Timestamp, chain};
use serde_json::Value;

use super::{Boot, Ending};
use crate::command::{Command, CommandError};
use crate::source::SourceState;

/// Listing boots opens every journal file once.
const LIMIT: Duration = Duration::from_secs(3);
/// `SD_MESSAGE_JOURNAL_STOP` (systemd/sd-messages.h): the last thing that an orderly shutdown writes.
const JOURNAL_STOPPED: &str = "MESSAGE_ID=d93fb3c9c24d451a97cea615ce59c00b";

/// Newest first.
pub(super) async fn boots() -> (Vec<Boot>, SourceState) {
    let list = |args: &[&str]| {
        Command::new("journalctl", LIMIT).args(["--no-pager", "--quiet"]).args(args.iter().copied()).run()
    };
    let listed = match list(&["--list-boots", "--output=json"]).await {
        Ok(ran) if ran.succeeded() => ran.text(),
        Ok(ran) if ran.complaint().contains("No journal files") => return (Vec::new(), SourceState::Absent),
        Ok(ran) => return (Vec::new(), SourceState::Failed(ran.complaint())),
        Err(CommandError::NotInstalled { .. }) => return (Vec::new(), SourceState::Absent),
        Err(error) => return (Vec::new(), SourceState::Failed(chain(&error))),
    };
    let stopped = list(&["--output=json", "--output-fields=_BOOT_ID", JOURNAL_STOPPED]).await;
    let stopped = stopped.map(|ran| ran.text()).unwrap_or_default();
    (parse(&listed, &stopped), SourceState::Read)
}

/// `[{"index":0,"boot_id":"…","first_entry":MICROSECONDS,"last_entry":MICROSECONDS}]`, and one object for each stop.
/// Versions before 255 print a table in words instead, which gives no boots.
fn parse(listed: &str, stopped: &str) -> Vec<Boot> {
    let rows: Vec<Value> = serde_json::from_str(listed).unwrap_or_default();
    let stops: Vec<Value> = stopped.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let time = |row: &Value, name: &str| {
        Some(Timestamp::from_unix_ms(i64::try_from(row.get(name)?.as_u64()? / 1000).ok()?))
    };
    let boot = |row: &Value| {
        let id = row.get("boot_id")?.as_str()?;
        let index = row.get("index")?.as_i64()?;
        let is_stopped = stops.iter().any(|stop| stop.get("_BOOT_ID").and_then(Value::as_str) == Some(id));
        let ending = match index {
            0 => Ending::Running,
            _ if is_stopped => Ending::Orderly,
            // A journal in memory only, or one that this user may not read as a whole, knows no stops at all.
            _ if stops.is_empty() => Ending::Unknown,
            _ => Ending::Abrupt,
        };
        let ended = if index == 0 { None } else { time(row, "last_entry") };
        Some(Boot { at: time(row, "first_entry")?, ended, ending })
    };
    let mut boots: Vec<Boot> = rows.iter().filter_map(boot).collect();
    boots.sort_by_key(|boot| std::cmp::Reverse(boot.at));
    boots
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = r#"[{"index":-2,"boot_id":"aa","first_entry":1000000,"last_entry":2000000},
        {"index":-1,"boot_id":"bb","first_entry":3000000,"last_entry":4000000},
        {"index":0,"boot_id":"cc","first_entry":5000000,"last_entry":6000000}]"#;

    #[test]
    fn a_boot_whose_journal_never_stopped_ended_abruptly() {
        let stopped = "{\"_BOOT_ID\":\"aa\",\"__REALTIME_TIMESTAMP\":\"2000000\"}\n";
        check(stopped, &[(5000, Ending::Running), (3000, Ending::Abrupt), (1000, Ending::Orderly)]);
    }

    #[test]
    fn without_any_stop_nothing_is_called_abrupt() {
        check("", &[(5000, Ending::Running), (3000, Ending::Unknown), (1000, Ending::Unknown)]);
    }

    #[test]
    fn the_table_of_older_versions_gives_no_boots() {
        assert_eq!(parse(" 0 5b1c Sun 2026-11-22 03:38:34 UTC—Sun 2026-11-22 04:00:00 UTC", ""), []);
    }

    #[track_caller]
    fn check(stopped: &str, expected: &[(i64, Ending)]) {
        let found: Vec<_> =
            parse(LISTED, stopped).iter().map(|boot| (boot.at.unix_ms(), boot.ending)).collect();
        assert_eq!(found, expected);
    }
}
