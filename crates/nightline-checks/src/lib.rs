//! Asks the machine and the network, one question per check. A check reads, never changes, and always ends.

pub mod catalogue;
mod check;
mod machine;
mod network;
mod notes;
mod runner;

pub use check::{Answer, Check, Clock, Context, FactSpec, Found, Known};
pub use network::{path_document, probe_target};
pub use runner::{Diagnosed, Plan, run};
