//! Pieces of a text that are private, and how overlapping claims become one. Nothing of any claim survives.

use crate::Class;

/// Bytes `start..end` are private. Both lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
}

/// Sorts the claims, joins what overlaps, and leaves out what touches a pseudonym that is already there.
/// `pseudonyms` are sorted and do not overlap.
pub(crate) fn settle(spans: &mut Vec<Span>, pseudonyms: &[(usize, usize)]) {
    if !pseudonyms.is_empty() {
        spans.retain(|span| !touches(span, pseudonyms));
    }
    spans.sort_unstable_by_key(|span| {
        (span.start, std::cmp::Reverse(span.end), std::cmp::Reverse(span.class.rank()))
    });
    let mut kept: usize = 0;
    for index in 0..spans.len() {
        let next = spans[index];
        match kept.checked_sub(1).map(|last| &mut spans[last]) {
            Some(last) if next.start < last.end => {
                if next.end > last.end {
                    last.end = next.end;
                    if next.class.rank() > last.class.rank() {
                        last.class = next.class;
                    }
                }
            }
            _ => {
                spans[kept] = next;
                kept += 1;
            }
        }
    }
    spans.truncate(kept);
}

fn touches(span: &Span, pseudonyms: &[(usize, usize)]) -> bool {
    let after = pseudonyms.partition_point(|(_, end)| *end <= span.start);
    pseudonyms.get(after).is_some_and(|(start, _)| *start < span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_claims_become_one_that_covers_both() {
        check(&[(0, 5, Class::User), (3, 9, Class::Email)], &[(0, 9, Class::Email)]);
        check(&[(3, 9, Class::User), (0, 9, Class::Secret)], &[(0, 9, Class::Secret)]);
        check(&[(0, 2, Class::User), (2, 4, Class::User)], &[(0, 2, Class::User), (2, 4, Class::User)]);
        check(&[(0, 9, Class::Host), (2, 4, Class::Secret), (8, 12, Class::Ipv4)], &[(0, 12, Class::Ipv4)]);
        check(&[], &[]);
    }

    #[test]
    fn a_pseudonym_is_left_alone() {
        let mut spans = vec![
            Span { start: 0, end: 4, class: Class::User },
            Span { start: 3, end: 8, class: Class::User },
            Span { start: 10, end: 12, class: Class::User },
        ];
        settle(&mut spans, &[(4, 9)]);
        assert_eq!(spans.iter().map(|it| it.start).collect::<Vec<_>>(), [0, 10]);
    }

    #[track_caller]
    fn check(given: &[(usize, usize, Class)], expected: &[(usize, usize, Class)]) {
        let span =
            |(start, end, class): &(usize, usize, Class)| Span { start: *start, end: *end, class: *class };
        let mut spans: Vec<Span> = given.iter().map(span).collect();
        settle(&mut spans, &[]);
        assert_eq!(spans, expected.iter().map(span).collect::<Vec<_>>());
    }
}
