//! What is wrong with one key, one value or one file, and where. Never stops anything.

use nightline_types::Message;

use crate::{Place, Rank};

/// Something that was dropped or ignored, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Who wrote it.
    pub rank: Rank,
    /// Where it stands.
    pub place: Place,
    /// Which key, if it is about one.
    pub key: Option<String>,
    /// What is wrong and what to do, for the reader.
    pub message: Message,
    /// The parser's or the system's own words, for the details.
    pub detail: Option<String>,
}

impl Problem {
    pub(crate) fn new(rank: Rank, place: Place, message: Message) -> Self {
        Self { rank, place, key: None, message, detail: None }
    }

    pub(crate) fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
