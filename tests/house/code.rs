//! What Rust code outside tests must not contain, and what tests must not do.

use crate::lexer::line_of;
use crate::none;
use crate::source::{RustFile, rust_files};

/// An invariant is a sentence of at least this many words.
const WORDS_OF_AN_INVARIANT: usize = 3;

/// Where tests wait: for a condition, with a deadline. Everywhere else they use these.
const WAITS: &[&str] = &["crates/nightline-testkit/src/wait.rs"];

/// Where the operating system is called. The desk's files ask how much room the disk has, and the desk may not use
/// the app's crates.
const SYSTEM: &[&str] = &[
    "crates/nightline-platform/",
    "crates/nightline-probe/",
    "crates/nightline-link/",
    "crates/xtask/",
    "crates/nightline-desk/src/files.rs",
    "crates/nightline-desk/src/udp/shared.rs",
];

#[test]
fn nothing_panics_on_purpose_outside_tests() {
    let mut problems = Vec::new();
    for file in rust_files() {
        report(file, &file.product, ".unwrap()", "handle it, or say why it holds with expect", &mut problems);
        for (at, found) in file.product.match_indices(".expect(") {
            let inside = at + found.len();
            let message = file.literals.iter().find(|(start, _)| {
                *start > inside && file.code[inside..*start].trim_matches([' ', '\n', '"']).is_empty()
            });
            if message.is_some_and(|(_, text)| text.split_whitespace().count() < WORDS_OF_AN_INVARIANT) {
                problems.push(format!(
                    "{}:{} expect without an invariant",
                    file.path,
                    line_of(&file.text, at)
                ));
            }
        }
    }
    none("panics outside tests", problems);
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let mut problems = Vec::new();
    for file in rust_files() {
        for attribute in ["#[allow(", "#![allow("] {
            report(file, &file.code, attribute, "use expect with a reason", &mut problems);
        }
    }
    none("allow attributes", problems);
}

#[test]
fn other_programs_are_started_in_one_place() {
    let mut problems = Vec::new();
    for file in rust_files() {
        if !["crates/nightline-platform/", "crates/xtask/"].iter().any(|it| file.path.starts_with(it)) {
            report(file, &file.product, "process::Command", "use nightline_platform::command", &mut problems);
        }
    }
    none("programs started without limits", problems);
}

#[test]
fn the_operating_system_is_called_in_few_places() {
    let mut problems = Vec::new();
    for file in rust_files().iter().filter(|it| !SYSTEM.iter().any(|place| it.path.starts_with(place))) {
        for found in ["rustix::", "libc::", "nix::", "windows_sys::"] {
            report(file, &file.product, found, "ask nightline-platform", &mut problems);
        }
    }
    none("calls of the operating system", problems);
}

#[test]
fn tests_wait_for_conditions_and_never_for_time() {
    let mut problems = Vec::new();
    for file in rust_files() {
        // On a paused clock a sleep takes no time.
        if file.code.contains("start_paused = true") || WAITS.contains(&file.path.as_str()) {
            continue;
        }
        for (at, _) in file.code.match_indices("sleep(") {
            let in_product = file.product.get(at..).is_some_and(|it| it.starts_with("sleep("));
            if !in_product {
                problems.push(format!("{}:{} sleeps", file.path, line_of(&file.text, at)));
            }
        }
    }
    none("tests that wait for time (wait for a condition instead: nightline_testkit::wait)", problems);
}

fn report(file: &RustFile, code: &str, found: &str, advice: &str, problems: &mut Vec<String>) {
    let inside_a_word = |at: usize| code[..at].ends_with(|it: char| it.is_ascii_alphanumeric() || it == '_');
    for (at, _) in
        code.match_indices(found).filter(|(at, _)| found.starts_with(['.', '#']) || !inside_a_word(*at))
    {
        problems.push(format!("{}:{} {found} ({advice})", file.path, line_of(&file.text, at)));
    }
}
