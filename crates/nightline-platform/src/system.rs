//! How the system is: its release, its start, its load, its disks. Judges nothing.

mod boots;
mod memory;
mod mounts;
mod pressure;
mod processes;
mod release;
mod utmp;

pub use boots::{Boot, BootHistory, Ending, boot_history, boot_time, uptime};
pub use memory::{Memory, memory};
pub use mounts::{Mount, MountedSpace, mounted_space, mounts};
pub use pressure::{Pressure, PressureKind, load_average, pressure};
pub use processes::{BusyProcess, Load, load};
pub use release::{Release, architecture, kernel_release, release};
