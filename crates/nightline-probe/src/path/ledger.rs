//! Which probe was sent when, and which answer belongs to it. Sends nothing and reads no clock.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use super::{Answer, HopTrace, MOST_HOPS, Method, Said, TracePlan, Unreachable};

/// The mark of probes that only look for the path.
pub(super) const SWEEP: u32 = 1 << 31;
/// The mark of probes of one flow for all, which only look for a second path.
pub(super) const FLOW: u32 = SWEEP + 1;
/// The first mark of the probes that ask once more at a slow pace; they are no round's.
pub(super) const AGAIN: u32 = SWEEP + 2;
/// So often they ask: loss lets them all through seldom.
pub(super) const TIMES_AGAIN: u32 = 3;
/// Linux complains to an address once a second (`icmp_ratelimit`) and saves up six complaints (`XRLIM_BURST_FACTOR`).
const SECONDS_EACH: f64 = 1.0;
const MOST_SAVED: f64 = 6.0;
/// Its clock ticks, and packets do not take the same time.
const SLACK: f64 = 0.05;
/// So many answers before and after make a change of the way.
const FEWEST_BEFORE_AND_AFTER: usize = 3;
/// So many probes of the flow that all hops share are enough without those of a hop's own.
const FEWEST_SHARED: usize = 5;

/// Everything that was sent and answered.
pub(super) struct Ledger {
    hops: Vec<Hop>,
    slowest: Duration,
    patience: Duration,
    /// Every probe to a hop takes the same way as the one before.
    is_constant: bool,
}

#[derive(Default)]
struct Hop {
    trace: HopTrace,
    probes: Vec<Probe>,
    arrived: bool,
    quotes_little: bool,
    quotes_enough: bool,
    /// It did so on the flow that all hops share, where another router may answer.
    quotes_enough_shared: bool,
    /// Some packet for it was refused, here or nearer.
    was_refused: bool,
    /// It keeps a limit: what it left unanswered is no loss, and what was asked at a slow pace counts instead.
    is_limited: bool,
}

struct Probe {
    token: u32,
    /// Of the flow that all hops share.
    is_shared: bool,
    sent: Instant,
    rtt: Option<Duration>,
    from: Option<IpAddr>,
    /// It was answered by a router that says that it will never arrive, here or nearer.
    refused: Option<Unreachable>,
    /// It was perhaps answered, and nobody can tell: neither an answer nor a loss.
    is_void: bool,
}

impl Ledger {
    pub(super) fn new(plan: TracePlan) -> Self {
        let hops = (1..=MOST_HOPS)
            .map(|ttl| Hop { trace: HopTrace { ttl, ..HopTrace::default() }, ..Hop::default() })
            .collect();
        // A connection has a port of its own each time.
        let is_constant = !matches!(plan.method, Method::Tcp(_));
        Self { hops, slowest: Duration::ZERO, patience: plan.patience, is_constant }
    }

    pub(super) fn sent(&mut self, ttl: u8, token: u32, is_shared: bool, at: Instant) {
        if let Some(hop) = self.hop(ttl) {
            let unanswered =
                Probe { token, is_shared, sent: at, rtt: None, from: None, refused: None, is_void: false };
            hop.probes.push(unanswered);
        }
    }

    /// Books an answer; one that belongs to no probe is nobody's.
    pub(super) fn answered(&mut self, answer: Answer) {
        let ttl = if answer.is_guess { self.guess(answer) } else { Some(answer.ttl) };
        let Some(ttl) = ttl else { return self.refuse(answer.at) };
        let Some(hop) = self.hop(ttl) else { return };
        hop.quotes_little |= answer.token.is_none();
        hop.quotes_enough |= answer.token.is_some();
        let probe = match answer.token {
            Some(token) => hop.probes.iter_mut().find(|it| it.token == token && it.rtt.is_none()),
            // There is only one that waits; see `may_send`.
            None => hop.probes.iter_mut().rev().find(|it| it.may_be_meant(&answer)),
        };
        let Some(probe) = probe else { return };
        hop.quotes_enough_shared |= answer.token.is_some() && probe.is_shared;
        let rtt = answer.at.saturating_duration_since(probe.sent);
        probe.rtt = Some(rtt);
        probe.from = Some(answer.from);
        match answer.said {
            // The way is longer than another flow's, or than it was.
            Said::OutOfHops => hop.arrived = false,
            Said::Arrived => hop.arrived = true,
            Said::Unreachable(why) => {
                probe.refused = Some(why);
                hop.was_refused = true;
            }
        }
        self.slowest = self.slowest.max(rtt);
        for at in 0..self.hops.len() {
            self.hops[at].trace.unreachable = self.refusal(at);
        }
    }

