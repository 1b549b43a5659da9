//! A way that goes round in a circle: routers that pass a packet to each other until it has run out of hops. Reads
//! addresses only.

use nightline_types::PathHop;

/// More routers in a circle have not been seen.
const MOST_ROUTERS: usize = 6;
/// One address that shows again may be a way that changed; a second time round it is a circle.
const TIMES_ROUND: usize = 2;

/// A circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Circle {
    /// Indices of the first hop in it, and of the next one whose address is known.
    pub(super) first: usize,
    pub(super) other: usize,
    /// So many hops show it once.
    pub(super) length: usize,
}

/// The circle in which a way ends. Hops that did not answer may be anybody.
pub(super) fn of(hops: &[PathHop]) -> Option<Circle> {
    let seen: Vec<Option<&str>> = hops.iter().map(|hop| hop.addresses.first().map(String::as_str)).collect();
    let end = seen.iter().rposition(Option::is_some)? + 1;
    let seen = &seen[..end];
    (2..=MOST_ROUTERS).find_map(|round| (0..end).find_map(|first| from(seen, first, round)))
}

fn from(seen: &[Option<&str>], first: usize, round: usize) -> Option<Circle> {
    let rest = &seen[first..];
    if rest[0].is_none() || rest.len() < TIMES_ROUND * round {
        return None;
    }
    // Who answers at each place of the circle, every time round.
    let places: Vec<Vec<&str>> =
        (0..round).map(|place| rest.iter().skip(place).step_by(round).copied().flatten().collect()).collect();
    let is_one = |answers: &Vec<&str>| answers.iter().all(|it| *it == answers[0]);
    let repeated: Vec<&str> =
        places.iter().filter(|it| it.len() >= TIMES_ROUND).filter_map(|it| it.first().copied()).collect();
    let are_others = repeated.iter().skip(1).all(|it| *it != repeated[0]);
    if !places.iter().all(is_one) || places[0].len() < TIMES_ROUND || repeated.len() < 2 || !are_others {
        return None;
    }
    let other = first + rest.iter().position(|it| it.is_some() && *it != rest[0])?;
    Some(Circle { first, other, length: (first + round).max(other + 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routers_that_pass_packets_to_each_other_are_a_circle() {
        check("h p a b a b a b", Some((2, 3, 4)));
        check("h a b c a b c a", Some((1, 2, 4)));
        // Some did not answer, and behind the last answer nobody did.
        check("h a * a b * b a b * *", Some((1, 4, 5)));
        check("a b a b", Some((0, 1, 2)));
    }

    #[test]
    fn a_way_that_ends_a_router_that_answers_for_others_and_a_change_are_none() {
        check("", None);
        check("h p a b c d", None);
        check("h p a b * *", None);
        check("h p a a a a a", None);
        check("h p a b a c", None);
        check("h p a b a", None);
        check("h a b a b c", None);
        check("h a * a * a *", None);
    }

    #[track_caller]
    fn check(way: &str, expected: Option<(usize, usize, usize)>) {
        let hops: Vec<PathHop> = (1..)
            .zip(way.split_whitespace())
            .map(|(ttl, name)| PathHop {
                ttl,
                addresses: if name == "*" { Vec::new() } else { vec![name.to_owned()] },
                name: None,
                owner: None,
                place: None,
                sent: 1,
                received: u32::from(name != "*"),
                loss_pct: 0.0,
                loss_interval: [0.0, 100.0],
                answers: Vec::new(),
                rtt: None,
                excused: None,
                forward_lost: None,
                changed_in: None,
                remarks: Vec::new(),
            })
            .collect();
        let found = of(&hops).map(|it| (it.first, it.other, it.length));
        assert_eq!(found, expected, "{way}");
    }
}
