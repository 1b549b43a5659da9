//! How a device makes itself known: a key of its own, a signed statement, a short-lived token.

use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// `POST /api/v1/devices`. Enrolling the same key again answers with the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Enrolment {
    /// Ed25519 public key, base64url without padding.
    pub public_key: String,
    /// When it was signed; the desk refuses one that is more than ten minutes off, and says its own time.
    pub at: Timestamp,
    /// Ed25519 signature over [`enrolment_statement`], base64url without padding.
    pub signature: String,
}

/// The desk's answer to an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Enrolled {
    /// The desk's id of this device.
    pub device: String,
    /// Whether it may open tickets now.
    pub approved: bool,
}

/// `POST /api/v1/devices/token`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TokenRequest {
    /// The desk's id of this device.
    pub device: String,
    /// When it was signed.
    pub at: Timestamp,
    /// 16 random bytes, base64url; each is taken once.
    pub nonce: String,
    /// Ed25519 signature over [`token_statement`], base64url without padding.
    pub signature: String,
}

/// A bearer token for the device's own tickets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct TokenGrant {
    /// For the header `Authorization: Bearer …`.
    pub token: String,
    /// When it ends.
    pub expires: Timestamp,
}

impl std::fmt::Debug for TokenGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenGrant").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Hex digits of a fingerprint that two people compare by telephone: 64 bits, with nobody choosing keys for hours.
const FINGERPRINT_DIGITS: usize = 16;

/// A device's fingerprint: the beginning of the SHA-256 of its public key, in lower-case hex.
pub fn fingerprint(public_key: &[u8]) -> String {
    let mut hex = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(public_key));
    hex.truncate(FINGERPRINT_DIGITS);
    hex
}

/// The bytes a device signs to enrol. `desk` is the origin it talks to (`https://desk.example.com`), so that one
/// desk cannot pass a statement on to another.
pub fn enrolment_statement(desk: &str, public_key: &str, at: Timestamp) -> Vec<u8> {
    format!("nightline.enrol/1\n{desk}\n{public_key}\n{at}").into_bytes()
}

/// The bytes a device signs to get a token.
pub fn token_statement(desk: &str, device: &str, nonce: &str, at: Timestamp) -> Vec<u8> {
    format!("nightline.token/1\n{desk}\n{device}\n{nonce}\n{at}").into_bytes()
}
