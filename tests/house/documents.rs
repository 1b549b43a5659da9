//! Documents that a test can falsify: paths that exist, commands that are there, versions that are in force.

use regex::Regex;

use crate::lexer::line_of;
use crate::none;
use crate::source::{File, exists, files};

/// What a path of the checkout begins with.
const TOPS: &[&str] = &["crates/", "docs/", "tests/", "ui/", "icons/", ".ci/", ".cargo/", "src-tauri/"];
/// Files of the top folder that documents may name.
const TOP_FILES: &[&str] =
    &["Cargo.toml", "Cargo.lock", "README.md", "clippy.toml", "rustfmt.toml", "LICENSE-MIT"];

fn documents() -> impl Iterator<Item = &'static File> {
    files().iter().filter(|it| it.is(".md"))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here")
}

#[test]
fn paths_that_documents_name_exist() {
    let mut problems = Vec::new();
    let (span, link) = (pattern("`([^`\n]+)`"), pattern(r"\]\(([^)#\s]+)"));
    for file in documents() {
        let dir = file.path.rsplit_once('/').map_or("", |it| it.0);
        for found in span.captures_iter(&file.text) {
            if let Some(path) = repository_path(&found[1])
                && !exists(path)
            {
                let line = line_of(&file.text, found.get(0).map_or(0, |it| it.start()));
                problems.push(format!("{}:{line} names {path}", file.path));
            }
        }
        for found in link.captures_iter(&file.text) {
            let target = &found[1];
            if !target.contains("://")
                && !target.starts_with("mailto:")
                && !exists(format!("{dir}/{target}").trim_start_matches('/'))
            {
                let line = line_of(&file.text, found.get(0).map_or(0, |it| it.start()));
                problems.push(format!("{}:{line} links to {target}", file.path));
            }
        }
    }
    none("paths in documents that do not exist", problems);
}

/// The path, if a text in backticks looks like one of this checkout.
fn repository_path(text: &str) -> Option<&str> {
    let is_path =
        TOP_FILES.contains(&text) || TOPS.iter().any(|it| text.starts_with(it) && text.len() > it.len());
    let is_pattern = text.contains(['*', '<', '{', '…', ' ', '$', '|']) || text.contains("NNNN");
    let path = text.split(':').next().unwrap_or(text);
    (is_path && !is_pattern).then_some(path)
}

#[test]
fn commands_that_documents_name_exist() {
    let command = pattern(r"cargo xtask ([a-z]+)");
    let main = files().iter().find(|it| it.path == "crates/xtask/src/main.rs").expect("xtask is here");
    let mut problems = Vec::new();
    for file in documents() {
        for found in command.captures_iter(&file.text) {
            if !main.text.contains(&format!("\"{}\" =>", &found[1])) {
                problems.push(format!("{} names `cargo xtask {}`", file.path, &found[1]));
            }
        }
    }
    none("commands in documents that do not exist", problems);
}

#[test]
fn every_format_document_carries_the_version_in_force() {
    // Version: `nightline.report/1` (`REPORT_SCHEMA` in `crates/nightline-types/src/report.rs`).
    let version = pattern(r"(?m)^Version: `([^`]+)`(?: \(`([A-Z][A-Z0-9_]*)` in `([^`]+)`\))?");
    let mut problems = Vec::new();
    for file in documents().filter(|it| it.path.starts_with("docs/formats/") && !it.is("README.md")) {
        let Some(found) = version.captures(&file.text) else {
            problems.push(format!("{} has no line \"Version: `VALUE` (`CONST` in `FILE`).\"", file.path));
            continue;
        };
        let name = found.get(2).map_or("[A-Z][A-Z0-9_]*", |it| it.as_str());
        let constant = pattern(&format!(r#"const {name}: [^=]+= "?{}"?;"#, regex::escape(&found[1])));
        // Where the document names no file, a constant anywhere holds the version.
        let is_source =
            |it: &&File| it.is(".rs") && found.get(3).is_none_or(|source| source.as_str() == it.path);
        if !files().iter().filter(is_source).any(|it| constant.is_match(&it.text)) {
            problems.push(format!("{} says {}, which no such constant holds", file.path, &found[0]));
        }
    }
    none("formats and their versions", problems);
}

#[test]
fn every_decision_has_its_number_and_its_rejected_options() {
    let mut problems = Vec::new();
    let decisions: Vec<&File> = documents().filter(|it| it.path.starts_with("docs/decisions/")).collect();
    for (index, file) in decisions.iter().enumerate() {
        let name = file.path.trim_start_matches("docs/decisions/");
        if !name.starts_with(&format!("{:04}-", index + 1)) {
            problems.push(format!("{} should have the number {:04}", file.path, index + 1));
        }
    }
    none("decisions", problems);
}

#[test]
fn paths_are_told_from_other_words() {
    assert_eq!(repository_path("docs/STYLE.md"), Some("docs/STYLE.md"));
    assert_eq!(repository_path("crates/a/src/b.rs:12"), Some("crates/a/src/b.rs"));
    for other in ["ui/*/dist", "crates/<name>", "api/v1", "docs/", "serde", "docs/decisions/NNNN-x.md"] {
        assert_eq!(repository_path(other), None, "{other}");
    }
}
