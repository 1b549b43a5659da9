//! One source of settings, split into its keys with their places. Judges no value.

use std::fmt;
use std::path::Path;

use nightline_types::Message;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Place, Problem, Rank};

/// One source of settings: a file, the flags, later a registry key or a profile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Its keys in the order they stand.
    pub entries: Vec<Entry>,
    /// What was wrong before any value was looked at.
    pub problems: Vec<Problem>,
    /// Whether it could not be read at all, so that nobody knows what it wanted.
    pub unreadable: bool,
}

/// One key with its value as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Its value.
    pub value: Written,
}

/// A value as written, not yet judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// JSON.
    pub json: String,
    /// Where it begins.
    pub place: Place,
}

impl Layer {
    /// The flags of this run: key, flag's name with dashes, and value. What is `None` was not given.
    pub fn flags<'a>(given: impl IntoIterator<Item = (&'a str, &'a str, Option<serde_json::Value>)>) -> Self {
        let entries = given
            .into_iter()
            .filter_map(|(key, flag, value)| {
                let place = Place::Flag(flag.to_owned());
                let json = value?.to_string();
                Some(Entry { key: key.to_owned(), place: place.clone(), value: Written { json, place } })
            })
            .collect();
        Self { entries, ..Self::default() }
    }

    /// A layer that only says why there is nothing in it.
    pub(crate) fn nothing_but(problem: Problem, unreadable: bool) -> Self {
        Self { entries: Vec::new(), problems: vec![problem], unreadable }
    }

    /// Reads the text of a settings file. An unparsable text is one problem with its place.
    pub fn parse(rank: Rank, file: &Path, bytes: &[u8]) -> Self {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let place = place_in(file, &before, before.len());
                let problem = Problem::new(rank, place, Message::new("config-problem-not-text"));
                return Self::nothing_but(problem.detail(error.to_string()), true);
            }
        };
        // Editors on Windows begin UTF-8 files with a mark that JSON does not know.
        let json = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut parser = serde_json::Deserializer::from_str(json);
        let found = parser.deserialize_map(Keys).and_then(|found| parser.end().map(|()| found));
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                let place = Place::At {
                    file: file.to_owned(),
                    line: error.line().max(1),
                    column: error.column().max(1),
                };
                let problem = Problem::new(rank, place, Message::new("config-problem-not-json"));
                return Self::nothing_but(problem.detail(error.to_string()), true);
            }
        };
        let mut layer = Self::default();
        for (key, raw) in found {
            let value_at = offset(json, raw.get());
            let place = place_in(file, json, key_start(json, value_at));
            if layer.entries.iter().any(|it| it.key == key) {
                let message = Message::new("config-problem-twice").arg("key", key.as_str());
                layer.problems.push(Problem::new(rank, place.clone(), message).key(&key));
                layer.entries.retain(|it| it.key != key);
            }
            let value = Written { json: raw.get().to_owned(), place: place_in(file, json, value_at) };
            layer.entries.push(Entry { key, place, value });
        }
        layer
    }
}

impl Written {
    /// The items of a list, each with its own place; `Err` with the parser's words if it is no list.
    pub(crate) fn items(&self) -> Result<Vec<Self>, serde_json::Error> {
        let items: Vec<&RawValue> = serde_json::from_str(&self.json)?;
        Ok(items
            .into_iter()
            .map(|raw| {
                let (line, column) = position(&self.json, offset(&self.json, raw.get()));
                Self { json: raw.get().to_owned(), place: self.place.within(line, column) }
            })
            .collect())
    }
}

/// Keeps the order and the doubles that a map would lose.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(entry) = map.next_entry()? {
            found.push(entry);
        }
        Ok(found)
    }
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

/// Where the key of the value at `value_at` begins: back over white space and the colon to the opening quote.
fn key_start(json: &str, value_at: usize) -> usize {
    let before = json.as_bytes().get(..value_at).unwrap_or_default();
    let Some(closing) = before.iter().rposition(|it| *it == b'"') else { return value_at };
    let mut at = closing;
    while let Some(quote) = before[..at].iter().rposition(|it| *it == b'"') {
        let slashes = before[..quote].iter().rev().take_while(|it| **it == b'\\').count();
        if slashes % 2 == 0 {
            return quote;
        }
        at = quote;
    }
    value_at
}

fn place_in(file: &Path, text: &str, at: usize) -> Place {
    let (line, column) = position(text, at);
    Place::At { file: file.to_owned(), line, column }
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().filter(|it| **it == b'\n').count() + 1;
    let column = at - before.iter().rposition(|it| *it == b'\n').map_or(0, |newline| newline + 1) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_knows_its_line_and_column() {
        let text = "{\n  \"desk\": \"x\",\n  \"we\\\"ird\"  : [1,\n 2]}";
        let layer = Layer::parse(Rank::Person, Path::new("f"), text.as_bytes());
        let places: Vec<_> = layer.entries.iter().map(|it| (it.key.as_str(), it.place.position())).collect();
        assert_eq!(places, [("desk", Some((2, 3))), ("we\"ird", Some((3, 3)))]);
        let items = layer.entries[1].value.items().unwrap();
        let places: Vec<_> = items.iter().map(|it| (it.json.as_str(), it.place.position())).collect();
        assert_eq!(places, [("1", Some((3, 17))), ("2", Some((4, 2)))]);
    }

    #[test]
    fn an_unparsable_file_is_one_problem_with_its_place() {
        check(b"{\n \"a\": 1,\n}", "config-problem-not-json", Some((3, 1)));
        check(b"", "config-problem-not-json", Some((1, 1)));
        check(b"[]", "config-problem-not-json", Some((1, 1)));
        check(b"{} {}", "config-problem-not-json", Some((1, 4)));
        check(b"{\n\"a\xff\": 1}", "config-problem-not-text", Some((2, 3)));
    }

    #[test]
    fn a_key_that_stands_twice_is_named_and_the_later_one_counts() {
        let layer = Layer::parse(Rank::Person, Path::new("f"), b"{\"a\":1,\n\"a\":2}");
        assert_eq!(layer.entries.len(), 1);
        assert_eq!(layer.entries[0].value.json, "2");
        assert_eq!(layer.problems[0].place.position(), Some((2, 1)));
        assert!(!layer.unreadable);
    }

    #[test]
    fn a_byte_order_mark_is_no_mistake() {
        let layer = Layer::parse(Rank::Person, Path::new("f"), "\u{feff}{\"a\":1}".as_bytes());
        assert_eq!(layer.entries.len(), 1);
        assert_eq!(layer.problems, []);
    }

    #[track_caller]
    fn check(bytes: &[u8], id: &str, position: Option<(usize, usize)>) {
        let layer = Layer::parse(Rank::Managed, Path::new("f"), bytes);
        assert!(layer.unreadable && layer.entries.is_empty());
        assert_eq!(layer.problems.len(), 1);
        assert_eq!(layer.problems[0].message.id.as_str(), id);
        assert_eq!(layer.problems[0].place.position(), position, "{:?}", layer.problems);
    }
}
