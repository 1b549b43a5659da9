//! The two kinds of content that may leave the machine. No other constructor than those named here.

use std::collections::BTreeMap;
use std::fmt;

use crate::Class;

/// How many values of each class were replaced.
pub type Hits = BTreeMap<Class, u64>;

/// Text whose private values were replaced. Only the redactor makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    text: String,
    hits: Hits,
}

impl Redacted {
    pub(crate) const fn new(text: String, hits: Hits) -> Self {
        Self { text, hits }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, without the counts.
    pub fn into_string(self) -> String {
        self.text
    }

    /// How many values of each class were replaced.
    pub const fn hits(&self) -> &Hits {
        &self.hits
    }

    /// How many values were replaced.
    pub fn replaced(&self) -> u64 {
        self.hits.values().sum()
    }
}

/// Content that the person typed or approved to be read as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosed(Vec<u8>);

impl Disclosed {
    /// Text or bytes that the person typed, or saw in the preview and left ticked. Call it nowhere else.
    pub fn approved_by_person(content: impl Into<Vec<u8>>) -> Self {
        Self(content.into())
    }

    /// The content.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The content, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The content.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl fmt::Debug for Disclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosed").field("bytes", &self.0.len()).finish()
    }
}
