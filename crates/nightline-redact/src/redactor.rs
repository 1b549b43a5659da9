//! The redactor: finds, settles, replaces. Keeps no text; what it learned is fixed when it is made.

use std::collections::{BTreeSet, HashMap};

use crate::automaton::{Automaton, Trigger};
use crate::find::{self, Finder};
use crate::known::Known;
use crate::leaving::{Hits, Redacted};
use crate::pseudonym::{Pseudonyms, pseudonym_length};
use crate::span::{Span, settle};
use crate::{Class, RedactionKey};

/// How many values a pass remembers, so that the same address in a million lines is hashed once. About 10 MB at most.
const MAX_REMEMBERED: usize = 65_536;

/// Replaces private values in texts of one ticket.
pub struct Redactor {
    full: Automaton,
    known_only: Automaton,
    pub(crate) readable: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
    pub(crate) pseudonyms: Pseudonyms,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    /// A redactor for one ticket.
    pub fn new(key: &RedactionKey, known: Known) -> Self {
        let domains =
            known.domains.iter().map(|it| it.trim_matches('.').to_lowercase()).filter(|it| !it.is_empty());
        Self {
            full: Automaton::new(&known, true),
            known_only: Automaton::new(&known, false),
            readable: known.readable_set(),
            withdrawn: known.withdrawn.iter().cloned().collect(),
            pseudonyms: Pseudonyms::new(key, domains.collect()),
        }
    }

    /// The text with every private value replaced. For a long text in pieces use [`Redactor::pass`].
    pub fn redact(&self, text: &str) -> Redacted {
        self.pass().redact(text)
    }

    /// Starts on a text that comes in pieces.
    pub fn pass(&self) -> Pass<'_> {
        Pass { redactor: self, remembered: HashMap::new(), key_lines: 0 }
    }

    /// Only values that the machine knows; no finder by form, so a version number stays what it is.
    pub(crate) fn redact_known(&self, text: &str, hits: &mut Hits) -> String {
        let mut spans = Vec::new();
        let pseudonyms = known_spans(self, &self.known_only, text, &mut spans);
        settle(&mut spans, &pseudonyms);
        replace(text, &spans, hits, |class, value| self.pseudonyms.of(class, value))
    }

    /// Whether the person took this host back; with its brackets or without.
    pub(crate) fn is_withdrawn(&self, host: &str) -> bool {
        if self.withdrawn.is_empty() {
            return false;
        }
        let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_lowercase();
        let address = host.parse::<std::net::IpAddr>().ok().map(|it| it.to_string());
        self.withdrawn.contains(&host) || address.is_some_and(|it| self.withdrawn.contains(&it))
    }

    pub(crate) fn is_readable(&self, value: &str) -> bool {
        self.readable.contains(&value.trim_end_matches('.').to_lowercase())
    }
}

/// One text, piece by piece. A piece ends at a line's end, so that no value is cut in two.
pub struct Pass<'r> {
    redactor: &'r Redactor,
    remembered: HashMap<(Class, String), String>,
    /// How many more lines may belong to a key block whose end has not been seen.
    key_lines: u32,
}

impl Pass<'_> {
    /// The next piece with every private value replaced.
    pub fn redact(&mut self, text: &str) -> Redacted {
        let mut spans = Vec::new();
        let pseudonyms = self.find(text, &mut spans);
        settle(&mut spans, &pseudonyms);
        let mut hits = Hits::new();
        let text = replace(text, &spans, &mut hits, |class, value| self.pseudonym(class, value));
        Redacted::new(text, hits)
    }

    fn find(&mut self, text: &str, spans: &mut Vec<Span>) -> Vec<(usize, usize)> {
        let mut finder = Finder { text, spans, redactor: self.redactor, covered: 0 };
        self.key_lines = find::key_block::continue_block(&mut finder, self.key_lines);
        find::token::scan(&mut finder);
        let mut pseudonyms = Vec::new();
        for (start, end, trigger) in self.redactor.full.hits(text) {
            match trigger {
                Trigger::Known(class) => find::known_value::find(&mut finder, start, end, class),
                Trigger::Withdrawn => find::known_value::find_withdrawn(&mut finder, start, end),
                Trigger::Pseudonym => {
                    pseudonyms.extend(pseudonym_length(&text[start..]).map(|it| (start, start + it)))
                }
                Trigger::Homes => find::home::find(&mut finder, start, end),
                Trigger::Account => find::account::find(&mut finder, start, end),
                Trigger::Keyword(index) => find::secret_value::find(&mut finder, start, end, index),
                Trigger::Prefix(index) => find::secret_prefix::find(&mut finder, start, index),
                Trigger::Url => find::url::find(&mut finder, start, end),
                Trigger::KeyBlock => {
                    if let Some(lines) = find::key_block::find(&mut finder, start) {
                        self.key_lines = lines;
                    }
                }
            }
        }
        pseudonyms
    }

    fn pseudonym(&mut self, class: Class, value: &str) -> String {
        // The key borrows nothing, because a hit costs far more than this small copy.
        let key = (class, value.to_owned());
        if let Some(known) = self.remembered.get(&key) {
            return known.clone();
        }
        let made = self.redactor.pseudonyms.of(class, value);
        if self.remembered.len() >= MAX_REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(key, made.clone());
        made
    }
}

fn known_spans(
    redactor: &Redactor,
    automaton: &Automaton,
    text: &str,
    spans: &mut Vec<Span>,
) -> Vec<(usize, usize)> {
    let mut finder = Finder { text, spans, redactor, covered: 0 };
    let mut pseudonyms = Vec::new();
    for (start, end, trigger) in automaton.hits(text) {
        match trigger {
            Trigger::Known(class) => find::known_value::find(&mut finder, start, end, class),
            Trigger::Withdrawn => find::known_value::find_withdrawn(&mut finder, start, end),
            Trigger::Pseudonym => {
                pseudonyms.extend(pseudonym_length(&text[start..]).map(|it| (start, start + it)))
            }
            _ => {}
        }
    }
    pseudonyms
}

fn replace(
    text: &str,
    spans: &[Span],
    hits: &mut Hits,
    mut made: impl FnMut(Class, &str) -> String,
) -> String {
    let mut out = String::with_capacity(text.len() + spans.len() * 8);
    let mut done = 0;
    for span in spans {
        // Every finder stops at an ASCII byte; a span that did not would be a defect, and must not end the program.
        let (Some(before), Some(value)) = (text.get(done..span.start), text.get(span.start..span.end)) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&made(span.class, value));
        *hits.entry(span.class).or_default() += 1;
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
}
