//! Which probe was sent when, and which answer belongs to it. Sends nothing and reads no clock.

use std::time::{Duration, Instant};

use super::{Answer, HopTrace, MOST_HOPS, Said};

/// The mark of probes that only look for the path.
pub(super) const SWEEP: u32 = 1 << 31;
/// The mark of the one probe that asks a silent hop once more; it is no round's.
pub(super) const AGAIN: u32 = SWEEP + 1;
/// Misses in a row, to the end, that look like a limit: of six that a system answers in a burst, another trace may have
/// left one.
const MISSES: usize = 3;

/// Everything that was sent and answered.
pub(super) struct Ledger {
    hops: Vec<Hop>,
    slowest: Duration,
}

#[derive(Default)]
struct Hop {
    trace: HopTrace,
    probes: Vec<Probe>,
    arrived: bool,
    quotes_little: bool,
}

struct Probe {
    token: u32,
    sent: Instant,
    rtt: Option<Duration>,
}

impl Ledger {
    pub(super) fn new() -> Self {
        let hops = (1..=MOST_HOPS)
            .map(|ttl| Hop { trace: HopTrace { ttl, ..HopTrace::default() }, ..Hop::default() })
            .collect();
        Self { hops, slowest: Duration::ZERO }
    }

    pub(super) fn sent(&mut self, ttl: u8, token: u32, at: Instant) {
        if let Some(hop) = self.hop(ttl) {
            hop.probes.push(Probe { token, sent: at, rtt: None });
        }
    }

    /// Books an answer; one that belongs to no probe is nobody's.
    pub(super) fn answered(&mut self, answer: Answer) {
        let Some(hop) = self.hop(answer.ttl) else { return };
        hop.quotes_little |= answer.token.is_none();
        let probe = match answer.token {
            Some(token) => hop.probes.iter_mut().find(|it| it.token == token && it.rtt.is_none()),
            // There is only one that waits; see `may_send`.
            None => hop.probes.iter_mut().rev().find(|it| it.rtt.is_none()),
        };
        let Some(probe) = probe else { return };
        let rtt = answer.at.saturating_duration_since(probe.sent);
        probe.rtt = Some(rtt);
        if !hop.trace.addresses.contains(&answer.from) {
            hop.trace.addresses.push(answer.from);
        }
        match answer.said {
            Said::OutOfHops => {}
            Said::Arrived => hop.arrived = true,
            Said::Unreachable(why) => hop.trace.unreachable = Some(why),
        }
        self.slowest = self.slowest.max(rtt);
    }

    /// A router that quotes too little of a probe is asked again only when its last answer came or is late: otherwise
    /// nobody can tell which probe was answered.
    pub(super) fn may_send(&self, ttl: u8, now: Instant, patience: Duration) -> bool {
        self.hops.get(usize::from(ttl) - 1).is_some_and(|hop| {
            !hop.quotes_little || !hop.probes.iter().any(|it| it.is_awaited(now, patience))
        })
    }

    /// Whether an answer may still come.
    pub(super) fn awaits(&self, now: Instant, patience: Duration) -> bool {
        let far = usize::from(self.end().unwrap_or(MOST_HOPS));
        self.hops.iter().take(far).any(|hop| hop.probes.iter().any(|it| it.is_awaited(now, patience)))
    }

    /// The distance where the way ends: the target, or a router that says that it will never arrive.
    pub(super) fn end(&self) -> Option<u8> {
        self.hops.iter().find(|hop| hop.arrived || hop.trace.unreachable.is_some()).map(|hop| hop.trace.ttl)
    }

    /// The farthest hop that has answered; 0 if none has.
    pub(super) fn farthest(&self) -> u8 {
        let answered = |hop: &&Hop| hop.probes.iter().any(|it| it.rtt.is_some());
        self.hops.iter().rev().find(answered).map_or(0, |hop| hop.trace.ttl)
    }

    /// Hops that answered every probe at first and none at last.
    pub(super) fn fell_silent(&self) -> Vec<u8> {
        let far = usize::from(self.end().unwrap_or(MOST_HOPS));
        self.hops.iter().take(far).filter(|hop| hop.burst().is_some()).map(|hop| hop.trace.ttl).collect()
    }

    /// Takes the probes back that a hop with a limit left unanswered, if it answered when it was asked once more.
    pub(super) fn forgive(&mut self, ttl: u8) {
        let Some(hop) = self.hop(ttl) else { return };
        let answers_again = hop.probes.iter().any(|it| it.token == AGAIN && it.rtt.is_some());
        if let Some(kept) = hop.burst().filter(|_| answers_again) {
            let mut round = 0;
            hop.probes.retain(|it| {
                round += usize::from(it.token & SWEEP == 0);
                it.token & SWEEP != 0 || round <= kept
            });
        }
    }

    pub(super) fn slowest(&self) -> Duration {
        self.slowest
    }

    /// What is known, cut behind the target, or one hop behind the last that answered. Probes that are still awaited
    /// are not counted.
    pub(super) fn hops(&self, now: Instant, patience: Duration) -> (Vec<HopTrace>, bool) {
        let reached = self.end().is_some_and(|ttl| self.hops[usize::from(ttl) - 1].arrived);
        let length = match self.end() {
            Some(end) => end,
            None => self.farthest().saturating_add(1).min(MOST_HOPS),
        };
        let hops = self.hops.iter().take(usize::from(length)).map(|hop| hop.counted(now, patience)).collect();
        (hops, reached)
    }

    fn hop(&mut self, ttl: u8) -> Option<&mut Hop> {
        self.hops.get_mut(usize::from(ttl).checked_sub(1)?)
    }
}

impl Hop {
    /// How many probes it answered in a row before it fell silent for good, if that is what it did.
    fn burst(&self) -> Option<usize> {
        let measured: Vec<bool> =
            self.probes.iter().filter(|it| it.token & SWEEP == 0).map(|it| it.rtt.is_some()).collect();
        let answered = measured.iter().take_while(|it| **it).count();
        let missed = measured.len() - answered;
        let for_good = measured.iter().skip(answered).all(|it| !it);
        (answered > 0 && missed >= MISSES && for_good).then_some(answered)
    }

    fn counted(&self, now: Instant, patience: Duration) -> HopTrace {
        let measured = self.probes.iter().filter(|it| it.token & SWEEP == 0);
        let answers = measured.filter(|it| !it.is_awaited(now, patience)).map(|it| it.rtt).collect();
        HopTrace { answers, ..self.trace.clone() }
    }
}

impl Probe {
    fn is_awaited(&self, now: Instant, patience: Duration) -> bool {
        self.rtt.is_none() && now.saturating_duration_since(self.sent) < patience
    }
}
