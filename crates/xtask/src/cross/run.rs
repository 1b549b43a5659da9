//! Builds the tests for Windows and runs each of their programs under Wine.
//!
//! Runs all of them even if one fails or hangs, and counts what ran.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::WINDOWS;
use super::place::{Place, folder};
use super::suite::{self, LeftOut};
use super::wine::{self, Screen};
use crate::failure::Failure;
use crate::skips;

/// The slowest program of tests needs a few seconds here and several times that under Wine on a busy machine;
/// one that needs this long hangs.
const LIMIT: Duration = Duration::from_secs(240);
/// How often a running program is looked at.
const PAUSE: Duration = Duration::from_millis(50);

/// One program of tests.
struct Program {
    /// `package/program`, as the list of what is left out says it.
    name: String,
    path: PathBuf,
    package_dir: PathBuf,
}

/// How many tests ended how.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

pub(crate) fn tests(place: &Place) -> Result<(), Failure> {
    let left_out = LeftOut::read()?;
    let programs = build(place)?;
    let names: Vec<String> = programs.iter().map(|it| it.name.clone()).collect();
    let mut problems: Vec<String> = left_out
        .without(&names)
        .iter()
        .map(|it| format!("{} leaves out {it}, which is not there", suite::LIST))
        .collect();
    let output = place.path("output");
    folder(&output)?;
    let screen = Screen::start()?;
    wine::serve(place);
    let mut sum = Count::default();
    let mut reasons = Vec::new();
    for program in &programs {
        let skipped = left_out.of(&program.name);
        let count = one(place, &screen, &output, program, &skipped, &mut problems)?;
        sum.passed += count.passed;
        sum.failed += count.failed;
        sum.skipped += count.skipped;
        reasons.extend(skipped.iter().map(|(test, reason)| format!("{}::{test} ({reason})", program.name)));
    }
    wine::end(place);
    drop(screen);

    println!();
    for reason in &reasons {
        println!("  skipped: {reason}");
    }
    println!(
        "\n{} tests ran under Wine in {} programs: {} passed, {} failed; {} skipped",
        sum.passed + sum.failed,
        programs.len(),
        sum.passed,
        sum.failed,
        sum.skipped
    );
    if problems.is_empty() { Ok(()) } else { Err(Failure::Groups { failed: problems }) }
}

/// Compiles and links the tests and what they start.
fn build(place: &Place) -> Result<Vec<Program>, Failure> {
    let mut words = vec![
        "test",
        "--no-run",
        "--no-fail-fast",
        "--locked",
        "--message-format",
        "json-render-diagnostics",
        "--target",
        WINDOWS,
    ];
    words.extend(suite::PACKAGES.iter().flat_map(|name| ["--package", name]));
    let mut cargo = place.cargo(&words);
    let output = cargo.stderr(Stdio::inherit()).output().map_err(Failure::io("start cargo"))?;
    if !output.status.success() {
        return Err(Failure::Ended { what: format!("building the tests for {WINDOWS}") });
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut programs: Vec<Program> = said.lines().filter_map(program).collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(programs)
}

/// The program of tests that a line of cargo's is about.
fn program(line: &str) -> Option<Program> {
    let said: Value = serde_json::from_str(line).ok()?;
    if said["reason"] != "compiler-artifact" || said["profile"]["test"] != true {
        return None;
    }
    let path = PathBuf::from(said["executable"].as_str()?);
    let package_dir = Path::new(said["manifest_path"].as_str()?).parent()?.to_owned();
    let package = package_dir.file_name()?.to_string_lossy().into_owned();
    Some(Program { name: format!("{package}/{}", said["target"]["name"].as_str()?), path, package_dir })
}

/// Runs one program and says in one line how it went; what it wrote only if it failed.
fn one(
    place: &Place,
    screen: &Screen,
    output: &Path,
    program: &Program,
    skipped: &[(&str, &str)],
    problems: &mut Vec<String>,
) -> Result<Count, Failure> {
    // A file, not a pipe: what a test leaves running would hold a pipe open.
    let path = output.join(format!("{}.txt", program.name.replace('/', "-")));
    let file = File::create(&path).map_err(Failure::io("make the file for a test's output"))?;
    let copy = file.try_clone().map_err(Failure::io("share the file for a test's output"))?;
    let mut command = place.wine(&program.path, screen)?;
    if !skipped.is_empty() {
        command.arg("--exact");
        command.args(skipped.iter().flat_map(|(test, _)| ["--skip", test]));
    }
    command
        .current_dir(&program.package_dir)
        .env("CARGO_MANIFEST_DIR", &program.package_dir)
        .env("RUST_BACKTRACE", "0");
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(copy)
        .spawn()
        .map_err(Failure::io(format!("start {} under Wine", program.name)))?;
    let good = loop {
        if let Some(status) = child.try_wait().map_err(Failure::io("wait for a program of tests"))? {
            break status.success();
        }
        if began.elapsed() > LIMIT {
            let _ = child.kill();
            let _ = child.wait();
            problems.push(format!("{} hangs", program.name));
            break false;
        }
        std::thread::sleep(PAUSE);
    };
    let text = std::fs::read(&path).map_err(Failure::io("read a test's output"))?;
    let lines: Vec<String> = String::from_utf8_lossy(&text).lines().map(str::to_owned).collect();
    let (passed, failed, ignored) = skips::count(&lines);
    let left_out = skipped.len() as u64;
    println!(
        "  {:44} {passed:>4} passed {failed:>3} failed {:>3} skipped {:>6.1} s",
        program.name,
        ignored + left_out,
        began.elapsed().as_secs_f64()
    );
    if !good {
        println!("--- {} says:", program.name);
        lines.iter().filter(|line| !line.ends_with(" ... ok")).for_each(|line| println!("    {line}"));
        problems.push(format!("{}: {failed} failed", program.name));
    } else if filtered(&lines) != left_out {
        problems.push(format!("{}: {} leaves out tests that are not there", program.name, suite::LIST));
    }
    Ok(Count { passed, failed, skipped: ignored + left_out })
}

/// How many tests the program was told to leave out, as it says itself.
fn filtered(lines: &[String]) -> u64 {
    let ended = lines.iter().rev().find(|line| line.starts_with("test result: "));
    ended
        .and_then(|line| {
            line.split("; ").find_map(|it| {
                it.strip_suffix(" filtered out").or_else(|| it.split_once(" filtered out").map(|(it, _)| it))
            })
        })
        .and_then(|it| it.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_tests_is_named_by_its_package_and_itself() {
        let line = r#"{"reason":"compiler-artifact","manifest_path":"/x/crates/nightline-link/Cargo.toml",
            "target":{"name":"frames"},"profile":{"test":true},"executable":"/y/frames.exe"}"#;
        assert_eq!(program(line).map(|it| it.name).as_deref(), Some("nightline-link/frames"));
        assert!(program(&line.replace("true", "false")).is_none());
        assert!(program("warning: something").is_none());
    }

    #[test]
    fn what_was_left_out_is_read_from_the_last_line() {
        let line =
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s";
        assert_eq!(filtered(&[line.to_owned()]), 3);
        assert_eq!(filtered(&[]), 0);
    }
}
