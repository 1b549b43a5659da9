//! The TypeScript side: which folders hold a package, and how each is set up.
//!
//! Installs exactly what the lock files say, with no install scripts run.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::shell;

/// Every folder of the checkout with a `package.json` of its own; `ui` first, because the others may use it.
pub(crate) fn packages() -> Vec<PathBuf> {
    let root = shell::root();
    ["ui", "tests/interop"]
        .iter()
        .map(|it| root.join(it))
        .filter(|it| it.join("package.json").is_file())
        .collect()
}

/// Installs a package's dependencies unless they are there already, unchanged.
pub(crate) fn install(package_dir: &Path) -> Result<(), Failure> {
    let lock_path = package_dir.join("package-lock.json");
    let stamp_path = package_dir.join("node_modules/.nightline-lock");
    let lock = std::fs::read(&lock_path).map_err(Failure::io(format!("read {}", lock_path.display())))?;
    if std::fs::read(&stamp_path).is_ok_and(|stamp| stamp == lock) {
        return Ok(());
    }
    run_in(package_dir, &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    std::fs::write(&stamp_path, lock).map_err(Failure::io("write the mark of what is installed"))
}

/// Builds the console and the window's page.
pub(crate) fn build() -> Result<(), Failure> {
    run_in(&shell::root().join("ui"), &["run", "build"])
}

/// Whether a package has a script of this name.
pub(crate) fn has_script(package_dir: &Path, name: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(package_dir.join("package.json")) else { return false };
    let Ok(package) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    package["scripts"][name].is_string()
}

/// Runs npm in a package's folder.
pub(crate) fn run_in(package_dir: &Path, args: &[&str]) -> Result<(), Failure> {
    let mut npm = shell::command("npm", args.iter().copied());
    npm.current_dir(package_dir);
    shell::run(npm)
}
