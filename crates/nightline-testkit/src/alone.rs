//! Takes the running test off the machine's network: only a loopback of its own is left, for it and for every program
//! that it starts. Nothing a test does then can reach another address.

#![expect(clippy::disallowed_methods, reason = "a test sets its own network up")]

use std::cell::Cell;
use std::process::Command;

use nix::sched::{CloneFlags, unshare};

thread_local! {
    static DONE: Cell<bool> = const { Cell::new(false) };
}

/// Puts this thread, and all threads and programs that it starts from now on, into a network of their own.
///
/// Without the right to do so (not root, not CI) the test runs on the machine's own loopback.
///
/// # Panics
/// When the new network's loopback cannot be brought up: `ip` is missing.
pub fn off_the_network() {
    if DONE.get() || unshare(CloneFlags::CLONE_NEWNET).is_err() {
        return;
    }
    let up = Command::new("ip").args(["link", "set", "lo", "up"]).status();
    assert!(up.is_ok_and(|it| it.success()), "`ip` of iproute2 is installed by `cargo xtask test`");
    DONE.set(true);
}
