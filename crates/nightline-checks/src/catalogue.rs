//! All checks in the order of the report. Holds no question itself.

use std::sync::Arc;

use crate::{Check, machine, network};

/// Every check that Nightline knows, in the order in which a report lists them.
pub fn all() -> Vec<Arc<dyn Check>> {
    let mut checks = Vec::new();
    checks.extend(network::checks());
    checks.extend(machine::checks());
    checks
}
