//! The two paces of a trace, the same on every system. Knows no sockets.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::ledger::{AGAIN, FLOW, Ledger, SWEEP, TIMES_AGAIN};
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
/// Every router answers at this pace.
const SURE_PACE: Duration = Duration::from_secs(1);
/// Fewer rounds are a burst that every router answers.
const FEWEST_ROUNDS: u32 = 3;
/// So long the search for a second way may take.
const COMPARISON: Duration = Duration::from_millis(800);
/// However fast answers come, a busy router may take as long as this.
const LEAST_PATIENCE: Duration = Duration::from_millis(250);

/// Traces in the calling thread. `progress` is called after the sweep and after each round but the last.
pub(super) fn run(
    backend: &mut dyn Backend,
    plan: TracePlan,
    stopped: &AtomicBool,
    progress: &mut dyn FnMut(Trace),
) -> Result<Trace, TraceError> {
    let mut tracer = Tracer { backend, plan, stopped, ledger: Ledger::new(plan), flow: Flow::Each };
    if plan.interval >= SLOW_PACE {
        tracer.sweep(SWEEP)?;
        tracer.compare_flows()?;
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
            tracer.round(round, begun + plan.interval * (round + 1))?;
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
    if plan.interval < SURE_PACE && plan.rounds >= FEWEST_ROUNDS {
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
    /// Not longer than an answer of this distance is awaited.
    Heard(u8),
}

struct Tracer<'a> {
    backend: &'a mut dyn Backend,
    plan: TracePlan,
    stopped: &'a AtomicBool,
    ledger: Ledger,
    flow: Flow,
}

/// Networks that spread packets choose the way by the flow: hops can be compared only on one of them.
#[derive(Clone, Copy, PartialEq)]
enum Flow {
    /// Every distance has its own.
    Each,
    /// All share one, but for hops that have not shown that they quote more of a probe than its ports.
    Shared,
    /// All share one, and those whose answers do not tell which probe they are about are asked one at a time.
    OneAtATime,
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
    fn round(&mut self, round: u32, next_round: Instant) -> Result<(), TraceError> {
        // A hop that was lost when the flows were compared shows a second way later.
        if self.flow == Flow::Shared && self.ledger.has_branches() {
            self.flow = Flow::OneAtATime;
        }
        let far = self.ledger.farthest().saturating_add(AHEAD / 2).min(MOST_HOPS);
        let all = 1..=self.ledger.end().unwrap_or(far);
        if self.flow != Flow::OneAtATime {
            return all.into_iter().try_for_each(|ttl| self.send(ttl, round));
        }
        let (at_once, rest): (Vec<u8>, Vec<u8>) = all.partition(|ttl| self.ledger.is_told_apart(*ttl));
        let (mut in_turn, silent): (Vec<u8>, Vec<u8>) =
            rest.into_iter().partition(|ttl| self.ledger.has_answered(*ttl));
        at_once.into_iter().try_for_each(|ttl| self.send(ttl, round))?;
        // Who had no turn in the last round has the first in this one.
        in_turn.sort_by_key(|ttl| self.ledger.times_asked(*ttl));
        for ttl in in_turn {
            let now = self.backend.now();
            if now >= next_round {
                break;
            }
            self.send(ttl, round)?;
            self.hear(ttl, now + self.plan.patience);
        }
        // Whoever never answered makes nobody else wait.
        for ttl in silent {
            self.send(ttl, round)?;
            self.hear(ttl, next_round);
        }
        Ok(())
    }

    /// Where one flow for all meets other routers than a flow for each, there are several ways.
    fn compare_flows(&mut self) -> Result<(), TraceError> {
        if !self.backend.share_flow(true) {
            return Ok(());
        }
        self.flow = Flow::OneAtATime;
        let until = self.backend.now() + COMPARISON;
        for ttl in self.ledger.answering() {
            if self.backend.now() >= until || self.is_stopped() {
                break;
            }
            self.send(ttl, FLOW)?;
            self.hear(ttl, until);
        }
        if !self.ledger.has_branches() {
            self.flow = Flow::Shared;
        }
        Ok(())
    }

    /// One at a time: an answer that quotes too little is that of the only probe on its way.
    fn hear(&mut self, ttl: u8, until: Instant) {
        let until = until.min(self.backend.now() + self.patience());
        self.listen(until, Until::Heard(ttl));
    }

    /// Hops whose silence looks like a limit are asked at the pace that every system answers. One that answers now had
    /// enough before, and what it did not answer is no loss. The way itself may have been hidden by such limits.
    fn ask_again(&mut self) -> Result<(), TraceError> {
        if !self.ledger.looks_limited() {
            return Ok(());
        }
        for time in 0..TIMES_AGAIN {
            if time > 0 && self.ledger.suspects(time).is_empty() {
                break;
            }
            let now = self.backend.now();
            self.listen(now + RECOVERY, Until::Then);
            if self.is_stopped() {
                return Ok(());
            }
            if time == 0 && self.ledger.end().is_none() {
                self.sweep(AGAIN)?;
            } else {
                for ttl in self.ledger.suspects(time) {
                    self.send(ttl, AGAIN + time)?;
                }
            }
            let now = self.backend.now();
            self.listen(now + self.plan.patience, Until::Answered);
        }
        self.ledger.forgive();
        Ok(())
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<(), TraceError> {
        if !self.ledger.may_send(ttl, self.backend.now(), self.plan.patience) {
            return Ok(());
        }
        let is_shared = match self.flow {
            Flow::Each => false,
            Flow::Shared => self.ledger.quotes_enough(ttl),
            Flow::OneAtATime => true,
        };
        self.backend.share_flow(is_shared);
        if let Some(at) = self.backend.send(ttl, token)? {
            self.ledger.sent(ttl, token, is_shared, at);
        }
        Ok(())
    }

    fn listen(&mut self, until: Instant, mode: Until) {
        loop {
            let now = self.backend.now();
            let done = match mode {
                Until::Then => false,
                Until::Answered => !self.ledger.awaits(now, self.patience()),
                Until::Heard(ttl) => !self.ledger.awaits_at(ttl, now, self.patience()),
            };
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
        let TracePlan { address, method, .. } = self.plan;
        Trace { address, method, rounds, reached, one_flow: self.flow == Flow::OneAtATime, hops }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests;
