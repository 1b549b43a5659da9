//! A script of the Node project beside this file: started, heard, killed. Ends with its guard.
#![expect(clippy::disallowed_methods, reason = "a test starts the programs it tests against")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use nightline_testkit::wait;

/// A script that runs, and what it prints.
pub(crate) struct Peer {
    child: Child,
    lines: Receiver<String>,
}

impl Peer {
    pub(crate) fn start(script: &str, arguments: &[&str]) -> Self {
        let project = node_project();
        assert!(
            project.join("node_modules/@tus/server/package.json").exists(),
            "the Node packages of tests/interop are missing; `cargo xtask test` installs them"
        );
        let mut command = Command::new("node");
        command.arg(script).args(arguments).current_dir(project);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let (output, (sender, lines)) = (child.stdout.take().unwrap(), channel());
        std::thread::spawn(move || {
            // Nobody listens any more once the test is over.
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// Waits until it has printed a line that begins so; what follows there.
    #[track_caller]
    pub(crate) fn wait_for_line(&self, start: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(wait::DEADLINE);
            let line = line.unwrap_or_else(|error| panic!("no line that begins with `{start}`: {error}"));
            if let Some(rest) = line.strip_prefix(start) {
                return rest.trim().to_owned();
            }
        }
    }

    /// SIGKILL, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) fn node_project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("interop")
}
