//! `/var/log/dnf.rpm.log` of Fedora and RHEL 8 to 9. dnf5 keeps its history in a database, which we do not open.

use jiff::tz::TimeZone;
use nightline_types::Timestamp;

use super::{Change, ChangeKind};

/// `2023-11-05T10:11:12+0100 SUBDEBUG Upgrade: openssl-libs-1:3.0.7-25.el9.x86_64`
pub(super) fn rpm_log(text: &str, _: &TimeZone) -> Vec<Change> {
    text.lines().filter_map(line).collect()
}

fn line(line: &str) -> Option<Change> {
    let mut words = line.splitn(4, ' ');
    let (time, _level, action, package) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let kind = match action {
        "Installed:" => ChangeKind::Installed,
        // `Upgraded:` names the old package again, after the new one.
        "Upgrade:" => ChangeKind::Upgraded,
        "Downgrade:" => ChangeKind::Downgraded,
        "Erase:" | "Removed:" => ChangeKind::Removed,
        _ => return None,
    };
    let (name, version) = name_and_version(package.trim())?;
    let (before, after) = match kind {
        ChangeKind::Removed => (Some(version), None),
        _ => (None, Some(version)),
    };
    Some(Change { at: zoned(time)?, kind, package: name, before, after })
}

/// `+0100` without a colon, with or without a `Z`.
fn zoned(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let at = text.len().checked_sub(2)?;
    format!("{}:{}", text.get(..at)?, text.get(at..)?).parse().ok()
}

/// `openssl-libs-1:3.0.7-25.el9.x86_64` is name, version with epoch, release, architecture.
fn name_and_version(package: &str) -> Option<(String, String)> {
    let (rest, _architecture) = package.rsplit_once('.')?;
    let (rest, release) = rest.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    Some((name.to_owned(), format!("{version}-{release}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_packages_count_and_replaced_ones_do_not() {
        let text = "2023-11-05T10:11:12+0100 INFO --- logging initialized ---\n2023-11-05T10:11:13+0100 SUBDEBUG Upgrade: openssl-libs-1:3.0.7-25.el9.x86_64\n2023-11-05T10:11:14+0100 SUBDEBUG Upgraded: openssl-libs-1:3.0.7-24.el9.x86_64\n2023-11-05T09:11:15Z SUBDEBUG Installed: jq-1.6-15.el9.x86_64\n2023-11-05T10:11:16+0100 SUBDEBUG Erase: nano-5.6.1-5.el9.x86_64\nbroken\n";
        let found = rpm_log(text, &TimeZone::UTC);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.at.to_string(), it.kind, it.package.as_str(), it.after.as_deref()))
            .collect();
        let expected = [
            ("2023-11-05T09:11:13.000Z", ChangeKind::Upgraded, "openssl-libs", Some("1:3.0.7-25.el9")),
            ("2023-11-05T09:11:15.000Z", ChangeKind::Installed, "jq", Some("1.6-15.el9")),
            ("2023-11-05T09:11:16.000Z", ChangeKind::Removed, "nano", None),
        ];
        assert_eq!(found, expected.map(|(at, kind, name, after)| (at.to_owned(), kind, name, after)));
    }
}
