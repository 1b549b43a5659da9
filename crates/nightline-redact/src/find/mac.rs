//! Claims hardware addresses: six or eight pairs, the kernel firewall's fourteen, and the dotted form of switches.

use super::Finder;
use crate::Class;

/// Certificate and key fingerprints by their number of pairs: MD5, SHA-1, SHA-256. Public, and of use to the reader.
const FINGERPRINTS: [usize; 3] = [16, 20, 32];

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    let mut at = start;
    while at + 17 <= end {
        let separator = finder.at(at + 2);
        if !matches!(separator, b':' | b'-')
            || !is_pair(finder, at)
            || finder.before(at).is_ascii_alphanumeric()
        {
            at += 1;
            continue;
        }
        let mut pairs = 1;
        let mut stop = at + 2;
        while stop + 3 <= end && finder.at(stop) == separator && is_pair(finder, stop + 1) {
            pairs += 1;
            stop += 3;
        }
        if !finder.at(stop).is_ascii_alphanumeric() {
            consider(finder, at, stop, pairs);
        }
        at = stop;
    }
}

fn is_pair(finder: &Finder<'_>, at: usize) -> bool {
    finder.at(at).is_ascii_hexdigit()
        && finder.at(at + 1).is_ascii_hexdigit()
        && !finder.at(at + 2).is_ascii_hexdigit()
}

fn consider(finder: &mut Finder<'_>, start: usize, stop: usize, pairs: usize) {
    if FINGERPRINTS.contains(&pairs) || pairs < 6 {
        return;
    }
    let text = &finder.text[start..stop];
    let mut digits = text.bytes().filter(u8::is_ascii_hexdigit);
    let all_same = digits.clone().all(|byte| byte == b'0') || digits.all(|byte| matches!(byte, b'f' | b'F'));
    if all_same || (pairs == 6 && is_date_and_time(text)) {
        return;
    }
    if pairs == 14 {
        // The kernel's firewall writes destination, source and protocol in one run.
        finder.claim(start, start + 17, Class::Mac);
        finder.claim(start + 18, start + 35, Class::Mac);
    } else {
        finder.claim(start, stop, Class::Mac);
    }
}

/// `26-11-22-03-04-05` in a file's name.
fn is_date_and_time(text: &str) -> bool {
    let limits = [99, 12, 31, 23, 59, 59];
    text.split([':', '-']).zip(limits).all(|(pair, most)| pair.parse::<u8>().is_ok_and(|it| it <= most))
}

/// `0011.22aa.bbcc`
pub(crate) fn find_dotted(finder: &mut Finder<'_>, start: usize, end: usize) {
    if end - start < 14 {
        return;
    }
    for at in start..=end - 14 {
        let run = &finder.bytes()[at..at + 14];
        if run[4] != b'.' || run[9] != b'.' || is_joined(finder.before(at)) || is_joined(finder.at(at + 14)) {
            continue;
        }
        let hex = |range: std::ops::Range<usize>| run[range].iter().all(u8::is_ascii_hexdigit);
        // Without a letter it is a number with dots.
        if hex(0..4)
            && hex(5..9)
            && hex(10..14)
            && run.iter().any(u8::is_ascii_alphabetic)
            && run.iter().any(u8::is_ascii_digit)
        {
            finder.claim(at, at + 14, Class::Mac);
        }
    }
}

fn is_joined(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.'
}
