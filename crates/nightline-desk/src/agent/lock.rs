//! How long an account stays locked after wrong passwords. Reads no clock, and does not tell whether an account exists.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nightline_types::Timestamp;

/// A person mistypes a few times; a guesser does not stop there.
pub(super) const FREE_FAILURES: u32 = 5;
/// The first lock, then doubled with every further failure.
const FIRST_LOCK: Duration = Duration::from_secs(30);
/// Long enough that guessing is hopeless (100 tries a day), short enough that nobody can shut an agent out for a night.
const LONGEST_LOCK: Duration = Duration::from_secs(15 * 60);
/// Unknown addresses remembered; a full table forgets the oldest. About 1 MB.
const REMEMBERED: usize = 10_000;

/// How long the account is locked after so many failures in a row.
pub(super) fn lock_after(failures: u32) -> Duration {
    let Some(beyond) = failures.checked_sub(FREE_FAILURES) else { return Duration::ZERO };
    FIRST_LOCK.saturating_mul(2_u32.saturating_pow(beyond)).min(LONGEST_LOCK)
}

/// Failures in a row for addresses that no agent has, so that they lock like those that one has.
#[derive(Default)]
pub(super) struct UnknownEmails(Mutex<HashMap<[u8; 32], (u32, Timestamp)>>);

impl UnknownEmails {
    /// Until when this address is locked, by the hash of it.
    pub(super) fn locked_until(&self, email: &[u8; 32]) -> Timestamp {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.get(email).map_or(Timestamp::from_unix_ms(0), |(_, until)| *until)
    }

    /// One more failure.
    pub(super) fn failed(&self, email: [u8; 32], now: Timestamp) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.len() >= REMEMBERED && !table.contains_key(&email) {
            forget_oldest(&mut table);
        }
        let (failures, until) = table.entry(email).or_insert((0, now));
        *failures = failures.saturating_add(1);
        *until = now.plus(lock_after(*failures));
    }
}

/// One customer of a provider has a whole /64 in IPv6, so all of it counts as one.
pub(super) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn forget_oldest(table: &mut HashMap<[u8; 32], (u32, Timestamp)>) {
    // A tenth at a time, so that a flood does not pay for a scan with every request.
    let mut times: Vec<(Timestamp, [u8; 32])> =
        table.iter().map(|(key, (_, until))| (*until, *key)).collect();
    times.sort_unstable_by_key(|(time, _)| *time);
    for (_, key) in times.iter().take(REMEMBERED / 10) {
        table.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_and_has_an_end() {
        check(0, 0);
        check(4, 0);
        check(5, 30);
        check(6, 60);
        check(9, 480);
        check(10, 900);
        check(u32::MAX, 900);
    }

    #[test]
    fn an_unknown_address_locks_like_a_known_one() {
        let unknown = UnknownEmails::default();
        let now = Timestamp::from_unix_ms(1_000);
        for _ in 0..FREE_FAILURES {
            assert!(unknown.locked_until(&[7; 32]) <= now);
            unknown.failed([7; 32], now);
        }
        assert_eq!(unknown.locked_until(&[7; 32]), now.plus(FIRST_LOCK));
        assert!(unknown.locked_until(&[8; 32]) <= now);
    }

    #[test]
    fn a_flood_of_addresses_stays_bounded() {
        let unknown = UnknownEmails::default();
        for index in 0..u32::try_from(REMEMBERED + 50).unwrap() {
            let mut email = [0; 32];
            email[..4].copy_from_slice(&index.to_be_bytes());
            unknown.failed(email, Timestamp::from_unix_ms(i64::from(index)));
        }
        assert!(unknown.0.lock().unwrap().len() <= REMEMBERED);
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:2"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }

    #[track_caller]
    fn check(failures: u32, seconds: u64) {
        assert_eq!(lock_after(failures), Duration::from_secs(seconds), "{failures}");
    }
}
