//! The house rules, as tests: what a reviewer would have to remember, a machine remembers.
//!
//! Each rule names the file and line and says what to do. Nothing here looks at what the programs do.
#![expect(clippy::disallowed_methods, reason = "asks cargo what the workspace is made of")]

mod arrows;
mod behaviors;
mod code;
mod dependencies;
mod documents;
mod files;
mod lexer;
mod source;
mod texts;
mod workspace;

/// Fails with all problems at once, so that one run shows all the work.
#[track_caller]
fn none(rule: &str, problems: Vec<String>) {
    assert!(problems.is_empty(), "{rule}:\n  {}\n", problems.join("\n  "));
}
