//! What a trace of a paper network shows: each probe crosses its links, and each router answers if it likes.

use nightline_types::{HopRtt, Millis, PATH_SCHEMA, PathHop, PathReport};

use super::network::{Network, PaperHop};
use crate::chance::Chance;

/// A burst of loss lasts so many rounds on average.
const BURST_ROUNDS: f64 = 3.0;
/// Tokens of a router that limits its answers: a burst, then one a second (Linux's `icmp_ratelimit`).
const BURST_TOKENS: f64 = 6.0;
/// Background loss of links that are healthy.
const BACKGROUND: f64 = 0.0005;

/// A trace of a paper network, and what it hides.
#[derive(Clone, Debug)]
pub struct Traced {
    /// What a tracer sees.
    pub path: PathReport,
    /// Share of the probes to the target that the faulty link dropped, in percent.
    pub dropped_pct: f64,
}

/// Traces a network: one round a second.
pub fn traced(network: &Network, rounds: u32, seed: u64) -> Traced {
    let chance = &mut Chance::new(seed ^ 0x5eed_0f0f_ca5e);
    let count = network.hops.len();
    let mut answers: Vec<Vec<Option<f64>>> = vec![Vec::new(); count];
    let mut bursting = vec![false; count];
    // The sweep before has used some, and another program's probes others.
    let mut tokens: Vec<f64> = (0..count).map(|_| chance.within(0.0, BURST_TOKENS)).collect();
    // Links that dropped a probe to the target.
    let mut dropped: Vec<usize> = Vec::new();
    for _ in 0..rounds {
        for (link, hop) in network.hops.iter().enumerate() {
            bursting[link] = next_burst(hop, bursting[link], chance);
            // Others probe it too: it has less than one answer a second for us.
            tokens[link] = (tokens[link] + chance.within(0.2, 1.0)).min(BURST_TOKENS);
        }
        for (at, list) in answers.iter_mut().enumerate() {
            let answer = probe(network, at, &bursting, &mut tokens, chance);
            if at + 1 == count {
                dropped.extend(answer.err());
            }
            list.push(answer.ok());
        }
    }
    let hops = network.hops.iter().zip(answers).zip(1..).map(|((hop, list), ttl)| row(hop, list, ttl));
    let faulty = network.faulty.and_then(|it| usize::from(it).checked_sub(1));
    let path = PathReport {
        schema: PATH_SCHEMA.to_owned(),
        target: "target.test".to_owned(),
        address: network.hops.last().map(|hop| hop.addresses[0].to_string()).unwrap_or_default(),
        method: "udp-ttl".to_owned(),
        rounds,
        reached: true,
        hops: hops.collect(),
        fault: None,
        verdict: None,
    };
    let dropped = f64::from(
        u32::try_from(dropped.iter().filter(|at| Some(**at) == faulty).count()).unwrap_or(u32::MAX),
    );
    Traced { path, dropped_pct: 100.0 * dropped / f64::from(rounds.max(1)) }
}

/// Gilbert's model: a link that loses in bursts is either fine or loses everything.
fn next_burst(hop: &PaperHop, bursting: bool, chance: &mut Chance) -> bool {
    if !hop.in_bursts || hop.loss <= 0.0 {
        return false;
    }
    let leave = 1.0 / BURST_ROUNDS;
    let enter = (leave * hop.loss / (1.0 - hop.loss).max(0.01)).min(1.0);
    if bursting { !chance.happens(leave) } else { chance.happens(enter) }
}

/// How long the answer took, or who dropped it.
fn probe(
    network: &Network,
    at: usize,
    bursting: &[bool],
    tokens: &mut [f64],
    chance: &mut Chance,
) -> Result<f64, usize> {
    let mut delay = 0.0;
    for (link, hop) in network.hops.iter().enumerate().take(at + 1) {
        let lost = if hop.in_bursts { bursting[link] } else { chance.happens(hop.loss.max(BACKGROUND)) };
        if lost && hop.spares_from.is_none_or(|from| at < from) {
            return Err(link);
        }
        delay += hop.delay * chance.within(0.95, 1.15);
        if hop.sleeps && chance.happens(0.2) {
            delay += chance.within(50.0, 300.0);
        }
    }
    let hop = &network.hops[at];
    if at + 1 < network.hops.len() {
        if !chance.happens(hop.answers) {
            return Err(at);
        }
        if hop.is_limited {
            if tokens[at] < 1.0 {
                return Err(at);
            }
            tokens[at] -= 1.0;
        }
        delay += hop.own_delay;
    }
    Ok(delay + hop.detour + chance.within(0.0, 2.0))
}

fn row(hop: &PaperHop, list: Vec<Option<f64>>, ttl: u8) -> PathHop {
    let sent = u32::try_from(list.len()).unwrap_or_default();
    let received = u32::try_from(list.iter().flatten().count()).unwrap_or_default();
    let lost = f64::from(sent - received);
    PathHop {
        ttl,
        addresses: if received == 0 {
            Vec::new()
        } else {
            hop.addresses.iter().map(ToString::to_string).collect()
        },
        name: None,
        owner: None,
        place: None,
        sent,
        received,
        loss_pct: 100.0 * lost / f64::from(sent.max(1)),
        loss_interval: [0.0, 100.0],
        rtt: HopRtt::of(list.iter().flatten().copied()),
        answers: list.into_iter().map(|it| it.map(Millis)).collect(),
        excused: None,
        forward_lost: None,
        changed_in: None,
        remarks: Vec::new(),
    }
}
