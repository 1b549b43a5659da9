//! A real `nightline-desk` on loopback, for tests that need one: started, killed without warning, started again on
//! the same data and the same port. Ends with its guard.

#![expect(clippy::disallowed_methods, reason = "a test starts the program under test")]

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// A debug build on a busy machine opens its database and listens within seconds.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// A running desk. Dropping it kills it.
#[derive(Debug)]
pub struct DeskProcess {
    program: PathBuf,
    data: PathBuf,
    flags: Vec<String>,
    child: Child,
    lines: Receiver<String>,
    url: String,
    set_up_link: Option<String>,
}

impl DeskProcess {
    /// Starts `program serve --data DATA` with `flags` on a free port of loopback, and waits until it listens.
    pub fn start(program: &Path, data: &Path, flags: &[&str]) -> io::Result<Self> {
        let flags: Vec<String> = flags.iter().map(|it| (*it).to_owned()).collect();
        Self::start_at(program.to_owned(), data.to_owned(), flags, "127.0.0.1:0")
    }

    /// The program beside the running test, in the same target folder. For tests of other crates; it has to be built.
    pub fn beside_this_test() -> io::Result<PathBuf> {
        let test = std::env::current_exe()?;
        let folder =
            test.ancestors().nth(2).ok_or_else(|| io::Error::other("the test stands in no folder"))?;
        Ok(folder.join(format!("nightline-desk{}", std::env::consts::EXE_SUFFIX)))
    }

    /// Its origin: `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port: `127.0.0.1:40123`.
    pub fn authority(&self) -> &str {
        self.url.split_once("://").map_or(self.url.as_str(), |(_, authority)| authority)
    }

    /// The folder it runs on.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its process id, for those who measure it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The one-time set-up link; waits until it is printed, `None` if the desk prints none.
    pub fn set_up_link(&mut self) -> Option<&str> {
        if self.set_up_link.is_none() {
            self.set_up_link = self.next_line_with("/setup#token=").ok().and_then(|line| {
                line.split_whitespace().find(|word| word.contains("/setup#token=")).map(str::to_owned)
            });
        }
        self.set_up_link.as_deref()
    }

    /// The token of the one-time set-up link.
    pub fn set_up_token(&mut self) -> Option<&str> {
        self.set_up_link().and_then(|link| link.split_once("#token=")).map(|(_, token)| token)
    }

    /// Ends it at once, as a power cut does (signal 9 on Unix).
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again on the same data and the same address. Kills it first where it still runs.
    pub fn restart(&mut self) -> io::Result<()> {
        self.kill();
        let address = self.authority().to_owned();
        *self = Self::start_at(self.program.clone(), self.data.clone(), self.flags.clone(), &address)?;
        Ok(())
    }

    fn start_at(program: PathBuf, data: PathBuf, flags: Vec<String>, address: &str) -> io::Result<Self> {
        let mut child = Command::new(&program)
            .args(["serve", "--listen", address, "--data"])
            .arg(&data)
            .args(&flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = lines_of(child.stdout.take());
        let mut desk = Self { program, data, flags, child, lines, url: String::new(), set_up_link: None };
        let line = desk.next_line_with("listening on ")?;
        desk.url = line.trim_start_matches("listening on ").trim().to_owned();
        Ok(desk)
    }

    fn next_line_with(&self, part: &str) -> io::Result<String> {
        loop {
            match self.lines.recv_timeout(START_TIMEOUT) {
                Ok(line) if line.contains(part) => return Ok(line),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::TimedOut.into()),
                Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the desk ended early")),
            }
        }
    }
}

impl Drop for DeskProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Lines as they come; the thread ends with the process's output.
fn lines_of(out: Option<ChildStdout>) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(out) = out {
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
    }
    receiver
}
