//! The system's own logs between two times: errors and warnings for the report, raw lines for the bundle.
//!
//! Reads whatever this user may read and names what it may not. Redacts nothing: what comes out of here is private.

mod journal;
mod kernel;
mod raw;
mod scan;
mod syslog;
mod window;

pub use raw::{RawLog, raw};
pub use scan::{LogScan, problems};
pub use window::WindowReader;

use nightline_types::Timestamp;

/// A stretch of time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWindow {
    /// The first moment.
    pub from: Timestamp,
    /// The last moment.
    pub to: Timestamp,
}

impl TimeWindow {
    /// Whether a moment lies in it.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at <= self.to
    }
}

/// One line of a log that says that something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub at: Timestamp,
    /// How bad, by the log itself.
    pub level: LogLevel,
    /// The unit, or the program where there is no unit: `sshd`, `kernel`.
    pub origin: String,
    /// What it says, cut at 1,000 characters. Private.
    pub message: String,
}

/// How bad a line is (syslog(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Priorities 0 to 2: the system itself is in danger.
    Critical,
    /// Priority 3.
    Error,
    /// Priority 4.
    Warning,
}

impl LogLevel {
    /// From a syslog priority; `None` for what is no problem.
    pub fn from_priority(priority: u8) -> Option<Self> {
        match priority {
            0..=2 => Some(Self::Critical),
            3 => Some(Self::Error),
            4 => Some(Self::Warning),
            _ => None,
        }
    }

    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
