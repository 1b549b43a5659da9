//! Documents that the real program writes and people send, held against the committed schemas.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::root;

#[test]
fn real_documents_fit_their_schemas() {
    fits("report", &diagnosis());
    for entry in ["intake.en.json", "intake.zh-CN.json", "queue/en.1.json", "queue/zh-CN.3.json"] {
        fits("intake", &read(&root().join("crates/xtask/demo").join(entry)));
    }
}

#[test]
fn other_documents_do_not_fit() {
    assert!(!validator("report").is_valid(&serde_json::json!({ "schema": "nightline.report/1" })));
    assert!(!validator("intake").is_valid(&serde_json::json!({ "waht": "a mistyped key" })));
}

/// What `nightline diagnose --json` says about this very machine.
fn diagnosis() -> Value {
    nightline_testkit::off_the_network();
    let home = tempfile::tempdir().expect("a folder for the test");
    let this = std::env::current_exe().expect("a test knows itself");
    let programs = this.ancestors().nth(2).expect("tests lie in `deps` beside the programs");
    let output = Command::new(programs.join(format!("nightline{}", std::env::consts::EXE_SUFFIX)))
        .args(["diagnose", "--json", "--target", "127.0.0.1:9", "--home"])
        .arg(home.path())
        .stderr(Stdio::inherit())
        .output()
        .expect("the program is built before the tests: cargo build --workspace --all-targets");
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

#[track_caller]
fn fits(schema: &str, document: &Value) {
    let problems: Vec<String> =
        validator(schema).iter_errors(document).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(problems.is_empty(), "{schema}: {}", problems.join("\n"));
}

fn validator(schema: &str) -> jsonschema::Validator {
    let schema = read(&root().join(format!("docs/formats/{schema}.schema.json")));
    jsonschema::validator_for(&schema).expect("the committed schema is one")
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the file is committed");
    serde_json::from_str(&text).expect("the file is JSON")
}
