//! Real windows on a real screen: what no fake browser can tell about the app. Linux only.
//!
//! Every test has an X server, a session bus, a window manager and a home of its own, and ends what it has started.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests start the programs and read their own environment"
)]

#[path = "../e2e/agent.rs"]
mod agent;
mod console;
mod faults;
mod full_disk;
mod journey;
mod notices;
mod scene;
#[path = "../e2e/small_disk.rs"]
mod small_disk;
mod surroundings;
mod window;
mod window_process;

use nightline_testkit::desktop::{driver, harness, tray_host};
