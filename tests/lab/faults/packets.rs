//! Faults that take packets off their way: held for a time, lost in bursts, or shortened.

use std::net::Ipv4Addr;
use std::time::Duration;

use nightline_testkit::chance::Chance;
use nightline_testkit::queue::{Fate, Queue};
use nightline_testkit::tiny_dns::TinyDns;

use crate::network::Lab;
use crate::world::NAME_SERVERS;

/// The dice fall alike in every run.
const SEED: u64 = 7;
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
    let rules = ["iptables -t mangle -A OUTPUT -p icmp --icmp-type time-exceeded".to_owned()];
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
