//! Runs the tools that build and test the project, and shows what they say.
//!
//! Always argument lists, never a shell.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .components()
        .as_path()
        .canonicalize()
        .unwrap_or_default()
}

/// Where cargo puts what it builds.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program with its arguments, started in the top folder.
pub(crate) fn command<'a>(program: &str, args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// The same cargo that runs xtask.
pub(crate) fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    command(&program, args)
}

/// Runs it in the open. Fails if it does.
pub(crate) fn run(mut command: Command) -> Result<(), Failure> {
    let what = describe(&command);
    println!("  $ {what}");
    let status = command.status().map_err(Failure::io(format!("start {what}")))?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { what }) }
}

/// Runs it and shows what it says only if it fails.
pub(crate) fn run_quietly(mut command: Command) -> Result<(), Failure> {
    let what = describe(&command);
    let output = command.output().map_err(Failure::io(format!("start {what}")))?;
    if output.status.success() {
        return Ok(());
    }
    let _ = std::io::stderr()
        .write_all(&output.stdout)
        .and_then(|()| std::io::stderr().write_all(&output.stderr));
    Err(Failure::Ended { what })
}

/// Runs it in the open and keeps its standard output, line by line as it was.
pub(crate) fn run_and_keep(mut command: Command) -> Result<(bool, Vec<String>), Failure> {
    let what = describe(&command);
    println!("  $ {what}");
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(Failure::io(format!("start {what}")))?;
    let mut kept = Vec::new();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, not text: a test may print anything, and what it prints must not stop the others.
        while reader.read_until(b'\n', &mut line).map_err(Failure::io(format!("read from {what}")))? > 0 {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(&line).and_then(|()| out.flush());
            kept.push(String::from_utf8_lossy(&line).trim_end().to_owned());
            line.clear();
        }
    }
    let status = child.wait().map_err(Failure::io(format!("wait for {what}")))?;
    Ok((status.success(), kept))
}

/// Runs it silently; `None` if it cannot be started or fails.
pub(crate) fn read(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name can be started.
pub(crate) fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let system = ["/usr/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(system).any(|dir| dir.join(name).is_file())
}

/// The command line as a person would type it.
fn describe(command: &Command) -> String {
    let program =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let words = command.get_args().map(|arg| arg.to_string_lossy().into_owned());
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}
