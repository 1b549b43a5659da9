//! Claims what stands after a word that announces a secret: `password=`, `Authorization:`, `"api_key": "…"`.

use super::Finder;
use super::shape::{entropy, has_digit, has_inner_capital, has_letter};
use crate::Class;
use crate::pseudonym::pseudonym_length;

/// A word that stands before a secret.
pub(crate) struct Keyword {
    pub(crate) word: &'static str,
    strength: Strength,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// What follows is a secret unless it is plainly a word of a sentence.
    Strong,
    /// What follows is a secret only if it looks random.
    Weak,
    /// The same, and long: the word is used for much else.
    Generic,
    /// An authentication scheme; the credentials follow after a space.
    Scheme,
    /// A header whose whole rest of the line is secret.
    Header,
}

const fn keyword(word: &'static str, strength: Strength) -> Keyword {
    Keyword { word, strength }
}

pub(crate) const KEYWORDS: [Keyword; 35] = [
    keyword("password", Strength::Strong),
    keyword("passwd", Strength::Strong),
    keyword("passphrase", Strength::Strong),
    keyword("passwort", Strength::Strong),
    keyword("kennwort", Strength::Strong),
    keyword("pwd", Strength::Strong),
    keyword("secret", Strength::Strong),
    keyword("密码", Strength::Strong),
    keyword("口令", Strength::Strong),
    keyword("api_key", Strength::Strong),
    keyword("api-key", Strength::Strong),
    keyword("apikey", Strength::Strong),
    keyword("access_key", Strength::Strong),
    keyword("access-key", Strength::Strong),
    keyword("accesskey", Strength::Strong),
    keyword("accountkey", Strength::Strong),
    keyword("private_key", Strength::Strong),
    keyword("privatekey", Strength::Strong),
    keyword("encryption_key", Strength::Strong),
    keyword("wpa_psk", Strength::Strong),
    keyword("psk", Strength::Weak),
    keyword("token", Strength::Weak),
    keyword("credential", Strength::Weak),
    keyword("sessionid", Strength::Weak),
    keyword("session_id", Strength::Weak),
    keyword("sig=", Strength::Generic),
    keyword("signature", Strength::Generic),
    keyword("auth", Strength::Generic),
    keyword("key", Strength::Generic),
    keyword("pass=", Strength::Strong),
    keyword("bearer ", Strength::Scheme),
    keyword("basic ", Strength::Scheme),
    keyword("negotiate ", Strength::Scheme),
    keyword("authorization", Strength::Header),
    keyword("cookie", Strength::Header),
];

/// The longest secret on one line (a cookie header; browsers stop at 4 kB for one cookie).
const MAX_VALUE: usize = 8_192;
/// What may stand between the keyword and its sign: `password_hash`, `secretAccessKey`.
const MAX_REST_OF_NAME: usize = 32;

/// Words of sentences and of settings that stand after "password:" without being one.
const NO_SECRETS: [&str; 52] = [
    "all",
    "any",
    "amd64",
    "arm64",
    "armhf",
    "i386",
    "x86_64",
    "noarch",
    "null",
    "none",
    "nil",
    "true",
    "false",
    "yes",
    "no",
    "undefined",
    "required",
    "optional",
    "empty",
    "expired",
    "incorrect",
    "invalid",
    "failed",
    "failure",
    "wrong",
    "changed",
    "unchanged",
    "missing",
    "unset",
    "set",
    "denied",
    "accepted",
    "rejected",
    "redacted",
    "hidden",
    "masked",
    "prompt",
    "string",
    "bytes",
    "not",
    "is",
    "was",
    "the",
    "for",
    "error",
    "ok",
    "unknown",
    "file",
    "disabled",
    "enabled",
    "default",
    "never",
];

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, end: usize, index: usize) {
    let strength = KEYWORDS[index].strength;
    if strength == Strength::Scheme {
        if !finder.before(start).is_ascii_alphanumeric() {
            credentials(finder, end, false);
        }
        return;
    }
    // The word is the label of a pseudonym that is already there.
    if finder.before(start) == b'<' && pseudonym_length(&finder.text[start - 1..]).is_some() {
        return;
    }
    let Some((value, sign)) = value_start(finder, start, end) else { return };
    if strength == Strength::Header {
        header(finder, value, sign);
        return;
    }
    let stop = value_end(finder, value, sign);
    if stop > value.at && is_secret(finder, value, stop, strength, sign) {
        finder.claim(value.at, stop, Class::Secret);
    }
}

