//! Checks signed statements: the key's form, the clock, the signature over the desk's own origin. Reads no database.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use nightline_protocol::ErrorCode;
use nightline_types::Timestamp;

use crate::error::ApiFailure;

/// How far a device's clock may be off: wide enough for a machine without time synchronization, short enough that
/// a stolen statement is soon worthless.
pub(crate) const CLOCK_TOLERANCE: Duration = Duration::from_secs(600);

/// Reads a public key; small-order keys, with which anybody could sign, are refused.
pub(crate) fn key(text: &str) -> Result<VerifyingKey, ApiFailure> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok().and_then(|it| <[u8; 32]>::try_from(it).ok());
    bytes
        .and_then(|it| VerifyingKey::from_bytes(&it).ok())
        .filter(|key| !key.is_weak())
        .ok_or_else(|| ApiFailure::bad_request("`public_key` is no Ed25519 key in base64url"))
}

/// Refuses a statement of another time; the detail is the desk's time, so that the device can say how far it is off.
pub(crate) fn check_clock(signed_at: Timestamp, now: Timestamp) -> Result<(), ApiFailure> {
    if signed_at.since(now).max(now.since(signed_at)) > CLOCK_TOLERANCE {
        return Err(ApiFailure::new(ErrorCode::ClockSkew, now.to_string()));
    }
    Ok(())
}

/// Checks `signature` over one of `statements`, which differ in the desk's origin.
pub(crate) fn check_signature(
    key: &VerifyingKey,
    signature: &str,
    statements: impl IntoIterator<Item = Vec<u8>>,
) -> Result<(), ApiFailure> {
    let refused =
        || ApiFailure::new(ErrorCode::Forbidden, "the signature does not fit this desk and this key");
    let bytes = BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| refused())?;
    let signature = Signature::from_slice(&bytes).map_err(|_| refused())?;
    let fits = statements.into_iter().any(|statement| key.verify_strict(&statement, &signature).is_ok());
    if fits { Ok(()) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_may_be_ten_minutes_off_in_both_directions_and_no_more() {
        check(0, true);
        check(600_000, true);
        check(-600_000, true);
        check(600_001, false);
        check(-600_001, false);
    }

    #[test]
    fn a_key_that_is_none_is_refused() {
        for text in ["", "x", "AAAA", &"A".repeat(43), &"_".repeat(44)] {
            assert!(key(text).is_err(), "{text}");
        }
    }

    #[track_caller]
    fn check(off_ms: i64, expected: bool) {
        let now = Timestamp::from_unix_ms(1_795_312_984_056);
        let result = check_clock(Timestamp::from_unix_ms(now.unix_ms() + off_ms), now);
        assert_eq!(result.is_ok(), expected, "{off_ms}");
        if let Err(failure) = result {
            assert_eq!(
                (failure.code(), failure.detail()),
                (ErrorCode::ClockSkew, "2026-11-22T02:03:04.056Z")
            );
        }
    }
}
