//! The two paces of a trace, the same on every system. Knows no sockets.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::ledger::{AGAIN, Ledger, SWEEP};
use super::{Backend, MOST_HOPS, SLOW_PACE, Trace, TraceError, TracePlan};

/// So many hops beyond the last answer are asked at once. Systems answer a short burst without limit, Linux six, and
/// what goes farther than the target is all answered by the target.
const AHEAD: u8 = 4;
/// Beyond these silent hops nobody is looked for in a sweep.
const SILENT: u8 = 12;
/// How long a step of the sweep waits for a silent hop, at least.
const STEP: Duration = Duration::from_millis(120);
/// Answers later than this many times the slowest so far are lost.
const LATE: u32 = 4;
/// Systems that answer a burst answer again about a second later (Linux: `icmp_ratelimit`).
const RECOVERY: Duration = Duration::from_millis(1_050);
/// However fast answers come, a busy router may take as long as this.
const LEAST_PATIENCE: Duration = Duration::from_millis(250);

/// Traces in the calling thread. `progress` is called after the sweep and after each round but the last.
pub(super) fn run(
    backend: &mut dyn Backend,
    plan: TracePlan,
    stopped: &AtomicBool,
    progress: &mut dyn FnMut(Trace),
) -> Result<Trace, TraceError> {
    let mut tracer = Tracer { backend, plan, stopped, ledger: Ledger::new() };
    if plan.interval >= SLOW_PACE {
        tracer.sweep(SWEEP)?;
        progress(tracer.trace(plan.rounds));
    }
    let begun = tracer.backend.now();
    for round in 0..plan.rounds {
        if tracer.is_stopped() {
            break;
        }
        if round == 0 && plan.interval < SLOW_PACE {
            tracer.sweep(round)?;
        } else {
            tracer.round(round)?;
        }
        let is_last = round + 1 == plan.rounds;
        if is_last {
            let now = tracer.backend.now();
            tracer.listen(now + plan.patience, Until::Answered);
        } else {
            tracer.listen(begun + plan.interval * (round + 1), Until::Then);
            progress(tracer.trace(plan.rounds));
        }
    }
    if plan.interval < SLOW_PACE {
        tracer.ask_again()?;
    }
    Ok(tracer.trace(plan.rounds))
}

/// How long to listen.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    /// Until the time has come.
    Then,
    /// Not longer than answers are awaited.
    Answered,
}

struct Tracer<'a> {
    backend: &'a mut dyn Backend,
    plan: TracePlan,
    stopped: &'a AtomicBool,
    ledger: Ledger,
}

