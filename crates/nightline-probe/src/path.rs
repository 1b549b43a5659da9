//! Traces a path without administrator rights: packets with a limited number of hops, and the routers' complaints.
//!
//! Each distance has a socket, and so a constant flow, of its own. Loss of a middle hop means nothing by itself;
//! what it means is judged elsewhere.

mod count;
#[cfg(target_os = "linux")]
mod linux;

use std::net::IpAddr;
use std::time::Duration;

use tokio::sync::oneshot;

pub use count::{HopTrace, Trace, wilson};

/// The farthest hop that is looked for. Paths in the internet rarely exceed 25.
pub const MOST_HOPS: u8 = 30;

/// What to send.
#[derive(Clone, Copy, Debug)]
pub struct TracePlan {
    /// Where to.
    pub address: IpAddr,
    /// What kind of packets.
    pub method: Method,
    /// How often each hop is asked.
    pub rounds: u32,
    /// From round to round. Routers answer about one probe a second for sure.
    pub interval: Duration,
    /// How long answers of the last round are waited for.
    pub patience: Duration,
}

/// What kind of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To a port where nobody listens, as traceroute does.
    Udp,
    /// Connections to the very port that matters.
    Tcp(u16),
}

impl Method {
    /// Kebab-case, as in the format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Udp => "udp-ttl",
            Self::Tcp(_) => "tcp-ttl",
        }
    }
}

/// Why there is no trace.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// Not on this system yet.
    #[error("paths cannot be traced on this system yet")]
    Unsupported,
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

/// Traces. Ends after `rounds * interval + patience`; dropping the future stops it within a tenth of a second.
pub async fn trace(plan: TracePlan) -> Result<Trace, TraceError> {
    let (sender, receiver) = oneshot::channel();
    let stop = StopOnDrop::default();
    let stopped = stop.flag();
    std::thread::Builder::new()
        .name("trace".to_owned())
        .spawn(move || {
            let _unheard = sender.send(run(plan, &stopped));
        })
        .map_err(|_| TraceError::Stopped)?;
    receiver.await.unwrap_or(Err(TraceError::Stopped))
}

#[cfg(target_os = "linux")]
fn run(plan: TracePlan, stopped: &std::sync::atomic::AtomicBool) -> Result<Trace, TraceError> {
    linux::run(plan, stopped)
}

#[cfg(not(target_os = "linux"))]
fn run(_: TracePlan, _: &std::sync::atomic::AtomicBool) -> Result<Trace, TraceError> {
    Err(TraceError::Unsupported)
}

/// Tells the tracing thread that nobody waits any more.
#[derive(Default)]
struct StopOnDrop(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl StopOnDrop {
    fn flag(&self) -> std::sync::Arc<std::sync::atomic::AtomicBool> {
        std::sync::Arc::clone(&self.0)
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}
