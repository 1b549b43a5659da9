//! Judges written values, one reader per shape. What does not fit is dropped alone, with a problem at its place.

use std::collections::BTreeSet;

use nightline_types::{CheckId, DeskUrl, DeskUrlError, Message, Severity, SeverityTable, Target};
use serde::de::DeserializeOwned;

use crate::{Contact, Problem, Rank, Written};

/// Longer lists of numbers help nobody at night.
const MAX_CONTACTS: usize = 100;
/// Each is probed; more would make the diagnosis slow.
const MAX_TARGETS: usize = 20;
/// More than any catalogue of checks has.
const MAX_CHECKS: usize = 1_000;
/// The longest name that still fits a window's head.
const MAX_NAME_CHARS: usize = 120;

/// What became of a written value.
pub(crate) struct Judged<T> {
    /// The value, as far as it was right.
    pub(crate) value: Option<T>,
    /// What was dropped.
    pub(crate) problems: Vec<Problem>,
}

/// Knows who wrote a value and under which key, for the problems.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) rank: Rank,
    pub(crate) key: &'a str,
}

impl Judge<'_> {
    pub(crate) fn desk(self, written: &Written) -> Judged<DeskUrl> {
        let text: String = match self.parse(written) {
            Ok(text) => text,
            Err(problem) => return dropped(*problem),
        };
        match text.parse() {
            Ok(desk) => kept(desk),
            Err(error) => dropped(self.problem(
                written,
                match error {
                    DeskUrlError::NotEncrypted => "config-problem-desk-not-encrypted",
                    DeskUrlError::Shape | DeskUrlError::NotAnOrigin => "config-problem-desk-shape",
                },
                &error.to_string(),
            )),
        }
    }

    pub(crate) fn name(self, written: &Written) -> Judged<String> {
        let text: String = match self.parse(written) {
            Ok(text) => text,
            Err(problem) => return dropped(*problem),
        };
        let name = text.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
            let detail = format!("1 to {MAX_NAME_CHARS} characters on one line");
            return dropped(self.problem(written, "config-problem-wrong-value", &detail));
        }
        kept(name.to_owned())
    }

    /// A value of which nothing can be wrong but its shape.
    pub(crate) fn shape<T: DeserializeOwned>(self, written: &Written) -> Judged<T> {
        match self.parse(written) {
            Ok(value) => kept(value),
            Err(problem) => dropped(*problem),
        }
    }

    pub(crate) fn severity(self, written: &Written) -> Judged<SeverityTable> {
        let table: SeverityTable = match self.parse(written) {
            Ok(table) => table,
            Err(problem) => return dropped(*problem),
        };
        let all = [Severity::P0, Severity::P1, Severity::P2, Severity::P3];
        match all.iter().find(|it| table.response_minutes.get(it).is_none_or(|minutes| *minutes == 0)) {
            Some(missing) => {
                let detail = format!("`response_minutes` has no time for {missing}");
                dropped(self.problem(written, "config-problem-wrong-value", &detail))
            }
            None => kept(table),
        }
    }

    pub(crate) fn contacts(self, written: &Written) -> Judged<Vec<Contact>> {
        self.list(written, MAX_CONTACTS)
    }

    pub(crate) fn targets(self, written: &Written) -> Judged<Vec<Target>> {
        self.list(written, MAX_TARGETS)
    }

    /// A check that this version does not have is no mistake: policies outlive versions.
    pub(crate) fn checks(self, written: &Written) -> Judged<BTreeSet<CheckId>> {
        let Judged { value, mut problems } = self.list::<CheckId>(written, MAX_CHECKS);
        let value = value.map(|ids| {
            ids.into_iter()
                .filter(|id| {
                    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                    let fits = !id.as_str().is_empty() && id.as_str().chars().all(kebab);
                    if !fits {
                        let detail = format!("`{id}` is not a check's id like dns-system");
                        problems.push(self.problem(written, "config-problem-wrong-item", &detail));
                    }
                    fits
                })
                .collect()
        });
        Judged { value, problems }
    }

    fn list<T: DeserializeOwned>(self, written: &Written, limit: usize) -> Judged<Vec<T>> {
        let items = match written.items() {
            Ok(items) => items,
            Err(error) => return dropped(self.unfit(written, &error, "config-problem-wrong-value")),
        };
        let mut problems = Vec::new();
        if items.len() > limit {
            let detail = format!("{} items, at most {limit} are read", items.len());
            problems.push(self.problem(written, "config-problem-too-many-items", &detail));
        }
        let mut value = Vec::new();
        for item in items.iter().take(limit) {
            match serde_json::from_str(&item.json) {
                Ok(item) => value.push(item),
                Err(error) => problems.push(self.unfit(item, &error, "config-problem-wrong-item")),
            }
        }
        Judged { value: Some(value), problems }
    }

    fn parse<T: DeserializeOwned>(self, written: &Written) -> Result<T, Box<Problem>> {
        serde_json::from_str(&written.json)
            .map_err(|error| Box::new(self.unfit(written, &error, "config-problem-wrong-value")))
    }

    fn unfit(self, written: &Written, error: &serde_json::Error, id: &'static str) -> Problem {
        let words = error.to_string();
        let words = words.rfind(" at line ").map_or(words.as_str(), |cut| &words[..cut]);
        let mut problem = self.problem(written, id, words);
        problem.place = written.place.within(error.line(), error.column());
        problem
    }

    fn problem(self, written: &Written, id: &'static str, detail: &str) -> Problem {
        let message = Message::new(id).arg("key", self.key);
        Problem::new(self.rank, written.place.clone(), message).key(self.key).detail(detail)
    }
}

fn kept<T>(value: T) -> Judged<T> {
    Judged { value: Some(value), problems: Vec::new() }
}

fn dropped<T>(problem: Problem) -> Judged<T> {
    Judged { value: None, problems: vec![problem] }
}
