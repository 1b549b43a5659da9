//! What a person can rely on has a number, and the number has a test.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::none;
use crate::source::{File, files, rust_files};

const DOCUMENT: &str = "docs/behaviors.md";

/// One entry of the document.
struct Behavior {
    text: String,
    is_manual: bool,
    /// Names of tests that the entry says hold it.
    tests: Vec<String>,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here")
}

/// Entries begin with `### B-001`; `Test: ` is followed by names in backticks, or by `*manual*`.
fn behaviors() -> BTreeMap<String, Behavior> {
    let text = files().iter().find(|it| it.path == DOCUMENT).map_or("", |it| it.text.as_str());
    let name = pattern("`([^`]+)`");
    let mut found = BTreeMap::new();
    for entry in text.split("\n### ").skip(1) {
        let (number, rest) = entry.split_once(' ').unwrap_or((entry, ""));
        let proof: String = rest.lines().filter(|it| it.starts_with("Test: ")).collect();
        let tests = name.captures_iter(&proof).map(|it| it[1].to_owned()).collect();
        let behavior = Behavior { text: rest.to_owned(), is_manual: proof.contains("*manual*"), tests };
        assert!(found.insert(number.to_owned(), behavior).is_none(), "{DOCUMENT} has {number} twice");
    }
    found
}

/// The text of everything that only tests compile or run.
fn test_texts() -> Vec<(&'static str, String)> {
    let rust = rust_files().iter().map(|file| {
        // Inside a product file, tests are what is left when the product is taken away.
        let start = file.text.find("#[cfg(test)]").unwrap_or(file.text.len());
        let text = if file.is_test { file.text.clone() } else { file.text[start..].to_owned() };
        (file.path.as_str(), text)
    });
    let other = |it: &&File| it.is_test() && [".ts", ".mjs", ".js"].iter().any(|end| it.is(end));
    let script = files().iter().filter(other).map(|it| (it.path.as_str(), it.text.clone()));
    rust.chain(script).filter(|(path, _)| !path.starts_with("tests/house/")).collect()
}

#[test]
fn every_behavior_has_a_test_or_is_manual() {
    let texts = test_texts();
    let rules: Vec<&str> = rust_files()
        .iter()
        .filter(|it| it.path.starts_with("tests/house/"))
        .map(|it| it.text.as_str())
        .collect();
    let mut problems = Vec::new();
    for (number, behavior) in behaviors() {
        for test in &behavior.tests {
            let name = test.rsplit("::").next().unwrap_or(test);
            let function = format!("fn {name}(");
            let quoted = [format!("\"{name}\""), format!("'{name}'"), format!("`{name}`")];
            let holds = |it: &str| it.contains(&function) || quoted.iter().any(|quoted| it.contains(quoted));
            if !texts.iter().any(|(_, it)| holds(it)) && !rules.iter().any(|it| it.contains(&function)) {
                problems.push(format!("{number} names the test {test}, which is not there"));
            }
        }
        let is_named = texts.iter().any(|(_, it)| it.contains(&number));
        if behavior.tests.is_empty() && !is_named && !behavior.is_manual {
            problems.push(format!("{number} has no test and is not *manual*"));
        }
        if behavior.text.trim().lines().count() < 2 {
            problems.push(format!("{number} does not say what happens"));
        }
    }
    none("behaviors without proof", problems);
}

#[test]
fn every_number_that_a_test_names_is_a_behavior() {
    let number = pattern(r"\bB-\d{3}\b");
    let known: BTreeSet<String> = behaviors().into_keys().collect();
    let mut problems = Vec::new();
    for (path, text) in test_texts() {
        for found in number.find_iter(&text) {
            if !known.contains(found.as_str()) {
                problems.push(format!("{path} names {}", found.as_str()));
            }
        }
    }
    none("numbers that docs/behaviors.md does not have", problems);
}

#[test]
fn behaviors_are_numbered_without_gaps() {
    let numbers: Vec<String> = behaviors().into_keys().collect();
    assert!(!numbers.is_empty(), "{DOCUMENT} has no entries");
    let expected: Vec<String> = (1..=numbers.len()).map(|it| format!("B-{it:03}")).collect();
    assert_eq!(numbers, expected);
}