impl Tracer<'_> {
    /// Asks farther and farther, a few hops at a time, until the target answers or nobody does.
    fn sweep(&mut self, token: u32) -> Result<(), TraceError> {
        let mut asked = 0;
        while asked < MOST_HOPS && self.ledger.end().is_none_or(|end| end > asked) && !self.is_stopped() {
            let ahead = self.ledger.farthest().max(asked).saturating_add(AHEAD).min(MOST_HOPS);
            for ttl in asked + 1..=ahead {
                self.send(ttl, token)?;
            }
            asked = ahead;
            let wait = STEP.max(self.ledger.slowest() * 2).min(self.plan.patience);
            let now = self.backend.now();
            self.listen(now + wait, Until::Answered);
            if asked.saturating_sub(self.ledger.farthest()) >= SILENT {
                break;
            }
        }
        Ok(())
    }

    /// Asks every hop once, and a little farther where the target was not found.
    fn round(&mut self, round: u32) -> Result<(), TraceError> {
        let far = self.ledger.farthest().saturating_add(AHEAD / 2).min(MOST_HOPS);
        for ttl in 1..=self.ledger.end().unwrap_or(far) {
            self.send(ttl, round)?;
        }
        Ok(())
    }

    /// Hops that answered a burst and then no more have had enough, or are gone: one that answers once more after a
    /// while had enough, and what it did not answer in between is no loss.
    fn ask_again(&mut self) -> Result<(), TraceError> {
        let silent = self.ledger.fell_silent();
        if silent.is_empty() || self.is_stopped() {
            return Ok(());
        }
        let now = self.backend.now();
        self.listen(now + RECOVERY, Until::Then);
        for ttl in &silent {
            self.send(*ttl, AGAIN)?;
        }
        let now = self.backend.now();
        self.listen(now + self.plan.patience, Until::Answered);
        for ttl in silent {
            self.ledger.forgive(ttl);
        }
        Ok(())
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<(), TraceError> {
        if !self.ledger.may_send(ttl, self.backend.now(), self.plan.patience) {
            return Ok(());
        }
        if let Some(at) = self.backend.send(ttl, token)? {
            self.ledger.sent(ttl, token, at);
        }
        Ok(())
    }

    fn listen(&mut self, until: Instant, mode: Until) {
        loop {
            let now = self.backend.now();
            let done = mode == Until::Answered && !self.ledger.awaits(now, self.patience());
            if now >= until || done || self.is_stopped() {
                return;
            }
            for answer in self.backend.receive(until) {
                self.ledger.answered(answer);
            }
        }
    }

    /// Fast answers of all others make a late one unlikely.
    fn patience(&self) -> Duration {
        (self.ledger.slowest() * LATE).max(LEAST_PATIENCE).min(self.plan.patience)
    }

    fn trace(&self, rounds: u32) -> Trace {
        let (hops, reached) = self.ledger.hops(self.backend.now(), self.patience());
        Trace { address: self.plan.address, method: self.plan.method, rounds, reached, hops }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::net::{IpAddr, Ipv4Addr};

    use super::super::{Answer, HopTrace, Method, Said};
    use super::*;

    /// A network in memory: routers, a target, and which answers get lost. Every answer takes the same time.
    struct Paper {
        now: Instant,
        length: u8,
        rtt: Duration,
        /// Probes left unanswered, by distance and token.
        lost: Vec<(u8, u32)>,
        /// Routers that quote too little.
        terse: Vec<u8>,
        on_the_way: Vec<Answer>,
        sent: BTreeMap<u8, Vec<u32>>,
    }

    impl Paper {
        fn new(length: u8, rtt_ms: u64) -> Self {
            let rtt = Duration::from_millis(rtt_ms);
            let (lost, terse, on_the_way) = (Vec::new(), Vec::new(), Vec::new());
            Self { now: Instant::now(), length, rtt, lost, terse, on_the_way, sent: BTreeMap::new() }
        }
    }

    impl Backend for Paper {
        fn now(&self) -> Instant {
            self.now
        }

        fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
            let now = self.now;
            self.sent.entry(ttl).or_default().push(token);
            if !self.lost.contains(&(ttl, token)) {
                let said = if ttl >= self.length { Said::Arrived } else { Said::OutOfHops };
                let from = IpAddr::V4(Ipv4Addr::new(10, 0, 0, ttl.min(self.length)));
                let token = (!self.terse.contains(&ttl)).then_some(token);
                self.on_the_way.push(Answer { ttl, token, from, said, at: now + self.rtt });
            }
            Ok(Some(now))
        }

        fn receive(&mut self, until: Instant) -> Vec<Answer> {
            let next = self.on_the_way.iter().map(|it| it.at).min().unwrap_or(until).min(until);
            self.now = self.now.max(next);
            let now = self.now;
            let (come, left) = std::mem::take(&mut self.on_the_way).into_iter().partition(|it| it.at <= now);
            self.on_the_way = left;
            come
        }
    }

    fn plan(rounds: u32, interval_ms: u64) -> TracePlan {
        TracePlan {
            address: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 9)),
            method: Method::Udp,
            rounds,
            interval: Duration::from_millis(interval_ms),
            patience: Duration::from_secs(1),
        }
    }

    fn traced(paper: &mut Paper, plan: TracePlan) -> Trace {
        run(paper, plan, &AtomicBool::new(false), &mut |_| {}).unwrap()
    }

    #[test]
    fn the_sweep_finds_the_target_and_asks_it_no_more_than_a_burst() {
        let mut paper = Paper::new(9, 2);
        let trace = traced(&mut paper, plan(2, 20));
        assert!(trace.reached);
        assert_eq!(trace.hops.len(), 9);
        assert!(trace.hops.iter().all(|hop| (hop.sent(), hop.received()) == (2, 2)), "{trace:?}");
        let beyond: usize = paper.sent.range(9..).map(|(_, tokens)| tokens.len()).sum();
        assert!(beyond <= 6, "{:?}", paper.sent);
    }

    #[test]
    fn a_round_shorter_than_the_way_is_not_misread() {
        let mut paper = Paper::new(3, 90);
        paper.lost.push((2, 1));
        paper.terse.push(1);
        let trace = traced(&mut paper, plan(6, 20));
        let hop = |ttl: usize| &trace.hops[ttl - 1];
        assert_eq!((hop(2).sent(), hop(2).received()), (6, 5), "{trace:?}");
        assert_eq!((hop(3).sent(), hop(3).received()), (6, 6), "{trace:?}");
        // Asked less often, so that its answers are told apart.
        assert!(hop(1).sent() < 6 && hop(1).sent() == hop(1).received(), "{trace:?}");
        let rtts = trace.hops.iter().flat_map(HopTrace::rtts);
        assert!(rtts.into_iter().all(|rtt| rtt >= Duration::from_millis(90)), "{trace:?}");
    }

    #[test]
    fn a_hop_that_had_enough_lost_nothing_and_one_that_died_did() {
        let mut paper = Paper::new(3, 1);
        // Both answer six and no more; the first answers again when it is asked slowly.
        paper.lost.extend((6..10).flat_map(|round| [(1, round), (2, round)]));
        paper.lost.push((2, AGAIN));
        let trace = traced(&mut paper, plan(10, 20));
        let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
        assert_eq!(counts, [(6, 6), (10, 6), (10, 10)], "{trace:?}");
    }

    #[test]
    fn a_target_that_is_lost_in_the_sweep_is_found_by_the_rounds() {
        let mut paper = Paper::new(3, 1);
        paper.lost.extend([(2, 0), (3, 0), (4, 0)]);
        let trace = traced(&mut paper, plan(4, 30));
        assert!(trace.reached);
        assert_eq!(trace.hops.len(), 3, "{trace:?}");
    }
}
