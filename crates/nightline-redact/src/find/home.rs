//! Claims the account's name inside a home path: POSIX, macOS, Windows with drive, share, escaped and encoded forms.

use super::Finder;
use crate::Class;
use crate::known::is_common_account;

/// The longest account name in a path that any of the three systems makes, with room to spare.
const MAX_NAME: usize = 104;

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize) {
    let windows = finder.at(start) == b'\\' || finder.at(start) == b'%';
    if !windows && !is_home_folder(finder, start, end) {
        return;
    }
    let stop = if windows { windows_name(finder, end) } else { posix_name(finder, end) };
    let name = &finder.text[end..stop];
    if stop > end && stop - end <= MAX_NAME && !is_common_account(name) && !is_variable(name) {
        finder.claim(end, stop, Class::Home);
    }
}

/// `/users/` in lower case, or any of them inside a web address, is a route of some service.
fn is_home_folder(finder: &Finder<'_>, start: usize, end: usize) -> bool {
    let folder = &finder.text[start..end];
    let before = finder.before(start);
    let drive = before == b':' || before == b'\\';
    if folder.eq_ignore_ascii_case("/users/")
        && folder != "/Users/"
        && !drive
        && !finder.text[..start].ends_with("/c")
    {
        return false;
    }
    if !before.is_ascii_alphanumeric() {
        return true;
    }
    let word = finder.skip_back(start, |byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'=' | b'(' | b'<')
    });
    let word = &finder.text[word..start];
    !word.contains("://") || word.starts_with("file:")
}

fn posix_name(finder: &Finder<'_>, from: usize) -> usize {
    let stop = finder.skip(from, |byte| {
        byte >= 0x80
            || byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'_' | b'-' | b'@' | b'+' | b'$')
    });
    without_stop(finder, from, stop)
}

/// A full stop or comma at the end belongs to the sentence and not to the name.
fn without_stop(finder: &Finder<'_>, from: usize, mut end: usize) -> usize {
    while end > from && matches!(finder.before(end), b'.' | b',') {
        end -= 1;
    }
    end
}

/// A Windows name may hold spaces; then a backslash must end it.
fn windows_name(finder: &Finder<'_>, from: usize) -> usize {
    let forbidden = |byte: u8| {
        matches!(
            byte,
            b'"' | b'<' | b'>' | b'|' | b':' | b'*' | b'?' | b'/' | b',' | b';' | b'=' | b'%' | b'\''
        ) || byte < 0x20
    };
    let stop = finder.skip(from, |byte| byte != b'\\' && !forbidden(byte));
    if finder.at(stop) == b'\\' && stop > from && finder.before(stop) != b' ' && stop - from <= MAX_NAME {
        return stop;
    }
    let stop = finder.skip(from, |byte| byte != b'\\' && !forbidden(byte) && byte != b' ');
    without_stop(finder, from, stop)
}

fn is_variable(name: &str) -> bool {
    name.starts_with('$') || name.bytes().all(|byte| matches!(byte, b'.' | b'-' | b'_'))
}