    /// A router that quotes too little of a probe is asked again only when its last answer came or is late: otherwise
    /// nobody can tell which probe was answered.
    pub(super) fn may_send(&self, ttl: u8, now: Instant, patience: Duration) -> bool {
        self.at(ttl).is_some_and(|hop| !hop.quotes_little || !hop.awaits(now, patience))
    }

    /// Whether a router has shown that it quotes so much that a probe is told by more than its ports.
    pub(super) fn quotes_enough(&self, ttl: u8) -> bool {
        self.at(ttl).is_some_and(|hop| hop.quotes_enough && !hop.quotes_little)
    }

    /// Whether somebody there has ever answered.
    pub(super) fn has_answered(&self, ttl: u8) -> bool {
        self.at(ttl).is_some_and(Hop::has_answered)
    }

    /// Which distance an answer is from that quotes too little on the flow that all share: the only one that waits,
    /// or the only one of whom that router is known, or the only one where anybody ever answered.
    fn guess(&self, answer: Answer) -> Option<u8> {
        let waiting = || self.hops.iter().filter(|hop| hop.awaits_shared(answer.at, self.patience));
        let unlike = || waiting().filter(|hop| !hop.is_told_apart());
        let is_known = |hop: &&Hop| hop.probes.iter().any(|it| it.from == Some(answer.from));
        only(unlike())
            .or_else(|| only(waiting().filter(is_known)))
            .or_else(|| only(unlike().filter(|hop| hop.has_answered())))
            .map(|hop| hop.trace.ttl)
    }

    /// Some probe was answered, and nobody can tell which.
    fn refuse(&mut self, at: Instant) {
        let patience = self.patience;
        for hop in self.hops.iter_mut().filter(|hop| !hop.is_told_apart() && hop.has_answered()) {
            for probe in hop.probes.iter_mut().filter(|it| it.is_shared && it.is_awaited_at(at, patience)) {
                probe.is_void = true;
            }
        }
    }

    /// Whether a router has shown on the flow that all share that its answers tell which probe they are about.
    pub(super) fn is_told_apart(&self, ttl: u8) -> bool {
        self.at(ttl).is_some_and(Hop::is_told_apart)
    }

    /// How often it was asked in the rounds.
    pub(super) fn times_asked(&self, ttl: u8) -> usize {
        self.at(ttl).map_or(0, |hop| hop.measured().count())
    }

    /// Whether an answer may still come.
    pub(super) fn awaits(&self, now: Instant, patience: Duration) -> bool {
        self.way().iter().any(|hop| hop.awaits(now, patience))
    }

    /// Whether an answer may still come from there.
    pub(super) fn awaits_at(&self, ttl: u8, now: Instant, patience: Duration) -> bool {
        self.at(ttl).is_some_and(|hop| hop.awaits(now, patience))
    }

    /// Hops on the way that have answered.
    pub(super) fn answering(&self) -> Vec<u8> {
        self.way().iter().filter(|hop| hop.has_answered()).map(|hop| hop.trace.ttl).collect()
    }

    /// Whether one flow for all met other routers than a flow for each.
    pub(super) fn has_branches(&self) -> bool {
        self.way().iter().any(|hop| {
            let mut each = hop.passed().filter(|it| !it.is_shared).peekable();
            // The first only: later the way itself may have changed.
            let one = hop.passed().find(|it| it.is_shared);
            one.is_some_and(|one| each.peek().is_some() && each.all(|it| it.from != one.from))
        })
    }

