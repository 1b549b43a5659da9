//! Traces a path without administrator rights: packets with a limited number of hops, and the routers' complaints.
//!
//! Two paces: a fast sweep finds the path, then rounds at a slow pace measure its loss, because routers answer about
//! one probe a second for sure and more often only if they like. A sweep has one constant flow for each distance; the
//! rounds have one for all, so that they measure one path, but for routers that quote too little of a probe. Where two
//! paths show, all are asked one at a time. Loss of a middle hop means nothing by itself; what it means is
//! judged elsewhere.

mod count;
#[cfg(any(target_os = "macos", test))]
mod icmp;
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
mod ledger;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
mod tracer;
#[cfg(any(target_os = "linux", target_os = "macos", test))]
mod unreachable;
#[cfg(windows)]
mod windows;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
use std::time::Instant;

use tokio::sync::mpsc;

#[cfg(target_os = "linux")]
pub(crate) use linux::complaint;
#[cfg(windows)]
pub(crate) use windows::echo_uncut;

pub use count::{HopTrace, Trace, Unreachable, wilson};

/// The farthest hop that is looked for. Paths in the internet rarely exceed 25.
pub const MOST_HOPS: u8 = 30;
/// Rounds that are closer together than this are a sweep themselves, and none is made before them.
pub const SLOW_PACE: Duration = Duration::from_millis(500);

/// What to send.
#[derive(Clone, Copy, Debug)]
pub struct TracePlan {
    /// Where to.
    pub address: IpAddr,
    /// What kind of packets.
    pub method: Method,
    /// How often each hop is asked after the sweep.
    pub rounds: u32,
    /// From round to round. Routers answer about one probe a second for sure.
    pub interval: Duration,
    /// How long the last answers are waited for at most; less where answers come fast.
    pub patience: Duration,
}

impl TracePlan {
    /// Each hop once, as fast as it goes.
    pub fn once(address: IpAddr, method: Method, patience: Duration) -> Self {
        Self { address, method, rounds: 1, interval: Duration::ZERO, patience }
    }
}

/// What kind of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To a port where nobody listens, as traceroute does.
    Udp,
    /// Connections to the very port that matters.
    Tcp(u16),
    /// Echoes: what Windows and macOS offer without rights, whatever was asked for.
    Icmp,
}

impl Method {
    /// Kebab-case, as in the format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Udp => "udp-ttl",
            Self::Tcp(_) => "tcp-ttl",
            Self::Icmp => "icmp-ttl",
        }
    }
}

/// Why there is no trace.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// Not on this system yet.
    #[error("paths cannot be traced on this system yet")]
    Unsupported,
    /// All of a network's machines, or none of them: nobody to trace a path to.
    #[error("the address is not one machine's")]
    NoTarget,
    /// This machine has no way there.
    #[error("there is no route there")]
    NoRoute,
    /// The system refused a socket.
    #[error("the system gave no socket")]
    Socket(#[source] std::io::Error),
    /// The tracing thread could not be started, or ended without a word.
    #[error("the tracer stopped")]
    Stopped,
}

/// Traces. Ends after the sweep and `rounds * interval + patience`; dropping the future stops it within a tenth of a
/// second.
///
/// # Errors
/// When nothing could be sent.
pub async fn trace(plan: TracePlan) -> Result<Trace, TraceError> {
    trace_live(plan, |_| {}).await
}

/// Traces, and shows after each round what is known by then.
///
/// # Errors
/// When nothing could be sent.
pub async fn trace_live(plan: TracePlan, mut progress: impl FnMut(&Trace)) -> Result<Trace, TraceError> {
    if !is_one_machine(plan.address) {
        return Err(TraceError::NoTarget);
    }
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let stop = StopOnDrop::default();
    let stopped = Arc::clone(&stop.0);
    std::thread::Builder::new()
        .name("trace".to_owned())
        .spawn(move || {
            let ended = run(plan, &stopped, &mut |trace| {
                let _unheard = sender.send(Ok((trace, false)));
            });
            let _unheard = sender.send(ended.map(|trace| (trace, true)));
        })
        .map_err(|_| TraceError::Stopped)?;
    while let Some(said) = receiver.recv().await {
        let (trace, is_whole) = said?;
        if is_whole {
            return Ok(trace);
        }
        progress(&trace);
    }
    Err(TraceError::Stopped)
}

