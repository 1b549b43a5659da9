//! Asks the machine and the network, one question per check. A check reads, never changes, and always ends.

mod check;

pub use check::{Answer, Check, Clock, Context, Found};
