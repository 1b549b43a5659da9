//! Where delay begins: the link behind which every hop, and the target, takes longer. Knows medians only.

/// Added by one link, in milliseconds, before it is worth a word: an ocean adds less than three times this.
pub(crate) const STEP_MS: f64 = 100.0;
/// The link must make up most of the way's delay.
const SHARE: f64 = 0.5;
/// Fewer answers than this have no median worth a word.
const FEWEST: usize = 3;
/// 95 % of a normal distribution lies within this many standard errors.
const Z: f64 = 1.96;

/// The times of one hop that answered.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    pub(crate) ttl: u8,
    /// Sorted, in milliseconds.
    sorted: Vec<f64>,
}

/// A link that adds delay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) after: u8,
    pub(crate) before: u8,
    /// What it adds to the median, in milliseconds.
    pub(crate) added_ms: f64,
}

impl Times {
    /// `None` if it hardly answered.
    pub(crate) fn new(ttl: u8, mut answers: Vec<f64>) -> Option<Self> {
        answers.sort_by(f64::total_cmp);
        (answers.len() >= FEWEST).then_some(Self { ttl, sorted: answers })
    }

    fn at(&self, rank: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cut to the list's range just before"
        )]
        let index = rank.clamp(0.0, self.sorted.len() as f64 - 1.0) as usize;
        self.sorted.get(index).copied().unwrap_or_default()
    }

    fn median(&self) -> f64 {
        self.at((self.sorted.len() as f64 - 1.0) / 2.0)
    }

    /// Where the true median lies at 95 %, by the order of the values alone (Fontugne 2017).
    fn interval(&self) -> (f64, f64) {
        let half = self.sorted.len() as f64 / 2.0;
        let spread = Z * (self.sorted.len() as f64).sqrt() / 2.0;
        (self.at((half - spread).floor()), self.at((half + spread).ceil()))
    }
}

/// The link that adds most, if it adds much. `hops` in their order, the target last.
pub(crate) fn step(hops: &[Times]) -> Option<Step> {
    let end = hops.last()?.median();
    // A router that answers late delays nobody: what comes behind it is the measure.
    let mut floor = f64::INFINITY;
    let mut medians: Vec<f64> = hops
        .iter()
        .rev()
        .map(|hop| {
            floor = floor.min(hop.median());
            floor
        })
        .collect();
    medians.reverse();
    let mut found: Option<Step> = None;
    let mut before = (0, 0.0, 0.0);
    for (index, hop) in hops.iter().enumerate() {
        let added = medians[index] - before.1;
        let low = hops[index..].iter().map(|later| later.interval().0).fold(f64::INFINITY, f64::min);
        let is_clear = low > before.2;
        if is_clear && added >= STEP_MS && added >= SHARE * end && found.is_none_or(|it| it.added_ms < added)
        {
            found = Some(Step { after: before.0, before: hop.ttl, added_ms: added });
        }
        let is_late_itself = hop.median() > medians[index];
        let high = if is_late_itself { medians[index] } else { hop.interval().1 };
        before = (hop.ttl, medians[index], high);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_stays_is_named_and_a_late_router_is_not() {
        check(&[2.0, 130.0, 131.0, 132.0], Some((1, 2)));
        check(&[2.0, 3.0, 180.0, 6.0], None);
        check(&[2.0, 30.0, 60.0, 90.0], None);
        check(&[150.0, 152.0], Some((0, 1)));
    }

    #[test]
    fn a_step_without_enough_answers_is_chance() {
        let hops = [times(1, &[2.0, 3.0, 300.0, 310.0]), times(2, &[110.0, 112.0, 115.0])];
        assert_eq!(step(&hops), None);
    }

    fn times(ttl: u8, answers: &[f64]) -> Times {
        Times::new(ttl, answers.to_vec()).unwrap()
    }

    #[track_caller]
    fn check(medians: &[f64], expected: Option<(u8, u8)>) {
        let hops: Vec<Times> = (1..)
            .zip(medians)
            .map(|(ttl, it)| times(ttl, &[*it - 1.0, *it, *it, *it, *it + 1.0, *it, *it, *it]))
            .collect();
        assert_eq!(step(&hops).map(|it| (it.after, it.before)), expected);
    }
}