/// Whether a path to this address can be traced. Systems take the unspecified one for themselves, and answer; a
/// link-local one of IPv6 is another machine's on each link.
pub(crate) fn is_one_machine(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let is_broadcast = matches!(address, IpAddr::V4(it) if it.is_broadcast());
    let is_on_each_link = matches!(address, IpAddr::V6(it) if it.is_unicast_link_local());
    !(address.is_unspecified() || address.is_multicast() || is_broadcast || is_on_each_link)
}

#[cfg(target_os = "linux")]
fn run(plan: TracePlan, stopped: &AtomicBool, progress: &mut dyn FnMut(Trace)) -> Result<Trace, TraceError> {
    let mut sockets = linux::Sockets::new(plan).ok_or(TraceError::Unsupported)?;
    tracer::run(&mut sockets, plan, stopped, progress)
}

#[cfg(windows)]
fn run(plan: TracePlan, stopped: &AtomicBool, progress: &mut dyn FnMut(Trace)) -> Result<Trace, TraceError> {
    let plan = TracePlan { method: Method::Icmp, ..plan };
    tracer::run(&mut windows::Echoes::new(plan), plan, stopped, progress)
}

#[cfg(target_os = "macos")]
fn run(plan: TracePlan, stopped: &AtomicBool, progress: &mut dyn FnMut(Trace)) -> Result<Trace, TraceError> {
    let plan = TracePlan { method: Method::Icmp, ..plan };
    tracer::run(&mut macos::Echoes::new(plan)?, plan, stopped, progress)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn run(_: TracePlan, _: &AtomicBool, _: &mut dyn FnMut(Trace)) -> Result<Trace, TraceError> {
    Err(TraceError::Unsupported)
}

/// What a system offers for traces.
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
trait Backend {
    /// The time, never going back.
    fn now(&self) -> Instant;

    /// Sends a probe that may go so far. `None`: this one could not be sent, others may.
    fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError>;

    /// Waits for answers, until the given time or until some came.
    fn receive(&mut self, until: Instant) -> Vec<Answer>;

    /// From now on all distances share one flow, or each has its own. `false`: there is no choice here.
    fn share_flow(&mut self, _shared: bool) -> bool {
        false
    }
}

/// What came back.
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
#[derive(Clone, Copy, Debug)]
struct Answer {
    ttl: u8,
    /// Which probe; `None` where the router quoted too little of it.
    token: Option<u32>,
    /// The distance is that of the last probe of a flow that all share: right only if no other is on its way.
    is_guess: bool,
    from: IpAddr,
    said: Said,
    at: Instant,
}

/// What the answer says.
#[cfg(any(target_os = "linux", target_os = "macos", windows, test))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The packet went as far as it might.
    OutOfHops,
    /// The target itself answers.
    Arrived,
    /// It will never arrive.
    Unreachable(Unreachable),
}

/// Tells the tracing thread that nobody waits any more.
#[derive(Default)]
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_of_nobody_or_of_many_is_no_target() {
        for address in
            ["0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "ff02::1", "fe80::1", "::ffff:0.0.0.0"]
        {
            let plan = TracePlan {
                address: address.parse().unwrap(),
                method: Method::Udp,
                rounds: 1,
                interval: Duration::from_millis(10),
                patience: Duration::from_millis(10),
            };
            assert!(matches!(trace(plan).await, Err(TraceError::NoTarget)), "{address}");
        }
    }
}
