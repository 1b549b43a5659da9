//! A copy of the toolchain that holds the standard library's source where cargo looks for it.
//!
//! The toolchain in use is never changed; its files are linked, not copied, where the disk allows it.

use std::path::{Path, PathBuf};

use super::place::{Place, folder};
use super::source;
use crate::failure::Failure;
use crate::shell;

/// What of a toolchain compiles; the rest is documentation.
const PARTS: [&str; 3] = ["bin", "lib", "libexec"];
/// Where cargo looks for the library's source.
const SOURCE: &str = "lib/rustlib/src/rust";

/// Sees to it that the copy is there and is of the compiler at hand.
pub(crate) fn ensure(place: &Place) -> Result<(), Failure> {
    let version = shell::read(shell::command("rustc", ["--version"]))
        .and_then(|it| it.split_whitespace().nth(1).map(str::to_owned))
        .ok_or_else(|| Failure::answer("rustc", "does not say its version"))?;
    let copy = place.toolchain();
    if is_of(&copy, &version) && copy.join(SOURCE).join("library/std/Cargo.toml").is_file() {
        return Ok(());
    }
    let sysroot = shell::read(shell::command("rustc", ["--print", "sysroot"]))
        .map(|it| PathBuf::from(it.trim()))
        .ok_or_else(|| Failure::answer("rustc", "does not say where it is"))?;
    // Where the source was installed along with the compiler, nothing needs to be fetched.
    let installed = sysroot.join(SOURCE).join("library");
    let library =
        if installed.join("std/Cargo.toml").is_file() { installed } else { source::ensure(place, &version)? };

    println!("      copying the toolchain of Rust {version}");
    let part = place.path("toolchain.part");
    for stale in [&part, &copy] {
        if stale.exists() {
            std::fs::remove_dir_all(stale).map_err(Failure::io(format!("remove {}", stale.display())))?;
        }
    }
    folder(&part)?;
    for name in PARTS {
        let from = sysroot.join(name);
        if from.is_dir() {
            copy_tree(&from, &part.join(name))?;
        }
    }
    let source = part.join(SOURCE);
    folder(&source)?;
    link(&library, &source.join("library"))?;
    std::fs::rename(&part, &copy).map_err(Failure::io("name the toolchain's copy"))
}

fn is_of(copy: &Path, version: &str) -> bool {
    let rustc = copy.join("bin/rustc");
    let mut command = shell::command(&rustc.to_string_lossy(), ["--version"]);
    command.env_remove("LD_LIBRARY_PATH");
    shell::read(command).is_some_and(|it| it.split_whitespace().nth(1) == Some(version))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), Failure> {
    let (from, to) = (from.to_string_lossy(), to.to_string_lossy());
    if shell::read(shell::command("cp", ["-a", "-l", &from, &to])).is_some() {
        return Ok(());
    }
    // Another disk: no links across it.
    let _ = std::fs::remove_dir_all(&*to);
    shell::run(shell::command("cp", ["-a", &from, &to]))
}

fn link(library: &Path, at: &Path) -> Result<(), Failure> {
    let _ = std::fs::remove_file(at);
    shell::run(shell::command("ln", ["-s", &library.to_string_lossy(), &at.to_string_lossy()]))
}
