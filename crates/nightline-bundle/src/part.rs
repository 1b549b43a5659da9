//! One entry on its way into a bundle.

use crate::Content;

/// One entry: where it stands, what it is, who collected it.
#[derive(Debug)]
pub struct Part {
    /// Its name inside the bundle.
    pub(crate) path: String,
    /// `application/json`, `text/plain`, `image/png`.
    pub(crate) media_type: String,
    /// Which collector made it.
    pub(crate) collector: String,
    /// What it holds.
    pub(crate) content: Content,
}

impl Part {
    pub(crate) fn new(path: impl Into<String>, media_type: &str, collector: &str, content: Content) -> Self {
        Self {
            path: path.into(),
            media_type: media_type.to_owned(),
            collector: collector.to_owned(),
            content,
        }
    }

    /// Its name inside the bundle.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it holds.
    pub const fn content(&self) -> &Content {
        &self.content
    }
}
