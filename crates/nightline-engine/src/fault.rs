//! Where a test wants this process to die. Nothing else may ask for it, and nothing happens without being asked.

use std::collections::BTreeMap;

use nightline_session::{FaultPoint, Step};

/// The variable by which a test says at which durable step this process dies. Names are `Step`'s.
const DIE_AT: &str = "NIGHTLINE_DIE_AT";

/// The wish of the environment that `main` read.
pub fn fault(environment: &BTreeMap<String, String>) -> FaultPoint {
    let wish: Option<Step> = environment.get(DIE_AT).and_then(|name| name.parse().ok());
    wish.map_or(FaultPoint::NONE, |step| FaultPoint::at(step, die))
}

/// Dies as a killed process does: nothing is flushed, nothing is dropped.
fn die() {
    nightline_platform::process::kill_self();
}
