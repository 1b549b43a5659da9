//! Fakes and faults, for tests only. No program links this, and it reaches nothing but loopback.

mod cutting_proxy;
mod desk_process;
pub mod wait;

pub use cutting_proxy::{Cut, CuttingProxy};
pub use desk_process::DeskProcess;
