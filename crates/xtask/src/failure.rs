//! Why a command of xtask stopped. For developers, in English; nothing here reaches a customer.

use std::fmt;
use std::io;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line makes no sense.
    Usage(String),
    /// A program could not be started or a file not be used.
    Io { doing: String, source: io::Error },
    /// A program ended with an error; it has said why itself.
    Ended { what: String },
    /// System packages are missing and were not installed.
    Missing { packages: Vec<String> },
    /// A program answered something else than agreed.
    Answer { from: String, problem: String },
    /// Some of several groups failed.
    Groups { failed: Vec<String> },
}

impl Failure {
    /// For `map_err`: what was being done when the system said no.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }

    /// An answer that breaks an agreement.
    pub(crate) fn answer(from: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Answer { from: from.into(), problem: problem.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(problem) => f.write_str(problem),
            Self::Io { doing, source } => write!(f, "{doing}: {source}"),
            Self::Ended { what } => write!(f, "{what} failed (see above)"),
            Self::Missing { packages } => write!(f, "missing packages: {}", packages.join(" ")),
            Self::Answer { from, problem } => write!(f, "{from}: {problem}"),
            Self::Groups { failed } => write!(f, "failed: {}", failed.join(", ")),
        }
    }
}