    /// The distance where the way ends: the target, or a router that says that it will never arrive.
    pub(super) fn end(&self) -> Option<u8> {
        self.hops.iter().find(|hop| hop.arrived || hop.trace.unreachable.is_some()).map(|hop| hop.trace.ttl)
    }

    /// Why nothing goes farther, if that is what was said last: whatever was sent later and got as far, or farther,
    /// shows that the way is back, or that only some packets are refused.
    fn refusal(&self, at: usize) -> Option<Unreachable> {
        let hop = &self.hops[at];
        let refused = hop.probes.iter().rev().find(|it| hop.was_refused && it.refused.is_some())?;
        let since =
            |hop: &Hop| hop.probes.iter().rev().take_while(|it| it.sent >= refused.sent).any(Probe::passed);
        refused.refused.filter(|_| !self.hops[at..].iter().any(since))
    }

    /// The farthest hop that has answered; 0 if none has. What was refused did not get there.
    pub(super) fn farthest(&self) -> u8 {
        self.hops.iter().rev().find(|hop| hop.passed().next().is_some()).map_or(0, |hop| hop.trace.ttl)
    }

    /// Whether silence looks like limits: a router that answered some probes may have one, and so may half of those
    /// that left some unanswered; or nobody answered at all.
    pub(super) fn looks_limited(&self) -> bool {
        let missed: Vec<&Hop> = self.way().iter().filter(|hop| hop.missed() > 0).collect();
        let limited = missed.iter().filter(|hop| hop.may_be_limited()).count();
        let answered = missed.iter().any(|hop| hop.may_be_limited() && hop.has_answered());
        self.farthest() == 0 || answered && limited * 2 >= missed.len()
    }

    /// Hops that may keep a limit, or that nobody asked yet, and that have answered so many slow probes.
    pub(super) fn suspects(&self, answered: u32) -> Vec<u8> {
        let is_suspect = |hop: &&Hop| {
            (hop.may_be_limited() || hop.measured().next().is_none()) && hop.answered_again() >= answered
        };
        self.way().iter().filter(is_suspect).map(|hop| hop.trace.ttl).collect()
    }

    /// Excuses the hops that answered every slow probe.
    pub(super) fn forgive(&mut self) {
        for hop in &mut self.hops {
            hop.is_limited = hop.may_be_limited() && hop.answered_again() == TIMES_AGAIN;
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
        let hops = &self.hops[..usize::from(length)];
        let is_split = hops.iter().any(|hop| hop.addresses().len() > 1);
        let hops: Vec<(&Hop, bool)> =
            hops.iter().map(|hop| (hop, hop.counts_shared_only(is_split))).collect();
        let mut counted: Vec<HopTrace> =
            hops.iter().map(|(hop, shared_only)| hop.counted(*shared_only, now, patience)).collect();
        if reached {
            for nearest in hops_lost_on_the_way(&hops, now, patience) {
                counted[nearest].forward_lost += 1;
            }
        }
        // What changes at one hop changes behind it too.
        let changed = |(at, (hop, _)): (usize, &(&Hop, bool))| Some((at, hop.changed_in()?));
        if self.is_constant
            && let Some((nearest, round)) = hops.iter().enumerate().find_map(changed)
        {
            counted[nearest].changed_in = Some(round);
        }
        (counted, reached)
    }

    /// The hops as far as the way is known, or as far as anybody was asked.
    fn way(&self) -> &[Hop] {
        &self.hops[..usize::from(self.end().unwrap_or(MOST_HOPS))]
    }

    fn at(&self, ttl: u8) -> Option<&Hop> {
        self.hops.get(usize::from(ttl).checked_sub(1)?)
    }

    fn hop(&mut self, ttl: u8) -> Option<&mut Hop> {
        self.hops.get_mut(usize::from(ttl).checked_sub(1)?)
    }
}

impl Hop {
    /// Probes of the rounds.
    fn measured(&self) -> impl Iterator<Item = &Probe> {
        self.probes.iter().filter(|it| it.token & SWEEP == 0)
    }

