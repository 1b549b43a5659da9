//! Every third-party dependency is a decision with a line of its own.

use std::collections::BTreeSet;

use regex::Regex;

use crate::none;
use crate::source::files;

const DECISION: &str = "docs/decisions/0001-dependencies.md";

fn text_of(path: &str) -> &'static str {
    files().iter().find(|it| it.path == path).map_or("", |it| it.text.as_str())
}

fn names(pattern: &str, text: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).expect("the pattern is written here");
    pattern.captures_iter(text).map(|it| it[1].to_owned()).collect()
}

#[test]
fn every_dependency_has_its_line_and_every_line_its_dependency() {
    let manifest = text_of("Cargo.toml");
    let table =
        manifest.split("[workspace.dependencies]").nth(1).and_then(|it| it.split("\n[").next()).unwrap_or("");
    let mut used = names(r"(?m)^([A-Za-z0-9_-]+) *=", table);
    used.retain(|it| !it.starts_with("nightline-"));
    let mut used_by_script = BTreeSet::new();
    for package in files().iter().filter(|it| it.path.ends_with("package.json")) {
        let json: serde_json::Value = serde_json::from_str(&package.text).unwrap_or_default();
        for kind in ["dependencies", "devDependencies"] {
            let entries = json[kind].as_object().into_iter().flatten();
            used_by_script
                .extend(entries.map(|(name, _)| name.clone()).filter(|it| !it.starts_with("@nightline/")));
        }
    }
    used.extend(used_by_script.iter().cloned());
    let mut problems = Vec::new();
    let crates: Vec<_> = files().iter().filter(|it| it.path.ends_with("/Cargo.toml")).collect();
    for name in &used {
        let line = format!("\n{name} = ");
        if !name.starts_with('@')
            && !used_by_script.contains(name)
            && !crates.iter().any(|it| it.text.contains(&line))
        {
            problems.push(format!("{name} is in Cargo.toml and no crate uses it"));
        }
    }
    let decided = names(r"(?m)^\| `([^`]+)` \|", text_of(DECISION));
    problems.extend(used.difference(&decided).map(|it| format!("{it} has no line")));
    problems.extend(decided.difference(&used).map(|it| format!("{it} is not used any more")));
    none("dependencies (docs/decisions/0001-dependencies.md)", problems);
}
