//! A C compiler for macOS: Zig from the Python package index, behind two small scripts.
//!
//! Compiles what build scripts want compiled, so that types and lints can be checked. Links nothing.

use std::path::Path;

use super::MACOS;
use super::place::{Place, write};
use crate::failure::Failure;
use crate::shell;

/// The scripts' names in the folder.
pub(crate) const COMPILER: &str = "mac-cc";
pub(crate) const ARCHIVER: &str = "mac-ar";
/// One version, so that two machines compile with the same.
const ZIG: &str = "ziglang==0.17.0";
/// The oldest macOS that Nightline is built for.
const OLDEST: &str = "macos.12.0";

/// What the compiler's script holds; `ZIG` and `TARGET` are filled in.
const COMPILER_TEXT: &str = include_str!("apple/cc.bash");

/// Sees to it that the compiler is there.
pub(crate) fn ensure(place: &Place) -> Result<(), Failure> {
    let dir = place.path("zig");
    let zig = dir.join("ziglang/zig");
    if !zig.is_file() {
        println!("      fetching a C compiler for macOS");
        let dir = dir.to_string_lossy();
        let words =
            ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", &dir, ZIG];
        shell::run(shell::command("python3", words))?;
    }
    let architecture = MACOS.split('-').next().unwrap_or(MACOS);
    let zig = zig.to_string_lossy();
    let compiler =
        COMPILER_TEXT.replace("@ZIG@", &zig).replace("@TARGET@", &format!("{architecture}-{OLDEST}"));
    script(&place.path(COMPILER), &compiler)?;
    script(&place.path(ARCHIVER), &format!("#!/bin/sh\nexec \"{zig}\" ar \"$@\"\n"))
}

fn script(path: &Path, text: &str) -> Result<(), Failure> {
    write(path, text)?;
    shell::run_quietly(shell::command("chmod", ["+x", &path.to_string_lossy()]))
}