    /// Probes that came as far as they might.
    fn passed(&self) -> impl Iterator<Item = &Probe> {
        self.probes.iter().filter(|it| it.passed())
    }

    /// How long its own answer took. A nearer router's refusal is none, but where the way ends it is all there is.
    fn answer(&self, probe: &Probe) -> Option<Duration> {
        let is_all_there_is = || self.trace.unreachable.is_some() && self.passed().next().is_none();
        let is_own =
            probe.refused.is_none() || is_all_there_is() || self.passed().any(|it| it.from == probe.from);
        probe.rtt.filter(|_| is_own)
    }

    fn missed(&self) -> usize {
        self.measured().filter(|it| it.rtt.is_none() && !it.is_void).count()
    }

    fn is_told_apart(&self) -> bool {
        self.quotes_enough_shared && !self.quotes_little
    }

    fn awaits_shared(&self, at: Instant, patience: Duration) -> bool {
        self.probes.iter().any(|it| it.is_shared && it.is_awaited_at(at, patience))
    }

    fn awaits(&self, now: Instant, patience: Duration) -> bool {
        self.probes.iter().any(|it| it.is_awaited(now, patience))
    }

    fn has_answered(&self) -> bool {
        self.probes.iter().any(|it| it.rtt.is_some())
    }

    fn answered_again(&self) -> u32 {
        let answered = self.probes.iter().filter(|it| it.token >= AGAIN && it.rtt.is_some()).count();
        u32::try_from(answered).unwrap_or(u32::MAX)
    }

    /// Whether Linux's limit explains each answer and each silence so far. How many complaints it had saved up for us
    /// nobody knows, so each answer says that there were at least so many, and each silence that there were fewer.
    fn may_be_limited(&self) -> bool {
        let fast: Vec<&Probe> = self.probes.iter().filter(|it| it.token < AGAIN && !it.is_void).collect();
        let Some(begun) = fast.first().map(|it| it.sent) else { return false };
        let (mut at_least, mut fewer) = (0.0_f64, f64::INFINITY);
        let mut used = 0.0;
        for probe in fast {
            let refilled = probe.sent.saturating_duration_since(begun).as_secs_f64() / SECONDS_EACH;
            let needed = used + 1.0 - refilled;
            if probe.rtt.is_some() {
                at_least = at_least.max(needed);
                used += 1.0;
            } else {
                fewer = fewer.min(needed);
            }
        }
        fewer.is_finite() && at_least < fewer + SLACK && at_least < MOST_SAVED + SLACK
    }

    /// Whether only what went the way that all hops share is counted: a flow of its own may have taken another way,
    /// and nobody sees that where all hops behind are the same again. It was asked so until it answered, which says
    /// nothing about what came after.
    fn counts_shared_only(&self, is_split: bool) -> bool {
        let shared: Vec<&Probe> = self.measured().filter(|it| it.is_shared).collect();
        let own = self.measured().count() - shared.len();
        let is_enough = is_split || shared.len() > own || shared.len() >= FEWEST_SHARED;
        // Without them it would look as if it never answered.
        is_enough && shared.iter().any(|it| it.rtt.is_some())
    }

    /// What is left to count of a hop with a limit are its answers.
    fn counts(&self, probe: &Probe, shared_only: bool) -> bool {
        let is_of_a_round = probe.token & SWEEP == 0;
        if probe.is_void || !probe.is_shared && shared_only {
            return false;
        }
        if self.is_limited || self.measured().next().is_none() {
            return probe.token >= AGAIN || is_of_a_round && probe.rtt.is_some();
        }
        is_of_a_round
    }

    fn counted(&self, shared_only: bool, now: Instant, patience: Duration) -> HopTrace {
        let counted = self.probes.iter().filter(|it| self.counts(it, shared_only));
        let answers = counted.filter(|it| !it.is_awaited(now, patience)).map(|it| self.answer(it)).collect();
        HopTrace { answers, addresses: self.addresses(), ..self.trace.clone() }
    }

