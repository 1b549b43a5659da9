//! Where the cross-check keeps what it needs, and the cargo that uses it.
//!
//! Everything is in one folder that may be deleted at any time. Touches no other.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{MACOS, apple, wine};
use crate::failure::Failure;
use crate::shell;

/// The folder of the cross-check.
pub(crate) struct Place {
    dir: PathBuf,
}

impl Place {
    /// `NIGHTLINE_CROSS_DIR`, by default `target/cross`.
    pub(crate) fn make() -> Result<Self, Failure> {
        let dir = match std::env::var_os("NIGHTLINE_CROSS_DIR") {
            Some(dir) => shell::root().join(dir),
            None => shell::target_dir().join("cross"),
        };
        folder(&dir)?;
        println!("      everything is kept in {}", dir.display());
        Ok(Self { dir })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The toolchain that has the standard library's source beside it.
    pub(crate) fn toolchain(&self) -> PathBuf {
        self.path("toolchain")
    }

    /// Cargo that builds the standard library along, for a system that no compiled one is there for.
    pub(crate) fn cargo(&self, words: &[&str]) -> Command {
        let bin = self.toolchain().join("bin");
        let cargo = bin.join("cargo");
        let mut command = shell::command(&cargo.to_string_lossy(), words.iter().copied());
        command
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("RUSTFLAGS")
            // What runs xtask has set it to the libraries of the other toolchain.
            .env_remove("LD_LIBRARY_PATH")
            .env("PATH", first_in_path(&bin))
            // A stable toolchain refuses to build its standard library otherwise.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_unwind")
            // Apart from the usual one, because the variable above changes every build in it.
            .env("CARGO_TARGET_DIR", self.path("target"));
        let suffix = MACOS.replace('-', "_");
        for (tool, name) in [("CC", apple::COMPILER), ("CXX", apple::COMPILER), ("AR", apple::ARCHIVER)] {
            command.env(format!("{tool}_{suffix}"), self.path(name));
        }
        command
    }

    /// A program for Windows, run by Wine on a screen.
    pub(crate) fn wine(&self, program: &Path, screen: &wine::Screen) -> Result<Command, Failure> {
        let mut command = Command::new(wine::loader()?);
        command.arg(program);
        wine::environment(self, &mut command);
        command.env("DISPLAY", screen.name());
        Ok(command)
    }
}

/// Makes a folder that may be there already.
pub(crate) fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(Failure::io(format!("make {}", path.display())))
}

/// Writes a file unless it already says the same, so that what is built from it stays fresh.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|it| it == text) {
        return Ok(());
    }
    std::fs::write(path, text).map_err(Failure::io(format!("write {}", path.display())))
}

fn first_in_path(bin: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap_or(path)
}
