//! Where loss begins: which single link, or which two, explain best what every hop answered. Knows counts only.
//!
//! A probe to a hop crosses every link before it, so loss at a link shows at every hop behind it and at the target.
//! A router may also leave probes unanswered for itself; that shows at no other hop. Each explanation is weighed by how
//! probable it was before and how well it fits (Bayes), and what has no number of its own, a share of loss or of
//! answers, counts with every value that it may have.

/// Answers that go missing on a healthy path.
const BACKGROUND: f64 = 0.005;
/// One router in so many answers seldom of its own accord at one probe a second.
const BUSY_ONE_IN: f64 = 10.0;
/// One path in so many has a link that loses packets, where somebody looks because something is wrong.
const LOSSY_ONE_IN: f64 = 4.0;
/// And one in so many of those has a second one.
const SECOND_ONE_IN: f64 = 20.0;
/// Shares of loss that are tried, in percent.
const SHARES_PCT: [u32; 26] =
    [2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99];
/// Below this share a short run does not tell the link: two shares of a few percent are not told apart by some dozens
/// of probes.
pub(crate) const NAMED_FROM_PCT: f64 = 10.0;
/// A target behind a gap of unknown length is taken to be no farther than this.
const FARTHEST: u8 = 8;
/// Loss is said only if it is so many times as probable as none.
const BELIEVED: f64 = 5.0;
/// One packet is lost on any path.
const FEWEST_LOST: u32 = 2;
/// Fewer answers have no order.
const FEWEST_IN_ORDER: u32 = 8;
/// Of routers that answer seldom, the share that counts its answers; the others are busy.
const COUNTING: f64 = 0.7;
/// Of the turns that such a router could take at most, it takes this share.
const STEADY: f64 = 0.7;
/// One long row of answers at the start comes by chance for every so many rounds. This and the two before were chosen on
/// the paths on paper with seeds below 10,000.
const ROUNDS_A_CHANCE: f64 = 16.0;
/// Others may have used up what it had saved: that it had nothing says no more than this against it.
const NOT_SAVED: f64 = 1.0;
/// Of two faults, how sure one is of the one that is named: sure enough to blame somebody, as two are believed only
/// where the counts ask for both.
const ONE_OF_TWO: f64 = 0.8;
/// The farther of two faults is named only if it is this much worse: the nearer one is met first.
const MUCH_WORSE: f64 = 2.0;

/// What one hop answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Count {
    pub(crate) ttl: u8,
    pub(crate) sent: u32,
    pub(crate) received: u32,
    /// How much too regularly answers go missing for loss, or too late, from 0 on; see [`order`].
    pub(crate) order: f64,
}

/// How much likelier the order of answers makes a router that keeps a limit than loss: such a one answers and falls
/// silent by turns, and has saved up some answers that it still gives when packets to the end already go missing, while
/// loss comes by chance or in bursts. Some routers fall silent by chance too, so it is never less likely. In units of
/// natural log-likelihood.
pub(crate) fn order(answers: &[bool], end: &[bool]) -> f64 {
    let counting = (turns(answers) + savings(answers, end)).exp();
    (1.0 - COUNTING + COUNTING * counting).ln().max(0.0)
}

/// How much likelier the number of turns makes a router that counts its answers.
fn turns(answers: &[bool]) -> f64 {
    let turns = answers.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let given = answers.iter().filter(|it| **it).count();
    let (Ok(turns), Ok(given), Ok(all)) =
        (u32::try_from(turns), u32::try_from(given), u32::try_from(answers.len()))
    else {
        return 0.0;
    };
    if all < FEWEST_IN_ORDER || given == 0 || given == all {
        return 0.0;
    }
    // Wald and Wolfowitz (1940): how many turns a row of chances takes.
    let (n, yes) = (f64::from(all), f64::from(given));
    let no = n - yes;
    let expected = 2.0 * yes * no / n;
    let spread = (expected * (expected - 1.0).max(0.0) / (n - 1.0)).sqrt().max(1.0);
    let excess = (f64::from(turns) - expected) / spread;
    // No two answers of the rarer kind stand side by side.
    let most = (2.0 * yes.min(no) - expected) / spread;
    let short_of = excess - STEADY * most;
    (excess * excess - short_of * short_of) / 2.0
}

