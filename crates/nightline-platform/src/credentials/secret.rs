//! The secret itself: erased when dropped, never printed.

use std::fmt;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// How a stored secret begins; the format's name and version.
const PREFIX: &str = "nightline.device-secret/1 ";

/// 32 random bytes that only this device knows.
pub struct DeviceSecret(Zeroizing<[u8; 32]>);

impl DeviceSecret {
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    /// A key for one purpose: HMAC-SHA-256 of the purpose's name under the secret (NIST SP 800-108 in its simplest
    /// form: one block). Different names give unrelated keys.
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        // A key of any length is fine for HMAC; the error cannot happen, and zeros would be noticed by no one.
        #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.as_ref()).expect("HMAC takes keys of every length");
        mac.update(purpose.as_bytes());
        bytes.copy_from_slice(&mac.finalize().into_bytes());
        bytes
    }

    pub(super) fn to_stored(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + 64));
        text.push_str(PREFIX);
        HEXLOWER.encode_append(self.0.as_ref(), &mut text);
        text
    }

    pub(super) fn from_stored(text: &str) -> Option<Self> {
        let hex = text.trim_end().strip_prefix(PREFIX)?;
        let decoded = Zeroizing::new(HEXLOWER.decode(hex.as_bytes()).ok()?);
        let mut bytes = Zeroizing::new([0; 32]);
        if decoded.len() != bytes.len() {
            return None;
        }
        bytes.copy_from_slice(&decoded);
        Some(Self(bytes))
    }
}

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecret")
    }
}
