//! What was installed, updated and removed lately, by the package managers' own logs. Installs nothing.

mod apt;
mod dnf;
mod pacman;
mod rotated;
mod zypp;

use std::path::Path;

use jiff::tz::TimeZone;
use nightline_types::Timestamp;

use crate::calendar::time_zone;
use crate::source::{Source, SourceState};

/// More changes than this in one look-back is a new installation; the newest are kept.
const CHANGE_LIMIT: usize = 5_000;

/// One package that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// What happened to it.
    pub kind: ChangeKind,
    /// Its name, without architecture.
    pub package: String,
    /// The version before, where the log has it.
    pub before: Option<String>,
    /// The version after, where the log has it.
    pub after: Option<String>,
}

/// What happened to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is new.
    Installed,
    /// It has a newer version.
    Upgraded,
    /// It has an older version.
    Downgraded,
    /// It is gone.
    Removed,
}

impl ChangeKind {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Upgraded => "upgraded",
            Self::Downgraded => "downgraded",
            Self::Removed => "removed",
        }
    }
}

/// Changes and where they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeHistory {
    /// Newest first.
    pub changes: Vec<Change>,
    /// Which logs there are.
    pub sources: Vec<Source>,
    /// Whether there were more than we keep.
    pub truncated: bool,
}

/// Reads one log's text; `zone` is the machine's, because most of these logs are in local time.
type Parse = fn(&str, &TimeZone) -> Vec<Change>;

/// Package logs by path below the root. `dpkg.log` stands in only where apt wrote nothing: it has no "why".
const LOGS: [(&str, Parse); 5] = [
    ("var/log/apt/history.log", apt::history),
    ("var/log/dpkg.log", apt::dpkg),
    ("var/log/dnf.rpm.log", dnf::rpm_log),
    ("var/log/pacman.log", pacman::log),
    ("var/log/zypp/history", zypp::history),
];

/// What changed since `since`. Reads a rotated log as well if the current one does not go back that far. Blocks on
/// the disk: call it on a thread of its own.
pub fn history(root: &Path, since: Timestamp) -> ChangeHistory {
    let zone = time_zone(root);
    let mut found = ChangeHistory::default();
    for (name, parse) in LOGS {
        if name == "var/log/dpkg.log" && found.sources.iter().any(|it| it.state.is_read()) {
            continue;
        }
        let (changes, state) = match rotated::read(&root.join(name), since, |text| parse(text, &zone)) {
            Ok(changes) => (changes, SourceState::Read),
            Err(error) => (Vec::new(), SourceState::from(&error)),
        };
        found.changes.extend(changes.into_iter().filter(|it| it.at >= since));
        found.sources.push(Source::new(format!("/{name}"), state));
    }
    found.changes.sort_by_key(|change| std::cmp::Reverse(change.at));
    found.truncated = found.changes.len() > CHANGE_LIMIT;
    found.changes.truncate(CHANGE_LIMIT);
    found
}
