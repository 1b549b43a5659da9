//! Fakes and faults, for tests only. No program links this, and it reaches nothing but loopback and namespaces of its
//! own.

mod cutting_proxy;
mod desk_process;
#[cfg(target_os = "linux")]
pub mod netns;
pub mod tiny_dns;
pub mod tiny_http;
pub mod wait;

pub use cutting_proxy::{Cut, CuttingProxy};
pub use desk_process::DeskProcess;
