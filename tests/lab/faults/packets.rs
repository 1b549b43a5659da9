//! Faults that take packets off their way: held for a time, lost, or shortened.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;

use nightline_testkit::chance::Chance;
use nightline_testkit::netns::Namespace;
use nightline_testkit::queue::{Fate, Queue};
use nightline_testkit::tiny_dns::TinyDns;

use super::Way;
use super::rules::count;
use crate::network::Lab;
use crate::world::NAME_SERVERS;

/// The dice fall alike in every run: how often chance misleads a verdict is for thousands of seeds on paper.
const SEED: u64 = 7;
/// What IPv6 has for ICMP, and for options that routers on a link read (RFC 4443, RFC 8200).
const ICMP_6: u8 = 58;
const EACH_HOP: u8 = 0;
/// What a router says about a probe that it did not pass on, over IPv4.
const COMPLAINTS: &str = "iptables -t mangle -A OUTPUT -p icmp --icmp-type time-exceeded";
/// Neighbors and routers that look for each other on a link (RFC 4861).
const NEIGHBORS: std::ops::RangeInclusive<u8> = 133..=137;
/// A router quotes the header of IP and this much (RFC 792).
const QUOTED: usize = 28;
/// Headers of IP, ICMP and UDP, without options.
const IP: usize = 20;
const ICMP: usize = 8;
const UDP: usize = 8;
/// The target's name as questions have it.
const TARGET: &[u8] = b"\x05files\x04test\0";
/// Nobody is there (RFC 5737).
const NOWHERE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 66);

/// A share of what crosses a link in one direction.
pub(super) fn loss(lab: &Lab, link: u8, share_pct: u32, way: Way) {
    // Where the packets of that direction come in.
    let (at, interface) = match way {
        Way::There => (link, "near"),
        Way::Back => (link - 1, "far"),
    };
    let at = lab.at(at);
    count(at, "prerouting", &format!("iifname \"{interface}\""));
    lab.keep(lose(at, &over(interface), share_pct));
}

/// A share of what arrives at the target for itself.
pub(super) fn loss_to_target(lab: &Lab, share_pct: u32) {
    let target = lab.at(lab.target());
    count(target, "input", "meta l4proto udp");
    let rules = ["iptables", "ip6tables"].map(|it| format!("{it} -t mangle -A INPUT -p udp"));
    lab.keep(lose(target, &rules, share_pct));
}

/// A share of a router's own words about probes.
pub(super) fn busy(lab: &Lab, hop: u8, share_pct: u32) {
    let rules = [
        COMPLAINTS.to_owned(),
        "ip6tables -t mangle -A OUTPUT -p icmpv6 --icmpv6-type time-exceeded".to_owned(),
    ];
    lab.keep(lose(lab.at(hop), &rules, share_pct));
}

/// What comes in over a link of a machine that is no part of the chain.
pub(super) fn loss_beside(lab: &Lab, beside: &Namespace, share_pct: u32) {
    lab.keep(lose(beside, &over("near"), share_pct));
}

/// Loses this share by dice of their own for each hop, which its remaining hops tell: what happens to the probes of one
/// does not depend on how those of others came to lie between them.
fn lose(at: &Namespace, rules: &[String], share_pct: u32) -> Queue {
    let mut dice: BTreeMap<u8, Chance> = BTreeMap::new();
    let share = f64::from(share_pct) / 100.0;
    let fate = move |packet: &[u8]| {
        let hops = if is_v6(packet) { packet.get(7) } else { packet.get(8) }.copied().unwrap_or_default();
        let chance = dice.entry(hops).or_insert_with(|| Chance::new(SEED + u64::from(hops)));
        if !is_between_neighbors(packet) && chance.happens(share) {
            Fate::Drop
        } else {
            Fate::Hold(Duration::ZERO)
        }
    };
    Queue::start(at, rules, fate).unwrap()
}

fn is_v6(packet: &[u8]) -> bool {
    packet.first().is_some_and(|it| it >> 4 == 6)
}

/// A neighbor that cannot be found is another fault.
fn is_between_neighbors(packet: &[u8]) -> bool {
    match (is_v6(packet), packet.get(6)) {
        (true, Some(&ICMP_6)) => packet.get(40).is_some_and(|it| NEIGHBORS.contains(it)),
        (true, Some(&EACH_HOP)) => true,
        _ => false,
    }
}

/// What comes in over a link.
fn over(link_end: &str) -> Vec<String> {
    ["iptables", "ip6tables"].map(|it| format!("{it} -t mangle -A PREROUTING -i {link_end}")).into()
}

