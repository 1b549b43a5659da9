//! `/var/log/apt/history.log` and `/var/log/dpkg.log`, both in local time.

use jiff::tz::TimeZone;

use super::{Change, ChangeKind};
use crate::calendar::local;

/// Blocks of `Start-Date:`, `Install:`, `Upgrade:`, `Remove:` …; `name:arch (version, automatic)` or `(old, new)`.
pub(super) fn history(text: &str, zone: &TimeZone) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = None;
    for line in text.lines() {
        let Some((field, value)) = line.split_once(": ") else { continue };
        let kind = match field {
            "Start-Date" => {
                at = local(&value.split_ascii_whitespace().collect::<Vec<_>>().join(" "), zone);
                continue;
            }
            "Install" | "Reinstall" => ChangeKind::Installed,
            "Upgrade" => ChangeKind::Upgraded,
            "Downgrade" => ChangeKind::Downgraded,
            "Remove" | "Purge" => ChangeKind::Removed,
            _ => continue,
        };
        let Some(at) = at else { continue };
        for item in value.split("), ") {
            let Some((name, versions)) = item.split_once(" (") else { continue };
            let mut versions =
                versions.trim_end_matches(')').split(", ").filter(|it| *it != "automatic").map(str::to_owned);
            let (first, second) = (versions.next(), versions.next());
            let (before, after) = match kind {
                ChangeKind::Installed => (None, first),
                ChangeKind::Removed => (first, None),
                ChangeKind::Upgraded | ChangeKind::Downgraded => (first, second),
            };
            changes.push(Change { at, kind, package: without_architecture(name).to_owned(), before, after });
        }
    }
    changes
}

/// `2025-06-24 14:36:25 upgrade libsystemd0:amd64 252.36-1~deb12u1 252.38-1~deb12u1`; `<none>` is no version.
pub(super) fn dpkg(text: &str, zone: &TimeZone) -> Vec<Change> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let [date, time, action, name, before, after] = words.as_slice() else { return None };
        let kind = match *action {
            "install" => ChangeKind::Installed,
            "upgrade" => ChangeKind::Upgraded,
            "remove" | "purge" => ChangeKind::Removed,
            _ => return None,
        };
        let version = |text: &str| (text != "<none>").then(|| text.to_owned());
        Some(Change {
            at: local(&format!("{date} {time}"), zone)?,
            kind,
            package: without_architecture(name).to_owned(),
            before: version(before),
            after: version(after),
        })
    };
    text.lines().filter_map(line).collect()
}

fn without_architecture(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apts_blocks_become_changes() {
        let text = "\nStart-Date: 2026-09-22  04:48:20\nCommandline: apt-get install x\nInstall: libpcre2-dev:amd64 (10.42-1+deb12u1), libpcre2-posix3:amd64 (10.42-1+deb12u1, automatic)\nUpgrade: curl:amd64 (7.88.1-10+deb12u14, 7.88.1-10+deb12u15)\nEnd-Date: 2026-09-22  04:48:24\n\nStart-Date: 2026-09-22  04:48:38\nPurge: cmake:amd64 (3.25.1-1)\nRequested-By: mei (1000)\n";
        let expected = [
            "2026-09-22T04:48:20.000Z installed libpcre2-dev - 10.42-1+deb12u1",
            "2026-09-22T04:48:20.000Z installed libpcre2-posix3 - 10.42-1+deb12u1",
            "2026-09-22T04:48:20.000Z upgraded curl 7.88.1-10+deb12u14 7.88.1-10+deb12u15",
            "2026-09-22T04:48:38.000Z removed cmake 3.25.1-1 -",
        ];
        check(&history(text, &TimeZone::UTC), &expected);
    }

    #[test]
    fn dpkgs_lines_become_changes_and_its_states_do_not() {
        let text = "2025-06-24 14:36:25 startup archives unpack\n2025-06-24 14:36:25 upgrade libsystemd0:amd64 252.36-1 252.38-1\n2025-06-24 14:36:25 status triggers-pending libc-bin:amd64 2.36-9\n2025-06-24 14:36:26 install jq:amd64 <none> 1.6-2.1\n";
        let expected = [
            "2025-06-24T14:36:25.000Z upgraded libsystemd0 252.36-1 252.38-1",
            "2025-06-24T14:36:26.000Z installed jq - 1.6-2.1",
        ];
        check(&dpkg(text, &TimeZone::UTC), &expected);
    }

    #[test]
    fn damaged_text_gives_nothing() {
        for text in [
            "",
            "Install: x (1)\n",
            "Start-Date: yesterday\nInstall: x (1)\n",
            "Start-Date: 2026-01-01  00:00:00\nInstall: x\n",
        ] {
            check(&history(text, &TimeZone::UTC), &[]);
        }
    }

    #[track_caller]
    fn check(found: &[Change], expected: &[&str]) {
        let dash = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                format!(
                    "{} {} {} {} {}",
                    it.at,
                    it.kind.as_str(),
                    it.package,
                    dash(&it.before),
                    dash(&it.after)
                )
            })
            .collect();
        assert_eq!(found, expected);
    }
}
