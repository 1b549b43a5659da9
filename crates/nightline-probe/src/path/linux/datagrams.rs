//! UDP: one socket, and so one constant flow, for each distance, and one that all share.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use nix::poll::PollFlags;
use socket2::{Protocol, Socket, Type};

use super::super::{Answer, MOST_HOPS, Said, TraceError};
use super::complaint::PROBE_BYTES;
use super::{complaint, handle, limit, open, wait, why};

/// The first port of traceroute: nobody listens there.
const UDP_PORT: u16 = 33_434;
/// A probe is tried again so often while complaints about earlier ones are still pending.
const TRIES: u32 = 3;

/// The sockets, each made when it is first needed.
pub(crate) struct Datagrams {
    address: IpAddr,
    /// One for each distance.
    each: Vec<(u8, Socket)>,
    /// One for all distances, and the distance of its last probe.
    one: Option<(u8, Socket)>,
    is_shared: bool,
    /// Answers that were met while sending.
    early: Vec<Answer>,
}

impl Datagrams {
    pub(super) fn new(address: IpAddr) -> Self {
        let each = Vec::with_capacity(usize::from(MOST_HOPS));
        Self { address, each, one: None, is_shared: false, early: Vec::new() }
    }

    pub(super) fn share_flow(&mut self, shared: bool) -> bool {
        self.is_shared = shared;
        true
    }

    pub(super) fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        let mut bytes = [ttl; PROBE_BYTES];
        bytes[..4].copy_from_slice(&token.to_be_bytes());
        let mut tries = 0;
        loop {
            let at = Instant::now();
            let Err(error) = self.socket(ttl)?.send(&bytes) else { return Ok(Some(at)) };
            // The complaint about an earlier probe is reported here once; it says nothing about this one.
            let address = self.address;
            let is_shared = self.is_shared;
            let met = take(self.socket(ttl)?, ttl, is_shared, address);
            let is_complaint = !met.is_empty();
            self.early.extend(met);
            tries += 1;
            if tries > TRIES {
                let is_lost = is_lost(error, is_complaint, self.each.len() > 1)?;
                return Ok(is_lost.then_some(at));
            }
        }
    }

    pub(super) fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let mut answers = std::mem::take(&mut self.early);
        if answers.is_empty() {
            let each = self.each.iter().map(|it| (it, false));
            let sockets: Vec<_> = each.chain(self.one.iter().map(|it| (it, true))).collect();
            let ready = wait(sockets.iter().map(|((_, it), _)| handle(it)), PollFlags::POLLIN, until);
            for (((ttl, socket), is_shared), _) in sockets.iter().zip(ready).filter(|(_, is_ready)| *is_ready)
            {
                answers.extend(take(socket, *ttl, *is_shared, self.address));
            }
        }
        answers
    }

    /// The socket for probes of this distance.
    fn socket(&mut self, ttl: u8) -> Result<&Socket, TraceError> {
        if self.is_shared {
            let (_, socket) = match self.one.take() {
                Some(one) => one,
                None => (ttl, self.connected(ttl)?),
            };
            limit(&socket, self.address, ttl).map_err(TraceError::Socket)?;
            return Ok(&self.one.insert((ttl, socket)).1);
        }
        let at = match self.each.iter().position(|(of, _)| *of == ttl) {
            Some(at) => at,
            None => {
                let socket = self.connected(ttl)?;
                self.each.push((ttl, socket));
                self.each.len() - 1
            }
        };
        Ok(&self.each[at].1)
    }

    fn connected(&self, ttl: u8) -> Result<Socket, TraceError> {
        let socket = open(self.address, ttl, Type::DGRAM, Protocol::UDP)?;
        socket.connect(&SocketAddr::new(self.address, UDP_PORT).into()).map_err(why)?;
        Ok(socket)
    }
}

/// Whether a probe that the system never took is lost; otherwise it was not sent, and others may be.
fn is_lost(error: io::Error, is_complaint: bool, others_went: bool) -> Result<bool, TraceError> {
    if is_complaint {
        // Complaints come faster than they are read.
        return Ok(false);
    }
    match why(error) {
        // Others went out, so there is a way: this one is lost before it left.
        TraceError::NoRoute if others_went => Ok(true),
        TraceError::Socket(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(false),
        error => Err(error),
    }
}

/// Everything that has arrived. A router that quotes too little answers the socket's last probe.
fn take(socket: &Socket, ttl: u8, is_shared: bool, address: IpAddr) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some(entry) = complaint::next(socket.into()) {
        let Some(said) = entry else { continue };
        let quoted = said.quoted.map(|[a, b, c, d, ttl]| (ttl, u32::from_be_bytes([a, b, c, d])));
        let (ttl, token) = quoted.map_or((ttl, None), |(ttl, token)| (ttl, Some(token)));
        let is_guess = is_shared && token.is_none();
        answers.push(Answer {
            ttl,
            token,
            is_guess,
            from: said.from,
            said: said.about(address),
            at: said.at,
        });
    }
    // Somebody listens on the port after all: that is an answer too.
    let mut buffer = [std::mem::MaybeUninit::uninit(); 64];
    loop {
        match socket.recv(&mut buffer) {
            Ok(_) => answers.push(Answer {
                ttl,
                token: None,
                is_guess: is_shared,
                from: address,
                said: Said::Arrived,
                at: Instant::now(),
            }),
            // What is pending is told in the error queue as well.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_that_met_only_complaints_was_not_sent() {
        let no_way = || io::Error::from(io::ErrorKind::HostUnreachable);
        assert!(matches!(is_lost(no_way(), true, true), Ok(false)));
        assert!(matches!(is_lost(no_way(), false, true), Ok(true)));
        assert!(matches!(is_lost(no_way(), false, false), Err(TraceError::NoRoute)));
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert!(matches!(is_lost(refused, false, true), Ok(false)));
    }
}
