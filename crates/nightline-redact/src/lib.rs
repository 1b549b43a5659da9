//! Text in, redacted text and a count of what was replaced out. Pure: no I/O, no clock, no randomness of its own.
//!
//! [`Redacted`] and [`Disclosed`] are the only two kinds of content that may leave the machine. Nothing outside
//! this crate can make a `Redacted`, and a `Disclosed` is made only where the person said yes.

mod address;
mod automaton;
mod class;
mod find;
mod json;
mod key;
mod known;
mod leaving;
mod pseudonym;
mod redactor;
mod report;
mod span;

pub use class::Class;
pub use key::RedactionKey;
pub use known::Known;
pub use leaving::{Disclosed, Hits, Redacted};
pub use redactor::{Pass, Redactor};

/// Names the rules in a manifest. A rule that finds more or replaces otherwise gets a new number.
pub const RULES_VERSION: &str = "nightline-redact/1";
