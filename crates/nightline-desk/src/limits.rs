//! Token buckets: how often somebody may do something. Bounded memory, whoever asks.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use nightline_protocol::ErrorCode;
use nightline_types::Timestamp;
use tokio::sync::Semaphore;

use crate::error::ApiFailure;
use crate::settings::Rates;

/// The largest number of addresses or devices remembered at once; full buckets are forgotten first. About 4 MB.
const TABLE: usize = 50_000;

/// One bucket for each key: `burst` at once, and `burst` again within `window_ms`.
#[derive(Debug)]
pub struct Buckets<K> {
    burst: f64,
    per_ms: f64,
    table: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

impl<K: Eq + Hash> Buckets<K> {
    /// `burst` within `window_ms`, per key.
    pub fn new(burst: u32, window_ms: u32) -> Self {
        let burst = f64::from(burst.max(1));
        Self { burst, per_ms: burst / f64::from(window_ms.max(1)), table: Mutex::new(HashMap::new()) }
    }

    /// Takes one from the bucket of `key`, or refuses.
    pub fn take(&self, key: K, now: Timestamp) -> Result<(), ApiFailure> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if table.len() >= TABLE && !table.contains_key(&key) {
            table.retain(|_, bucket| self.refilled(*bucket, now) < self.burst);
            if table.len() >= TABLE {
                return Err(too_many());
            }
        }
        let bucket = table.entry(key).or_insert(Bucket { left: self.burst, at: now });
        let left = self.refilled(*bucket, now);
        *bucket = Bucket { left: if left < 1.0 { left } else { left - 1.0 }, at: now };
        if left < 1.0 { Err(too_many()) } else { Ok(()) }
    }

    fn refilled(&self, bucket: Bucket, now: Timestamp) -> f64 {
        let passed = u32::try_from(now.since(bucket.at).as_millis()).unwrap_or(u32::MAX);
        (bucket.left + f64::from(passed) * self.per_ms).min(self.burst)
    }
}

fn too_many() -> ApiFailure {
    ApiFailure::new(ErrorCode::TooManyRequests, "too many requests; wait a little")
}

/// All buckets of the desk.
#[derive(Debug)]
pub struct Limits {
    /// Any request, by address.
    pub requests: Buckets<IpAddr>,
    /// New devices, by address.
    pub enrolments: Buckets<IpAddr>,
    /// Requests for a device's token, by address.
    pub tokens: Buckets<IpAddr>,
    /// New tickets, by device.
    pub tickets: Buckets<String>,
    /// Messages, by device.
    pub messages: Buckets<String>,
    /// Connections that fill the line, by address.
    pub loads: Buckets<IpAddr>,
    /// How many of them at once.
    pub loading: Arc<Semaphore>,
    /// Attempts to sign in or to use the set-up link, by address.
    pub sign_ins: Buckets<IpAddr>,
}

/// Messages of one device within a minute: faster than anyone types.
const MESSAGES_PER_MINUTE: u32 = 60;
/// A device enrols once and asks for a token each hour; each costs one signature check.
const TOKENS_PER_ENROLMENT: u32 = 10;
/// A check that fills the line makes twelve connections, and somebody asks again.
const LOADS_PER_MINUTE: u32 = 30;
/// Two machines that measure at the same time; more would measure each other.
const MOST_LOADING: usize = 12;
/// Attempts to sign in from one address within a minute: a person mistypes three times, an office shares an address.
const SIGN_INS_PER_MINUTE: u32 = 20;

impl Limits {
    /// Buckets for the operator's rates.
    pub fn new(rates: Rates) -> Self {
        Self {
            requests: Buckets::new(rates.requests_per_second, 1_000),
            enrolments: Buckets::new(rates.enrolments_per_minute, 60_000),
            tokens: Buckets::new(rates.enrolments_per_minute.saturating_mul(TOKENS_PER_ENROLMENT), 60_000),
            tickets: Buckets::new(rates.tickets_per_hour, 3_600_000),
            messages: Buckets::new(MESSAGES_PER_MINUTE, 60_000),
            loads: Buckets::new(LOADS_PER_MINUTE, 60_000),
            loading: Arc::new(Semaphore::new(MOST_LOADING)),
            sign_ins: Buckets::new(SIGN_INS_PER_MINUTE, 60_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(ms)
    }

    #[test]
    fn a_burst_passes_then_the_rate_holds_then_it_refills() {
        let buckets = Buckets::new(3, 3_000);
        for _ in 0..3 {
            assert!(buckets.take("a", at(0)).is_ok());
        }
        assert_eq!(buckets.take("a", at(0)).unwrap_err().code(), ErrorCode::TooManyRequests);
        assert!(buckets.take("b", at(0)).is_ok(), "another key has a bucket of its own");
        assert!(buckets.take("a", at(1_000)).is_ok());
        assert!(buckets.take("a", at(1_000)).is_err());
    }

    #[test]
    fn a_clock_set_back_gives_nothing_and_takes_nothing() {
        let buckets = Buckets::new(1, 1_000);
        assert!(buckets.take("a", at(10_000)).is_ok());
        assert!(buckets.take("a", at(0)).is_err());
        assert!(buckets.take("a", at(2_000)).is_ok());
    }

    #[test]
    fn the_table_does_not_grow_without_end() {
        let buckets = Buckets::new(1, 1_000);
        for key in 0..TABLE {
            assert!(buckets.take(key, at(0)).is_ok());
        }
        assert!(buckets.take(TABLE, at(0)).is_err());
        assert!(buckets.take(TABLE, at(5_000)).is_ok(), "full buckets are forgotten");
    }
}
