//! Where data came from and whether it could be read. Turns every failure to read into data.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// A place that was asked, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What was asked: a command or a path, without the root.
    pub name: String,
    /// What became of it.
    pub state: SourceState,
}

/// What became of asking one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceState {
    /// It was read.
    Read,
    /// It is not there.
    Absent,
    /// The system does not let this user read it.
    NotAllowed,
    /// Nightline cannot ask it on this system yet.
    NotOnThisSystem,
    /// It failed; the detail is the system's own words.
    Failed(String),
}

impl Source {
    /// A place and its state.
    pub fn new(name: impl Into<String>, state: SourceState) -> Self {
        Self { name: name.into(), state }
    }
}

impl SourceState {
    /// Whether there is data.
    pub fn is_read(&self) -> bool {
        *self == Self::Read
    }

    /// In kebab-case, for facts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Absent => "absent",
            Self::NotAllowed => "not-allowed",
            Self::NotOnThisSystem => "not-on-this-system",
            Self::Failed(_) => "failed",
        }
    }
}

impl From<&std::io::Error> for SourceState {
    fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Absent,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// The largest small file that is read as a whole; `/proc/net/tcp` of a busy server is the largest we know.
pub(crate) const SMALL_FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// Reads at most [`SMALL_FILE_LIMIT`] bytes of a text file; bytes that are not UTF-8 are replaced.
pub(crate) fn read_small(path: &Path) -> Result<String, SourceState> {
    let file = File::open(path).map_err(|error| SourceState::from(&error))?;
    let mut bytes = Vec::new();
    file.take(SMALL_FILE_LIMIT).read_to_end(&mut bytes).map_err(|error| SourceState::from(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A small file's text without surrounding white space; `None` if it is empty or cannot be read.
pub(crate) fn read_line(path: &Path) -> Option<String> {
    let text = read_small(path).ok()?;
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty()).then(|| text.to_owned())
}
