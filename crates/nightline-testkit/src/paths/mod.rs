//! Paths on paper: networks from a seed, with faults from a mix, and what a trace of them would show.
//!
//! Nothing is sent. The same seed is the same network for ever, so that thresholds can be chosen on some seeds and
//! measured on others.

mod mix;
mod network;
mod probes;

pub use mix::{Fault, Mix};
pub use network::{Network, PaperHop, owners};
pub use probes::{Traced, traced};
