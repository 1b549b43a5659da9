//! Why a bundle cannot be opened, read or verified. Each has a sentence for the person.

use std::io;

use nightline_types::Message;
use zip::result::ZipError;

use crate::NameProblem;

/// Why a bundle is refused.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file itself cannot be read.
    #[error("the bundle cannot be read")]
    Read(#[source] io::Error),
    /// Something else than a bundle.
    #[error("this is not a bundle")]
    NotABundle,
    /// Cut off, or changed.
    #[error("the bundle is damaged: {0}")]
    Damaged(&'static str),
    /// Larger than any of ours.
    #[error("the bundle is larger than any that Nightline makes")]
    TooLarge,
    /// More entries than any of ours.
    #[error("the bundle has more entries than any that Nightline makes")]
    TooManyEntries,
    /// One entry larger than any of ours.
    #[error("`{path}` is larger than any entry that Nightline makes")]
    EntryTooLarge {
        /// Its name.
        path: String,
    },
    /// It would unpack to far more than it is.
    #[error("the bundle unpacks to far more than a bundle holds")]
    Bomb,
    /// A name that our writer does not write.
    #[error("the name `{name}` is not allowed: {problem}")]
    Name {
        /// The name, with what hides written out.
        name: String,
        /// What is wrong with it.
        problem: NameProblem,
    },
    /// Two entries with one name.
    #[error("two entries have the same name")]
    Duplicate,
    /// Two entries share bytes.
    #[error("two entries share their bytes")]
    Overlap,
    /// An encrypted entry.
    #[error("`{path}` is encrypted")]
    Encrypted {
        /// Its name.
        path: String,
    },
    /// A folder, a link, a device.
    #[error("`{path}` is not a file")]
    NotAFile {
        /// Its name.
        path: String,
    },
    /// Packed in a way that we do not use.
    #[error("`{path}` is packed in an unknown way")]
    Method {
        /// Its name.
        path: String,
    },
    /// No manifest, or not at the beginning.
    #[error("the manifest is not the first entry")]
    ManifestNotFirst,
    /// The manifest is not what it should be.
    #[error("the manifest cannot be read")]
    Manifest(#[source] serde_json::Error),
    /// Made by a later Nightline, or by something else.
    #[error("the bundle has the format `{0}`")]
    Schema(String),
    /// The manifest's own content is damaged.
    #[error("`{path}` cannot be read")]
    Entry {
        /// Its name.
        path: String,
        /// Why.
        #[source]
        source: ReadError,
    },
    /// An entry that the manifest does not name.
    #[error("`{path}` is not in the manifest")]
    NotInManifest {
        /// Its name.
        path: String,
    },
    /// The manifest names an entry that is not there, or not in its place.
    #[error("`{path}` is in the manifest and not in the bundle")]
    Missing {
        /// Its name.
        path: String,
    },
    /// Another size than the manifest says.
    #[error("`{path}` has another size than the manifest says")]
    Size {
        /// Its name.
        path: String,
    },
}

impl OpenError {
    pub(super) fn from_zip(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Self::Damaged("it is cut off")
            }
            ZipError::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                Self::Damaged("its directory is broken")
            }
            ZipError::Io(error) => Self::Read(error),
            _ => Self::Damaged("its directory is broken"),
        }
    }

    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Read(_) => Message::new("bundle-error-read"),
            Self::NotABundle => Message::new("bundle-error-not-a-bundle"),
            Self::Damaged(_)
            | Self::Entry { .. }
            | Self::Size { .. }
            | Self::Missing { .. }
            | Self::Manifest(_) => Message::new("bundle-error-damaged"),
            Self::Schema(_) => Message::new("bundle-error-schema"),
            Self::TooLarge | Self::TooManyEntries | Self::EntryTooLarge { .. } | Self::Bomb => {
                Message::new("bundle-error-bomb")
            }
            Self::Name { name, .. } => Message::new("bundle-error-name").arg("name", name.as_str()),
            Self::Duplicate
            | Self::Overlap
            | Self::Encrypted { .. }
            | Self::NotAFile { .. }
            | Self::Method { .. }
            | Self::ManifestNotFirst
            | Self::NotInManifest { .. } => Message::new("bundle-error-foreign"),
        }
    }
}

/// Why an entry cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The manifest names no such entry.
    #[error("there is no such entry")]
    NoSuchEntry,
    /// Larger than the caller wants.
    #[error("the entry has {size} bytes or more; {max} are wanted at most")]
    TooLarge {
        /// In bytes.
        size: u64,
        /// In bytes.
        max: u64,
    },
    /// Its packed bytes are broken.
    #[error("the entry is damaged")]
    Damaged,
    /// It unpacks to another size than announced.
    #[error("the entry has another size than announced")]
    WrongSize,
    /// Its SHA-256 is not the announced one.
    #[error("the entry's checksum does not fit")]
    WrongHash,
    /// Not the document it should be.
    #[error("the document cannot be read")]
    Document(#[source] serde_json::Error),
    /// The file itself cannot be read.
    #[error("the bundle cannot be read")]
    Io(#[source] io::Error),
}

impl ReadError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::NoSuchEntry => Message::new("bundle-error-no-such-entry"),
            Self::TooLarge { max, .. } => {
                Message::new("bundle-error-entry-too-large").arg("limit_mib", max >> 20)
            }
            Self::Damaged | Self::WrongSize | Self::WrongHash | Self::Document(_) => {
                Message::new("bundle-error-damaged")
            }
            Self::Io(_) => Message::new("bundle-error-read"),
        }
    }
}

/// Which entry is not what the manifest says.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` does not fit its manifest")]
pub struct VerifyError {
    /// The entry.
    pub path: String,
    /// Why.
    #[source]
    pub source: ReadError,
}

impl VerifyError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self.source {
            ReadError::Io(_) => Message::new("bundle-error-read"),
            _ => Message::new("bundle-error-entry-damaged").arg("name", self.path.as_str()),
        }
    }
}
