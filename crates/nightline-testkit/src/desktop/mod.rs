//! A desktop of one's own with everything that the app meets there: screen, session bus, tray, keyring, and somebody
//! who clicks. For tests, benches and pictures of the real programs; shows nothing to anybody and shares nothing with
//! the person's own session.
//!
//! Whoever uses it wants to stop where something is not as it should be: everything here panics with what it waited
//! for.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "it starts the programs under test, and a desktop that is not there has nothing to go on with"
)]

pub mod driver;
pub mod harness;
pub mod help;
pub mod sight;
pub mod steps;
pub mod tray_host;

/// The title that the app's window has in every language.
pub const TITLE: &str = "Nightline";
