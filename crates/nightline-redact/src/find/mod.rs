//! The finders: each claims pieces of a text for one class. They claim; what becomes of a claim is settled elsewhere.

pub(crate) mod account;
pub(crate) mod email;
pub(crate) mod home;
pub(crate) mod ipv4;
pub(crate) mod ipv6;
pub(crate) mod key_block;
pub(crate) mod known_value;
pub(crate) mod mac;
pub(crate) mod secret_prefix;
pub(crate) mod secret_value;
pub(crate) mod shape;
pub(crate) mod token;
pub(crate) mod url;

use crate::span::Span;
use crate::{Class, Redactor};

/// The longest value that any finder claims (a key block on one line). Without a limit a file of one endless line
/// would be read to its end for every keyword in it.
const LOOK_AHEAD: usize = 20_000;
/// The longest name or address before a hit.
const LOOK_BACK: usize = 1_024;

/// What every finder works on.
pub(crate) struct Finder<'a> {
    pub(crate) text: &'a str,
    pub(crate) spans: &'a mut Vec<Span>,
    pub(crate) redactor: &'a Redactor,
    /// Up to here a secret was claimed. What begins inside it need not be looked at again.
    pub(crate) covered: usize,
}

impl<'a> Finder<'a> {
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The byte at `at`; zero outside the text.
    pub(crate) fn at(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(0)
    }

    /// The byte before `at`; zero at the text's start.
    pub(crate) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |it| self.at(it))
    }

    /// The first place from `from` on whose byte does not fit; looks at [`LOOK_AHEAD`] bytes at most.
    pub(crate) fn skip(&self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        let from = from.min(self.text.len());
        let to = (from + LOOK_AHEAD).min(self.text.len());
        let stop = self.bytes()[from..to].iter().position(|byte| !fits(*byte));
        stop.map_or_else(|| self.boundary(to).max(from), |it| from + it)
    }

    /// The first place before `from` from which on all bytes fit; looks at [`LOOK_BACK`] bytes at most.
    pub(crate) fn skip_back(&self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        let to = from.saturating_sub(LOOK_BACK);
        let start = self.bytes()[to..from].iter().rposition(|byte| !fits(*byte));
        start.map_or_else(|| self.boundary(to), |it| to + it + 1)
    }

    /// The nearest character boundary at or before `at`.
    fn boundary(&self, mut at: usize) -> usize {
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    pub(crate) fn claim(&mut self, start: usize, end: usize, class: Class) {
        if start < end {
            if class == Class::Secret {
                self.covered = self.covered.max(end);
            }
            self.spans.push(Span { start, end, class });
        }
    }
}
