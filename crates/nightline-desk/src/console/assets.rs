//! The files of the built console inside the program. Knows nothing of HTTP.

use std::borrow::Cow;

use data_encoding::BASE64URL_NOPAD;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../ui/desk/dist"]
struct Dist;

/// One file of the console.
pub(super) struct Asset(EmbeddedFile);

/// The file of this name, where the console was built.
pub(super) fn get(name: &str) -> Option<Asset> {
    Dist::get(name).map(Asset)
}

impl Asset {
    /// A quoted tag of the content: the first half of its SHA-256.
    pub(super) fn tag(&self) -> String {
        format!("\"{}\"", BASE64URL_NOPAD.encode(&self.0.metadata.sha256_hash()[..16]))
    }

    /// The content.
    pub(super) fn bytes(self) -> Cow<'static, [u8]> {
        self.0.data
    }
}
