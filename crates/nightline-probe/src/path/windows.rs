//! Windows: the system's own echoes with a limited TTL (`IcmpSendEcho2Ex`, `Icmp6SendEcho2`), which need no rights.
//!
//! A call waits for its answer, so each probe has a thread of its own for that long; all of them are one flow. The
//! answer's own time is in whole milliseconds, so the time around the call is taken.

mod calls;

use std::net::IpAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::{Answer, Backend, Said, TraceError, TracePlan, Unreachable};
use calls::{Reply, Shape};

/// How long one wait may last, so that a stopped trace ends soon.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// A call's own stack is small.
const STACK_BYTES: usize = 64 * 1024;
/// Content of a probe.
const PROBE_BYTES: usize = 8;
/// What a packet may go through where nothing else was asked for.
const USUAL_TTL: u8 = 128;

/// Status codes of `IP_STATUS` (ipexport.h).
const SUCCESS: u32 = 0;
const NETWORK_UNREACHABLE: u32 = 11_002;
const HOST_UNREACHABLE: u32 = 11_003;
const PROHIBITED: u32 = 11_004;
const PORT_UNREACHABLE: u32 = 11_005;
const TTL_EXPIRED: u32 = 11_013;

/// The probes of one trace.
pub(super) struct Echoes {
    address: IpAddr,
    patience: Duration,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
}

impl Echoes {
    pub(super) fn new(plan: TracePlan) -> Self {
        let (sender, answers) = channel();
        Self { address: plan.address, patience: plan.patience, sender, answers }
    }
}

impl Backend for Echoes {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        let (address, patience, sender) = (self.address, self.patience, self.sender.clone());
        let begun = Instant::now();
        std::thread::Builder::new()
            .name("echo".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || {
                let started = Instant::now();
                let reply =
                    calls::echo(address, Shape { ttl, length: PROBE_BYTES, may_be_cut: true }, patience);
                // From the call on: starting the thread is not the network's time.
                let at = begun + started.elapsed();
                if let Some((from, said)) = reply.and_then(|reply| said(reply, address)) {
                    let _unheard =
                        sender.send(Answer { ttl, token: Some(token), is_guess: false, from, said, at });
                }
            })
            .map_err(TraceError::Socket)?;
        Ok(Some(begun))
    }

    fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let wait = until.saturating_duration_since(Instant::now()).min(LONGEST_WAIT);
        match self.answers.recv_timeout(wait) {
            Ok(first) => std::iter::once(first).chain(self.answers.try_iter()).collect(),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Vec::new(),
        }
    }
}

/// One echo that may not be cut: who answered, and with which status. Blocks until the answer or the end of patience.
pub(crate) fn echo_uncut(
    address: IpAddr,
    ttl: Option<u8>,
    length: usize,
    patience: Duration,
) -> Option<(IpAddr, u32)> {
    let shape = Shape { ttl: ttl.unwrap_or(USUAL_TTL), length, may_be_cut: false };
    calls::echo(address, shape, patience).map(|it| (it.from, it.status))
}

/// Who answered what; `None` if nobody did in time.
fn said(reply: Reply, target: IpAddr) -> Option<(IpAddr, Said)> {
    let said = match reply.status {
        SUCCESS => Said::Arrived,
        TTL_EXPIRED => Said::OutOfHops,
        PORT_UNREACHABLE if reply.from == target => Said::Arrived,
        NETWORK_UNREACHABLE => Said::Unreachable(Unreachable::Network),
        HOST_UNREACHABLE => Said::Unreachable(Unreachable::Host),
        PROHIBITED => Said::Unreachable(Unreachable::Prohibited),
        PORT_UNREACHABLE => Said::Unreachable(Unreachable::Port),
        _ => return None,
    };
    Some((reply.from, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_what_a_router_says() {
        let target: IpAddr = [10, 0, 0, 9].into();
        let router: IpAddr = [10, 0, 0, 1].into();
        check(SUCCESS, target, target, Some(Said::Arrived));
        check(TTL_EXPIRED, router, target, Some(Said::OutOfHops));
        check(HOST_UNREACHABLE, router, target, Some(Said::Unreachable(Unreachable::Host)));
        check(PORT_UNREACHABLE, target, target, Some(Said::Arrived));
        // Timed out: nobody answered.
        check(11_010, router, target, None);
    }

    #[track_caller]
    fn check(status: u32, from: IpAddr, target: IpAddr, expected: Option<Said>) {
        assert_eq!(said(Reply { from, status }, target), expected.map(|it| (from, it)));
    }
}
