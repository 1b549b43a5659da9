//! Random ids and tokens, and how a token is stored: as its SHA-256, never as itself.
//!
//! A token has 256 random bits, so a plain hash is enough; passwords are hashed elsewhere, slowly.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use nightline_types::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A token that nobody can guess, 43 characters of base64url. Empty (and never accepted) only where the system has
/// no randomness, which [`token`] reports as `None`.
pub fn token() -> Option<String> {
    random::<32>().map(|bytes| BASE64URL_NOPAD.encode(&bytes))
}

/// What is stored of a token: SHA-256 in lower-case hex.
pub fn hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// Compares without telling by time where two texts differ.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// An id that sorts by time: 11 hex digits of milliseconds, a counter of this process, and random bits.
pub fn ordered_id(at: Timestamp) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed) & 0xF_FFFF;
    let ms = u64::try_from(at.unix_ms()).unwrap_or(0);
    let random = random::<8>().map(u64::from_le_bytes).unwrap_or(count);
    format!("{ms:011x}-{count:05x}-{random:016x}")
}

/// `N` bytes of the system's randomness.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

/// The desk's own key: what it signs for itself, nobody else can make. Prints nothing.
#[derive(Clone)]
pub struct DeskKey([u8; 32]);

impl DeskKey {
    /// Reads the key at `path`, makes it where there is none (readable by its owner only).
    pub fn open(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => <[u8; 32]>::try_from(bytes).map(Self).map_err(|_| {
                io::Error::new(io::ErrorKind::InvalidData, "the key file does not hold 32 bytes")
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = random::<32>().ok_or_else(|| io::Error::other("the system gives no randomness"))?;
                let fresh = path.with_extension("new");
                let mut options = fs::OpenOptions::new();
                options.write(true).create(true).truncate(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&fresh)?;
                file.write_all(&key)?;
                file.sync_all()?;
                fs::rename(&fresh, path)?;
                Ok(Self(key))
            }
            Err(error) => Err(error),
        }
    }

    /// HMAC-SHA256 over `purpose` and `text`, base64url. One purpose's values fit no other.
    pub fn mac(&self, purpose: &str, text: &str) -> String {
        // HMAC pads a key to the hash's block of 64 bytes with zeros (RFC 2104).
        let mut block = [0_u8; 64];
        block[..self.0.len()].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(text.as_bytes());
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())
    }
}

impl fmt::Debug for DeskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeskKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_by_order_within_a_millisecond() {
        let at = Timestamp::from_unix_ms(1_795_312_984_056);
        let first = ordered_id(at);
        let second = ordered_id(at);
        let later = ordered_id(Timestamp::from_unix_ms(at.unix_ms() + 1));
        assert!(first < second && second < later, "{first} {second} {later}");
    }

    #[test]
    fn tokens_differ_and_only_the_same_text_is_the_same() {
        let token = token().unwrap();
        assert_eq!(token.len(), 43);
        assert_ne!(super::token().unwrap(), token);
        assert!(same(&hash(&token), &hash(&token)));
        assert!(!same(&hash(&token), &hash("x")));
        assert!(!same("", "x"));
    }

    #[test]
    fn the_key_stays_the_same_and_purposes_do_not_mix() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.key");
        let key = DeskKey::open(&path).unwrap();
        assert_eq!(key.mac("a", "b"), DeskKey::open(&path).unwrap().mac("a", "b"));
        assert_ne!(key.mac("a", "b"), key.mac("b", "a"));
        assert_ne!(key.mac("a", "b"), key.mac("a", "c"));
        fs::write(&path, "short").unwrap();
        assert!(DeskKey::open(&path).is_err());
    }
}
