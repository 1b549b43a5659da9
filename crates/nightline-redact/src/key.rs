//! The key behind a ticket's pseudonyms. Prints nothing of itself and is wiped when dropped.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

/// 32 random bytes, one key for each ticket, so that two tickets cannot be joined by their pseudonyms.
#[derive(Clone)]
pub struct RedactionKey([u8; 32]);

impl RedactionKey {
    /// A key from random bytes of the program's edge.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the device's own store; they never leave it.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 with this key, ready to take a message.
    pub(crate) fn mac(&self) -> Hmac<Sha256> {
        // The type's own error is for keys of a wrong length, and this algorithm takes every length.
        Hmac::new(&self.0.into_block())
    }

    /// Another key that follows from this one, for a purpose that must not share its output with others.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut mac = self.mac();
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

trait IntoBlock {
    fn into_block(self) -> hmac::digest::Key<Hmac<Sha256>>;
}

impl IntoBlock for [u8; 32] {
    /// HMAC pads a short key with zeros to the hash's block (RFC 2104, 2).
    fn into_block(self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..32].copy_from_slice(&self);
        block
    }
}

impl Drop for RedactionKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for RedactionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactionKey").finish_non_exhaustive()
    }
}
