//! TCP: a connection to the very port that matters for each probe, given up before the system would try it again.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use nix::poll::PollFlags;
use socket2::{Protocol, Socket, Type};

use super::super::{Answer, Said, TraceError};
use super::{complaint, handle, open, wait, why};

/// The system sends a second packet after a second (RFC 6298); its answer would be taken for the first one's.
const GIVEN_UP_AFTER: Duration = Duration::from_millis(900);

/// Connections that are coming up.
pub(crate) struct Connections {
    peer: SocketAddr,
    open: Vec<Attempt>,
}

struct Attempt {
    ttl: u8,
    token: u32,
    begun: Instant,
    socket: Socket,
}

impl Connections {
    pub(super) fn new(address: IpAddr, port: u16) -> Self {
        Self { peer: SocketAddr::new(address, port), open: Vec::new() }
    }

    pub(super) fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        let socket = open(self.peer.ip(), ttl, Type::STREAM, Protocol::TCP)?;
        let begun = Instant::now();
        match socket.connect(&self.peer.into()) {
            Ok(()) => {}
            Err(error) if error.raw_os_error() == Some(nix::errno::Errno::EINPROGRESS as i32) => {}
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
            Err(error) => match why(error) {
                TraceError::NoRoute if ttl > 1 => return Ok(None),
                error => return Err(error),
            },
        }
        self.open.push(Attempt { ttl, token, begun, socket });
        Ok(Some(begun))
    }

    pub(super) fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let now = Instant::now();
        self.open.retain(|attempt| now.saturating_duration_since(attempt.begun) < GIVEN_UP_AFTER);
        let sockets = self.open.iter().map(|attempt| handle(&attempt.socket));
        let ready = wait(sockets, PollFlags::POLLOUT, until);
        let mut answers = Vec::new();
        let mut index = 0;
        let peer = self.peer.ip();
        self.open.retain(|attempt| {
            index += 1;
            if !ready.get(index - 1).copied().unwrap_or_default() {
                return true;
            }
            answers.extend(answer(attempt, peer));
            false
        });
        answers
    }
}

/// A router's complaint, a connection that came up, or one that the target itself refused.
fn answer(attempt: &Attempt, peer: IpAddr) -> Option<Answer> {
    let at = Instant::now();
    let token = Some(attempt.token);
    if let Some(said) = std::iter::from_fn(|| complaint::next((&attempt.socket).into())).flatten().next() {
        return Some(Answer {
            ttl: attempt.ttl,
            token,
            is_guess: false,
            from: said.from,
            said: said.about(peer),
            at: said.at,
        });
    }
    let arrived = match attempt.socket.take_error() {
        Ok(None) => true,
        Ok(Some(error)) => {
            matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset)
        }
        Err(_) => false,
    };
    arrived.then_some(Answer {
        ttl: attempt.ttl,
        token,
        is_guess: false,
        from: peer,
        said: Said::Arrived,
        at,
    })
}
