//! Asks the operating system. The only crate besides the prober that makes its calls.
//!
//! Reads and never changes the machine, except for Nightline's own folders and its own key.
//! Looking never fails: what could not be read comes back as a [`Source`] with its state beside the data.
//! Most readers take the root of a file system, so that a recorded machine can be read in tests.

pub mod autostart;
pub mod child;
pub mod command;
pub mod credentials;
pub mod directories;
pub mod hardware;
pub mod interface;
pub mod logs;
pub mod network;
pub mod notify;
pub mod process;
pub mod screen;
pub mod software;
pub mod system;
pub mod updates;

#[cfg(target_os = "linux")]
mod bus;
mod calendar;
mod cost;
mod source;
#[cfg(target_os = "linux")]
mod tray_host;

pub use calendar::{time_zone, time_zone_name, wall_clock};
pub use cost::{OwnCost, own_cost};
pub use source::{Source, SourceState};
#[cfg(target_os = "linux")]
pub use tray_host::tray_host;

/// The system does not have this, or Nightline cannot ask it there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not on this system yet")]
pub struct NotOnThisSystem;
