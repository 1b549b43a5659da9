//! Linux: UDP and TCP sockets with a limited TTL; the kernel hands the routers' complaints over by the error queue
//! (`IP_RECVERR`), which needs no right at all.

pub(crate) mod complaint;
mod connections;
mod datagrams;

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{setsockopt, sockopt};
use socket2::{Domain, Protocol, Socket, Type};

use super::{Answer, Backend, Method, TraceError, TracePlan};
use connections::Connections;
use datagrams::Datagrams;

/// How long one wait may last, so that a stopped trace ends soon.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// The sockets of one trace.
pub(super) enum Sockets {
    Udp(Datagrams),
    Tcp(Connections),
}

impl Sockets {
    /// `None` for packets that need a right here.
    pub(super) fn new(plan: TracePlan) -> Option<Self> {
        match plan.method {
            Method::Udp => Some(Self::Udp(Datagrams::new(plan.address))),
            Method::Tcp(port) => Some(Self::Tcp(Connections::new(plan.address, port))),
            Method::Icmp => None,
        }
    }
}

impl Backend for Sockets {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        match self {
            Self::Udp(sockets) => sockets.send(ttl, token),
            Self::Tcp(sockets) => sockets.send(ttl, token),
        }
    }

    fn receive(&mut self, until: Instant) -> Vec<Answer> {
        match self {
            Self::Udp(sockets) => sockets.receive(until),
            Self::Tcp(sockets) => sockets.receive(until),
        }
    }

    fn share_flow(&mut self, shared: bool) -> bool {
        match self {
            Self::Udp(sockets) => sockets.share_flow(shared),
            Self::Tcp(_) => false,
        }
    }
}

/// A socket whose packets go so far.
fn open(address: std::net::IpAddr, ttl: u8, kind: Type, protocol: Protocol) -> Result<Socket, TraceError> {
    let domain = if address.is_ipv4() { Domain::IPV4 } else { Domain::IPV6 };
    let make = || -> io::Result<Socket> {
        let socket = Socket::new(domain, kind, Some(protocol))?;
        socket.set_nonblocking(true)?;
        limit(&socket, address, ttl)?;
        if address.is_ipv4() {
            setsockopt(&socket, sockopt::Ipv4RecvErr, &true)?;
        } else {
            setsockopt(&socket, sockopt::Ipv6RecvErr, &true)?;
        }
        setsockopt(&socket, sockopt::ReceiveTimestampns, &true)?;
        Ok(socket)
    };
    make().map_err(TraceError::Socket)
}

/// How far the socket's next packets go.
fn limit(socket: &Socket, address: std::net::IpAddr, ttl: u8) -> io::Result<()> {
    if address.is_ipv4() {
        socket.set_ttl_v4(u32::from(ttl))
    } else {
        socket.set_unicast_hops_v6(u32::from(ttl))
    }
}

/// Waits until one of the sockets has something; which ones, in their order.
fn wait<'a>(sockets: impl Iterator<Item = BorrowedFd<'a>>, wanted: PollFlags, until: Instant) -> Vec<bool> {
    let wait = until.saturating_duration_since(Instant::now()).min(LONGEST_WAIT);
    // Rounded up: a wait of no time at all would spin.
    let wait = PollTimeout::try_from(wait + Duration::from_micros(999)).unwrap_or(PollTimeout::ZERO);
    let mut polled: Vec<PollFd<'_>> = sockets.map(|socket| PollFd::new(socket, wanted)).collect();
    // An interrupted wait is a short wait.
    let _ready = poll(&mut polled, wait);
    polled.iter().map(|fd| fd.revents().is_some_and(|events| events != PollFlags::empty())).collect()
}

fn handle(socket: &Socket) -> BorrowedFd<'_> {
    socket.as_fd()
}

fn why(error: io::Error) -> TraceError {
    match error.kind() {
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::AddrNotAvailable => TraceError::NoRoute,
        _ => TraceError::Socket(error),
    }
}
