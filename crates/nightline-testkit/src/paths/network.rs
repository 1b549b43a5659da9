//! A network on paper: who stands where, whose they are, and what is wrong.

use std::net::{IpAddr, Ipv4Addr};

use nightline_diagnosis::{Owners, Sources, compile};
use nightline_types::HopPlace;

use super::mix::{Fault, Mix};
use crate::chance::Chance;

/// Where the systems of the paper networks have their addresses: one block each.
const FIRST_BLOCK: u8 = 20;
const BLOCKS: u8 = 40;
/// Of the routers that answer seldom, those that do so by chance and not by counting.
const BUSY: f64 = 0.3;
/// Less than this and the link is healthy.
const SLIGHT_PCT: f64 = 5.0;

/// A path from a client to a target.
#[derive(Clone, Debug)]
pub struct Network {
    /// From the nearest to the target.
    pub hops: Vec<PaperHop>,
    /// The link that is at fault: the hop behind it, from 1.
    pub faulty: Option<u8>,
    /// What is wrong.
    pub fault: Fault,
}

/// One router, or the target, and the link before it.
#[derive(Clone, Debug)]
pub struct PaperHop {
    pub(super) addresses: Vec<IpAddr>,
    /// In whose part it stands.
    pub place: HopPlace,
    /// Share of its own probes that it answers; the target answers all that arrive.
    pub(super) answers: f64,
    /// Answers at most one probe a second.
    pub(super) is_limited: bool,
    /// What it takes to answer for itself, in milliseconds.
    pub(super) own_delay: f64,
    /// What the link before it takes, there and back.
    pub(super) delay: f64,
    /// Share lost on the link.
    pub(super) loss: f64,
    pub(super) in_bursts: bool,
    /// Answers of this hop (its index) and of those behind it do not cross the link.
    pub(super) spares_from: Option<usize>,
    /// What the way back from here adds.
    pub(super) detour: f64,
    pub(super) sleeps: bool,
}

impl Network {
    /// The network of a seed.
    pub fn new(mix: &Mix, seed: u64) -> Self {
        let chance = &mut Chance::new(seed);
        let mut network = Self { hops: built(chance), faulty: None, fault: mix.fault(chance) };
        network.add_oddities(mix, chance);
        network.break_something(mix, chance);
        network
    }

    /// Whether a router of its own accord leaves probes unanswered.
    pub fn has_limited(&self) -> bool {
        self.hops.iter().any(|hop| hop.is_limited || (hop.answers > 0.0 && hop.answers < 1.0))
    }

    /// Whether this hop does.
    pub fn is_limited(&self, ttl: u8) -> bool {
        let hop = usize::from(ttl).checked_sub(1).and_then(|it| self.hops.get(it));
        hop.is_some_and(|hop| hop.is_limited || hop.answers < 1.0)
    }

    fn add_oddities(&mut self, mix: &Mix, chance: &mut Chance) {
        let last = self.hops.len() - 1;
        if chance.happens(mix.limited) {
            for _ in 0..chance.between(1, 3) {
                let at = chance.between(1, 100) as usize % last;
                // Most count their answers; some are only busy.
                if chance.happens(BUSY) {
                    self.hops[at].answers = chance.within(0.1, 0.9);
                } else {
                    self.hops[at].is_limited = true;
                }
            }
        }
        if chance.happens(mix.silent) {
            for _ in 0..chance.between(1, 3) {
                let at = 1 + chance.between(0, 100) as usize % (last - 1);
                self.hops[at].answers = 0.0;
            }
        }
        if chance.happens(mix.spread) {
            let at = 2 + chance.between(0, 100) as usize % (last - 2);
            if let Some(IpAddr::V4(first)) = self.hops[at].addresses.first() {
                let other = Ipv4Addr::from(u32::from(*first) ^ 0x80);
                self.hops[at].addresses.push(IpAddr::V4(other));
            }
        }
        if chance.happens(mix.asymmetric) {
            let from = chance.between(2, 100) as usize % last;
            let detour = chance.within(5.0, 60.0);
            self.hops[from..].iter_mut().for_each(|hop| hop.detour = detour);
        }
        self.hops[0].sleeps = chance.happens(mix.sleepy);
        if chance.happens(mix.tunneled) {
            self.hops[0].delay = chance.within(15.0, 45.0);
        }
        for hop in &mut self.hops {
            if chance.happens(0.1) {
                hop.own_delay = chance.within(20.0, 200.0);
            }
        }
    }

