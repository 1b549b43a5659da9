//! UDP: one socket, and so one constant flow, for each distance.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use nix::poll::PollFlags;
use socket2::{Protocol, Socket, Type};

use super::super::{Answer, MOST_HOPS, Said, TraceError};
use super::{complaint, handle, open, wait, why};

/// The first port of traceroute: nobody listens there.
const UDP_PORT: u16 = 33_434;
/// A probe is tried again so often while complaints about earlier ones are still pending.
const TRIES: u32 = 3;

/// The sockets, each made when it is first needed.
pub(crate) struct Datagrams {
    address: IpAddr,
    sockets: Vec<(u8, Socket)>,
    /// Answers that were met while sending.
    early: Vec<Answer>,
}

impl Datagrams {
    pub(super) fn new(address: IpAddr) -> Self {
        Self { address, sockets: Vec::with_capacity(usize::from(MOST_HOPS)), early: Vec::new() }
    }

    /// The number of the probe is all it carries.
    pub(super) fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        if !self.sockets.iter().any(|(of, _)| *of == ttl) {
            let socket = open(self.address, ttl, Type::DGRAM, Protocol::UDP)?;
            socket.connect(&SocketAddr::new(self.address, UDP_PORT).into()).map_err(why)?;
            self.sockets.push((ttl, socket));
        }
        let Some((_, socket)) = self.sockets.iter().find(|(of, _)| *of == ttl) else { return Ok(None) };
        let bytes = token.to_be_bytes();
        for _ in 0..TRIES {
            let at = Instant::now();
            if socket.send(&bytes).is_ok() {
                return Ok(Some(at));
            }
            // The complaint about an earlier probe is reported here once; it says nothing about this one.
            self.early.extend(take(socket, ttl, self.address));
        }
        let at = Instant::now();
        match socket.send(&bytes).map_err(why) {
            Ok(_) => Ok(Some(at)),
            // Others went out, so there is a way: this one is lost before it left.
            Err(TraceError::NoRoute) if self.sockets.len() > 1 => Ok(Some(at)),
            Err(error) => Err(error),
        }
    }

    pub(super) fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let mut answers = std::mem::take(&mut self.early);
        if answers.is_empty() {
            let sockets = self.sockets.iter().map(|(_, socket)| handle(socket));
            let ready = wait(sockets, PollFlags::POLLIN, until);
            for ((ttl, socket), _) in self.sockets.iter().zip(ready).filter(|(_, is_ready)| *is_ready) {
                answers.extend(take(socket, *ttl, self.address));
            }
        }
        answers
    }
}

/// Everything that has arrived for one distance.
fn take(socket: &Socket, ttl: u8, address: IpAddr) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some(entry) = complaint::next(socket.into()) {
        let Some(said) = entry else { continue };
        let token = said.quoted.map(u32::from_be_bytes);
        answers.push(Answer { ttl, token, from: said.from, said: said.about(address), at: said.at });
    }
    // Somebody listens on the port after all: that is an answer too.
    let mut buffer = [std::mem::MaybeUninit::uninit(); 64];
    loop {
        match socket.recv(&mut buffer) {
            Ok(_) => answers.push(Answer {
                ttl,
                token: None,
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
