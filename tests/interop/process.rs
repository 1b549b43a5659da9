//! Other programs of a test: started, heard, killed. Ends what it started, whatever the test does.
#![expect(clippy::disallowed_methods, reason = "a test starts the programs it tests against")]

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use nightline_testkit::wait;

/// A program and what it has printed so far.
pub(crate) struct Peer {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    /// Where it listens, if it does.
    pub(crate) address: SocketAddr,
}

impl Peer {
    /// A script of the Node project beside this file.
    pub(crate) fn node(script: &str, arguments: &[&str]) -> Self {
        let project = node_project();
        assert!(
            project.join("node_modules/@tus/server/package.json").exists(),
            "the Node packages of tests/interop are missing; `cargo xtask test` installs them"
        );
        let mut command = Command::new("node");
        command.arg(script).args(arguments).current_dir(project);
        Self::start(command)
    }

    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (output, heard) = (child.stdout.take().unwrap(), Arc::clone(&lines));
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                heard.lock().unwrap().push(line);
            }
        });
        Self { child, lines, address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)) }
    }

    /// Waits until it has printed a line that begins so.
    #[track_caller]
    pub(crate) fn wait_for_line(&mut self, start: &str) -> String {
        let mut found = None;
        wait::until(start, || {
            let ended = matches!(self.child.try_wait(), Ok(Some(_)));
            found = self.lines.lock().unwrap().iter().find(|it| it.starts_with(start)).cloned();
            assert!(found.is_some() || !ended, "the program ended before it said `{start}`");
            found.is_some()
        });
        found.unwrap_or_default()
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

/// A loopback port that was free a moment ago, for programs that come back at the same place.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// The program of this name in this build; builds it first, for a test that runs alone.
pub(crate) fn program(name: &str) -> PathBuf {
    let built =
        Command::new(env!("CARGO")).args(["build", "--quiet", "-p", name, "--bin", name]).status().unwrap();
    assert!(built.success(), "{name} does not build");
    let here = std::env::current_exe().unwrap();
    let folder = here.parent().and_then(std::path::Path::parent).unwrap();
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