/// How much likelier it makes a router that saved up some answers that it still gave them all when packets to the end
/// already went missing.
fn savings(answers: &[bool], end: &[bool]) -> f64 {
    // Rounds that were asked alike: the same index is the same time.
    let begun = end.iter().position(|it| !it).filter(|_| answers.len() == end.len());
    let rest = begun.and_then(|begun| answers.get(begun..)).unwrap_or_default();
    let head = rest.iter().take_while(|it| **it).count();
    let lost = rest.iter().filter(|it| !**it).count();
    let (Ok(all), Ok(head), Ok(lost)) = (u32::try_from(rest.len()), u32::try_from(head), u32::try_from(lost))
    else {
        return 0.0;
    };
    if all < FEWEST_IN_ORDER || lost == 0 {
        return 0.0;
    }
    // Of all orders of these answers, so few begin with so many.
    let rare = choices(all, lost) - choices(all - head, lost);
    (rare - (f64::from(all) / ROUNDS_A_CHANCE).ln()).max(-NOT_SAVED)
}

/// Loss that is real.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loss {
    /// Share lost at the far end, in percent.
    pub(crate) pct: f64,
    /// The links where it may begin, from the nearest on; empty if the hops do not tell.
    pub(crate) links: Vec<Link>,
}

/// A stretch between two hops that answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The last hop before it; 0 is this machine.
    pub(crate) after: u8,
    /// The first hop behind it.
    pub(crate) before: u8,
    /// How probable it is that the loss begins here, from 0 to 1.
    pub(crate) probability: f64,
}

/// What the counts say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Located {
    /// Loss that reaches the far end.
    pub(crate) loss: Option<Loss>,
    /// Hops that answer seldom of their own accord.
    pub(crate) busy: Vec<u8>,
}

/// Judges the counts of hops in their order. `end` is what the target itself answered, if it did.
pub(crate) fn locate(hops: &[Count], end: Option<Count>) -> Located {
    // A hop that never answers says nothing.
    let mut seen: Vec<Count> = hops.iter().copied().filter(|hop| hop.received > 0 && hop.sent > 0).collect();
    let end = end.filter(|it| it.sent > 0 && it.received > 0);
    seen.extend(end);
    if seen.is_empty() {
        return Located::default();
    }
    let costs = Costs::new(&seen, end.is_some());
    let (none, one, two) = (costs.without(), costs.with_one(), costs.with_two());
    let best = if two.price < one.best.price - f64::EPSILON { &two } else { &one.best };
    let busy = |explained: &Explained| -> Vec<u8> {
        (0..hops.iter().filter(|hop| hop.received > 0 && hop.sent > 0).count())
            .filter(|index| costs.is_excused(*index, explained.share_at(*index)))
            .map(|index| seen[index].ttl)
            .collect()
    };
    let lost = seen.last().map_or(0.0, |last| share(*last));
    let far_lost = seen.last().map_or(0, |last| last.sent.saturating_sub(last.received));
    if best.price + BELIEVED.ln() >= none.price || far_lost < FEWEST_LOST {
        return Located { loss: None, busy: busy(&none) };
    }
    let pct = 100.0 * lost;
    // All hops behind the link tell its share better than the target alone.
    let pooled = best.steps.last().map_or(0.0, |(_, share)| 100.0 * lossy(*share));
    let links =
        if pooled >= NAMED_FROM_PCT && seen.len() > 1 { links(&seen, &one, best) } else { Vec::new() };
    Located { loss: Some(Loss { pct, links }), busy: busy(best) }
}

/// Every link with its probability.
fn links(seen: &[Count], one: &One, best: &Explained) -> Vec<Link> {
    let link = |index: usize, probability| Link {
        after: if index == 0 { 0 } else { seen[index - 1].ttl },
        before: seen[index].ttl,
        probability,
    };
    if best.steps.len() > 1 {
        // How sure one is of each of two is not what a single fault would say.
        return vec![link(best.worst(), ONE_OF_TWO)];
    }
    one.posterior.iter().enumerate().map(|(index, it)| link(index, *it)).collect()
}

