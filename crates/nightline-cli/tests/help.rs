//! The help of every command, in both languages, as it was last agreed on. `BLESS=1` agrees on the present one.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test that starts the program")]

use std::path::Path;
use std::process::Command;

const COMMANDS: [&[&str]; 21] = [
    &[],
    &["diagnose"],
    &["path"],
    &["get-help"],
    &["ticket"],
    &["ticket", "list"],
    &["ticket", "show"],
    &["ticket", "reply"],
    &["bundle"],
    &["bundle", "create"],
    &["bundle", "inspect"],
    &["bundle", "open"],
    &["bundle", "verify"],
    &["redact"],
    &["outbox"],
    &["outbox", "list"],
    &["outbox", "send"],
    &["outbox", "drop"],
    &["config"],
    &["config", "show"],
    &["ticket", "show", "--json"],
];

#[test]
fn the_help_is_the_agreed_one_in_english() {
    check("en");
}

#[test]
fn the_help_is_the_agreed_one_in_chinese() {
    check("zh-CN");
}

#[track_caller]
fn check(language: &str) {
    let mut text = String::new();
    for command in COMMANDS {
        let done = Command::new(env!("CARGO_BIN_EXE_nightline"))
            .args(command)
            .args(["--help", "--lang", language])
            .env_clear()
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{command:?}");
        text.push_str(&format!(
            "$ nightline {}\n{}\n",
            command.join(" "),
            String::from_utf8(done.stdout).unwrap()
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/help-{language}.txt"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        agreed == text,
        "the help has changed; BLESS=1 cargo test -p nightline-cli agrees on it:\n{text}"
    );
}
