//! Facts and events in, findings and one verdict out.
//!
//! Pure: no I/O, no clock, no sentence. A negative that only one method saw never becomes a finding,
//! and what a lower layer explains is never blamed on a higher one.

mod calls;
mod claim;
mod conclude;
mod owners;
mod path;
mod rules;
mod seen;
mod timeline;
mod verdict;

pub use conclude::{Inputs, conclude};
pub use owners::{CompileError, Owner, Owners, Sources, compile};
pub use path::judge_path;
