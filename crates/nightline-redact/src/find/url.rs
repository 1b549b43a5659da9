//! Claims account and password in `scheme://account:password@host`.

use super::Finder;
use crate::Class;
use crate::known::is_common_account;

/// Beyond this the at sign belongs to something else.
const MAX_USER_INFO: usize = 512;
/// An account name this long is a token that stands alone.
const TOKEN_LENGTH: usize = 20;

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    if !finder.before(start).is_ascii_alphanumeric() {
        return;
    }
    let stop = finder.skip(end, |byte| {
        byte > b' ' && byte < 0x7f && !matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\')
    });
    // A password may hold an at sign; the host begins after the last one.
    let Some(at) = finder.bytes()[end..stop].iter().rposition(|byte| *byte == b'@').map(|it| end + it) else {
        return;
    };
    if at - end > MAX_USER_INFO {
        return;
    }
    let colon = finder.bytes()[end..at].iter().position(|byte| *byte == b':').map(|it| end + it);
    let account_end = colon.unwrap_or(at);
    if let Some(colon) = colon {
        finder.claim(colon + 1, at, Class::Secret);
    }
    let account = &finder.text[end..account_end];
    if account_end - end >= TOKEN_LENGTH {
        finder.claim(end, account_end, Class::Secret);
    } else if !is_common_account(account) {
        finder.claim(end, account_end, Class::User);
    }
}
