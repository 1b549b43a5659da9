//! How long to wait before the next try: doubling, capped, with jitter. Waits for nobody itself.

use std::time::Duration;

/// How patient a sender is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries without any progress before it gives up for now.
    pub tries: u32,
    /// The first wait.
    pub first: Duration,
    /// No wait is longer.
    pub cap: Duration,
}

impl Patience {
    /// Within one delivery: a broken Wi-Fi is back after seconds, and a person looks on.
    pub const WITHIN_DELIVERY: Self =
        Self { tries: 6, first: Duration::from_millis(250), cap: Duration::from_secs(5) };
    /// Between deliveries: soon at first, then every quarter of an hour, which no desk feels.
    pub const BETWEEN_DELIVERIES: Self =
        Self { tries: u32::MAX, first: Duration::from_secs(5), cap: Duration::from_secs(900) };

    /// The wait after the `failures`th failure in a row, counted from 1: between half of the doubled wait and all of
    /// it, so that a thousand devices do not come back at the same moment.
    pub fn wait(&self, failures: u32) -> Duration {
        self.jittered(failures, random())
    }

    fn jittered(&self, failures: u32, random: u8) -> Duration {
        let doublings = failures.saturating_sub(1).min(20);
        let full = self.first.saturating_mul(1 << doublings).min(self.cap);
        full / 2 + full / 2 * u32::from(random) / 255
    }
}

/// Without randomness from the system the wait is only less spread.
fn random() -> u8 {
    let mut byte = [128_u8];
    let _ = getrandom::fill(&mut byte);
    byte[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_cap_and_spreads() {
        check(1, 255, 250);
        check(2, 255, 500);
        check(3, 0, 500);
        check(6, 255, 5_000);
        check(u32::MAX, 255, 5_000);
        check(0, 0, 125);
    }

    #[track_caller]
    fn check(failures: u32, random: u8, ms: u64) {
        let wait = Patience::WITHIN_DELIVERY.jittered(failures, random);
        assert!(wait.as_millis().abs_diff(u128::from(ms)) <= 1, "{failures} {random}: {wait:?}");
    }
}
