//! Keeps an eye on the target while the person answers and reads, until the ticket is sent.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nightline_checks::{Context, probe_target};
use nightline_types::{Target, TargetProbe};
use tokio::task::JoinHandle;

use crate::World;

/// From probe to probe: often enough to catch a fault that comes and goes, seldom enough to be nobody's load.
const EVERY: Duration = Duration::from_secs(5);
/// Half an hour of probes; whoever reads longer has seen the pattern.
const MOST_PROBES: usize = 360;

/// A target that is being probed again and again. Stops when dropped.
#[derive(Debug)]
pub struct Follow {
    probes: Arc<Mutex<Vec<TargetProbe>>>,
    task: JoinHandle<()>,
}

impl Follow {
    /// Starts with the first probe after one interval: the diagnosis makes the very first.
    pub fn start(world: &World, target: &Target) -> Self {
        let context = world.context(std::slice::from_ref(target));
        let probes = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(follow(context, target.clone(), Arc::clone(&probes)));
        Self { probes, task }
    }

    /// The probes so far; the next call has only newer ones.
    pub fn take(&self) -> Vec<TargetProbe> {
        std::mem::take(&mut *self.probes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow(context: Context, target: Target, probes: Arc<Mutex<Vec<TargetProbe>>>) {
    for _ in 0..MOST_PROBES {
        tokio::time::sleep(EVERY).await;
        let probe = probe_target(&target, &context).await;
        probes.lock().unwrap_or_else(PoisonError::into_inner).push(probe);
    }
}
