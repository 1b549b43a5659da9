//! One pass over the text that finds every known value, every keyword and every pseudonym that is already there.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::find::secret_prefix::PREFIXES;
use crate::find::secret_value::KEYWORDS;
use crate::known::{is_common_account, is_common_host};
use crate::{Class, Known};

/// Shorter values would hit everywhere; they are found only where a path or a keyword says what they are.
const MIN_KNOWN_LENGTH: usize = 3;
/// A home with tens of thousands of names would make a machine's start slow; more are not learned.
const MAX_KNOWN: usize = 20_000;

/// What a hit of the automaton means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trigger {
    /// A value that the machine knows is private.
    Known(Class),
    /// A host that the person took back.
    Withdrawn,
    /// Perhaps a pseudonym.
    Pseudonym,
    /// A folder of home folders ends here.
    Homes,
    /// A word that stands before an account's name ends here.
    Account,
    /// A word that stands before a secret ends here; its place in [`KEYWORDS`].
    Keyword(usize),
    /// A secret's own beginning; its place in [`PREFIXES`].
    Prefix(usize),
    /// `://`
    Url,
    /// The first line of a key block.
    KeyBlock,
}

const HOMES: [&str; 7] = [
    "/home/",
    "/users/",
    "\\users\\",
    "\\\\users\\\\",
    "\\documents and settings\\",
    "/documents and settings/",
    "%5cusers%5c",
];

const ACCOUNTS: [&str; 18] = [
    "opened for user ",
    "closed for user ",
    "password for user ",
    "failed for user ",
    "failure for user ",
    "login for user ",
    "invalid user ",
    "user=",
    "username=",
    "logname=",
    "login=",
    "failed password for ",
    "accepted password for ",
    "publickey for ",
    "interactive/pam for ",
    "user name: ",
    "user unknown: ",
    "session of user ",
];

/// Finds all patterns at once.
pub(crate) struct Automaton {
    patterns: AhoCorasick,
    triggers: Vec<Trigger>,
}

impl Automaton {
    /// `patterned` adds the finders by form; without it only known values are found.
    pub(crate) fn new(known: &Known, patterned: bool) -> Self {
        let mut list: Vec<(String, Trigger)> = known_values(known);
        for class in Class::ALL {
            list.push((format!("<{}-", class.label()), Trigger::Pseudonym));
        }
        if patterned {
            list.extend(HOMES.iter().map(|it| ((*it).to_owned(), Trigger::Homes)));
            list.extend(ACCOUNTS.iter().map(|it| ((*it).to_owned(), Trigger::Account)));
            list.extend(
                KEYWORDS.iter().enumerate().map(|(at, it)| (it.word.to_owned(), Trigger::Keyword(at))),
            );
            list.extend(
                PREFIXES.iter().enumerate().map(|(at, it)| (it.text.to_owned(), Trigger::Prefix(at))),
            );
            list.push(("://".to_owned(), Trigger::Url));
            list.push(("-----begin ".to_owned(), Trigger::KeyBlock));
        }
        let (texts, triggers): (Vec<String>, Vec<Trigger>) = list.into_iter().unzip();
        Self { patterns: build(&texts), triggers }
    }

    /// Every hit, also overlapping ones: (start, end, meaning).
    pub(crate) fn hits<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, Trigger)> + 't {
        self.patterns
            .find_overlapping_iter(text)
            .map(|hit| (hit.start(), hit.end(), self.triggers[hit.pattern().as_usize()]))
    }
}

fn build(texts: &[String]) -> AhoCorasick {
    // A table for each state is the fastest; with very many known names the smaller form is chosen by size.
    let kind = if texts.iter().map(String::len).sum::<usize>() < 20_000 {
        AhoCorasickKind::DFA
    } else {
        AhoCorasickKind::ContiguousNFA
    };
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .kind(Some(kind))
        .build(texts)
        .unwrap_or_else(|_| unreachable_size())
}

/// The builder fails only beyond 2^31 states, which `MAX_KNOWN` names of a few hundred bytes never reach.
#[expect(clippy::expect_used, reason = "an empty automaton has one state")]
fn unreachable_size() -> AhoCorasick {
    AhoCorasick::new(std::iter::empty::<&str>()).expect("an empty automaton can always be built")
}

fn known_values(known: &Known) -> Vec<(String, Trigger)> {
    let mut list = Vec::new();
    // First, so that no limit cuts them off.
    for host in &known.withdrawn {
        list.push((host.clone(), Trigger::Withdrawn));
        // The automaton folds ASCII only.
        if !host.is_ascii() {
            list.push((host.to_uppercase(), Trigger::Withdrawn));
        }
    }
    let mut learn = |values: &[String], class: Class, common: fn(&str) -> bool| {
        for value in values.iter().map(|value| value.trim()) {
            if value.chars().count() < MIN_KNOWN_LENGTH && value.is_ascii()
                || value.is_empty()
                || common(value)
            {
                continue;
            }
            list.push((value.to_owned(), Trigger::Known(class)));
            // The automaton folds ASCII only.
            for other in [value.to_lowercase(), value.to_uppercase()] {
                if !other.eq_ignore_ascii_case(value) {
                    list.push((other, Trigger::Known(class)));
                }
            }
        }
    };
    let never = |_: &str| false;
    learn(&known.users, Class::User, is_common_account);
    learn(&known.hosts, Class::Host, |name| is_common_host(name) || name.parse::<std::net::IpAddr>().is_ok());
    learn(&known.domains, Class::Domain, is_common_host);
    learn(&known.emails, Class::Email, never);
    learn(&known.ssids, Class::Ssid, is_common_host);
    learn(&known.serials, Class::Serial, is_placeholder);
    learn(&known.secrets, Class::Secret, never);
    learn(&known.homes, Class::Home, is_common_home);
    for mac in &known.macs {
        let bare: String = mac.chars().filter(char::is_ascii_hexdigit).collect();
        if bare.len() == 12
            && bare.bytes().any(|byte| byte != b'0')
            && !bare.eq_ignore_ascii_case("ffffffffffff")
        {
            list.push((bare, Trigger::Known(Class::Mac)));
        }
    }
    list.truncate(MAX_KNOWN);
    list
}

/// What makers write where a serial number should be.
pub(crate) fn is_placeholder(serial: &str) -> bool {
    let lower = serial.to_lowercase();
    let filler = [
        "to be filled by o.e.m.",
        "default string",
        "not specified",
        "none",
        "unknown",
        "system serial number",
        "n/a",
        "not applicable",
        "no asset tag",
        "no asset information",
        "chassis serial number",
        "invalid",
        "123456789",
    ];
    filler.contains(&lower.as_str()) || lower.chars().all(|c| matches!(c, '0' | '.' | '-' | ' ' | 'x'))
}

/// Homes that belong to the system, or whose last part is an account's name that is found by itself.
fn is_common_home(path: &str) -> bool {
    matches!(path.trim_end_matches('/'), "" | "/root" | "/home" | "/Users" | "/nonexistent" | "/var/empty")
        || path.to_lowercase().starts_with("/home/")
        || path.to_lowercase().contains("users/")
        || path.to_lowercase().contains("users\\")
}
