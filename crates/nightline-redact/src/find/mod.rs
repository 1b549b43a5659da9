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

/// What every finder works on.
pub(crate) struct Finder<'a> {
    pub(crate) text: &'a str,
    pub(crate) spans: &'a mut Vec<Span>,
    pub(crate) redactor: &'a Redactor,
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

    /// The first place from `from` on whose byte does not fit.
    pub(crate) fn skip(&self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        self.bytes()[from.min(self.text.len())..]
            .iter()
            .position(|byte| !fits(*byte))
            .map_or(self.text.len(), |it| from + it)
    }

    /// The first place before `from` from which on all bytes fit.
    pub(crate) fn skip_back(&self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        self.bytes()[..from].iter().rposition(|byte| !fits(*byte)).map_or(0, |it| it + 1)
    }

    pub(crate) fn claim(&mut self, start: usize, end: usize, class: Class) {
        if start < end {
            self.spans.push(Span { start, end, class });
        }
    }
}
