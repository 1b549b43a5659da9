//! Waits for conditions, with a deadline. The only place where tests let time pass; measures none.

use std::time::Duration;

/// Nothing on loopback takes this long on a loaded machine; a test that reaches it has failed.
pub const DEADLINE: Duration = Duration::from_secs(60);
/// Short enough that nobody notices, long enough not to keep a core busy.
const PAUSE: Duration = Duration::from_millis(10);

/// Waits until `condition` holds.
///
/// # Panics
///
/// When it does not hold within [`DEADLINE`]; `what` says what was waited for.
#[track_caller]
pub fn until(what: &str, condition: impl FnMut() -> bool) {
    assert!(holds(condition), "waited {DEADLINE:?} in vain for {what}");
}

/// Waits until `condition` holds, for those who tidy up and must not panic: whether it did within [`DEADLINE`].
pub fn holds(mut condition: impl FnMut() -> bool) -> bool {
    let tries = DEADLINE.as_millis() / PAUSE.as_millis();
    (0..tries).any(|_| {
        let holds = condition();
        if !holds {
            std::thread::sleep(PAUSE);
        }
        holds
    })
}

/// As [`until`], for a condition that has to ask.
///
/// # Panics
///
/// When it does not hold within [`DEADLINE`]; `what` says what was waited for.
pub async fn until_async(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let tries = DEADLINE.as_millis() / PAUSE.as_millis();
    for _ in 0..tries {
        if condition().await {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("waited {DEADLINE:?} in vain for {what}");
}
