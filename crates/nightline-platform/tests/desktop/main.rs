//! What the desktop is asked for, on real ones: an X server, a session bus with servers of the test's own.
//!
//! Everything is started by the test that needs it and ends with it; no test sees the desktop of whoever runs it.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test starts a bus and an X server")]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

mod bus;
mod notifications;
mod portal;
mod scripts;
mod x11;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A program that runs as long as the test.
struct Running(Child);

impl Running {
    /// Starts it and waits for the first line that it says.
    fn start(command: &mut Command) -> (Self, String) {
        let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = started.expect("cargo xtask test installs dbus and xvfb");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Self(child), line.trim().to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn environment(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
