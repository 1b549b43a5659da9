//! Linux: UDP and TCP sockets with a limited TTL; the kernel hands the routers' complaints over by the error queue
//! (`IP_RECVERR`), which needs no right at all.

mod complaint;
mod flow;

use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::{HopTrace, MOST_HOPS, Trace, TraceError, TracePlan};
use flow::Flow;

/// How long one wait may last, so that a stopped trace ends soon.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// Runs a whole trace in the calling thread.
pub(super) fn run(plan: TracePlan, stopped: &AtomicBool) -> Result<Trace, TraceError> {
    let mut flows = Vec::new();
    for ttl in 1..=MOST_HOPS {
        flows.push(Flow::new(plan.address, plan.method, ttl)?);
    }
    for round in 0..plan.rounds {
        let begun = Instant::now();
        let farthest = farthest(&flows);
        for flow in flows.iter_mut().take(usize::from(farthest)) {
            flow.send(round)?;
        }
        let last = round + 1 == plan.rounds;
        let until = begun + if last { plan.patience } else { plan.interval };
        listen(&mut flows, round, until, last, stopped);
        if stopped.load(Ordering::Relaxed) {
            break;
        }
    }
    Ok(trace(plan, flows))
}

/// The distance of the destination once it has answered; until then everything is asked.
fn farthest(flows: &[Flow]) -> u8 {
    flows.iter().find(|flow| flow.is_end()).map_or(MOST_HOPS, Flow::ttl)
}

/// Takes answers until `until`; the last round ends earlier if nothing is awaited any more.
fn listen(flows: &mut [Flow], round: u32, until: Instant, last: bool, stopped: &AtomicBool) {
    loop {
        let now = Instant::now();
        let awaited = flows.iter().take(usize::from(farthest(flows))).any(|flow| flow.awaits(round));
        if now >= until || stopped.load(Ordering::Relaxed) || (last && !awaited) {
            return;
        }
        let wait =
            PollTimeout::try_from(until.duration_since(now).min(LONGEST_WAIT)).unwrap_or(PollTimeout::ZERO);
        let open: Vec<usize> = (0..flows.len()).filter(|index| flows[*index].socket().is_some()).collect();
        let mut polled: Vec<PollFd<'_>> = open
            .iter()
            .filter_map(|index| flows[*index].socket().map(|socket| (socket, flows[*index].wanted())))
            .map(|(socket, wanted)| PollFd::new(socket.as_fd(), wanted))
            .collect();
        // An interrupted wait is a short wait.
        let _ready = poll(&mut polled, wait);
        let ready: Vec<usize> = open
            .into_iter()
            .zip(&polled)
            .filter(|(_, fd)| fd.revents().is_some_and(|events| events != PollFlags::empty()))
            .map(|(index, _)| index)
            .collect();
        drop(polled);
        for index in ready {
            flows[index].take(Instant::now());
        }
    }
}

/// Cuts behind the destination, or one hop behind the last that answered.
fn trace(plan: TracePlan, flows: Vec<Flow>) -> Trace {
    let reached = flows.iter().any(Flow::is_end);
    let end = farthest(&flows);
    let mut hops: Vec<HopTrace> = flows.into_iter().map(Flow::into_hop).collect();
    let length = if reached {
        usize::from(end)
    } else {
        hops.iter().rposition(|hop| !hop.rtts.is_empty()).map_or(1, |last| last + 2)
    };
    hops.truncate(length);
    Trace { address: plan.address, method: plan.method, rounds: plan.rounds, reached, hops }
}