#[derive(Clone, Copy)]
struct Value {
    at: usize,
    quote: u8,
    spaced: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equals,
    Colon,
    Tag,
    Space,
}

/// Where the value begins and what stands before it.
fn value_start(finder: &Finder<'_>, start: usize, end: usize) -> Option<(Value, Sign)> {
    let mut at = end;
    // `passwords` and `secretAccessKey` go on; `secretary` is another word.
    let rest = finder.skip(at, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if finder.before(end) == b'=' {
        // The keyword has its sign; what follows is the value already.
        at = end - 1;
    } else {
        let first = finder.at(at);
        let plural = first == b's' && !finder.at(at + 1).is_ascii_lowercase();
        if rest > at && first.is_ascii_lowercase() && !plural || rest - at > MAX_REST_OF_NAME {
            return None;
        }
        at = rest;
    }
    at = finder.skip(at, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b']'));
    let spaces = finder.skip(at, |byte| byte == b' ' || byte == b'\t');
    let sign = match finder.at(spaces) {
        b'=' | b':' if spaces - at <= 8 => {
            at = finder.skip(spaces, |byte| matches!(byte, b'=' | b':' | b'>'));
            if finder.at(spaces) == b'=' { Sign::Equals } else { Sign::Colon }
        }
        b'>' if spaces == at && finder.text[..start].ends_with(['<', ':', '_', '-'])
            || finder.at(spaces) == b'>' =>
        {
            at = spaces + 1;
            Sign::Tag
        }
        0xef if finder.text[spaces..].starts_with('：') => {
            at = spaces + '：'.len_utf8();
            Sign::Colon
        }
        _ if spaces > at && is_flag(finder, start) => {
            at = spaces;
            Sign::Space
        }
        _ => return None,
    };
    let spaced = finder.skip(at, |byte| byte == b' ' || byte == b'\t');
    let escaped = finder.skip(spaced, |byte| byte == b'\\');
    let quote = finder.at(escaped);
    let quoted = matches!(quote, b'"' | b'\'');
    let value = if quoted { escaped + 1 } else { spaced };
    Some((Value { at: value, quote: if quoted { quote } else { 0 }, spaced: spaced > at }, sign))
}

