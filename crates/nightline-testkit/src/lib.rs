//! Fakes and faults, for tests only. No program of the product links this, and it reaches nothing but loopback and namespaces of its
//! own.

#[cfg(target_os = "linux")]
mod alone;
pub mod chance;
mod cutting_proxy;
mod desk_process;
#[cfg(all(target_os = "linux", feature = "desktop"))]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod netns;
#[cfg(feature = "paths")]
pub mod paths;
#[cfg(target_os = "linux")]
pub mod queue;
pub mod tiny_dns;
pub mod tiny_http;
pub mod tiny_proxy;
pub mod wait;

#[cfg(target_os = "linux")]
pub use alone::off_the_network;
pub use cutting_proxy::{Cut, CuttingProxy};
pub use desk_process::DeskProcess;
