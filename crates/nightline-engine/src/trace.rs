//! One path trace, judged. The probing is the prober's, the judging the diagnosis'.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nightline_checks::path_document;
use nightline_diagnosis::judge_path;
use nightline_platform::network::resolvers;
use nightline_probe::dns::{PORT, name_of};
use nightline_probe::path::{Method, Trace, TraceError, TracePlan as Probes, trace_live};
use nightline_probe::resolve::{ResolveError, resolve};
use nightline_types::{PathReport, Target};
use tokio::task::JoinSet;

use crate::World;

/// A name that is not found by then will not be; resolvers themselves give up after 5 s.
const RESOLVE_LIMIT: Duration = Duration::from_secs(6);
/// Answers of the last round that are later than this come from no path people can work on.
const PATIENCE: Duration = Duration::from_secs(1);

/// A name is no more than an ornament; nobody waits longer for it.
const NAME_LIMIT: Duration = Duration::from_millis(800);

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
            Self::Trace(TraceError::NoTarget) => "cli-path-no-target",
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
    let address = resolved.to_trace().ok_or(PathError::Resolve(ResolveError::NotFound))?;
    let method = plan.target.port().map_or(Method::Udp, Method::Tcp);
    let probes = Probes { address, method, rounds: plan.rounds, interval: plan.interval, patience: PATIENCE };
    let owners = world.owners();
    let mut names = HopNames::new();
    let judged = |traced: &Trace, names: &HopNames| {
        let mut report = path_document(traced, plan.target.without_secrets().given());
        judge_path(&mut report, &owners, world.now());
        for hop in &mut report.hops {
            hop.name = hop.addresses.iter().find_map(|it| names.of(it.parse().ok()?));
        }
        report
    };
    let traced = trace_live(probes, |so_far| {
        names.look_up(so_far);
        progress(&judged(so_far, &names));
    })
    .await
    .map_err(PathError::Trace)?;
    names.look_up(&traced);
    names.wait().await;
    Ok(judged(&traced, &names))
}

/// Names of hops, looked up beside the trace. The machine's own name server is asked and nobody else.
struct HopNames {
    server: Option<SocketAddr>,
    found: Arc<Mutex<BTreeMap<IpAddr, String>>>,
    asked: BTreeSet<IpAddr>,
    lookups: JoinSet<()>,
}

impl HopNames {
    fn new() -> Self {
        let server = resolvers(Path::new("/")).ok().and_then(|it| it.asked.first().copied());
        Self {
            server: server.map(|address| SocketAddr::new(address, PORT)),
            found: Arc::default(),
            asked: BTreeSet::new(),
            lookups: JoinSet::new(),
        }
    }

    /// Asks for those that were not asked for yet.
    fn look_up(&mut self, traced: &Trace) {
        let Some(server) = self.server else { return };
        for address in traced.hops.iter().flat_map(|hop| &hop.addresses) {
            if self.asked.insert(*address) {
                let (address, found) = (*address, Arc::clone(&self.found));
                self.lookups.spawn(async move {
                    if let Some(name) = name_of(server, address, NAME_LIMIT).await {
                        found.lock().unwrap_or_else(PoisonError::into_inner).insert(address, name);
                    }
                });
            }
        }
    }

    fn of(&self, address: IpAddr) -> Option<String> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).get(&address).cloned()
    }

    /// For those that are still to come, where the name server answers at all.
    async fn wait(&mut self) {
        if self.found.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return;
        }
        while self.lookups.join_next().await.is_some() {}
    }
}