/// One explanation: from these hops on, these shares are lost.
#[derive(Clone, Debug)]
struct Explained {
    /// Lower is better.
    price: f64,
    /// Index of the first hop behind each link, with the share lost from there on (index into the shares).
    steps: Vec<(usize, usize)>,
}

impl Explained {
    fn share_at(&self, index: usize) -> f64 {
        self.steps.iter().rfind(|(from, _)| *from <= index).map_or(BACKGROUND, |(_, it)| lossy(*it))
    }

    /// The first hop behind the worse link.
    fn worst(&self) -> usize {
        match self.steps.as_slice() {
            [(near, few), (far, many)] => {
                let added = 1.0 - (1.0 - lossy(*many)) / (1.0 - lossy(*few));
                if added > MUCH_WORSE * lossy(*few) { *far } else { *near }
            }
            [(only, _)] => *only,
            _ => 0,
        }
    }
}

/// The best single link, and how the others compare.
struct One {
    best: Explained,
    /// Probability of each hop to be the first behind the link, if there is exactly one.
    posterior: Vec<f64>,
}

/// What each hop's counts cost under each share of loss: negative logarithms of probabilities.
struct Costs<'a> {
    seen: &'a [Count],
    has_end: bool,
    /// How many links lie before each hop and behind the last that answered.
    links: Vec<f64>,
    /// Sums from the nearest hop on, for no loss and for each share.
    healthy: Vec<f64>,
    lossy: Vec<Vec<f64>>,
}

impl<'a> Costs<'a> {
    fn new(seen: &'a [Count], has_end: bool) -> Self {
        let before = std::iter::once(0).chain(seen.iter().map(|it| it.ttl));
        let links =
            before.zip(seen).map(|(before, it)| f64::from(it.ttl.saturating_sub(before).clamp(1, FARTHEST)));
        let mut costs =
            Self { seen, has_end, links: links.collect(), healthy: Vec::new(), lossy: Vec::new() };
        costs.healthy = costs.sums(BACKGROUND);
        costs.lossy = (0..SHARES_PCT.len()).map(|it| costs.sums(lossy(it))).collect();
        costs
    }

    fn sums(&self, expected: f64) -> Vec<f64> {
        let mut sums = vec![0.0];
        for index in 0..self.seen.len() {
            sums.push(sums[index] + self.cost(index, expected));
        }
        sums
    }

    fn cost(&self, index: usize, expected: f64) -> f64 {
        let count = self.seen[index];
        let plain = surprise(count, expected);
        if !self.may_be_busy(index) {
            return plain;
        }
        let honest = plain - (1.0 - 1.0 / BUSY_ONE_IN).ln() + count.order;
        either(honest, excused(count, expected))
    }

    /// The target's own answers are what counts; everybody else may be busy.
    fn may_be_busy(&self, index: usize) -> bool {
        !self.has_end || index + 1 < self.seen.len()
    }

    fn is_excused(&self, index: usize, expected: f64) -> bool {
        let count = self.seen[index];
        self.may_be_busy(index) && excused(count, expected) < surprise(count, expected) + count.order
    }

    fn without(&self) -> Explained {
        let price = self.healthy[self.seen.len()] - (1.0 - 1.0 / LOSSY_ONE_IN).ln();
        Explained { price, steps: Vec::new() }
    }

    fn with_one(&self) -> One {
        let count = self.seen.len();
        let each: Vec<Explained> = (0..count)
            .map(|from| {
                let prices = self.lossy.iter().map(|sums| self.healthy[from] + sums[count] - sums[from]);
                let (share, _) = cheapest(prices.clone());
                Explained { price: any(prices) + self.rarity(from), steps: vec![(from, share)] }
            })
            .collect();
        let (best, lowest) = cheapest(each.iter().map(|it| it.price));
        let weights: Vec<f64> = each.iter().map(|it| (lowest - it.price).exp()).collect();
        let all: f64 = weights.iter().sum();
        let mut explained = each[best].clone();
        // All places together, for the comparison with no loss at all.
        explained.price = lowest - all.ln();
        One { best: explained, posterior: weights.into_iter().map(|it| it / all).collect() }
    }

