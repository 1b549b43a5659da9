//! Claims tokens that say by their own beginning what they are.

use super::Finder;
use super::shape::{entropy, has_digit};
use crate::Class;

/// A token's beginning and how much must follow.
pub(crate) struct Prefix {
    pub(crate) text: &'static str,
    min: usize,
    allowed: Allowed,
}

#[derive(Clone, Copy)]
enum Allowed {
    /// Letters, digits, dash, underscore.
    Word,
    /// The same with dots: tokens in several parts.
    Dotted,
    /// Capital letters and digits only.
    Upper,
    /// What stands in a crypt string: also `$`, `/`, `+`, `=`, `,`.
    Crypt,
}

const fn prefix(text: &'static str, min: usize, allowed: Allowed) -> Prefix {
    Prefix { text, min, allowed }
}

/// Each from its issuer's own documentation of token formats.
pub(crate) const PREFIXES: [Prefix; 46] = [
    prefix("ghp_", 30, Allowed::Word),
    prefix("gho_", 30, Allowed::Word),
    prefix("ghu_", 30, Allowed::Word),
    prefix("ghs_", 30, Allowed::Word),
    prefix("ghr_", 30, Allowed::Word),
    prefix("github_pat_", 30, Allowed::Word),
    prefix("glpat-", 16, Allowed::Dotted),
    prefix("glrt-", 16, Allowed::Dotted),
    prefix("gldt-", 16, Allowed::Dotted),
    prefix("glptt-", 16, Allowed::Dotted),
    prefix("xoxb-", 10, Allowed::Word),
    prefix("xoxp-", 10, Allowed::Word),
    prefix("xoxa-", 10, Allowed::Word),
    prefix("xoxr-", 10, Allowed::Word),
    prefix("xoxs-", 10, Allowed::Word),
    prefix("xapp-", 10, Allowed::Word),
    prefix("sk_live_", 10, Allowed::Word),
    prefix("sk_test_", 10, Allowed::Word),
    prefix("rk_live_", 10, Allowed::Word),
    prefix("rk_test_", 10, Allowed::Word),
    prefix("whsec_", 16, Allowed::Word),
    prefix("AKIA", 16, Allowed::Upper),
    prefix("ASIA", 16, Allowed::Upper),
    prefix("AIza", 30, Allowed::Word),
    prefix("ya29.", 20, Allowed::Dotted),
    prefix("GOCSPX-", 20, Allowed::Word),
    prefix("eyJ", 20, Allowed::Dotted),
    prefix("npm_", 30, Allowed::Word),
    prefix("pypi-", 30, Allowed::Word),
    prefix("SG.", 30, Allowed::Dotted),
    prefix("hf_", 30, Allowed::Word),
    prefix("dop_v1_", 40, Allowed::Word),
    prefix("shpat_", 30, Allowed::Word),
    prefix("sk-ant-", 20, Allowed::Word),
    prefix("sk-proj-", 20, Allowed::Word),
    prefix("hvs.", 20, Allowed::Dotted),
    prefix("AGE-SECRET-KEY-1", 50, Allowed::Upper),
    prefix("tskey-", 16, Allowed::Word),
    prefix("hooks.slack.com/services/", 20, Allowed::Crypt),
    prefix("$2a$", 50, Allowed::Crypt),
    prefix("$2b$", 50, Allowed::Crypt),
    prefix("$2y$", 50, Allowed::Crypt),
    prefix("$5$", 40, Allowed::Crypt),
    prefix("$6$", 60, Allowed::Crypt),
    prefix("$y$", 40, Allowed::Crypt),
    prefix("$argon2", 40, Allowed::Crypt),
];

/// Below this a run of characters is a name, not a token.
const MIN_ENTROPY: f64 = 2.5;

pub(crate) fn find(finder: &mut Finder<'_>, start: usize, index: usize) {
    let prefix = &PREFIXES[index];
    // The automaton folds case, these prefixes do not.
    if !finder.text[start..].starts_with(prefix.text) || finder.before(start).is_ascii_alphanumeric() {
        return;
    }
    let after = start + prefix.text.len();
    let allowed = prefix.allowed;
    let mut stop = finder.skip(after, |byte| fits(allowed, byte));
    while stop > after && matches!(finder.before(stop), b'.' | b',') {
        stop -= 1;
    }
    let body = &finder.text[after..stop];
    if body.len() < prefix.min || !has_digit(body) || entropy(body) < MIN_ENTROPY {
        return;
    }
    // Three letters of base64 are too common: a signed token has a dot inside.
    if prefix.text == "eyJ" && !body.contains('.') {
        return;
    }
    finder.claim(start, stop, Class::Secret);
}

fn fits(allowed: Allowed, byte: u8) -> bool {
    match allowed {
        Allowed::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        Allowed::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
        Allowed::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Allowed::Crypt => {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'$' | b'.' | b'/' | b'+' | b'=' | b',' | b'-' | b'_')
        }
    }
}
