//! Agents' passwords: what one must be, how it is hashed and compared. Never prints, stores or logs a password.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Shorter ones are guessed from lists (NIST SP 800-63B asks for 8 with a second factor and 15 without; OWASP ASVS
/// 5.0 V6.2.1 for 8, recommends 15). In characters, so that twelve Chinese characters count as twelve.
pub(super) const MIN_CHARACTERS: usize = 12;
/// Longer than any sentence a person remembers; bounds the work before anything is hashed.
pub(super) const MAX_BYTES: usize = 1_024;
/// Each hash fills 19 MiB and one core for some 20 ms: two at once keep a small server's other work alive.
const HASHES_AT_ONCE: usize = 2;
/// At about 20 ms each, the last of these waits well under two seconds; further ones are refused at once.
const HASHES_WAITING: usize = 64;
/// argon2id with m = 19 MiB, t = 2, p = 1: OWASP Password Storage Cheat Sheet.
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PasswordRule {
    /// Fewer characters than the rule asks for.
    #[error("a password has at least {MIN_CHARACTERS} characters")]
    TooShort,
    /// More bytes than are hashed.
    #[error("a password has at most {MAX_BYTES} bytes")]
    TooLong,
}

/// Why no answer about a password could be given.
#[derive(Debug, thiserror::Error)]
pub(super) enum HashError {
    /// All places in the queue are taken.
    #[error("too many sign-ins at once")]
    Busy,
    /// The hash function refused, or its thread ended.
    #[error("hashing a password failed")]
    Failed,
}

/// Whether a new password may be used.
pub(super) fn check_rule(password: &str) -> Result<(), PasswordRule> {
    if password.len() > MAX_BYTES {
        return Err(PasswordRule::TooLong);
    }
    if password.chars().count() < MIN_CHARACTERS {
        return Err(PasswordRule::TooShort);
    }
    Ok(())
}

/// Hashes and compares on a bounded number of blocking threads.
#[derive(Clone)]
pub(super) struct PasswordPool {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for PasswordPool {
    fn default() -> Self {
        Self {
            running: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(HASHES_WAITING)),
        }
    }
}

impl PasswordPool {
    /// The PHC string to store (`$argon2id$v=19$m=19456,t=2,p=1$…`), with a random salt.
    pub(super) async fn hash(&self, password: Zeroizing<String>) -> Result<String, HashError> {
        self.run(move || hash_now(password.as_bytes())).await?.ok_or(HashError::Failed)
    }

    /// Whether the password fits. Without a stored hash the same work is done and the answer is no, so that the
    /// time does not tell whether an address is known.
    pub(super) async fn fits(
        &self,
        password: Zeroizing<String>,
        stored: Option<String>,
    ) -> Result<bool, HashError> {
        self.run(move || {
            let known = stored.is_some();
            let hash = stored.or_else(|| NOBODY.clone()).unwrap_or_default();
            fits_now(password.as_bytes(), &hash) && known
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let _waiting = self.waiting.clone().try_acquire_owned().map_err(|_| HashError::Busy)?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| HashError::Failed)?;
        // The permit goes along: a caller that gives up must not let one more hash start beside the running one.
        let job = move || {
            let answer = work();
            drop(running);
            answer
        };
        tokio::task::spawn_blocking(job).await.map_err(|_| HashError::Failed)
    }
}

/// What unknown addresses are compared with.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now(b"the password of nobody at all"));

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &[u8]) -> Option<String> {
    Some(hasher()?.hash_password(password).ok()?.to_string())
}

fn fits_now(password: &[u8], stored: &str) -> bool {
    let (Some(hasher), Ok(hash)) = (hasher(), PasswordHash::new(stored)) else { return false };
    hasher.verify_password(password, &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_bounds_bytes() {
        check("", Err(PasswordRule::TooShort));
        check("elevenchars", Err(PasswordRule::TooShort));
        check("twelve chars", Ok(()));
        check("夜线值班员今晚十二点换班", Ok(()));
        check("夜线值班", Err(PasswordRule::TooShort));
        check(&"x".repeat(MAX_BYTES), Ok(()));
        check(&"x".repeat(MAX_BYTES + 1), Err(PasswordRule::TooLong));
    }

    #[tokio::test]
    async fn stores_argon2id_with_the_named_cost_and_never_the_same_twice() {
        let pool = PasswordPool::default();
        let first = pool.hash(secret("correct horse battery")).await.unwrap();
        let second = pool.hash(secret("correct horse battery")).await.unwrap();
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert_ne!(first, second);
        assert!(pool.fits(secret("correct horse battery"), Some(first.clone())).await.unwrap());
        assert!(!pool.fits(secret("correct horse batterx"), Some(first)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_and_a_broken_hash_fit_no_password() {
        let pool = PasswordPool::default();
        assert!(!pool.fits(secret("the password of nobody at all"), None).await.unwrap());
        assert!(!pool.fits(secret(""), Some(String::new())).await.unwrap());
        assert!(!pool.fits(secret("x"), Some("not a hash".to_owned())).await.unwrap());
    }

    #[tokio::test]
    async fn refuses_at_once_when_the_queue_is_full() {
        let pool = PasswordPool::default();
        let all = u32::try_from(HASHES_WAITING).unwrap();
        let _taken = pool.waiting.clone().acquire_many_owned(all).await.unwrap();
        assert!(matches!(pool.hash(secret("correct horse battery")).await, Err(HashError::Busy)));
    }

    fn secret(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[track_caller]
    fn check(password: &str, expected: Result<(), PasswordRule>) {
        assert_eq!(check_rule(password), expected, "{password}");
    }
}
