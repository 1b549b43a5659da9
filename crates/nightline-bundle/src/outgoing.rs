//! A file that the person chose for a ticket that has left already. Made only from what they approved.

use nightline_protocol::{MAX_LATER_FILE_BYTES, NewAttachment};
use nightline_redact::Disclosed;
use nightline_types::Message;
use sha2::{Digest, Sha256};

use crate::file_name;

/// Why a file cannot follow a ticket. Nothing has left.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than a desk takes.
    #[error("the file has {size} bytes; the limit is {MAX_LATER_FILE_BYTES}")]
    TooLarge {
        /// In bytes.
        size: u64,
    },
}

impl FileError {
    /// The error for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("bundle-error-file-empty"),
            Self::TooLarge { .. } => {
                Message::new("bundle-error-attachment-too-large").arg("limit_mib", MAX_LATER_FILE_BYTES >> 20)
            }
        }
    }
}

/// A file on its way to a ticket.
#[derive(Clone)]
pub struct OutgoingFile<'a> {
    wire: NewAttachment,
    content: &'a [u8],
}

impl<'a> OutgoingFile<'a> {
    /// A file. `id` is made by the caller and stays the same for every retry: 1 to 64 of `A-Z a-z 0-9 -`. Of the name
    /// the last part leaves, without characters that hide what it says.
    ///
    /// # Errors
    /// See [`FileError`].
    pub fn new(id: String, name: &str, media_type: &str, content: &'a Disclosed) -> Result<Self, FileError> {
        let content = content.as_bytes();
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        match size {
            0 => return Err(FileError::Empty),
            size if size > MAX_LATER_FILE_BYTES => return Err(FileError::TooLarge { size }),
            _ => {}
        }
        let wire = NewAttachment {
            id,
            name: file_name(name),
            media_type: media_type.to_owned(),
            size,
            sha256: crate::hex(&Sha256::digest(content)),
        };
        Ok(Self { wire, content })
    }

    /// What is told to the desk.
    pub const fn wire(&self) -> &NewAttachment {
        &self.wire
    }

    /// What is sent.
    pub const fn content(&self) -> &[u8] {
        self.content
    }
}

impl std::fmt::Debug for OutgoingFile<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutgoingFile")
            .field("id", &self.wire.id)
            .field("size", &self.wire.size)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_leaves_with_the_last_part_of_its_name_and_nothing_that_hides() {
        check("/home/ada/../ada/screen.png", "screen.png");
        check("C:\\Users\\ada\\a\u{202e}gnp.exe", "a_gnp.exe");
        check("a\u{1b}[2J\n", "a_[2J_");
        check("..", "file");
        check(&"长".repeat(10_000), &"长".repeat(40));
    }

    #[test]
    fn an_empty_file_is_refused_in_words() {
        let nothing = Disclosed::approved_by_person(Vec::new());
        let error = OutgoingFile::new("f1".to_owned(), "a", "text/plain", &nothing).unwrap_err();
        assert_eq!(error.message().id.as_str(), "bundle-error-file-empty");
    }

    #[track_caller]
    fn check(given: &str, name: &str) {
        let content = Disclosed::approved_by_person("seen");
        let file = OutgoingFile::new("f1".to_owned(), given, "text/plain", &content).unwrap();
        assert_eq!(file.wire().name, name);
        assert_eq!((file.wire().size, file.content()), (4, b"seen".as_slice()));
    }
}
