//! What a tracer says, held against what the wire and the counters saw. Runs nothing.

use std::collections::BTreeMap;

use super::super::{Figure, median};
use super::capture::Wire;
use super::mean;
use super::tools::{Hop, Traced};
use crate::failure::Failure;

/// One tracer's run, and what was true in it.
pub(super) struct Seen {
    pub(super) traced: Traced,
    pub(super) wire: Wire,
    /// Where a link loses packets: its share of the probes for each hop, in percent.
    pub(super) lost: Option<BTreeMap<u8, f64>>,
    /// How far away the target is.
    pub(super) length: u8,
}

/// Ours, mtr, trippy.
pub(super) struct Runs([Seen; 3]);

impl Runs {
    pub(super) fn new(runs: Vec<Seen>) -> Result<Self, Failure> {
        runs.try_into().map(Self).map_err(|_| Failure::answer("the bench", "has not three tracers"))
    }

    pub(super) fn ours(&self) -> &Seen {
        &self.0[0]
    }

    pub(super) fn row(&self, what: &str, of: impl Fn(&Seen) -> String) -> Figure {
        let [ours, mtr, trippy] = self.0.each_ref().map(of);
        Figure::new(what, ours).peer(format!("{mtr} / {trippy}"))
    }
}

impl Seen {
    pub(super) fn most_loss(&self) -> f64 {
        self.on_the_way().map(|hop| hop.loss_pct).fold(0.0, f64::max)
    }

    /// Lines for hops behind the target.
    pub(super) fn phantoms(&self) -> usize {
        self.traced.hops.iter().filter(|hop| hop.ttl > self.length).count()
    }

    /// How far the worst hop's mean time is from the wire's; endless where answers came and none was told.
    pub(super) fn mean_error(&self) -> f64 {
        self.worst(|hop, times| error(hop.mean_ms, mean(times)))
    }

    pub(super) fn median_error(&self) -> f64 {
        self.worst(|hop, times| {
            let truth = (!times.is_empty()).then(|| median(times.to_vec()));
            error(hop.median_ms, truth)
        })
    }

    /// How far the worst hop's loss is from what the link dropped of its probes; 0 before the link.
    pub(super) fn loss_error(&self) -> f64 {
        let lost = |ttl: u8| self.lost.as_ref().and_then(|it| it.get(&ttl)).copied().unwrap_or(0.0);
        self.on_the_way().map(|hop| (hop.loss_pct - lost(hop.ttl)).abs()).fold(0.0, f64::max)
    }

    /// What the link dropped, on average over the hops behind it.
    pub(super) fn mean_lost(&self) -> f64 {
        let lost = self.lost.iter().flatten().filter(|(ttl, _)| **ttl <= self.length);
        mean(&lost.map(|(_, share)| *share).collect::<Vec<_>>()).unwrap_or(0.0)
    }

    fn on_the_way(&self) -> impl Iterator<Item = &Hop> {
        self.traced.hops.iter().filter(|hop| hop.ttl <= self.length)
    }

    fn worst(&self, of: impl Fn(&Hop, &[f64]) -> f64) -> f64 {
        let times = |hop: &Hop| -> Vec<f64> {
            self.wire.get(&hop.ttl).into_iter().flatten().copied().flatten().collect()
        };
        self.on_the_way().map(|hop| of(hop, &times(hop))).fold(0.0, f64::max)
    }
}

fn error(said: Option<f64>, truth: Option<f64>) -> f64 {
    match (said, truth) {
        (Some(said), Some(truth)) => (said - truth).abs(),
        (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}
