//! Which check may start when. Pure: knows names and no time.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Plan;
use crate::Check;

/// The checks of one run by their place in the catalogue.
pub(super) struct Schedule {
    names: Vec<String>,
    after: Vec<&'static [&'static str]>,
    reported: BTreeSet<usize>,
    refused: BTreeSet<usize>,
    waiting: BTreeSet<usize>,
    unfinished: BTreeSet<usize>,
}

impl Schedule {
    pub(super) fn new(catalogue: &[Arc<dyn Check>], plan: &Plan) -> Self {
        let names: Vec<String> = catalogue.iter().map(|check| check.id().as_str().to_owned()).collect();
        let after: Vec<_> = catalogue.iter().map(|check| check.after()).collect();
        let place = |name: &str| names.iter().position(|it| it == name);
        let reported: BTreeSet<usize> = match &plan.only {
            None => (0..names.len()).collect(),
            Some(only) => only.iter().filter_map(|name| place(name)).collect(),
        };
        let mut needed = reported.clone();
        let mut open: Vec<usize> = reported.iter().copied().collect();
        while let Some(index) = open.pop() {
            for name in after.get(index).copied().unwrap_or_default() {
                if let Some(before) = place(name).filter(|before| needed.insert(*before)) {
                    open.push(before);
                }
            }
        }
        let refused: BTreeSet<usize> = needed
            .iter()
            .copied()
            .filter(|index| names.get(*index).is_some_and(|name| plan.not_allowed.contains(name)))
            .collect();
        let waiting: BTreeSet<usize> = needed.difference(&refused).copied().collect();
        Self { names, after, reported, refused, unfinished: needed, waiting }
    }

    /// What the organisation does not allow, among what would have run.
    pub(super) fn not_allowed(&self) -> Vec<usize> {
        self.refused.iter().copied().collect()
    }

    pub(super) fn is_reported(&self, index: usize) -> bool {
        self.reported.contains(&index)
    }

    pub(super) fn finished(&mut self, index: usize) {
        self.unfinished.remove(&index);
        self.waiting.remove(&index);
    }

    pub(super) fn waiting(&self) -> impl Iterator<Item = usize> + '_ {
        self.waiting.iter().copied()
    }

    /// Everything whose predecessors have finished. If nothing runs and all wait for one another, everything:
    /// a mistake in the catalogue must not silence a diagnosis (a test holds that there is none).
    pub(super) fn take_ready(&mut self, nothing_runs: bool) -> Vec<usize> {
        let mut ready: Vec<usize> = self.waiting.iter().copied().filter(|it| self.is_ready(*it)).collect();
        if ready.is_empty() && nothing_runs {
            ready = self.waiting.iter().copied().collect();
        }
        for index in &ready {
            self.waiting.remove(index);
        }
        ready
    }

    fn is_ready(&self, index: usize) -> bool {
        self.after.get(index).copied().unwrap_or_default().iter().all(|name| {
            !self.unfinished.iter().any(|it| self.names.get(*it).is_some_and(|open| open == name))
        })
    }
}
