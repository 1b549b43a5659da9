//! One path trace, judged. The probing is the prober's, the judging the diagnosis'.

use std::time::Duration;

use nightline_diagnosis::judge_path;
use nightline_probe::path::{Method, Trace, TraceError, TracePlan as Probes, trace_live};
use nightline_probe::resolve::{ResolveError, resolve};
use nightline_types::{PathReport, Target};

use crate::World;

/// A name that is not found by then will not be; resolvers themselves give up after 5 s.
const RESOLVE_LIMIT: Duration = Duration::from_secs(6);
/// Answers of the last round that are later than this come from no path people can work on.
const PATIENCE: Duration = Duration::from_secs(1);

/// What to trace.
#[derive(Clone, Debug)]
pub struct TracePlan {
    /// Where to; with a port its own packets are used.
    pub target: Target,
    /// How often each hop is asked.
    pub rounds: u32,
    /// From round to round.
    pub interval: Duration,
}

/// Why there is no path.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// The name has no address.
    #[error("no address for the name")]
    Resolve(#[source] ResolveError),
    /// The tracer could not work here.
    #[error("the path could not be traced")]
    Trace(#[source] TraceError),
}

impl PathError {
    /// The sentence for the person; it takes `host`.
    pub fn message_id(&self) -> &'static str {
        match self {
            Self::Resolve(_) => "cli-path-unresolved",
            Self::Trace(_) => "cli-path-failed",
        }
    }
}

/// Traces the path to a host and judges where its loss begins. `progress` sees the path after each round, judged by
/// what is known by then.
///
/// # Errors
/// When the name has no address, or the system lets nobody trace.
pub async fn trace(
    world: &World,
    plan: &TracePlan,
    mut progress: impl FnMut(&PathReport),
) -> Result<PathReport, PathError> {
    let resolved = resolve(plan.target.host(), RESOLVE_LIMIT).await.map_err(PathError::Resolve)?;
    let address = *resolved.addresses.first().ok_or(PathError::Resolve(ResolveError::NotFound))?;
    let method = plan.target.port().map_or(Method::Udp, Method::Tcp);
    let probes = Probes { address, method, rounds: plan.rounds, interval: plan.interval, patience: PATIENCE };
    let owners = world.owners();
    let judged = |traced: &Trace| {
        let mut report = traced.document(plan.target.given());
        judge_path(&mut report, &owners, world.now());
        report
    };
    let traced = trace_live(probes, |so_far| progress(&judged(so_far))).await.map_err(PathError::Trace)?;
    Ok(judged(&traced))
}
