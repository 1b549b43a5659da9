//! What other languages know of our formats and programs: TypeScript types, JSON Schemas and credits, made from ours.
//!
//! Compares the committed files with what the types say; `cargo xtask bindings` writes them.
#![expect(clippy::disallowed_methods, reason = "xtask tells by the environment that files shall be written")]

mod credits;
mod documents;
mod schemas;
mod typescript;

use std::path::{Path, PathBuf};

/// Set by `cargo xtask bindings`.
const BLESS: &str = "NIGHTLINE_BLESS";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Compares a committed file with what it should say, or writes it.
#[track_caller]
fn hold(path: &str, expected: &str) {
    let file_path = root().join(path);
    if std::env::var(BLESS).is_ok() {
        let dir = file_path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(dir).expect("the folder can be made");
        std::fs::write(&file_path, expected).expect("the file can be written");
        return;
    }
    let found = std::fs::read_to_string(&file_path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == expected, "{path} is not what the types say: run cargo xtask bindings");
}
