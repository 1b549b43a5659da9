//! Where a value or a mistake stands, and who has the say there.

use std::path::PathBuf;

use nightline_types::Message;

/// Who has the say, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// The organisation's policy on this machine. Also stronger than flags: a flag is the person's.
    Managed,
    /// A flag of this run.
    Flag,
    /// The person's file.
    Person,
    /// What the system says, for example its language.
    System,
    /// What the program says where nobody does.
    Default,
}

/// Where something is written. Lines and columns count from 1, columns in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file as a whole.
    File(PathBuf),
    /// At a place in a file.
    At {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
    },
    /// In a flag, by its name with dashes.
    Flag(String),
}

/// Who set a value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who.
    pub rank: Rank,
    /// Where; absent for what the system or the program says.
    pub place: Option<Place>,
}

impl Origin {
    /// Whether the organisation set it, so that the person cannot change it.
    pub fn is_managed(&self) -> bool {
        self.rank == Rank::Managed
    }

    /// Who set it, in words.
    pub fn message(&self) -> Message {
        Message::new(match self.rank {
            Rank::Managed => "config-origin-managed",
            Rank::Flag => "config-origin-flag",
            Rank::Person => "config-origin-person",
            Rank::System => "config-origin-system",
            Rank::Default => "config-origin-default",
        })
    }
}

impl Place {
    /// The file, if it is in one.
    pub fn file(&self) -> Option<&PathBuf> {
        match self {
            Self::File(file) | Self::At { file, .. } => Some(file),
            Self::Flag(_) => None,
        }
    }

    /// The line and column, if they are known.
    pub fn position(&self) -> Option<(usize, usize)> {
        match self {
            Self::At { line, column, .. } => Some((*line, *column)),
            Self::File(_) | Self::Flag(_) => None,
        }
    }

    /// The flag, if it is one.
    pub fn flag(&self) -> Option<&str> {
        match self {
            Self::Flag(name) => Some(name),
            Self::File(_) | Self::At { .. } => None,
        }
    }

    /// The place in words.
    pub fn message(&self) -> Message {
        match self {
            Self::File(file) => Message::new("config-place-file").arg("file", file.display().to_string()),
            Self::At { file, line, column } => Message::new("config-place-line")
                .arg("file", file.display().to_string())
                .arg("line", *line)
                .arg("column", *column),
            Self::Flag(name) => Message::new("config-place-flag").arg("flag", name.as_str()),
        }
    }

    /// The place of an error in a piece of JSON that begins here; `line` and `column` as the parser counts, from 1.
    pub(crate) fn within(&self, line: usize, column: usize) -> Self {
        match self {
            Self::At { file, line: first, column: left } if line > 0 => Self::At {
                file: file.clone(),
                line: first + line - 1,
                column: if line == 1 { left + column.saturating_sub(1) } else { column.max(1) },
            },
            other => other.clone(),
        }
    }
}
