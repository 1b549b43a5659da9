//! `/var/log/zypp/history` of SUSE, in local time. It holds new versions only, so an update looks like an install.

use jiff::tz::TimeZone;

use super::{Change, ChangeKind};
use crate::calendar::local;

/// `2024-03-01 12:00:00|install|jq|1.6-3.3|x86_64|root@host|repo|checksum|`
pub(super) fn history(text: &str, zone: &TimeZone) -> Vec<Change> {
    let line = |line: &str| {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [time, action, package, version, ..] = fields.as_slice() else { return None };
        let (kind, before, after) = match *action {
            "install" => (ChangeKind::Installed, None, Some((*version).to_owned())),
            "remove" => (ChangeKind::Removed, Some((*version).to_owned()), None),
            _ => return None,
        };
        Some(Change { at: local(time, zone)?, kind, package: (*package).to_owned(), before, after })
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn installs_and_removals_are_read_and_comments_are_not() {
        let text = "# 2024-03-01 11:59:59 jq-1.6 installed ok\n2024-03-01 11:59:58|command|root@host|'zypper' 'in' 'jq'|\n2024-03-01 12:00:00|install|jq|1.6-3.3|x86_64|root@host|repo-oss|abc|\n2024-03-02 12:00:00|remove |nano|7.2-1.1|x86_64|root@host|\nx|install|y|1\n";
        let found = history(text, &TimeZone::UTC);
        let found: Vec<_> = found.iter().map(|it| (it.kind, it.package.as_str())).collect();
        assert_eq!(found, [(ChangeKind::Installed, "jq"), (ChangeKind::Removed, "nano")]);
    }
}