    /// How rare a fault at just this place and of just one share is.
    fn rarity(&self, from: usize) -> f64 {
        let all: f64 = self.links.iter().sum();
        LOSSY_ONE_IN.ln() + (all / self.links[from]).ln() + shares().ln()
    }

    fn with_two(&self) -> Explained {
        let count = self.seen.len();
        let mut best = Explained { price: f64::INFINITY, steps: Vec::new() };
        for far in 1..count {
            for near in 0..far {
                let rarity = self.rarity(near) + self.rarity(far) - LOSSY_ONE_IN.ln() + SECOND_ONE_IN.ln();
                for (few, start) in self.lossy.iter().enumerate() {
                    let begun = self.healthy[near] + start[far] - start[near] + rarity;
                    if begun >= best.price {
                        continue;
                    }
                    for (many, rest) in self.lossy.iter().enumerate().skip(few + 1) {
                        let price = begun + rest[count] - rest[far];
                        if price < best.price {
                            best = Explained { price, steps: vec![(near, few), (far, many)] };
                        }
                    }
                }
            }
        }
        best
    }
}

/// A hop that answers seldom: every share of its own is as probable, but none that is less than what is lost anyway.
fn excused(count: Count, expected: f64) -> f64 {
    let own = share(count);
    let lost = count.sent.saturating_sub(count.received);
    let fits = BUSY_ONE_IN.ln() + (f64::from(count.sent) + 1.0).ln() + choices(count.sent, lost);
    if own >= expected { fits } else { fits + surprise(count, expected) - surprise(count, own) }
}

/// Logarithm of how many ways there are to lose so many of all.
fn choices(all: u32, lost: u32) -> f64 {
    (1..=lost).map(|it| (f64::from(all - lost + it) / f64::from(it)).ln()).sum()
}

/// The price of one thing or another.
fn either(one: f64, other: f64) -> f64 {
    let low = one.min(other);
    low - ((low - one).exp() + (low - other).exp()).ln()
}

/// The price of any of several things.
fn any(prices: impl Iterator<Item = f64>) -> f64 {
    prices.fold(f64::INFINITY, |sum, it| if sum.is_infinite() { it } else { either(sum, it) })
}

fn shares() -> f64 {
    f64::from(u32::try_from(SHARES_PCT.len()).unwrap_or(1))
}

fn cheapest(prices: impl Iterator<Item = f64>) -> (usize, f64) {
    prices.enumerate().min_by(|left, right| left.1.total_cmp(&right.1)).unwrap_or((0, f64::INFINITY))
}

fn lossy(index: usize) -> f64 {
    f64::from(SHARES_PCT[index]) / 100.0
}

/// The share without an answer, from 0 to 1.
pub(crate) fn share(count: Count) -> f64 {
    if count.sent == 0 {
        return 0.0;
    }
    f64::from(count.sent.saturating_sub(count.received)) / f64::from(count.sent)
}

