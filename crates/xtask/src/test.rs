//! `cargo xtask test`: sets up and runs every test, the same here and in CI.
//!
//! Runs all groups even if one fails. A test that did not run must be excused in `tests/skips.toml`.

use std::time::{Duration, Instant};

use crate::args::Args;
use crate::failure::Failure;
use crate::{front_end, packages, shell, skips};

/// Some tests that belong together, run by one tool.
struct Group {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<Vec<String>, Failure>,
}

/// In the order they run: what others need is built first, what fails fastest comes early.
const GROUPS: &[Group] = &[
    Group { name: "format", what: "every Rust file is formatted", run: format },
    Group { name: "console", what: "console and window: lint, types, unit tests, build", run: console },
    Group { name: "lint", what: "clippy, warnings are errors", run: lint },
    Group { name: "build", what: "programs and tests compile", run: build },
    Group { name: "rust", what: "every Rust test, the house rules among them", run: rust },
    Group { name: "browser", what: "console and window in a real browser", run: browser },
];

/// The same arguments for lint, build and test, so that no crate is built with two feature sets.
const WORKSPACE: [&str; 3] = ["--workspace", "--all-targets", "--locked"];

/// How a group ended.
struct Ended {
    name: &'static str,
    took: Duration,
    problem: Option<String>,
}

/// Runs the groups that the command line names, all by default.
pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let only = args.value("--only")?;
    let list = args.flag("--list");
    let may_install = !args.flag("--no-install");
    args.finish()?;
    if list {
        for group in GROUPS {
            println!("{:10} {}", group.name, group.what);
        }
        return Ok(());
    }
    let chosen: Vec<&Group> =
        GROUPS.iter().filter(|it| only.as_deref().is_none_or(|name| name == it.name)).collect();
    if chosen.is_empty() {
        return Err(Failure::Usage("no group has this name; --list shows all".to_owned()));
    }
    let excused = skips::excused()?;
    packages::ensure(&[packages::BUILD, packages::WINDOW, packages::DESKTOP, packages::TEST], may_install)?;
    packages::ensure_lint_tools()?;
    for package in front_end::packages() {
        front_end::install(&package)?;
    }

    let mut ended = Vec::new();
    let mut lines = Vec::new();
    for group in chosen {
        println!("\n=== {}: {}", group.name, group.what);
        let began = Instant::now();
        let problem = match (group.run)() {
            Ok(output) => {
                let problem = output.iter().find_map(|line| line.strip_prefix(FAILED).map(str::to_owned));
                lines.extend(output);
                problem
            }
            Err(failure) => Some(failure.to_string()),
        };
        if let Some(problem) = &problem {
            println!("--- {} FAILED: {problem}", group.name);
        }
        ended.push(Ended { name: group.name, took: began.elapsed(), problem });
    }
    let skipped = skips::skipped_in(&lines);
    let unexcused: Vec<&String> = skipped.iter().filter(|it| !excused.contains_key(*it)).collect();
    summary(&ended, &skipped, &excused);
    let mut failed: Vec<String> =
        ended.iter().filter(|it| it.problem.is_some()).map(|it| it.name.to_owned()).collect();
    if !unexcused.is_empty() {
        failed.push(format!("{} tests were skipped that {} does not excuse", unexcused.len(), skips::LIST));
    }
    let (passed, broken, ignored) = skips::count(&lines);
    if ignored > skipped.len() as u64 {
        failed.push("a runner skipped tests that it did not name".to_owned());
    }
    println!("\n{passed} passed, {} failed, {ignored} skipped", broken.max(u64::from(!failed.is_empty())));
    if failed.is_empty() { Ok(()) } else { Err(Failure::Groups { failed }) }
}

fn summary(ended: &[Ended], skipped: &[String], excused: &std::collections::BTreeMap<String, String>) {
    println!("\n=== Summary");
    for group in ended {
        let word = if group.problem.is_none() { "ok" } else { "FAILED" };
        println!("  {:10} {:>6.1} s  {word}", group.name, group.took.as_secs_f64());
    }
    let total: Duration = ended.iter().map(|it| it.took).sum();
    println!("  {:10} {:>6.1} s", "together", total.as_secs_f64());
    for name in skipped {
        match excused.get(name) {
            Some(reason) => println!("  skipped: {name} ({reason})"),
            None => println!("  SKIPPED WITHOUT AN EXCUSE: {name}"),
        }
    }
    if let Some(name) = excused.keys().find(|it| !skipped.contains(it)) {
        println!("  excused in {} but it ran, or its group did not: {name}", skips::LIST);
    }
}

/// Marks the line that a failed run leaves behind its output, so that its skips are still counted.
const FAILED: &str = "xtask-failed: ";

fn kept(command: std::process::Command, what: &str) -> Result<Vec<String>, Failure> {
    let (success, mut lines) = shell::run_and_keep(command)?;
    if !success {
        lines.push(format!("{FAILED}{what}"));
    }
    Ok(lines)
}

pub(crate) fn format() -> Result<Vec<String>, Failure> {
    shell::run(shell::cargo(["fmt", "--all", "--check"])).map(|()| Vec::new())
}

pub(crate) fn lint() -> Result<Vec<String>, Failure> {
    let words = ["clippy"].into_iter().chain(WORKSPACE).chain(["--", "-D", "warnings"]);
    shell::run(shell::cargo(words)).map(|()| Vec::new())
}

/// Programs that tests start from outside are built here, with the features that the tests have.
fn build() -> Result<Vec<String>, Failure> {
    shell::run(shell::cargo(["build"].into_iter().chain(WORKSPACE))).map(|()| Vec::new())
}

fn rust() -> Result<Vec<String>, Failure> {
    let words = ["test", "--workspace", "--locked", "--no-fail-fast"];
    kept(shell::cargo(words), "a Rust test failed")
}

fn console() -> Result<Vec<String>, Failure> {
    scripts(&["lint", "check", "build", "test"])
}

fn browser() -> Result<Vec<String>, Failure> {
    scripts(&["test:browser"])
}

/// Runs the named scripts of the console's package, those that it has.
fn scripts(names: &[&str]) -> Result<Vec<String>, Failure> {
    let ui = shell::root().join("ui");
    let mut lines = Vec::new();
    for name in names.iter().filter(|name| front_end::has_script(&ui, name)) {
        let mut npm = shell::command("npm", ["run", "--silent", name]);
        // Colors would hide from us what the runner says.
        npm.current_dir(&ui).env("NO_COLOR", "1");
        lines.extend(kept(npm, &format!("npm run {name}"))?);
    }
    Ok(lines)
}
