//! Sentences: in both languages, with the same values, each used, Chinese with Chinese punctuation.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::lexer::line_of;
use crate::none;
use crate::source::{File, files, rust_files};

const LOCALES: &str = "crates/nightline-text/locales/";

/// What a person types, with signs that belong to it and not to the sentence.
const TYPED: &[&str] = &["主机:端口"];

/// One sentence: where it stands, what it says, the values it mentions.
struct Sentence {
    place: String,
    text: String,
    values: BTreeSet<String>,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here")
}

fn locale_files(language: &str) -> impl Iterator<Item = &'static File> {
    let start = format!("{LOCALES}{language}/");
    files().iter().filter(move |it| it.path.starts_with(&start) && it.is(".ftl"))
}

/// Every message, term and attribute of a language by its id.
fn sentences(language: &str) -> BTreeMap<String, Sentence> {
    let (entry, attribute) =
        (pattern(r"^(-?[a-zA-Z][\w-]*) *=(.*)$"), pattern(r"^ +\.([a-zA-Z][\w-]*) *=(.*)$"));
    let value = pattern(r"\$([a-zA-Z][\w-]*)");
    let mut found: BTreeMap<String, Sentence> = BTreeMap::new();
    for file in locale_files(language) {
        let (mut id, mut current) = (String::new(), String::new());
        for (index, line) in file.text.lines().enumerate() {
            let text = if line.starts_with('#') {
                continue;
            } else if let Some(it) = entry.captures(line) {
                id = it[1].to_owned();
                current.clone_from(&id);
                it[2].to_owned()
            } else if let Some(it) = attribute.captures(line) {
                current = format!("{id}.{}", &it[1]);
                it[2].to_owned()
            } else {
                line.to_owned()
            };
            if current.is_empty() {
                continue;
            }
            let place = format!("{}:{}", file.path, index + 1);
            let sentence = found.entry(current.clone()).or_insert_with(|| Sentence {
                place,
                text: String::new(),
                values: BTreeSet::new(),
            });
            sentence.values.extend(value.captures_iter(&text).map(|it| it[1].to_owned()));
            sentence.text.push_str(text.trim());
            sentence.text.push('\n');
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_values() {
    let (english, chinese) = (sentences("en"), sentences("zh-CN"));
    let mut problems = Vec::new();
    for (id, sentence) in &english {
        match chinese.get(id) {
            None => problems.push(format!("{} {id} is missing in zh-CN", sentence.place)),
            Some(other) if other.values != sentence.values => {
                problems.push(format!(
                    "{} {id}: values {:?}, in zh-CN {:?}",
                    sentence.place, sentence.values, other.values
                ));
            }
            Some(_) => {}
        }
    }
    for (id, sentence) in chinese.iter().filter(|(id, _)| !english.contains_key(*id)) {
        problems.push(format!("{} {id} is missing in en", sentence.place));
    }
    none("languages", problems);
}

#[test]
fn every_message_that_the_code_names_exists() {
    let known = sentences("en");
    let message = pattern(r"\bMessage(?:Id)?::new\(\s*$");
    let mut problems = Vec::new();
    for file in rust_files().iter().filter(|it| !it.is_test) {
        for (at, id) in &file.literals {
            let before = &file.product[at.saturating_sub(80).min(*at)..*at - 1];
            if message.is_match(before) && !known.contains_key(id) {
                problems.push(format!("{}:{} names the message {id}", file.path, line_of(&file.text, *at)));
            }
        }
    }
    none("messages that are in no Fluent file", problems);
}

#[test]
fn every_sentence_is_used() {
    let quoted = pattern(r#""([^"\n]*)"|'([^'\n]*)'|`([^`]*)`"#);
    let mut whole: BTreeSet<String> = BTreeSet::new();
    let mut starts: BTreeSet<String> = BTreeSet::new();
    let mut take = |text: &str| {
        // A value that begins with `@` is a message of its own.
        let text = text.trim_start_matches('@');
        whole.insert(text.to_owned());
        // `culprit-{}` and `culprit-${it}` make ids out of a start and a word.
        let start = text.split(['{', '$']).next().unwrap_or_default();
        if start.len() >= 3 && start.ends_with('-') {
            starts.insert(start.to_owned());
        }
    };
    for file in rust_files() {
        file.literals.iter().for_each(|(_, text)| take(text));
    }
    for file in files().iter().filter(|it| it.is(".ts") || it.is(".svelte")) {
        for found in quoted.captures_iter(&file.text) {
            (1..=3).filter_map(|group| found.get(group)).for_each(|it| take(it.as_str()));
        }
    }
    let in_sentences: String = sentences("en").values().map(|it| it.text.as_str()).collect();
    let mut problems = Vec::new();
    for (id, sentence) in sentences("en") {
        let message = id.split('.').next().unwrap_or(&id);
        let is_used = whole.contains(message)
            || starts.iter().any(|it| message.starts_with(it.as_str()))
            || in_sentences.contains(&format!("{{ {message}"));
        if !is_used {
            problems.push(format!("{} {id}", sentence.place));
        }
    }
    none("sentences that nobody uses", problems);
}

#[test]
fn chinese_sentences_have_chinese_punctuation() {
    let placeable = pattern(r"\{[^{}]*\}");
    let (after, before) = (pattern(r"\p{Han}\s*[,;:!?()]|\p{Han}\.(\s|$)"), pattern(r"[,;:!?(]\s*\p{Han}"));
    let mut problems = Vec::new();
    for (id, sentence) in sentences("zh-CN") {
        let typed = TYPED.iter().fold(sentence.text.clone(), |text, it| text.replace(it, "X"));
        let text = placeable.replace_all(&typed, "X");
        // `[one]` and `*[other]` are Fluent's own marks.
        let text: String = text.lines().filter(|it| !it.trim_start_matches('*').starts_with('[')).collect();
        if after.is_match(&text) || before.is_match(&text) {
            problems.push(format!("{} {id}: {}", sentence.place, sentence.text.trim()));
        }
    }
    none("Chinese sentences with ASCII punctuation", problems);
}
