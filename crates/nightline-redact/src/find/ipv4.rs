//! Claims IPv4 addresses, and leaves four-part version numbers alone.

use std::net::{IpAddr, Ipv4Addr};

use super::Finder;
use crate::Class;
use crate::address::{identifies_nobody, is_private_v4};

/// How far back the word before a number is looked for.
const LOOK_BACK: usize = 24;

const VERSION_WORDS: [&str; 21] = [
    "section",
    "version",
    "versions",
    "ver",
    "v",
    "rev",
    "revision",
    "release",
    "build",
    "firmware",
    "driver",
    "fileversion",
    "productversion",
    "amd64",
    "arm64",
    "i386",
    "x86_64",
    "noarch",
    "all",
    "any",
    "bios",
];

/// What may follow a version in a file's name.
const FILE_ENDINGS: [&str; 18] = [
    "rpm", "deb", "tar", "zip", "whl", "gz", "xz", "so", "dll", "exe", "msi", "apk", "jar", "el7", "el8",
    "el9", "fc", "dist",
];

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    let mut at = start;
    while at < end {
        if !finder.at(at).is_ascii_digit() {
            at += 1;
            continue;
        }
        let stop = finder.skip(at, |byte| byte.is_ascii_digit() || byte == b'.').min(end);
        let mut last = stop;
        while last > at && finder.before(last) == b'.' {
            last -= 1;
        }
        if let Some(address) = parse(&finder.text[at..last]) {
            consider(finder, at, last, address);
        }
        at = stop;
    }
}

/// Four groups of one to three digits without leading zeros; std refuses the rest.
fn parse(run: &str) -> Option<Ipv4Addr> {
    (7..=15).contains(&run.len()).then(|| run.parse().ok()).flatten()
}

fn consider(finder: &mut Finder<'_>, start: usize, end: usize, address: Ipv4Addr) {
    if identifies_nobody(IpAddr::V4(address)) || finder.redactor.is_readable(&finder.text[start..end]) {
        return;
    }
    if looks_like_version(finder, start, end, is_private_v4(address)) {
        return;
    }
    finder.claim(start, end, Class::Ipv4);
}

fn looks_like_version(finder: &Finder<'_>, start: usize, end: usize, private: bool) -> bool {
    let before = finder.before(start);
    if before.is_ascii_alphabetic() || before == b'.' || finder.at(end).is_ascii_alphabetic() {
        return true;
    }
    if private {
        return word_before(finder, start);
    }
    if before == b'_' && matches!(finder.at(end), b'_' | b'-' | b'+' | b'~') {
        return true;
    }
    follows_as_version(finder, end) || word_before(finder, start)
}

fn follows_as_version(finder: &Finder<'_>, end: usize) -> bool {
    match finder.at(end) {
        b'+' | b'~' => true,
        // A Debian revision (`1.2.3.4-5`), unless it is a range of addresses (`192.0.2.1-192.0.2.9`).
        b'-' => {
            let stop = finder.skip(end + 1, |byte| byte.is_ascii_digit() || byte == b'.');
            finder.at(end + 1).is_ascii_digit() && parse(&finder.text[end + 1..stop]).is_none()
        }
        b'.' => {
            let stop = finder.skip(end + 1, |byte| byte.is_ascii_alphanumeric());
            FILE_ENDINGS.iter().any(|it| finder.text[end + 1..stop].eq_ignore_ascii_case(it))
        }
        _ => false,
    }
}

/// Whether the word before is one that stands before versions, or itself a version of the same list.
fn word_before(finder: &Finder<'_>, start: usize) -> bool {
    let floor = start.saturating_sub(LOOK_BACK);
    let gap =
        finder.skip_back(start, |byte| matches!(byte, b' ' | b'=' | b':' | b'"' | b'\'' | b'(' | b'\t'));
    if gap == start || gap <= floor {
        return false;
    }
    let word = finder.skip_back(gap, |byte| byte.is_ascii_alphanumeric() || byte == b'_').max(floor);
    let Some(word) = finder.text.get(word..gap) else { return false };
    VERSION_WORDS.iter().any(|it| word.eq_ignore_ascii_case(it))
}
