//! All checks in the order of the report. Holds no question itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::{Check, machine, network};

/// Every check that Nightline knows, in the order in which a report lists them.
pub fn all() -> Vec<Arc<dyn Check>> {
    let mut checks = Vec::new();
    checks.extend(network::checks());
    checks.extend(machine::checks());
    checks
}

/// What a diagnosis runs: everything but what only runs when somebody asks for it by name.
pub fn to_run(only: Option<&BTreeSet<String>>) -> Vec<Arc<dyn Check>> {
    let is_asked = |check: &Arc<dyn Check>| only.is_some_and(|only| only.contains(check.id().as_str()));
    all().into_iter().filter(|check| !check.on_request() || is_asked(check)).collect()
}
