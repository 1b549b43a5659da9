//! One pass that cuts the text into runs of address characters and hands each run to the finders it could interest.
//!
//! Almost every run has neither three dots nor two colons nor an at sign and costs only this loop.

use super::{Finder, email, ipv4, ipv6, mac};

const PLAIN: u8 = 0;
const DOT: u8 = 1;
const COLON: u8 = 2;
const DASH: u8 = 3;
const AT: u8 = 4;
const END: u8 = 5;

const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut table = [END; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'.' => DOT,
            b':' => COLON,
            b'-' => DASH,
            b'@' => AT,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'%' | b'+' => PLAIN,
            _ => END,
        };
        byte += 1;
    }
    table
}

/// What a run holds.
#[derive(Clone, Copy, Default)]
struct Counts([u32; 6]);

impl Counts {
    fn is_interesting(self) -> bool {
        let [_, dots, colons, dashes, ats, _] = self.0;
        dots >= 2 || colons >= 2 || dashes >= 5 || ats >= 1
    }
}

pub(crate) fn scan(finder: &mut Finder<'_>) {
    let bytes = finder.bytes();
    let mut start = 0;
    let mut counts = Counts::default();
    for (at, byte) in bytes.iter().enumerate() {
        let kind = KINDS[usize::from(*byte)];
        if kind == END {
            if counts.is_interesting() {
                run(finder, start, at, counts);
            }
            if counts.0 != [0; 6] {
                counts = Counts::default();
            }
            start = at + 1;
        } else if kind != PLAIN {
            counts.0[usize::from(kind)] += 1;
        }
    }
    if counts.is_interesting() {
        run(finder, start, bytes.len(), counts);
    }
}

fn run(finder: &mut Finder<'_>, start: usize, end: usize, counts: Counts) {
    let [_, dots, colons, dashes, ats, _] = counts.0;
    if colons >= 5 || dashes >= 5 {
        mac::find(finder, start, end);
    }
    if dots >= 2 {
        mac::find_dotted(finder, start, end);
    }
    if colons >= 2 {
        ipv6::find(finder, start, end);
    }
    if dots >= 3 {
        ipv4::find(finder, start, end);
    }
    if ats >= 1 {
        email::find(finder, start, end);
    }
}