/// `--password hunter2`
fn is_flag(finder: &Finder<'_>, start: usize) -> bool {
    let word = finder.skip_back(start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    finder.text[word..].starts_with("--")
}

fn value_end(finder: &Finder<'_>, value: Value, sign: Sign) -> usize {
    let from = value.at;
    let stop = if value.quote != 0 {
        finder.skip(from, |byte| byte != value.quote && byte != b'\n' && byte != b'\\')
    } else if sign == Sign::Tag {
        finder.skip(from, |byte| byte != b'<' && byte != b'\n')
    } else {
        finder.skip(from, |byte| byte > b' ' && !matches!(byte, b'"' | b'\'' | b'<' | b'&'))
    };
    let mut stop = stop.min(from + MAX_VALUE);
    while !finder.text.is_char_boundary(stop) {
        stop -= 1;
    }
    if value.quote == 0 && sign != Sign::Tag {
        stop = before_next_pair(finder, from, stop);
        while stop > from && matches!(finder.before(stop), b',' | b';' | b')' | b'}' | b']') {
            stop -= 1;
        }
    }
    stop
}

/// `Password=x;Server=y`: the next pair is not part of the secret.
fn before_next_pair(finder: &Finder<'_>, from: usize, stop: usize) -> usize {
    for at in from..stop {
        if matches!(finder.at(at), b';' | b',') {
            let name =
                finder.skip(at + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if name > at + 1 && finder.at(name) == b'=' {
                return at;
            }
        }
    }
    stop
}

fn is_secret(finder: &Finder<'_>, value: Value, stop: usize, strength: Strength, sign: Sign) -> bool {
    let text = &finder.text[value.at..stop];
    if pseudonym_length(&finder.text[value.at..]).is_some() || is_reference(text) {
        return false;
    }
    let word = text.trim_matches(|c: char| c.is_ascii_punctuation());
    if value.quote == 0 && is_call(text) {
        return false;
    }
    if word.is_empty() || NO_SECRETS.iter().any(|it| word.eq_ignore_ascii_case(it)) {
        return false;
    }
    match strength {
        Strength::Strong => {
            let path = text.starts_with('/')
                || text.starts_with("\\\\")
                || text.as_bytes().get(1..3) == Some(b":\\");
            let sentence = sign == Sign::Colon && value.spaced && value.quote == 0 && goes_on(finder, stop);
            let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
            text.len() >= 3 && !path && !(sentence && plain)
        }
        Strength::Weak => !text.starts_with('/') && looks_random(text, 8),
        Strength::Generic | Strength::Scheme | Strength::Header => {
            !text.starts_with('/') && looks_random(text, 20)
        }
    }
}

/// `getpass(…)`: a piece of a program, not a value.
fn is_call(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    name.len() < text.len() && name.starts_with('(')
}

/// Whether words follow on the same line.
fn goes_on(finder: &Finder<'_>, stop: usize) -> bool {
    finder.at(stop) == b' ' && finder.at(stop + 1).is_ascii_alphabetic()
}

fn looks_random(text: &str, least: usize) -> bool {
    let shaped = has_letter(text) && has_digit(text) && entropy(text) >= 2.8;
    let closed = !text.contains([' ', '{', '}', '(', ')', '[', ']', '<', '>', '|']);
    let long = text.len() >= 24 && entropy(text) >= 3.5 && has_inner_capital(text);
    text.len() >= least && closed && (shaped || long)
}

/// A variable, a placeholder, a mask.
fn is_reference(text: &str) -> bool {
    text.starts_with(['$', '%', '{', '<', '[', '('])
        || text.bytes().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'#' | b'?'))
}

/// The credentials after a scheme's name, which must not be a word of a sentence.
fn credentials(finder: &mut Finder<'_>, from: usize, in_header: bool) {
    let from = finder.skip(from, |byte| byte == b' ');
    let stop = finder.skip(from, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'.' | b'~')
    });
    let mut end = stop;
    while end > from && finder.before(end) == b'.' {
        end -= 1;
    }
    let text = &finder.text[from..end];
    let random = has_digit(text) || has_inner_capital(text) || text.ends_with('=');
    if text.len() >= 8 && (random || in_header) {
        finder.claim(from, end, Class::Secret);
    }
}

/// `Authorization: Scheme credentials`, `Cookie: a=b; c=d`: everything to the end of the line or the quote.
fn header(finder: &mut Finder<'_>, value: Value, sign: Sign) {
    if sign == Sign::Space {
        return;
    }
    let end_of_value = |byte: u8| byte == b'\n' || byte == b'\r' || byte == b'"' || byte == b'\'';
    let stop = finder.skip(value.at, |byte| !end_of_value(byte)).min(value.at + MAX_VALUE);
    let stop = (value.at..=stop).rev().find(|it| finder.text.is_char_boundary(*it)).unwrap_or(value.at);
    let text = &finder.text[value.at..stop];
    let scheme = ["bearer ", "basic ", "digest ", "negotiate ", "ntlm ", "token ", "apikey "]
        .into_iter()
        .find(|it| text.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it)));
    let from = value.at + scheme.map_or(0, str::len);
    let rest = &finder.text[from..stop];
    let telling = scheme.is_some() || rest.contains('=') || has_digit(rest);
    if rest.len() >= 4
        && telling
        && !rest.contains(" failed")
        && pseudonym_length(rest).is_none()
        && !is_reference(rest)
    {
        finder.claim(from, stop, Class::Secret);
    }
}
