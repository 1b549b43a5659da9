//! Which crate may use which. The table is the architecture; a new arrow is a decision, made here.

use crate::none;
use crate::workspace::{linked, members, text, used_members};

const TYPES: &str = "nightline-types";
const TEXT: &str = "nightline-text";
const REDACT: &str = "nightline-redact";
const DIAGNOSIS: &str = "nightline-diagnosis";
const PROTOCOL: &str = "nightline-protocol";
const VIEW: &str = "nightline-view";
const LINK: &str = "nightline-link";
const CONFIG: &str = "nightline-config";
const PLATFORM: &str = "nightline-platform";
const PROBE: &str = "nightline-probe";
const CHECKS: &str = "nightline-checks";
const BUNDLE: &str = "nightline-bundle";
const SESSION: &str = "nightline-session";
const ENGINE: &str = "nightline-engine";
const CLI: &str = "nightline-cli";
const DESK: &str = "nightline-desk";
const WINDOW: &str = "nightline-window";
const WATCH: &str = "nightline-watch";
const TESTKIT: &str = "nightline-testkit";

/// For each crate, the workspace crates it may use outside its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    (TYPES, &[]),
    (TEXT, &[TYPES]),
    (REDACT, &[TYPES]),
    (DIAGNOSIS, &[TYPES]),
    (PROTOCOL, &[TYPES]),
    (VIEW, &[TYPES]),
    (LINK, &[TYPES, VIEW]),
    (CONFIG, &[TYPES]),
    (PLATFORM, &[TYPES]),
    // Of use to others too, and published by itself.
    (PROBE, &[]),
    (CHECKS, &[TYPES, PLATFORM, PROBE]),
    (BUNDLE, &[TYPES, REDACT, PROTOCOL]),
    (SESSION, &[TYPES, PROTOCOL, BUNDLE]),
    (DESK, &[TYPES, PROTOCOL, BUNDLE, DIAGNOSIS, TEXT]),
    (
        ENGINE,
        &[TYPES, TEXT, VIEW, REDACT, DIAGNOSIS, PROTOCOL, CONFIG, PLATFORM, PROBE, CHECKS, BUNDLE, SESSION],
    ),
    (
        CLI,
        &[TYPES, TEXT, REDACT, DIAGNOSIS, PROTOCOL, CONFIG, PLATFORM, CHECKS, BUNDLE, SESSION, ENGINE, LINK],
    ),
    (WATCH, &[TYPES, TEXT, VIEW, CONFIG, PLATFORM, ENGINE, LINK]),
    (WINDOW, &[TYPES, TEXT, VIEW, LINK]),
];

/// These are never part of a program, so they may use anything.
const OUTSIDE: &[&str] = &[TESTKIT, "nightline-tests", "nightline-house", "xtask"];

/// No runtime, so that they compile fast, run in any program and stay functions of their arguments.
const WITHOUT_RUNTIME: &[&str] = &[TYPES, TEXT, VIEW, REDACT, DIAGNOSIS, PROTOCOL, CONFIG];

/// What draws windows. What runs all day and what runs on servers must not pay for it.
const WINDOWS: &[&str] = &["tauri", "tao", "wry", "gtk", "webkit2gtk", "gdk"];

#[test]
fn arrows_point_the_documented_way() {
    let mut problems = Vec::new();
    for package in members() {
        let name = text(&package["name"]);
        if OUTSIDE.contains(&name) {
            continue;
        }
        let Some((_, may_use)) = ALLOWED.iter().find(|(it, _)| *it == name) else {
            problems.push(format!("{name} is not in the table: decide what it may use"));
            continue;
        };
        for used in used_members(package) {
            if !may_use.contains(&used) {
                problems.push(format!("{name} must not use {used}"));
            }
        }
    }
    none("arrows between crates (tests/house/arrows.rs)", problems);
}

#[test]
fn the_app_never_links_the_desk_nor_the_desk_the_app() {
    let mut problems = Vec::new();
    for app in [CLI, ENGINE, SESSION, LINK, WATCH, WINDOW] {
        if linked(app).contains(DESK) {
            problems.push(format!("{app} links {DESK}"));
        }
    }
    for part in [ENGINE, CLI, SESSION, CHECKS, PLATFORM, PROBE, CONFIG, VIEW, LINK] {
        if linked(DESK).contains(part) {
            problems.push(format!("{DESK} links {part}"));
        }
    }
    none("the app and the desk share only types, protocol, bundle, diagnosis and text", problems);
}

#[test]
fn pure_crates_link_no_runtime_and_programs_without_windows_no_windows() {
    let mut problems = Vec::new();
    for name in WITHOUT_RUNTIME {
        if linked(name).contains("tokio") {
            problems.push(format!("{name} links tokio"));
        }
    }
    for name in [CLI, DESK, WATCH] {
        let linked = linked(name);
        problems
            .extend(WINDOWS.iter().filter(|it| linked.contains(**it)).map(|it| format!("{name} links {it}")));
    }
    none("what a crate must do without", problems);
}

#[test]
fn the_testkit_is_for_tests_only() {
    let users = members().into_iter().filter(|it| used_members(it).contains(TESTKIT));
    let problems =
        users.map(|it| text(&it["name"])).filter(|it| !OUTSIDE.contains(it)).map(str::to_owned).collect();
    none("crates that use the testkit outside their tests", problems);
}

#[test]
fn every_crate_lies_in_the_folder_of_its_name_and_inherits_the_lints() {
    let mut problems = Vec::new();
    for package in members() {
        let name = text(&package["name"]);
        let manifest_path = text(&package["manifest_path"]).replace('\\', "/");
        // Tauri's tools look for the app in a folder of this name.
        let folder = if name == WINDOW { "src-tauri".to_owned() } else { format!("crates/{name}") };
        if !["nightline-tests", "nightline-house"].contains(&name)
            && !manifest_path.ends_with(&format!("{folder}/Cargo.toml"))
        {
            problems.push(format!("{name} lies in {manifest_path}"));
        }
        let manifest = std::fs::read_to_string(&manifest_path).expect("cargo has read it too");
        if !manifest.replace("\r\n", "\n").contains("[lints]\nworkspace = true") {
            problems.push(format!("{name} does not inherit the workspace's lints"));
        }
        if package["description"].is_null() {
            problems.push(format!("{name} has no description"));
        }
    }
    none("crates and their manifests", problems);
}
