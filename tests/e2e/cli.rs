//! The `nightline` command on a home of its own, without keyring, session bus, proxy or the developer's settings.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nightline_testkit::DeskProcess;
use serde_json::{Value, json};

/// One person's computer.
pub(crate) struct Device {
    home: PathBuf,
    _dir: tempfile::TempDir,
    env: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Device {
    pub(crate) fn new() -> Self {
        nightline_testkit::off_the_network();
        let dir = tempfile::tempdir().unwrap();
        Self { home: dir.path().join("home"), _dir: dir, env: Vec::new() }
    }

    /// A device whose home is at a place of the test's own.
    pub(crate) fn at(home: PathBuf) -> Self {
        Self { home, ..Self::new() }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self._dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// An intake file about something, with more keys.
    pub(crate) fn intake(&self, more: Value) -> String {
        let mut intake =
            json!({ "schema": "nightline.intake/1", "what": "Remote desktop stops with an error" });
        intake.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.file("intake.json", intake.to_string().as_bytes()).display().to_string()
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ended {
        self.run_with(words, &[], "")
    }

    pub(crate) fn run_with(&self, words: &[&str], env: &[(&str, &str)], typed: &str) -> Ended {
        use std::io::Write;
        let mut command = Command::new(program());
        command.args(words).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
            .env("NIGHTLINE_HOME", &self.home)
            .env("HOME", "/home/ada-lovelace")
            .env("USER", "ada-lovelace");
        command.envs(self.env.iter().map(|(name, value)| (name, value))).envs(env.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child =
            command.spawn().expect("`cargo test --workspace` builds `nightline` beside this test");
        // A command that reads nothing closes its input first; that is no failure of the test.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let done = child.wait_with_output().unwrap();
        Ended {
            code: done.status.code(),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }
}

/// Starts a command, waits until it has said `seen` on standard error, and presses Ctrl-C.
pub(crate) fn interrupted(device: &Device, words: &[&str], seen: &str) -> Ended {
    use std::io::{BufRead, BufReader, Read};
    let mut command = Command::new(program());
    command.args(words).env_clear().env("NIGHTLINE_HOME", device.home()).env("HOME", "/home/ada-lovelace");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut err = String::new();
    while !err.contains(seen) {
        assert!(lines.read_line(&mut err).unwrap() > 0, "it ended before it said {seen}: {err}");
    }
    let done = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(done.unwrap().success());
    lines.read_to_string(&mut err).unwrap();
    let done = child.wait_with_output().unwrap();
    Ended { code: done.status.code(), out: String::from_utf8_lossy(&done.stdout).into_owned(), err }
}

impl Ended {
    #[track_caller]
    pub(crate) fn ended_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The number in a `nightline.ticket/1`.
    #[track_caller]
    pub(crate) fn number(&self) -> String {
        self.json()["number"].as_str().unwrap().to_owned()
    }
}

fn program() -> PathBuf {
    DeskProcess::beside_this_test()
        .unwrap()
        .with_file_name(format!("nightline{}", std::env::consts::EXE_SUFFIX))
}
