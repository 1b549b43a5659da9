//! The thread that Windows and macOS let a program draw from: what is to be drawn is carried there.
//!
//! Draws nothing and knows no tray. Linux has no such thread: its tray is spoken to over a bus.

#[cfg(target_os = "macos")]
mod main_thread;
#[cfg(target_os = "macos")]
use main_thread as system;
#[cfg(windows)]
mod messages;
#[cfg(windows)]
use messages as system;

#[cfg(any(windows, target_os = "macos"))]
pub use system::Interface;

/// Runs the program where it leaves the first thread to the system's interface, and gives back what it gave.
///
/// On macOS that is another thread, because only the first one may draw; `None` if it could not be started or
/// panicked. Everywhere else it is this one.
#[cfg(target_os = "macos")]
pub fn beside<T: Send + 'static>(program: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    system::beside(program)
}

/// Runs the program where it leaves the first thread to the system's interface, and gives back what it gave.
#[cfg(not(target_os = "macos"))]
pub fn beside<T>(program: impl FnOnce() -> T) -> Option<T> {
    Some(program())
}
