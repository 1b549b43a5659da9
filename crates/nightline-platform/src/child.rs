//! Starts a program of our own and talks to it over pipes: a window, a worker. No limit on time: the caller holds it.
//!
//! Never a foreign program: those run by `command`, with limits. Nothing outlives its owner: the whole process group
//! is killed when [`Process`] is dropped.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::{ChildStdin, ChildStdout};

use crate::command::Exit;
use crate::command::group::Group;

/// What to start, not yet started.
#[derive(Clone, Debug)]
pub struct Start {
    /// The program's file.
    pub program: PathBuf,
    /// Its arguments, passed on as they are.
    pub args: Vec<OsString>,
    /// Variables that are added over the inherited ones.
    pub environment: Vec<(OsString, OsString)>,
    /// Where its error output goes.
    pub stderr: Stderr,
}

/// Where error output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stderr {
    /// Nowhere.
    Null,
    /// To ours.
    Inherit,
    /// To the end of this file, which the caller keeps small. Made if it is not there, readable by this person only.
    File(PathBuf),
}

/// A running program of ours.
#[derive(Debug)]
pub struct Child {
    /// What it reads. Dropping it is how it learns that nobody talks to it any more.
    pub stdin: ChildStdin,
    /// What it writes.
    pub stdout: ChildStdout,
    /// The process itself.
    pub process: Process,
}

/// The process of a [`Child`], killed with all that it started when this is dropped.
pub struct Process {
    group: Group,
    id: u32,
}

/// Why a program of ours did not start.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// Its file is not there: the installation is incomplete.
    #[error("{} is not there", program.display())]
    NotThere {
        /// The file.
        program: PathBuf,
    },
    /// The system did not start it.
    #[error("could not start {}", program.display())]
    Start {
        /// The file.
        program: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The file for its error output could not be opened.
    #[error("could not open {} for error output", path.display())]
    Stderr {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// It ended before its pipes could be taken.
    #[error("{} ended at once", program.display())]
    EndedAtOnce {
        /// The file.
        program: PathBuf,
    },
}

impl Start {
    /// A program without arguments, whose error output goes nowhere.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), args: Vec::new(), environment: Vec::new(), stderr: Stderr::Null }
    }

    /// Starts it. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// See [`ChildError`].
    #[expect(
        clippy::disallowed_methods,
        reason = "the rule's second place: programs of our own, without a limit"
    )]
    pub fn run(self) -> Result<Child, ChildError> {
        let Self { program, args, environment, stderr } = self;
        let mut command = std::process::Command::new(&program);
        command.args(args).envs(environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr.open()?);
        let mut group = Group::start(command).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => ChildError::NotThere { program: program.clone() },
            _ => ChildError::Start { program: program.clone(), source },
        })?;
        match (group.child.stdin.take(), group.child.stdout.take(), group.child.id()) {
            (Some(stdin), Some(stdout), Some(id)) => {
                Ok(Child { stdin, stdout, process: Process { group, id } })
            }
            _ => Err(ChildError::EndedAtOnce { program }),
        }
    }
}

impl Stderr {
    fn open(self) -> Result<Stdio, ChildError> {
        match self {
            Self::Null => Ok(Stdio::null()),
            Self::Inherit => Ok(Stdio::inherit()),
            Self::File(path) => match append(&path) {
                Ok(file) => Ok(file.into()),
                Err(source) => Err(ChildError::Stderr { path, source }),
            },
        }
    }
}

fn append(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Process {
    /// Waits until it has ended; what it left behind is killed then. Can be dropped and called again.
    pub async fn wait(&mut self) -> Exit {
        let exit = match self.group.child.wait().await {
            Ok(status) => status.into(),
            // Somebody else has reaped it, so that its code is lost.
            Err(_) => Exit::Signal(0),
        };
        self.group.kill();
        exit
    }

    /// Ends it and everything it started, at once. [`Process::wait`] still tells how it ended.
    pub fn kill(&mut self) {
        self.group.kill();
    }

    /// Its number in the system, also after its end.
    pub fn id(&self) -> u32 {
        self.id
    }
}

impl std::fmt::Debug for Process {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Process").field("id", &self.id).finish_non_exhaustive()
    }
}
