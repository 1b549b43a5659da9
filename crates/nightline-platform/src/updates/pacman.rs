//! `/var/log/pacman.log` of Arch Linux and its kin.

use jiff::tz::TimeZone;
use nightline_types::Timestamp;

use super::{Change, ChangeKind};
use crate::calendar::local;

/// `[2024-03-01T12:00:00+0100] [ALPM] upgraded linux (6.7.5.arch1-1 -> 6.7.6.arch1-1)`; before 2019 the time was
/// `[2018-03-01 12:00]`, local.
pub(super) fn log(text: &str, zone: &TimeZone) -> Vec<Change> {
    text.lines().filter_map(|text| line(text, zone)).collect()
}

fn line(line: &str, zone: &TimeZone) -> Option<Change> {
    let (time, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let mut words = rest.strip_prefix("[ALPM] ")?.splitn(3, ' ');
    let (action, package, versions) = (words.next()?, words.next()?, words.next()?);
    let versions = versions.trim().strip_prefix('(')?.strip_suffix(')')?;
    let kind = match action {
        "installed" | "reinstalled" => ChangeKind::Installed,
        "upgraded" => ChangeKind::Upgraded,
        "downgraded" => ChangeKind::Downgraded,
        "removed" => ChangeKind::Removed,
        _ => return None,
    };
    let (before, after) = match (kind, versions.split_once(" -> ")) {
        (_, Some((before, after))) => (Some(before.to_owned()), Some(after.to_owned())),
        (ChangeKind::Removed, None) => (Some(versions.to_owned()), None),
        (_, None) => (None, Some(versions.to_owned())),
    };
    Some(Change { at: zoned(time, zone)?, kind, package: package.to_owned(), before, after })
}

fn zoned(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let at = text.len().checked_sub(2)?;
    let with_colon = || format!("{}:{}", text.get(..at)?, text.get(at..)?).parse().ok();
    if text.contains('T') {
        text.parse().ok().or_else(with_colon)
    } else {
        local(&format!("{text}:00"), zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_time_are_read_and_other_lines_are_not() {
        let text = "[2024-03-01T12:00:00+0100] [PACMAN] Running 'pacman -Syu'\n[2024-03-01T12:00:01+0100] [ALPM] upgraded linux (6.7.5.arch1-1 -> 6.7.6.arch1-1)\n[2018-03-01 12:00] [ALPM] installed jq (1.5-6)\n[2024-03-01T12:00:02+0100] [ALPM] removed nano (7.2-1)\n[2024-03-01T12:00:03+0100] [ALPM] transaction completed\n";
        let found = log(text, &TimeZone::UTC);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.at.to_string(), it.kind, it.before.as_deref(), it.after.as_deref()))
            .collect();
        let expected = [
            ("2024-03-01T11:00:01.000Z", ChangeKind::Upgraded, Some("6.7.5.arch1-1"), Some("6.7.6.arch1-1")),
            ("2018-03-01T12:00:00.000Z", ChangeKind::Installed, None, Some("1.5-6")),
            ("2024-03-01T11:00:02.000Z", ChangeKind::Removed, Some("7.2-1"), None),
        ];
        assert_eq!(found, expected.map(|(at, kind, before, after)| (at.to_owned(), kind, before, after)));
    }
}