/// How unlikely a count is if this share is lost: the negative log-likelihood of a binomial, without its constant.
fn surprise(count: Count, expected: f64) -> f64 {
    let expected = expected.clamp(BACKGROUND, 1.0 - BACKGROUND);
    let lost = f64::from(count.sent.saturating_sub(count.received));
    -(lost * expected.ln() + f64::from(count.received) * (1.0 - expected).ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_router_that_keeps_a_limit_shows_in_the_order_of_its_answers() {
        let row = |text: &str| -> Vec<bool> { text.chars().map(|it| it == '.').collect() };
        let end = row("..X..X....X....X.X...X...X....");
        let saved = row(".................XX.X.X.X..X.X");
        assert!(order(&saved, &end) > 2.0);
        assert!(order(&row("..X..X..X..X..X..X..X..X..X..X"), &end) > 1.0);
        assert!(order(&row("...XX....XX..X......XX...X...."), &end) < 1e-9);
        // The way itself broke later: that is no saving.
        assert!(order(&saved, &saved) < order(&saved, &end) / 2.0);
        // Of many more, a long row of answers alone is chance.
        let long = [row(&".".repeat(22)), row(&"...XX...X.XXX...X.X.....X..XX.....".repeat(3))].concat();
        assert!(order(&long, &row(&"..X.".repeat(31))) < 1.0);
        assert!(order(&[], &[]) < 1e-9 && order(&[true; 30], &end) < 1e-9);
    }

    #[test]
    fn loss_that_does_not_reach_the_target_is_no_loss() {
        check(&[(20, 20), (20, 4), (20, 20)], (20, 20), None);
        check(&[(20, 20), (20, 0), (20, 20)], (20, 19), None);
        check(&[(20, 9), (20, 12), (20, 4)], (20, 20), None);
    }

    #[test]
    fn one_lost_packet_is_chance() {
        check(&[(4, 4), (4, 4)], (4, 3), None);
        check(&[], (10, 9), None);
    }

    #[test]
    fn loss_begins_behind_the_last_clean_hop() {
        check(&[(20, 20), (20, 9), (20, 10)], (20, 10), Some(Some((1, 2))));
        check(&[(20, 20), (20, 20), (20, 10)], (20, 10), Some(Some((2, 3))));
        check(&[(20, 20), (20, 20), (20, 20)], (20, 10), Some(Some((3, 99))));
        check(&[(20, 10), (20, 11)], (20, 9), Some(Some((0, 1))));
    }

    #[test]
    fn a_busy_hop_before_a_clean_one_is_not_where_it_begins() {
        check(&[(20, 4), (20, 20), (20, 10)], (20, 10), Some(Some((2, 3))));
        let found = locate(&counts(&[(20, 4), (20, 20), (20, 10)]), Some(count(99, 20, 10)));
        assert_eq!(found.busy, [1]);
    }

    #[test]
    fn a_busy_hop_behind_the_fault_is_busy_all_the_same() {
        let found = locate(&counts(&[(40, 40), (40, 20), (40, 4), (40, 21)]), Some(count(99, 40, 19)));
        assert_eq!(found.busy, [3]);
        assert_eq!(found.loss.and_then(|it| likeliest(&it)), Some((1, 2)));
    }

    #[test]
    fn silent_hops_widen_the_link_and_name_nothing_alone() {
        check(&[(20, 20), (20, 0), (20, 10)], (20, 9), Some(Some((1, 3))));
        check(&[(20, 0), (20, 0)], (20, 9), Some(None));
    }

    #[test]
    fn a_few_percent_are_loss_without_a_place() {
        check(&[(100, 100), (100, 95), (100, 94)], (100, 95), Some(None));
    }

    #[test]
    fn of_two_faults_the_nearer_is_named_unless_the_other_is_much_worse() {
        check(&[(60, 60), (60, 48), (60, 47), (60, 46), (60, 30), (60, 31)], (60, 30), Some(Some((1, 2))));
        check(&[(60, 60), (60, 48), (60, 47), (60, 46), (60, 7), (60, 9)], (60, 8), Some(Some((4, 5))));
    }

    #[test]
    fn without_a_target_that_answers_one_router_alone_is_not_believed() {
        assert_eq!(locate(&counts(&[(20, 20), (20, 8)]), None).loss, None);
        let three = locate(&counts(&[(20, 20), (20, 10), (20, 11), (20, 9), (20, 10)]), None);
        assert_eq!(three.loss.and_then(|it| likeliest(&it)), Some((1, 2)));
    }

    fn likeliest(loss: &Loss) -> Option<(u8, u8)> {
        let best = loss.links.iter().max_by(|one, other| one.probability.total_cmp(&other.probability));
        best.map(|it| (it.after, it.before))
    }

    fn count(ttl: u8, sent: u32, received: u32) -> Count {
        Count { ttl, sent, received, order: 0.0 }
    }

    fn counts(hops: &[(u32, u32)]) -> Vec<Count> {
        (1..).zip(hops).map(|(ttl, (sent, received))| count(ttl, *sent, *received)).collect()
    }

    #[track_caller]
    fn check(hops: &[(u32, u32)], end: (u32, u32), expected: Option<Option<(u8, u8)>>) {
        let found = locate(&counts(hops), Some(count(99, end.0, end.1)));
        let link = found.loss.as_ref().map(likeliest);
        assert_eq!(link, expected, "{hops:?}: {found:?}");
    }
}