    fn break_something(&mut self, mix: &Mix, chance: &mut Chance) {
        let links: Vec<usize> =
            (0..self.hops.len()).filter(|at| self.fault_at(*at) == Some(self.fault)).collect();
        match self.fault {
            Fault::None => {}
            Fault::SlightLoss => {
                let at = chance.between(0, 100) as usize % self.hops.len();
                self.hops[at].loss = SLIGHT_PCT / 100.0;
            }
            Fault::SlowAccess => {
                let Some(at) = self.hops.iter().position(|hop| hop.place == HopPlace::Provider) else {
                    return;
                };
                self.hops[at].delay += chance.within(160.0, 900.0);
                self.faulty = u8::try_from(at + 1).ok();
            }
            _ => {
                let Some(at) = chance.of(&links) else { return };
                let detour = self.hops.iter().position(|hop| hop.detour > 0.0);
                let hop = &mut self.hops[at];
                hop.loss = chance.of(&mix.loss_pct).unwrap_or_default() / 100.0;
                hop.in_bursts = chance.happens(mix.bursts);
                self.faulty = u8::try_from(at + 1).ok();
                // Lost on the way back, which the answers of the target do not take: it harms nobody.
                hop.spares_from = detour.filter(|from| *from > at && chance.happens(mix.backward));
                if hop.spares_from.is_some() {
                    (self.fault, self.faulty) = (Fault::None, None);
                }
            }
        }
    }

    /// Which fault a loss on the link before this hop would be.
    fn fault_at(&self, at: usize) -> Option<Fault> {
        let after = at.checked_sub(1).map(|it| self.hops[it].place);
        let is_last = at + 1 == self.hops.len();
        Some(match (after, self.hops[at].place) {
            (None, _) | (Some(HopPlace::Home), HopPlace::Home) => Fault::AtHome,
            (Some(HopPlace::Home | HopPlace::Provider), HopPlace::Provider) => Fault::AtProvider,
            (Some(HopPlace::Destination), _) => Fault::AtTarget,
            _ if is_last => Fault::AtTarget,
            _ => Fault::FarAway,
        })
    }
}

/// Home, provider, networks on the way, and the target's.
fn built(chance: &mut Chance) -> Vec<PaperHop> {
    let mut hops = Vec::new();
    let mut systems: Vec<u8> = Vec::new();
    let mut add = |place: HopPlace, address: [u8; 4], delay: f64| {
        hops.push(PaperHop {
            addresses: vec![IpAddr::from(address)],
            place,
            answers: 1.0,
            is_limited: false,
            own_delay: 0.0,
            delay,
            loss: 0.0,
            in_bursts: false,
            spares_from: None,
            detour: 0.0,
            sleeps: false,
        });
    };
    add(HopPlace::Home, [192, 168, 1, 1], chance.within(0.5, 6.0));
    if chance.happens(0.15) {
        add(HopPlace::Home, [192, 168, 0, 1], chance.within(0.3, 3.0));
    }
    let mut system = |chance: &mut Chance| loop {
        let block = FIRST_BLOCK + u8::try_from(chance.between(0, u32::from(BLOCKS) - 1)).unwrap_or_default();
        if !systems.contains(&block) {
            systems.push(block);
            return block;
        }
    };
    let provider = system(chance);
    if chance.happens(0.3) {
        add(HopPlace::Provider, [100, 64, 3, 1], chance.within(3.0, 15.0));
    } else if chance.happens(0.2) {
        add(HopPlace::Provider, [10, 24, 0, 1], chance.within(3.0, 15.0));
    }
    for number in 1..=u8::try_from(chance.between(1, 3)).unwrap_or(1) {
        add(HopPlace::Provider, [provider, 0, number, 1], chance.within(0.5, 12.0));
    }
    for _ in 0..chance.between(1, 3) {
        let transit = system(chance);
        for number in 1..=u8::try_from(chance.between(1, 3)).unwrap_or(1) {
            add(HopPlace::Transit, [transit, 0, number, 1], chance.within(0.5, 40.0));
        }
    }
    let target = system(chance);
    for number in 1..=u8::try_from(chance.between(1, 3)).unwrap_or(1) {
        add(HopPlace::Destination, [target, 0, number, 1], chance.within(0.2, 4.0));
    }
    hops
}

/// The table that knows the paper networks: each block is one system.
pub fn owners() -> Owners {
    use std::fmt::Write as _;
    let mut list = String::new();
    for block in FIRST_BLOCK..FIRST_BLOCK + BLOCKS {
        let first = u32::from(Ipv4Addr::new(block, 0, 0, 0));
        let _written =
            writeln!(list, "{first},{},{},Paper {block}", first + 0x00ff_ffff, 64_000 + u32::from(block));
    }
    compile(Sources { v4: &list, v6: "" }).ok().and_then(Owners::read).unwrap_or_default()
}