pub(super) fn delay(lab: &Lab, link: u8, ms: u32, jitter_ms: u32) {
    let mut chance = Chance::new(SEED);
    let fate = move |_: &[u8]| Fate::Hold(milliseconds(ms + chance.between(0, jitter_ms)));
    lab.keep(Queue::start(lab.at(link), &over("near"), fate).unwrap());
}

/// Two states (Gilbert 1960): all is well, or everything is lost.
pub(super) fn bursts(lab: &Lab, link: u8, share_pct: u32, mean_packets: u32) {
    let mut chance = Chance::new(SEED);
    let share = f64::from(share_pct) / 100.0;
    let leave = 1.0 / f64::from(mean_packets);
    let enter = leave * share / (1.0 - share);
    let mut bad = false;
    let fate = move |_: &[u8]| {
        bad = chance.happens(if bad { 1.0 - leave } else { enter });
        if bad { Fate::Drop } else { Fate::Hold(Duration::ZERO) }
    };
    lab.keep(Queue::start(lab.at(link), &over("near"), fate).unwrap());
}

pub(super) fn slow_names(lab: &Lab, ms: u32) {
    for (hop, _) in NAME_SERVERS {
        let rules = ["iptables -t mangle -A OUTPUT -p udp --sport 53".to_owned()];
        lab.keep(Queue::start(lab.at(hop), &rules, move |_| Fate::Hold(milliseconds(ms))).unwrap());
    }
}

/// Whoever is on the way answers first; the question goes on, and its true answer comes behind.
pub(super) fn injected_names(lab: &Lab) {
    let rules = ["iptables -t mangle -A FORWARD -i near -p udp --dport 53".to_owned()];
    let fate = |packet: &[u8]| forged(packet).map_or(Fate::Hold(Duration::ZERO), Fate::Precede);
    lab.keep(Queue::start(lab.at(1), &rules, fate).unwrap());
}

/// The answer to a question for the target's name, as if it came from the name server.
fn forged(packet: &[u8]) -> Option<Vec<u8>> {
    let question = packet.get(IP + UDP..)?;
    if !question.windows(TARGET.len()).any(|it| it == TARGET) {
        return None;
    }
    let answer = TinyDns::Forges(NOWHERE).answer(question)?;
    let mut forged = packet.get(..IP + UDP)?.to_vec();
    // From whom it was for, to whom it was from.
    forged[12..20].rotate_left(4);
    forged[IP..IP + 4].rotate_left(2);
    forged[IP + 4..IP + 6].copy_from_slice(&u16::try_from(UDP + answer.len()).ok()?.to_be_bytes());
    // Without a checksum, as IPv4 allows.
    forged[IP + 6..IP + 8].fill(0);
    forged.extend(answer);
    Some(forged)
}

/// Answers, that is, packets with more than headers.
pub(super) fn slow_answer(lab: &Lab, port: u16, ms: u32) {
    let rules = ["iptables", "ip6tables"]
        .map(|it| format!("{it} -t mangle -A OUTPUT -p tcp --sport {port} -m length --length 85:"));
    lab.keep(Queue::start(lab.at(lab.target()), &rules, move |_| Fate::Hold(milliseconds(ms))).unwrap());
}

pub(super) fn quotes_little(lab: &Lab, hop: u8) {
    let rules = [COMPLAINTS.to_owned()];
    lab.keep(Queue::start(lab.at(hop), &rules, |packet| Fate::Change(shortened(packet))).unwrap());
}

/// A complaint with no more of the packet than it has to quote.
fn shortened(packet: &[u8]) -> Vec<u8> {
    let mut short = packet.get(..IP + ICMP + QUOTED).unwrap_or(packet).to_vec();
    let length = u16::try_from(short.len()).unwrap().to_be_bytes();
    short[2..4].copy_from_slice(&length);
    // An extension (RFC 4884) went with the rest; so does its length.
    short[IP + 5] = 0;
    for (from, to, at) in [(0, IP, 10), (IP, short.len(), IP + 2)] {
        short[at..at + 2].fill(0);
        let sum = checksum(&short[from..to]).to_be_bytes();
        short[at..at + 2].copy_from_slice(&sum);
    }
    short
}

/// Of the internet (RFC 1071).
fn checksum(bytes: &[u8]) -> u16 {
    let words =
        bytes.chunks(2).map(|it| u32::from(u16::from_be_bytes([it[0], it.get(1).copied().unwrap_or(0)])));
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap()
}

fn milliseconds(ms: u32) -> Duration {
    Duration::from_millis(ms.into())
}
