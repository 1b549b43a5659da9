//! Claims private keys in PEM form: on many lines, on one line with escapes, cut off, or behind a log's prefix.

use super::Finder;
use super::shape::is_base64;
use crate::Class;

/// The largest key in use (RSA with 16,384 bits) is 13 kB in this form.
const MAX_BLOCK: usize = 20_000;
/// The same key has 200 lines.
const MAX_LINES: u32 = 240;
/// A line of a key block is 64 or 70 characters; the last may be shorter.
const MIN_LINE: usize = 16;

/// Claims the block that begins at `start`. Returns the lines still to look at where its end is not in this piece.
pub(crate) fn find(finder: &mut Finder<'_>, start: usize) -> Option<u32> {
    let line = finder.skip(start, |byte| byte != b'\n').min(start + 80);
    let head = finder.text.get(start..line).unwrap_or(&finder.text[start..]);
    let upper = head.to_ascii_uppercase();
    if !upper.contains("PRIVATE KEY") {
        return None;
    }
    let mut limit = (start + MAX_BLOCK).min(finder.text.len());
    while !finder.text.is_char_boundary(limit) {
        limit -= 1;
    }
    let block = &finder.text[start..limit];
    if let Some(last) = block.find("-----END ").or_else(|| block.find("-----end ")) {
        let dashes = block[last + 9..].find("-----").map_or(block.len(), |it| last + 9 + it + 5);
        finder.claim(start, start + dashes, Class::Secret);
        return None;
    }
    let after = finder.skip(start, |byte| byte != b'\n');
    // On one line with escapes, cut off before its end.
    let escaped = finder.skip(start + 5, |byte| byte != b'\\').min(after);
    if escaped < after {
        let stop = finder.skip(escaped, |byte| is_base64(byte) || matches!(byte, b'\\' | b'n' | b'r'));
        finder.claim(escaped, stop, Class::Secret);
    }
    Some(lines(finder, after, MAX_LINES))
}

/// Goes on with a block whose beginning was in an earlier piece.
pub(crate) fn continue_block(finder: &mut Finder<'_>, left: u32) -> u32 {
    if left == 0 { 0 } else { lines(finder, 0, left) }
}

/// Claims the longest run of base64 in each line, until the block's end or something that is no key.
fn lines(finder: &mut Finder<'_>, from: usize, mut left: u32) -> u32 {
    let mut at = from;
    while left > 0 && at < finder.text.len() {
        let stop = finder.skip(at, |byte| byte != b'\n');
        if finder.text[at..stop].contains("-----END") {
            return 0;
        }
        if stop > at {
            left -= 1;
            let (start, end) = longest_run(finder, at, stop);
            if end - start >= MIN_LINE {
                finder.claim(start, end, Class::Secret);
            } else if left + 4 < MAX_LINES {
                // Headers such as `Proc-Type` stand only at the top.
                return 0;
            }
        }
        at = stop + 1;
    }
    left
}

fn longest_run(finder: &Finder<'_>, from: usize, to: usize) -> (usize, usize) {
    let mut best = (from, from);
    let mut at = from;
    while at < to {
        let stop = finder.skip(at, is_base64).min(to);
        if stop - at > best.1 - best.0 {
            best = (at, stop);
        }
        at = stop + 1;
    }
    best
}
