//! `gateway`: does the router answer? By the kernel's neighbor table first, then by echo, then by its complaints.
//! A router that drops echoes but is a live neighbor is fine.

use std::net::IpAddr;
use std::time::Duration;

use nightline_platform::SourceState;
use nightline_platform::network::{self, NEIGHBORS_BY, NeighborState, ROUTES_BY};
use nightline_probe::echo::{EchoError, Echoes, echo};
use nightline_probe::path::{Method, TracePlan, trace};
use nightline_types::{CheckId, Message, Privacy, Unit};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Echoes take 1.8 s, a dead neighbor 3.3 s, both at the same time.
const LIMIT: Duration = Duration::from_secs(5);
/// Two of five lost may be chance in the air, more is not.
const ECHOES: u16 = 5;
/// Far enough apart that one gap in the air does not take two.
const ECHO_INTERVAL: Duration = Duration::from_millis(150);
/// ChromiumOS calls a gateway bad from 1.5 s on; nobody waits that long for a router in the same house.
const ECHO_LIMIT: Duration = Duration::from_millis(1_200);
/// The kernel gives up after three questions, a second apart (`mcast_solicit`, `retrans_time_ms`).
const NEIGHBOR_LIMIT: Duration = Duration::from_millis(3_300);
/// Often enough to see the change soon.
const NEIGHBOR_INTERVAL: Duration = Duration::from_millis(50);
const SLOW: Duration = Duration::from_millis(100);
const LOSSY_PCT: f64 = 40.0;

const FACTS: &[FactSpec] = &[
    FactSpec::new("address", "the router of the preferred way out").private(Privacy::Ip),
    FactSpec::new("interface", "the interface towards it"),
    FactSpec::new("neighbour_state", "what the kernel knows of it on the link"),
    FactSpec::new("echo_allowed", "the system lets us send echoes"),
    FactSpec::new("echo_sent", "echoes sent").unit(Unit::Count),
    FactSpec::new("echo_received", "echoes answered").unit(Unit::Count),
    FactSpec::new("echo_loss_pct", "share without an answer").unit(Unit::Pct),
    FactSpec::new("echo_median_ms", "half of the answers took longer").unit(Unit::Ms),
    FactSpec::new("answered", "it answered in any way"),
];

/// The check.
pub(crate) struct Gateway;

impl Check for Gateway {
    fn id(&self) -> CheckId {
        CheckId::new("gateway")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let routes = match network::default_routes(&context.root_dir) {
        Ok(routes) => routes,
        Err(state) => {
            let reason = Message::new("network-routes-unreadable").arg("state", state.as_str());
            return Found::unknown(reason, Vec::new());
        }
    };
    if routes.is_empty() {
        return Found::skipped(Message::new("skip-no-route"));
    }
    let Some((route, address)) = routes.iter().find_map(|route| Some((route, route.gateway?))) else {
        return Found::skipped(Message::new("skip-no-gateway"));
    };
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("address", address.to_string(), ROUTES_BY);
    notes.put("interface", route.interface.as_str(), ROUTES_BY);
    let (echoes, complained, state) =
        tokio::join!(echo(address, ECHOES, ECHO_INTERVAL, ECHO_LIMIT), complains(address), settled(address));
    note_echoes(&mut notes, &echoes);
    notes.put_some("neighbour_state", state.map(NeighborState::as_str), NEIGHBORS_BY);
    let echoes = echoes.unwrap_or_default();
    let answered = echoes.received() > 0 || complained || state == Some(NeighborState::Reachable);
    notes.put("answered", answered, "combined");
    let reason = |id| Message::new(id).arg("address", address.to_string());
    if !answered {
        // Packets that pass it prove more than either: the diagnosis judges it by what is behind it, too.
        return match state {
            Some(NeighborState::Failed | NeighborState::Incomplete) => {
                Found::broken(reason("network-gateway-silent"), notes.take())
            }
            // The kernel asks a neighbor that it knows again only after five seconds, and some routers drop echoes.
            _ => Found::unknown(reason("network-gateway-unclear"), notes.take()),
        };
    }
    let lossy = echoes.received() > 0 && echoes.loss_pct() >= LOSSY_PCT;
    if lossy || echoes.median().is_some_and(|median| median > SLOW) {
        return Found::degraded(reason("network-gateway-poor"), notes.take());
    }
    Found::healthy(notes.take())
}

fn note_echoes(notes: &mut Notes, echoes: &Result<Echoes, EchoError>) {
    notes.put("echo_allowed", *echoes != Err(EchoError::NotAllowed), "icmp-echo");
    if let Ok(echoes) = echoes {
        notes.put("echo_sent", echoes.sent, "icmp-echo");
        notes.put("echo_received", echoes.received(), "icmp-echo");
        notes.put("echo_loss_pct", echoes.loss_pct(), "icmp-echo");
        if let Some(median) = echoes.median() {
            notes.put_ms("echo_median_ms", median, "icmp-echo");
        }
    }
}

/// A datagram to a port where nobody listens: a router that says so is alive, and needs no right of ours. It also
/// makes the kernel ask for the neighbor.
async fn complains(address: IpAddr) -> bool {
    let plan = TracePlan::once(address, Method::Udp, Duration::from_secs(1));
    trace(plan).await.is_ok_and(|trace| trace.reached)
}

/// The neighbor's state once the kernel has made up its mind; absent at once where there is no table to wait for.
async fn settled(address: IpAddr) -> Option<NeighborState> {
    let deadline = tokio::time::Instant::now() + NEIGHBOR_LIMIT;
    loop {
        let all = network::neighbors();
        if all == Err(SourceState::NotOnThisSystem) {
            return None;
        }
        let neighbor = all.ok().and_then(|all| all.into_iter().find(|it| it.address == address));
        let state = neighbor.map(|it| it.state);
        let settled =
            matches!(state, Some(NeighborState::Reachable | NeighborState::Failed | NeighborState::Static));
        if settled || tokio::time::Instant::now() >= deadline {
            return state;
        }
        tokio::time::sleep(NEIGHBOR_INTERVAL).await;
    }
}
