//! Claims an account's name after words that stand before one in logs: `for user`, `invalid user`, `user=`.

use super::Finder;
use crate::Class;
use crate::known::is_common_account;

/// The longest name that systems take (Windows: 104 in the longest form).
const MAX_NAME: usize = 104;

/// Words of a sentence that stand where a name could stand.
const NO_NAMES: [&str; 24] = [
    "the", "a", "an", "this", "that", "is", "was", "has", "not", "and", "or", "from", "with", "by", "in",
    "on", "to", "of", "for", "null", "uid", "name", "user", "true",
];

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    if finder.before(start).is_ascii_alphanumeric() && !matches!(finder.before(start), b'r' | b'e' | b'l') {
        return;
    }
    let from = finder.skip(end, |byte| matches!(byte, b'"' | b'\''));
    if finder.text[from..].starts_with("invalid user ") {
        return;
    }
    let stop = finder.skip(from, |byte| {
        byte >= 0x80 || byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'$')
    });
    let name = finder.text[from..stop].trim_end_matches(['.', '-', '$']);
    let stop = from + name.len();
    let plain_word = NO_NAMES.iter().any(|it| name.eq_ignore_ascii_case(it));
    let number = name.bytes().all(|byte| byte.is_ascii_digit());
    if name.is_empty() || name.len() > MAX_NAME || plain_word || number || is_common_account(name) {
        return;
    }
    // `user=alice@example.com` is an address and belongs to another finder.
    if matches!(finder.at(stop), b'@' | b'(') && finder.at(stop) == b'@' {
        return;
    }
    finder.claim(from, stop, Class::User);
}
