//! What cargo says about the workspace: members, their dependencies, the resolved graph.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the package lies two below the top")
        .to_owned()
}

/// `cargo metadata` of the workspace, asked once.
pub(crate) fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let output = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"])
            .current_dir(root())
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
    })
}

/// The packages of the workspace.
pub(crate) fn members() -> Vec<&'static Value> {
    let ids: BTreeSet<&str> =
        list(&metadata()["workspace_members"]).iter().filter_map(|it| it.as_str()).collect();
    list(&metadata()["packages"]).iter().filter(|it| ids.contains(text(&it["id"]))).collect()
}

/// The workspace crates that a package uses outside its tests.
pub(crate) fn used_members(package: &Value) -> BTreeSet<&str> {
    list(&package["dependencies"])
        .iter()
        .filter(|it| it["path"].is_string() && it["kind"] != "dev")
        .map(|it| text(&it["name"]))
        .collect()
}

/// Names of everything that is linked into a package's programs: itself and all it uses, tests and build scripts
/// left out.
pub(crate) fn linked(name: &str) -> BTreeSet<String> {
    let packages: BTreeMap<&str, &Value> =
        list(&metadata()["packages"]).iter().map(|it| (text(&it["id"]), it)).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata()["resolve"]["nodes"]).iter().map(|it| (text(&it["id"]), it)).collect();
    let Some(start) = members().into_iter().find(|it| it["name"] == name) else { return BTreeSet::new() };
    let mut open = vec![text(&start["id"])];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dep in list(&nodes[id]["deps"]) {
            let is_macro = list(&packages[text(&dep["pkg"])]["targets"])
                .iter()
                .any(|target| list(&target["kind"]).iter().any(|kind| kind == "proc-macro"));
            let is_linked = list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            if is_linked && !is_macro {
                open.push(text(&dep["pkg"]));
            }
        }
    }
    seen.iter().map(|id| text(&packages[id]["name"]).to_owned()).collect()
}

/// The items of a JSON list; none for anything else.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A JSON text; empty for anything else.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
