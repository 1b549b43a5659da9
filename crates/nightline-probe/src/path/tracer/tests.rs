//! The paces, flows and counts of a trace, in a network on paper. Opens no socket.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use super::super::{Answer, HopTrace, Method, Said, Unreachable};
use super::*;

/// A network in memory: routers, a target, and which answers get lost. Every answer takes the same time.
struct Paper {
    now: Instant,
    length: u8,
    rtt: Duration,
    /// Probes left unanswered, by distance and token.
    lost: Vec<(u8, u32)>,
    /// Probes whose answer takes so much longer, by distance and token.
    late: Vec<(u8, u32, Duration)>,
    /// Probes that a router says will never arrive, by distance and token.
    refused: Vec<(u8, u32)>,
    /// Which router says so; 0: the one at that distance.
    refuser: u8,
    /// Routers that quote too little.
    terse: Vec<u8>,
    /// From which round on.
    terse_from: u32,
    /// Where one flow for all meets another router.
    elsewhere: Vec<u8>,
    /// How much farther the target is by the flow that all share.
    detour: u8,
    /// From this round on, hops from the third on are other routers.
    moved_in: u32,
    is_shared: bool,
    /// The distance of the last probe of the flow that all share.
    last_shared: u8,
    on_the_way: Vec<Answer>,
    sent: BTreeMap<u8, Vec<u32>>,
}

impl Paper {
    fn new(length: u8, rtt_ms: u64) -> Self {
        let rtt = Duration::from_millis(rtt_ms);
        Self {
            now: Instant::now(),
            length,
            rtt,
            lost: Vec::new(),
            late: Vec::new(),
            refused: Vec::new(),
            refuser: 0,
            terse: Vec::new(),
            terse_from: 0,
            elsewhere: Vec::new(),
            detour: 0,
            moved_in: u32::MAX,
            is_shared: false,
            last_shared: 0,
            on_the_way: Vec::new(),
            sent: BTreeMap::new(),
        }
    }
}

impl Backend for Paper {
    fn now(&self) -> Instant {
        self.now
    }

    fn send(&mut self, ttl: u8, token: u32) -> Result<Option<Instant>, TraceError> {
        let now = self.now;
        self.sent.entry(ttl).or_default().push(token);
        if self.is_shared {
            self.last_shared = ttl;
        }
        if self.refused.contains(&(ttl, token)) || !self.lost.contains(&(ttl, token)) {
            let length = self.length + if self.is_shared { self.detour } else { 0 };
            let said = match ttl {
                _ if self.refused.contains(&(ttl, token)) => Said::Unreachable(Unreachable::Host),
                _ if ttl >= length => Said::Arrived,
                _ => Said::OutOfHops,
            };
            let is_elsewhere = self.is_shared && self.elsewhere.contains(&ttl)
                || token & SWEEP == 0 && token >= self.moved_in && (3..self.length).contains(&ttl);
            let from = match said {
                Said::Unreachable(_) if self.refuser > 0 => Ipv4Addr::new(10, 0, 0, self.refuser),
                _ => Ipv4Addr::new(10, 0, u8::from(is_elsewhere), ttl.min(self.length)),
            };
            let from = from.into();
            let late = self.late.iter().find(|it| (it.0, it.1) == (ttl, token)).map(|it| it.2);
            let at = now + self.rtt + late.unwrap_or_default();
            let round = if token & SWEEP == 0 { token } else { 0 };
            let is_terse = self.terse.contains(&ttl) && round >= self.terse_from;
            let token = (!is_terse).then_some(token);
            let is_guess = self.is_shared && token.is_none();
            self.on_the_way.push(Answer { ttl, token, is_guess, from, said, at });
        }
        Ok(Some(now))
    }

    fn receive(&mut self, until: Instant) -> Vec<Answer> {
        let next = self.on_the_way.iter().map(|it| it.at).min().unwrap_or(until).min(until);
        self.now = self.now.max(next);
        let now = self.now;
        let (mut come, left): (Vec<Answer>, Vec<Answer>) =
            std::mem::take(&mut self.on_the_way).into_iter().partition(|it| it.at <= now);
        self.on_the_way = left;
        for guess in come.iter_mut().filter(|it| it.is_guess) {
            guess.ttl = self.last_shared;
        }
        come
    }