    /// Who answered, and who answered most first.
    fn addresses(&self) -> Vec<IpAddr> {
        let mut counts: Vec<(IpAddr, usize)> = Vec::new();
        for probe in self.probes.iter().filter(|it| self.answer(it).is_some()) {
            let Some(from) = probe.from else { continue };
            let of_a_round = usize::from(probe.token & SWEEP == 0);
            match counts.iter_mut().find(|(address, _)| *address == from) {
                Some((_, count)) => *count += of_a_round,
                None => counts.push((from, of_a_round)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.into_iter().map(|(address, _)| address).collect()
    }

    /// The round, from 1, from which on another answers than before. Routers that take turns share the packets.
    fn changed_in(&self) -> Option<u32> {
        let answers: Vec<(u32, IpAddr)> = self
            .measured()
            .filter(|it| self.answer(it).is_some())
            .filter_map(|it| Some((it.token, it.from?)))
            .collect();
        let last_split = answers.len().checked_sub(FEWEST_BEFORE_AND_AFTER)?;
        (FEWEST_BEFORE_AND_AFTER..=last_split).find_map(|at| {
            let (before, after) = answers.split_at(at);
            let is_one = |answers: &[(u32, IpAddr)]| answers.iter().all(|it| it.1 == answers[0].1);
            let is_other = before[0].1 != after[0].1 && is_one(before) && is_one(after);
            is_other.then(|| after[0].0 + 1)
        })
    }

    /// What became of its probe of a round; `None` if there was none that counts, or it is still awaited, or its
    /// silence means nothing.
    fn answered_in(&self, round: u32, shared_only: bool, now: Instant, patience: Duration) -> Option<bool> {
        let probe = self.probes.iter().find(|it| it.token == round && !it.is_awaited(now, patience))?;
        let answers = || self.probes.iter().any(|it| self.answer(it).is_some());
        let is_told = !self.is_limited && answers() && self.counts(probe, shared_only);
        is_told.then_some(self.answer(probe).is_some())
    }
}

/// For each round that lost its packets on the way there: the nearest hop that stayed silent with all behind it.
fn hops_lost_on_the_way(hops: &[(&Hop, bool)], now: Instant, patience: Duration) -> Vec<usize> {
    let target = hops.last();
    let rounds: Vec<u32> = target.iter().flat_map(|(hop, _)| hop.measured()).map(|it| it.token).collect();
    let nearest = |round: &u32| {
        let answered =
            |(hop, shared_only): &(&Hop, bool)| hop.answered_in(*round, *shared_only, now, patience);
        let is_lost = target.is_some_and(|hop| answered(hop) == Some(false));
        let silent = hops.iter().enumerate().rev().take_while(|(_, hop)| answered(hop) != Some(true));
        silent.filter(|(_, hop)| answered(hop) == Some(false)).last().map(|(at, _)| at).filter(|_| is_lost)
    };
    rounds.iter().filter_map(nearest).collect()
}

impl Probe {
    fn is_awaited(&self, now: Instant, patience: Duration) -> bool {
        self.rtt.is_none() && !self.is_void && now.saturating_duration_since(self.sent) < patience
    }

    fn passed(&self) -> bool {
        self.rtt.is_some() && self.refused.is_none()
    }

    /// Whether it was on its way then.
    fn is_awaited_at(&self, then: Instant, patience: Duration) -> bool {
        self.sent <= then && self.is_awaited(then, patience)
    }

    /// Whether an answer that names no probe may be about this one: the right flow, and not sent after it came.
    fn may_be_meant(&self, answer: &Answer) -> bool {
        let is_open = self.rtt.is_none() && !self.is_void;
        is_open && self.is_shared == answer.is_guess && self.sent <= answer.at
    }
}

/// The one there is.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next();
    first.filter(|_| all.next().is_none())
}
