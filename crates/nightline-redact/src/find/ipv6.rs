//! Claims IPv6 addresses. A time of day is none: `::` or eight groups are required, then std parses.

use std::net::{IpAddr, Ipv6Addr};

use super::Finder;
use crate::Class;
use crate::address::identifies_nobody;

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    let mut at = start;
    while at < end {
        if !is_part(finder.at(at)) {
            at += 1;
            continue;
        }
        let stop = finder.skip(at, is_part).min(end);
        consider(finder, at, stop);
        at = stop;
    }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn consider(finder: &mut Finder<'_>, mut start: usize, stop: usize) {
    let run = &finder.bytes()[start..stop];
    let colons = run.iter().filter(|byte| **byte == b':').count();
    if colons < 6 && !run.windows(2).any(|pair| pair == b"::") {
        return;
    }
    if is_word(finder.at(stop)) {
        return;
    }
    // `src:2001:db8::7`: what stands before the first colon belongs to the word.
    if is_word(finder.before(start)) {
        let Some(colon) = run.iter().position(|byte| *byte == b':') else { return };
        start += colon;
    }
    if finder.at(start) == b':' && finder.at(start + 1) != b':' {
        start += 1;
    }
    if let Some((end, address)) = longest(finder, start, stop) {
        claim(finder, start, end, address);
    }
}

/// The longest reading: the whole run, without a trailing dot or colon, or only up to the first dot (`::1.443`).
fn longest(finder: &Finder<'_>, start: usize, stop: usize) -> Option<(usize, Ipv6Addr)> {
    let mut end = stop;
    while end > start && finder.before(end) == b'.' {
        end -= 1;
    }
    let parse = |end: usize| finder.text.get(start..end)?.parse::<Ipv6Addr>().ok().map(|it| (end, it));
    let without_colon = end.checked_sub(1).filter(|it| *it > start && finder.at(*it) == b':');
    let first_dot = finder.bytes()[start..end].iter().position(|byte| *byte == b'.').map(|it| start + it);
    parse(end).or_else(|| without_colon.and_then(parse)).or_else(|| first_dot.and_then(parse))
}

fn claim(finder: &mut Finder<'_>, start: usize, end: usize, address: Ipv6Addr) {
    let text = &finder.text[start..end];
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let colons = text.bytes().filter(|byte| *byte == b':').count();
    // `dead::beef` is a path in a programming language more often than an address.
    if !digits && colons < 3 {
        return;
    }
    let pairs = colons == 7 && text.split(':').all(|group| group.len() == 2);
    if pairs || identifies_nobody(IpAddr::V6(address)) || finder.redactor.is_readable(text) {
        return;
    }
    finder.claim(start, end, Class::Ipv6);
}