    fn share_flow(&mut self, shared: bool) -> bool {
        self.is_shared = shared;
        true
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
    // Both answer six and no more; the first answers again when it is asked slowly, the second once.
    paper.lost.extend((6..10).flat_map(|round| [(1, round), (2, round)]));
    paper.lost.push((2, AGAIN + 1));
    let trace = traced(&mut paper, plan(10, 20));
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(9, 9), (10, 6), (10, 10)], "{trace:?}");
}

#[test]
fn limits_that_were_used_up_before_hide_nothing() {
    let mut paper = Paper::new(8, 1);
    // One second's complaint is saved up by the sixth round at the first router, and none at the others.
    paper.lost.extend((0..10).filter(|round| *round != 5).map(|round| (1, round)));
    paper.lost.extend((0..10).flat_map(|round| (2..=12).map(move |ttl| (ttl, round))));
    let trace = traced(&mut paper, plan(10, 90));
    assert!(trace.reached);
    assert!(trace.hops.iter().all(|hop| hop.sent() == hop.received() && hop.sent() >= 3), "{trace:?}");
    assert_eq!(trace.hops.len(), 8, "{trace:?}");
}

#[test]
fn loss_by_chance_is_no_limit() {
    let mut paper = Paper::new(3, 1);
    let lost = [(1, 1), (1, 4), (2, 0), (2, 5), (2, 6), (3, 1), (3, 2), (3, 7)];
    paper.lost.extend(lost);
    let trace = traced(&mut paper, plan(10, 90));
    let received: Vec<_> = trace.hops.iter().map(HopTrace::received).collect();
    assert_eq!(received, [8, 7, 7], "{trace:?}");
    assert!(paper.sent.values().flatten().all(|token| *token < AGAIN), "{:?}", paper.sent);
}

#[test]
fn of_two_ways_one_is_measured() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(3);
    paper.terse.push(2);
    let trace = traced(&mut paper, plan(3, 1_000));
    assert!(trace.one_flow && trace.reached, "{trace:?}");
    let address = |net: u8| IpAddr::V4(Ipv4Addr::new(10, 0, net, 3));
    // The way that was measured comes first.
    assert_eq!(trace.hops[2].addresses, [address(1), address(0)]);
    assert!(trace.hops.iter().all(|hop| (hop.sent(), hop.received()) == (3, 3)), "{trace:?}");
    let plain = traced(&mut Paper::new(5, 10), plan(3, 1_000));
    assert!(!plain.one_flow, "{plain:?}");
}

#[test]
fn what_went_another_way_before_a_hop_was_known_is_not_counted() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(3);
    paper.lost.extend([(3, SWEEP), (3, 0), (3, 1), (4, SWEEP), (4, 0)]);
    let trace = traced(&mut paper, plan(8, 1_000));
    assert_eq!(trace.hops[2].addresses.len(), 2, "{trace:?}");
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(8, 8), (8, 8), (5, 5), (6, 6), (8, 8)], "{trace:?}");
}

#[test]
fn what_went_another_way_unseen_is_not_counted() {
    // The hops behind both ways are the same, so nothing shows that two of them were asked on the other one.
    let mut paper = Paper::new(5, 10);
    paper.lost.extend((4..10).map(|ttl| (ttl, SWEEP)));
    paper.lost.extend([(4, 0), (5, 0), (6, 0), (4, 1), (5, 1), (5, 4)]);
    let trace = traced(&mut paper, plan(8, 1_000));
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(8, 8), (8, 8), (8, 8), (5, 5), (5, 4)], "{trace:?}");
    let lost: Vec<_> = trace.hops.iter().map(|hop| hop.forward_lost).collect();
    assert_eq!(lost, [0, 0, 0, 0, 1], "{trace:?}");
    // Where little else is known, everything counts.
    paper.lost.extend((2..6).map(|round| (4, round)));
    let trace = traced(&mut paper, plan(8, 1_000));
    assert_eq!((trace.hops[3].sent(), trace.hops[3].received()), (8, 2), "{trace:?}");
}

