//! Runs `on-desktop` of `nightline-testkit`: the real app on a desktop of its own.
//!
//! A program of its own, because it drives a web view: xtask itself must compile in seconds on a fresh machine.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::failure::Failure;
use crate::shell;

/// A job on a desktop with the programs in `folder`, at the desk of this address.
fn command(job: &str, folder: &Path, desk: &str, words: &[&str]) -> Command {
    let package = ["run", "--quiet", "--locked", "--package", "nightline-testkit", "--features", "desktop"];
    let mut cargo = shell::cargo(package);
    cargo.args(["--bin", "on-desktop", "--", job, "--desk", desk, "--programs"]).arg(folder).args(words);
    cargo
}

/// Runs a job and reads the JSON that it answers.
pub(crate) fn answer(job: &str, folder: &Path, desk: &str, words: &[&str]) -> Result<Value, Failure> {
    let mut cargo = command(job, folder, desk, words);
    cargo.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = cargo.output().map_err(Failure::io("start on-desktop"))?;
    if !output.status.success() {
        return Err(Failure::Ended { what: format!("on-desktop {job}") });
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|problem| Failure::answer("on-desktop", problem.to_string()))
}

/// Runs a job that leaves files.
pub(crate) fn run(job: &str, folder: &Path, desk: &str, words: &[&str]) -> Result<(), Failure> {
    shell::run(command(job, folder, desk, words))
}
