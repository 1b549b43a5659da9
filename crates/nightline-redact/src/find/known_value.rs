//! Claims values that the machine knows, at word boundaries, unless the whole name is one that stays readable.

use super::Finder;
use crate::Class;

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize, class: Class) {
    if !bounded(finder, start, end) {
        return;
    }
    match class {
        Class::Host => host(finder, start, end),
        Class::Domain => domain(finder, start, end),
        _ => finder.claim(start, end, class),
    }
}

/// A host that the person took back: the whole name or address with its port, readable or not.
pub(crate) fn find_withdrawn(finder: &mut Finder<'_>, start: usize, end: usize) {
    if !bounded(finder, start, end) {
        return;
    }
    let (start, mut end) = name_around(finder, start, end);
    if finder.before(start) == b'[' && finder.at(end) == b']' {
        end += 1;
    }
    let start = if finder.before(end) == b']' { start - 1 } else { start };
    let port = finder.skip(end + 1, |byte| byte.is_ascii_digit());
    if finder.at(end) == b':' && port > end + 1 && !matches!(finder.at(port), b':' | b'.') {
        end = port;
    }
    finder.claim(start, end, Class::Host);
}

/// Only ASCII letters and digits bind: in Chinese text a name stands without spaces around it.
fn bounded(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let joins = |inner: u8, outer: u8| inner.is_ascii_alphanumeric() && outer.is_ascii_alphanumeric();
    !joins(finder.at(start), finder.before(start)) && !joins(finder.before(end), finder.at(end))
}

fn host(finder: &mut Finder<'_>, start: usize, end: usize) {
    let (from, to) = name_around(finder, start, end);
    if finder.redactor.is_readable(&finder.text[from..to]) {
        return;
    }
    // `laptop-7.corp.example.com` is claimed with its domain by the domain's own finder, which covers this claim.
    finder.claim(start, end, Class::Host);
}

/// The domain with every label before it: the whole name is one host.
fn domain(finder: &mut Finder<'_>, start: usize, end: usize) {
    let (from, to) = name_around(finder, start, end);
    if finder.redactor.is_readable(&finder.text[from..to]) {
        return;
    }
    if finder.before(start) == b'.' {
        finder.claim(from.min(start), end, Class::Host);
    } else if !is_name(finder.before(start)) {
        finder.claim(start, end, Class::Domain);
    }
}

/// The whole dotted name around a hit, without dots and dashes at its ends.
fn name_around(finder: &Finder<'_>, start: usize, end: usize) -> (usize, usize) {
    let mut from = finder.skip_back(start, is_name);
    let mut to = finder.skip(end, is_name);
    while from < start && matches!(finder.at(from), b'.' | b'-') {
        from += 1;
    }
    while to > end && matches!(finder.before(to), b'.' | b'-') {
        to -= 1;
    }
    (from, to)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}
