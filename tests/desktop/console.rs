//! The agent's side of the way in a real browser: the ticket in the console, what is to be seen of it, and an answer.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Opens the ticket in the console and answers there; what was to be seen.
pub(crate) fn answer_in_console(desk: &str, number: &str, language: &str, answer: &str) -> Value {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui");
    let output = Command::new("node")
        .args(["tools/agent-at-console.mjs", desk, crate::agent::EMAIL, number, language, answer])
        .env("NIGHTLINE_PASSWORD", crate::agent::PASSWORD)
        .current_dir(ui)
        .output()
        .expect("node, which the tests need anyway");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the agent did not get through the console: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}
