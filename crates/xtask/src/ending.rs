//! Ends a program that this one has started: asks first, then makes it end.

use std::process::Child;
use std::time::Duration;

/// Asks the program to end, and makes it end after `limit`. One that has ended already is fine.
pub(crate) fn end(child: &mut Child, limit: Duration) {
    #[cfg(unix)]
    if !has_ended(child) {
        let pid = rustix::process::Pid::from_child(child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let step = Duration::from_millis(50);
        for _ in 0..limit.as_millis() / step.as_millis() {
            if has_ended(child) {
                return;
            }
            std::thread::sleep(step);
        }
    }
    #[cfg(not(unix))]
    let _ = limit;
    let _ = child.kill();
    let _ = child.wait();
}

/// Whether it has ended by itself.
pub(crate) fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}
