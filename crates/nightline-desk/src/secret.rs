//! Random ids and tokens, and how a token is stored: as its SHA-256, never as itself.
//!
//! A token has 256 random bits, so a plain hash is enough; passwords are hashed elsewhere, slowly.

use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
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
}
