//! Claims e-mail addresses, and the account in `account@address`. Not unit names, not package versions.

use std::net::Ipv4Addr;

use super::Finder;
use crate::Class;
use crate::known::is_common_account;

/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL: usize = 64;

/// Endings of systemd units, where an at sign stands before an instance.
const UNIT_KINDS: [&str; 11] = [
    "service",
    "socket",
    "timer",
    "mount",
    "target",
    "slice",
    "scope",
    "device",
    "path",
    "swap",
    "automount",
];

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    for at in start..end {
        if finder.at(at) == b'@' {
            consider(finder, start, at, end);
        }
    }
}

fn consider(finder: &mut Finder<'_>, start: usize, at: usize, end: usize) {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    let mut from = finder.skip_back(at, local).max(start);
    while from < at && finder.at(from) == b'.' {
        from += 1;
    }
    let mut to =
        finder.skip(at + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).min(end);
    while to > at + 1 && matches!(finder.before(to), b'.' | b'-') {
        to -= 1;
    }
    if from == at || at - from > MAX_LOCAL || to == at + 1 {
        return;
    }
    let domain = &finder.text[at + 1..to];
    if domain.parse::<Ipv4Addr>().is_ok() {
        if !is_common_account(&finder.text[from..at]) {
            finder.claim(from, at, Class::User);
        }
        return;
    }
    if is_domain(domain) && !is_in_url(finder, from) && !finder.redactor.is_readable(&finder.text[from..to]) {
        finder.claim(from, to, Class::Email);
    }
}

/// `https://account:password@host` belongs to the finder for web addresses, which keeps the host.
fn is_in_url(finder: &Finder<'_>, from: usize) -> bool {
    let start =
        finder.skip_back(from, |byte| byte > b' ' && !matches!(byte, b'/' | b'"' | b'\'' | b'<' | b'>'));
    finder.text[..start].ends_with("://")
}

fn is_domain(domain: &str) -> bool {
    let Some((rest, last)) = domain.rsplit_once('.') else { return false };
    let punycode = last.starts_with("xn--");
    last.len() >= 2
        && (punycode || last.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && !UNIT_KINDS.contains(&last)
        && rest.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}