#[test]
fn a_hop_that_answered_once_in_many_rounds_answered_all_the_same() {
    let mut paper = Paper::new(4, 10);
    paper.lost.extend((3..10).flat_map(|ttl| [(ttl, SWEEP), (ttl, FLOW)]));
    paper.lost.extend((0..10).filter(|round| *round != 1).flat_map(|round| [(4, round), (3, round)]));
    let trace = traced(&mut paper, plan(10, 1_000));
    assert_eq!((trace.hops[3].sent(), trace.hops[3].received()), (10, 1), "{trace:?}");
}

#[test]
fn a_silent_hop_makes_no_loss_of_one_that_quotes_little() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(2);
    paper.terse.push(5);
    paper.lost.extend((0..6).chain([SWEEP, FLOW]).flat_map(|token| [(3, token), (4, token)]));
    let trace = traced(&mut paper, plan(6, 1_000));
    assert!(trace.one_flow, "{trace:?}");
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(6, 6), (6, 6), (6, 0), (6, 0), (6, 6)], "{trace:?}");
}

#[test]
fn a_round_with_less_time_than_turns_loses_nothing() {
    let mut paper = Paper::new(8, 90);
    paper.elsewhere.push(2);
    paper.terse.extend(3..=8);
    paper.lost.extend((0..6).map(|round| (3, round)));
    let trace = traced(&mut paper, plan(12, 500));
    assert!(trace.one_flow && trace.reached, "{trace:?}");
    let loss: Vec<_> = trace.hops.iter().map(|hop| hop.sent() - hop.received()).collect();
    // What the third lost is told, as often as it was asked.
    assert!(loss[2] >= 3, "{trace:?}");
    assert_eq!([&loss[..2], &loss[3..]].concat(), [0; 7], "{trace:?}");
    assert!(trace.hops.iter().all(|hop| hop.sent() >= 5), "{trace:?}");
}

#[test]
fn a_late_answer_that_quotes_little_is_not_one_of_the_next_hop() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(1);
    paper.terse.extend([2, 3]);
    // So late that the next hop was asked in the meantime, and silent.
    paper.late.push((2, 2, Duration::from_millis(300)));
    paper.lost.push((3, 2));
    let trace = traced(&mut paper, plan(6, 1_000));
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    // After a loss the third is asked again only when no answer is awaited any more.
    assert_eq!(counts, [(6, 6), (6, 6), (5, 4), (6, 6), (6, 6)], "{trace:?}");
    assert!(trace.hops[1..].iter().all(|hop| hop.addresses.len() == 1), "{trace:?}");
}

#[test]
fn an_answer_of_nobody_knows_whom_is_no_loss() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(1);
    paper.terse.extend([2, 3]);
    paper.late.push((2, 2, Duration::from_millis(300)));
    // From a router that neither hop has ever shown.
    paper.moved_in = 2;
    paper.elsewhere.push(2);
    paper.lost.extend([(2, FLOW), (2, 0), (2, 1), (3, 2)]);
    let trace = traced(&mut paper, plan(6, 1_000));
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(6, 6), (4, 3), (5, 5), (6, 6), (6, 6)], "{trace:?}");
}

#[test]
fn a_hop_that_begins_to_quote_little_is_measured_on_the_same_way() {
    let mut paper = Paper::new(5, 10);
    paper.elsewhere.push(3);
    // The second way shows only in the rounds.
    paper.lost.push((3, FLOW));
    paper.terse.push(2);
    paper.terse_from = 1;
    let trace = traced(&mut paper, plan(8, 1_000));
    assert_eq!(trace.hops[2].addresses.len(), 2, "{trace:?}");
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(8, 8); 5], "{trace:?}");
}

#[test]
fn a_way_that_was_gone_for_a_round_is_followed_to_its_end_again() {
    let mut paper = Paper::new(5, 10);
    paper.refused.extend([(3, 2), (5, 4)]);
    let trace = traced(&mut paper, plan(8, 1_000));
    assert!(trace.reached, "{trace:?}");
    assert_eq!(trace.hops.len(), 5, "{trace:?}");
    assert!(trace.hops[4].received() >= 6, "{trace:?}");
    // What was said last holds.
    paper.refused.extend([(3, 7), (4, 7), (5, 7)]);
    assert!(!traced(&mut paper, plan(8, 1_000)).reached);
}

