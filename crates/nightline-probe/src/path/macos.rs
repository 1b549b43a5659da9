//! macOS: ICMP datagram sockets with a limited TTL, which need no rights; routers' complaints come to the same socket.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, SockRef, Socket, Type};

use super::icmp::{self, Family};
use super::{Answer, Backend, TraceError, TracePlan};

/// How long one wait may last, so that a stopped trace ends soon.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// The system refuses a wait of no time.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);
/// Larger than any complaint about a probe of ours.
const PACKET_BYTES: usize = 1_500;

/// The probes of one trace: one socket, one flow, told apart by their sequence numbers.
pub(super) struct Echoes {
    address: IpAddr,
    family: Family,
    /// Datagrams are datagrams: the standard library reads and writes them without unsafe code.
    socket: UdpSocket,
    identifier: u16,
    next: u16,
    /// Distance and token of each sequence number.
    sent: BTreeMap<u16, (u8, u32)>,
}

impl Echoes {
    pub(super) fn new(plan: TracePlan) -> Result<Self, TraceError> {
        let (family, domain, protocol) = match plan.address {
            IpAddr::V4(_) => (Family::V4, Domain::IPV4, Protocol::ICMPV4),
            IpAddr::V6(_) => (Family::V6, Domain::IPV6, Protocol::ICMPV6),
        };
        let socket = Socket::new(domain, Type::DGRAM, Some(protocol)).map_err(TraceError::Socket)?;
        let mut random = [0_u8; 2];
        // Without randomness another program's probes may be taken for ours, if it has none either.
        let _random = getrandom::fill(&mut random);
        let identifier = u16::from_be_bytes(random);
        let socket = socket.into();
        Ok(Self { address: plan.address, family, socket, identifier, next: 0, sent: BTreeMap::new() })
    }

    fn limit(&self, ttl: u8) -> io::Result<()> {
        match self.family {
            Family::V4 => SockRef::from(&self.socket).set_ttl_v4(u32::from(ttl)),
            Family::V6 => SockRef::from(&self.socket).set_unicast_hops_v6(u32::from(ttl)),
        }
    }
}

impl Backend for Echoes {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        self.limit(ttl).map_err(TraceError::Socket)?;
        let sequence = self.next;
        self.next = self.next.wrapping_add(1);
        let request = icmp::request(self.family, self.identifier, sequence);
        let begun = Instant::now();
        match self.socket.send_to(&request, SocketAddr::new(self.address, 0)) {
            Ok(_) => {
                self.sent.insert(sequence, (ttl, token));
                Ok(Some(begun))
            }
            Err(error) => match error.kind() {
                io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::AddrNotAvailable
                    if self.sent.is_empty() =>
                {
                    Err(TraceError::NoRoute)
                }
                // Others went out, so there is a way: this one is lost before it left.
                io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Ok(Some(begun)),
                _ => Err(TraceError::Socket(error)),
            },
        }
    }

    fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let wait = until.saturating_duration_since(Instant::now()).clamp(SHORTEST_WAIT, LONGEST_WAIT);
        let mut room = [0_u8; PACKET_BYTES];
        if self.socket.set_read_timeout(Some(wait)).is_err() {
            return Vec::new();
        }
        let Ok((length, from)) = self.socket.recv_from(&mut room) else { return Vec::new() };
        let at = Instant::now();
        let packet = room.get(..length).unwrap_or_default();
        let echoed = icmp::read(self.family, packet).filter(|it| it.identifier == self.identifier);
        let known = echoed.and_then(|it| Some((it.said, self.sent.get(&it.sequence).copied()?)));
        known
            .map(|(said, (ttl, token))| Answer {
                ttl,
                token: Some(token),
                is_guess: false,
                from: from.ip(),
                said,
                at,
            })
            .into_iter()
            .collect()
    }
}
