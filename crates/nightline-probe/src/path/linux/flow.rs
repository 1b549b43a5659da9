//! One distance: its socket, what was sent on it, and what came back.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use nix::poll::PollFlags;
use nix::sys::socket::{setsockopt, sockopt};
use socket2::{Domain, Protocol, Socket, Type};

use super::super::{HopTrace, Method, TraceError};
use super::complaint;

/// The first port of traceroute: nobody listens there.
const UDP_PORT: u16 = 33_434;

/// One distance.
pub(super) struct Flow {
    address: IpAddr,
    method: Method,
    ttl: u8,
    socket: Option<Socket>,
    /// When the probe of each round was sent, while it is unanswered.
    awaited: Vec<Option<Instant>>,
    hop: HopTrace,
    is_end: bool,
}

impl Flow {
    pub(super) fn new(address: IpAddr, method: Method, ttl: u8) -> Result<Self, TraceError> {
        let hop = HopTrace { ttl, ..HopTrace::default() };
        let mut flow = Self { address, method, ttl, socket: None, awaited: Vec::new(), hop, is_end: false };
        if method == Method::Udp {
            let socket = flow.open(Type::DGRAM, Protocol::UDP)?;
            socket.connect(&SocketAddr::new(address, UDP_PORT).into()).map_err(why)?;
            flow.socket = Some(socket);
        }
        Ok(flow)
    }

    pub(super) fn ttl(&self) -> u8 {
        self.ttl
    }

    pub(super) fn socket(&self) -> Option<&Socket> {
        self.socket.as_ref()
    }

    /// Whether the destination itself answered at this distance.
    pub(super) fn is_end(&self) -> bool {
        self.is_end
    }

    pub(super) fn awaits(&self, round: u32) -> bool {
        self.awaited.get(round as usize).is_some_and(Option::is_some)
    }

    pub(super) fn into_hop(self) -> HopTrace {
        self.hop
    }

    /// What to wait for: the error queue shows by itself, a connection that comes up must be asked for.
    pub(super) fn wanted(&self) -> PollFlags {
        match self.method {
            Method::Udp => PollFlags::POLLIN,
            Method::Tcp(_) => PollFlags::POLLOUT,
        }
    }

    /// Sends the probe of a round. The number of the round is all it carries.
    pub(super) fn send(&mut self, round: u32) -> Result<(), TraceError> {
        self.awaited.resize(round as usize + 1, None);
        let sent = match self.method {
            Method::Udp => self.send_datagram(round),
            Method::Tcp(port) => self.start_connection(port),
        };
        match sent {
            Ok(at) => {
                self.hop.sent += 1;
                self.awaited[round as usize] = Some(at);
                Ok(())
            }
            Err(error) => match why(error) {
                // A hop may say "unreachable" to us; that is its answer and no reason to stop.
                TraceError::NoRoute if self.hop.sent > 0 => Ok(()),
                error => Err(error),
            },
        }
    }

    fn send_datagram(&mut self, round: u32) -> io::Result<Instant> {
        let Some(socket) = &self.socket else { return Err(io::ErrorKind::NotConnected.into()) };
        let bytes = round.to_be_bytes();
        let at = Instant::now();
        match socket.send(&bytes) {
            Ok(_) => Ok(at),
            // The complaint about an earlier probe is reported here once; it says nothing about this one.
            Err(_) => {
                self.take(at);
                let Some(socket) = &self.socket else { return Err(io::ErrorKind::NotConnected.into()) };
                let at = Instant::now();
                socket.send(&bytes).map(|_| at)
            }
        }
    }

    fn start_connection(&mut self, port: u16) -> io::Result<Instant> {
        let socket =
            self.open(Type::STREAM, Protocol::TCP).map_err(|_| io::Error::from(io::ErrorKind::Other))?;
        let at = Instant::now();
        let started = socket.connect(&SocketAddr::new(self.address, port).into());
        self.socket = Some(socket);
        match started {
            Err(error) if error.raw_os_error() == Some(nix::errno::Errno::EINPROGRESS as i32) => Ok(at),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(at),
            other => other.map(|()| at),
        }
    }

    fn open(&self, kind: Type, protocol: Protocol) -> Result<Socket, TraceError> {
        let domain = if self.address.is_ipv4() { Domain::IPV4 } else { Domain::IPV6 };
        let make = || -> io::Result<Socket> {
            let socket = Socket::new(domain, kind, Some(protocol))?;
            socket.set_nonblocking(true)?;
            if self.address.is_ipv4() {
                socket.set_ttl_v4(u32::from(self.ttl))?;
                setsockopt(&socket, sockopt::Ipv4RecvErr, &true)?;
            } else {
                socket.set_unicast_hops_v6(u32::from(self.ttl))?;
                setsockopt(&socket, sockopt::Ipv6RecvErr, &true)?;
            }
            Ok(socket)
        };
        make().map_err(TraceError::Socket)
    }

    /// Takes everything that has arrived.
    pub(super) fn take(&mut self, now: Instant) {
        let mut complaints = Vec::new();
        if let Some(socket) = &self.socket {
            while let Some(entry) = complaint::next(socket) {
                complaints.extend(entry);
            }
        }
        let complained = !complaints.is_empty();
        for complaint in complaints {
            let at_end = complaint.is_final && complaint.from == self.address;
            // TCP quotes its header, not a number of ours.
            let round = complaint.round.filter(|_| self.method == Method::Udp);
            self.answered(complaint.from, round, at_end, now);
        }
        match self.method {
            Method::Udp => self.take_datagrams(now),
            Method::Tcp(_) => self.take_connection(complained, now),
        }
    }

    /// Somebody listens on the port after all: that is an answer too.
    fn take_datagrams(&mut self, now: Instant) {
        let mut buffer = [std::mem::MaybeUninit::uninit(); 64];
        while let Some(socket) = &self.socket {
            if socket.recv(&mut buffer).is_err() {
                return;
            }
            self.answered(self.address, None, true, now);
        }
    }

    /// A connection that came up, or that the destination itself refused.
    fn take_connection(&mut self, complained: bool, now: Instant) {
        let Some(socket) = self.socket.take() else { return };
        if complained {
            return;
        }
        let answered = match socket.take_error() {
            Ok(None) => true,
            Ok(Some(error)) => {
                matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset)
            }
            Err(_) => false,
        };
        if answered {
            self.answered(self.address, None, true, now);
        }
    }

    fn answered(&mut self, from: IpAddr, round: Option<u32>, at_end: bool, now: Instant) {
        let slot = match round {
            Some(round) => self.awaited.get_mut(round as usize),
            // Which probe it was is not to be seen: most likely the last one.
            None => self.awaited.iter_mut().rev().find(|it| it.is_some()),
        };
        let Some(sent) = slot.and_then(Option::take) else { return };
        self.hop.rtts.push(now.saturating_duration_since(sent));
        if !self.hop.addresses.contains(&from) {
            self.hop.addresses.push(from);
        }
        self.is_end |= at_end;
    }
}

fn why(error: io::Error) -> TraceError {
    match error.kind() {
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::AddrNotAvailable => TraceError::NoRoute,
        _ => TraceError::Socket(error),
    }
}
