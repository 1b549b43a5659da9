//! `ui/app/src/settings/credits.json`: whose work is inside the customer's programs, as About shows it.
//!
//! Written from what the build links on each system. Compared with what it links here and with both lock files, so that
//! a test asks no registry.

use std::collections::BTreeSet;
use std::process::Command;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{BLESS, hold, root};

const PATH: &str = "ui/app/src/settings/credits.json";
/// What a customer installs; the desk and its console are another product's list.
const PROGRAMS: [&str; 3] = ["nightline-watch", "nightline-cli", "nightline-window"];
/// The systems that packages are made for.
const SYSTEMS: [&str; 3] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"];
/// What the window's page ships; its build refuses anything else.
const SHIPPED: [&str; 4] = ["@fluent/bundle", "@tauri-apps/api", "clsx", "svelte"];

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Credit {
    name: String,
    version: String,
    license: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Credits {
    crates: BTreeSet<Credit>,
    npm: BTreeSet<Credit>,
}

#[test]
fn about_names_everything_that_is_linked_and_nothing_that_is_gone() {
    if std::env::var(BLESS).is_ok() {
        let crates = SYSTEMS.iter().flat_map(|system| linked(Some(system))).collect();
        let text = serde_json::to_string(&Credits { crates, npm: shipped() }).expect("credits are JSON");
        // A line for each, so that a change of one is a change of one line.
        return hold(PATH, &format!("{}\n", text.replace("[{", "[\n{").replace("},{", "},\n{")));
    }
    let text = std::fs::read_to_string(root().join(PATH)).expect("the file is committed");
    let credits: Credits = serde_json::from_str(&text).expect("credits are JSON");
    let missing: Vec<Credit> = linked(None).into_iter().filter(|it| !credits.crates.contains(it)).collect();
    assert!(missing.is_empty(), "not in {PATH}: run cargo xtask bindings: {missing:#?}");
    let locked = locked();
    let gone: Vec<&Credit> =
        credits.crates.iter().filter(|it| !locked.contains(&(it.name.clone(), it.version.clone()))).collect();
    assert!(gone.is_empty(), "no longer in Cargo.lock: run cargo xtask bindings: {gone:#?}");
    assert_eq!(credits.npm, shipped(), "run cargo xtask bindings");
    assert!(credits.crates.iter().all(|it| !it.license.is_empty()), "somebody's license is not known");
}

/// The crates of others that the programs link on a system; nothing means this one.
fn linked(system: Option<&str>) -> BTreeSet<Credit> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["tree", "--locked", "--edges", "normal,no-proc-macro"]);
    cargo.args(["--prefix", "none", "--format", "{p}|{l}"]);
    cargo.args(PROGRAMS.iter().flat_map(|program| ["--package", program]));
    match system {
        Some(system) => cargo.args(["--target", system]),
        // Everything that this system links was fetched to build this test.
        None => cargo.arg("--offline"),
    };
    let output = cargo.output().expect("cargo runs its own tests");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names are text");
    text.lines().filter_map(credit).collect()
}

/// A line of the tree: `name v1.2.3|license`, with `(*)` where it was there before. Our own have a path.
fn credit(line: &str) -> Option<Credit> {
    let (package, license) = line.rsplit_once('|')?;
    let mut words = package.split(' ');
    let (name, version, rest) = (words.next()?, words.next()?.strip_prefix('v')?, words.next());
    if rest.is_some_and(|it| it.contains(['/', '\\'])) {
        return None;
    }
    // The spelling of before SPDX.
    let license = license.trim_end_matches(" (*)").replace('/', " OR ");
    let license = license.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Credit { name: name.to_owned(), version: version.to_owned(), license })
}

/// Names and versions in `Cargo.lock`.
fn locked() -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("the file is committed");
    let value = |line: &str, key: &str| {
        line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_owned)
    };
    let lines: Vec<&str> = text.lines().collect();
    let package = |pair: &[&str]| Some((value(pair[0], "name")?, value(pair[1], "version")?));
    lines.windows(2).filter_map(package).collect()
}

/// What the page ships, with the versions and licenses of npm's lock file.
fn shipped() -> BTreeSet<Credit> {
    let text = std::fs::read_to_string(root().join("ui/package-lock.json")).expect("the file is committed");
    let lock: Value = serde_json::from_str(&text).expect("a lock file is JSON");
    let credit = |name: &&str| {
        let package = &lock["packages"][format!("node_modules/{name}")];
        let text = |key: &str| package[key].as_str().expect("the lock file knows it").to_owned();
        Credit { name: (*name).to_owned(), version: text("version"), license: text("license") }
    };
    SHIPPED.iter().map(credit).collect()
}

#[test]
fn only_the_work_of_others_is_credited() {
    let credit = |line| credit(line).map(|it| format!("{} {} {}", it.name, it.version, it.license));
    assert_eq!(credit("serde v1.0.228|MIT OR Apache-2.0 (*)").unwrap(), "serde 1.0.228 MIT OR Apache-2.0");
    assert_eq!(credit("memchr v2.7.6|Unlicense / MIT").unwrap(), "memchr 2.7.6 Unlicense OR MIT");
    for line in ["", "nightline-view v0.1.0 (/src/crates/nightline-view)|MIT OR Apache-2.0", "serde|MIT"] {
        assert_eq!(credit(line), None, "{line}");
    }
}
