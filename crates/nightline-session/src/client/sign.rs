//! The device's key and the clock, as the program hands them in. Holds no key.

use std::sync::Arc;

use nightline_types::Timestamp;

use crate::error::SignError;

/// Says what time it is; given by the program's edge.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The device's own Ed25519 key, wherever the system keeps it.
pub trait Signer: Send + Sync {
    /// The public key.
    fn public_key(&self) -> Result<[u8; 32], SignError>;

    /// A signature over `statement`.
    fn sign(&self, statement: &[u8]) -> Result<[u8; 64], SignError>;
}