#[test]
fn what_a_nearer_router_refuses_is_lost_and_shares_nothing() {
    let mut paper = Paper::new(6, 10);
    paper.refuser = 3;
    paper.refused.extend([(4, 2), (5, 3), (6, 1), (6, 5), (4, 7)]);
    paper.lost.extend((0..8).chain([SWEEP, FLOW]).map(|token| (5, token)));
    let trace = traced(&mut paper, plan(8, 1_000));
    assert!(trace.reached, "{trace:?}");
    let counts: Vec<_> = trace.hops.iter().map(|hop| (hop.sent(), hop.received())).collect();
    assert_eq!(counts, [(8, 8), (8, 8), (8, 8), (8, 6), (8, 0), (8, 6)], "{trace:?}");
    let shown: Vec<_> = trace.hops.iter().map(|hop| hop.addresses.len()).collect();
    assert_eq!(shown, [1, 1, 1, 1, 0, 1], "{trace:?}");
    assert!(trace.hops.iter().all(|hop| hop.unreachable.is_none()), "{trace:?}");
    let lost: Vec<_> = trace.hops.iter().map(|hop| hop.forward_lost).collect();
    assert_eq!(lost, [0, 0, 0, 0, 0, 2], "{trace:?}");
}

#[test]
fn a_way_that_is_refused_from_the_start_ends_where_it_is() {
    let mut paper = Paper::new(6, 10);
    paper.refuser = 3;
    paper.refused.extend((4..12).flat_map(|ttl| (0..4).chain([SWEEP, FLOW]).map(move |token| (ttl, token))));
    let trace = traced(&mut paper, plan(4, 1_000));
    let hops: Vec<_> = trace.hops.iter().map(|hop| (hop.received(), hop.unreachable)).collect();
    assert_eq!(hops, [(4, None), (4, None), (4, None), (4, Some(Unreachable::Host))], "{trace:?}");
    assert!(!trace.reached);
}

#[test]
fn a_longer_way_is_measured_to_its_end() {
    let mut paper = Paper::new(5, 10);
    paper.detour = 1;
    let trace = traced(&mut paper, plan(4, 1_000));
    assert!(trace.reached, "{trace:?}");
    assert_eq!(trace.hops.len(), 6, "{trace:?}");
    assert!(trace.hops[5].received() >= 3, "{trace:?}");
}

#[test]
fn a_router_that_quotes_little_and_missed_the_sweep_is_not_taken_for_another() {
    let mut paper = Paper::new(5, 10);
    paper.terse.push(3);
    paper.lost.push((3, SWEEP));
    let trace = traced(&mut paper, plan(4, 1_000));
    let hops: Vec<_> = trace.hops.iter().map(|hop| (hop.received(), hop.addresses.len())).collect();
    assert_eq!(hops, [(4, 1); 5], "{trace:?}");
}

#[test]
fn a_way_that_changes_and_rounds_that_are_lost_are_told_at_the_nearest_hop() {
    let mut paper = Paper::new(6, 10);
    paper.moved_in = 3;
    paper.lost.extend([(2, 1), (2, 4), (4, 4), (5, 4), (6, 4)]);
    let trace = traced(&mut paper, plan(6, 1_000));
    let changed: Vec<_> = trace.hops.iter().map(|hop| hop.changed_in).collect();
    assert_eq!(changed, [None, None, Some(4), None, None, None]);
    let lost: Vec<_> = trace.hops.iter().map(|hop| hop.forward_lost).collect();
    assert_eq!(lost, [0, 0, 0, 1, 0, 0]);
}

#[test]
fn a_target_that_is_lost_in_the_sweep_is_found_by_the_rounds() {
    let mut paper = Paper::new(3, 1);
    paper.lost.extend([(2, 0), (3, 0), (4, 0)]);
    let trace = traced(&mut paper, plan(4, 30));
    assert!(trace.reached);
    assert_eq!(trace.hops.len(), 3, "{trace:?}");
}
