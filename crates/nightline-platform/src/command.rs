//! Runs an external command: an argument list, a time limit, an output limit. No shell, ever.
//!
//! The only place that starts a foreign program. Whatever happens is data; only a program that cannot be started is
//! an error. Nothing survives the call: the whole process group is killed at the limit and when the future is dropped.

pub(crate) mod group;
mod pump;

use std::ffi::OsString;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;

use group::Group;
use pump::{Pumped, Stopped, keep_beginning, pump};

/// How long a finished command's orphans may keep its output open before we stop listening.
const ORPHAN_LIMIT: Duration = Duration::from_millis(200);
/// Error output is for a detail line; more than this helps nobody.
const STDERR_LIMIT: usize = 16 * 1024;
/// What [`Command::output_limit`] is if nobody sets it: enough for every table that a check reads.
const OUTPUT_LIMIT: usize = 4 * 1024 * 1024;

/// What to run and how long, not yet started.
#[derive(Clone, Debug)]
pub struct Command {
    program: OsString,
    args: Vec<OsString>,
    limit: Duration,
    output_limit: usize,
    environment: Vec<(OsString, OsString)>,
    stdin: Vec<u8>,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// How it ended.
    pub exit: Exit,
    /// Its output, cut at the limit. Empty if it went to a file.
    pub stdout: Vec<u8>,
    /// Its error output, cut.
    pub stderr: Vec<u8>,
    /// Bytes of output that were kept or written to the file.
    pub bytes: u64,
    /// Whether there was more output than the limit.
    pub truncated: bool,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this code.
    Code(i32),
    /// By a signal, or in a way that has no code.
    Signal(i32),
    /// We ended it at the time limit.
    TimedOut,
    /// We ended it because it wrote more than the limit.
    TooMuchOutput,
}

/// Why a command could not be run at all.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The program is not installed.
    #[error("{program} is not installed")]
    NotInstalled {
        /// Its name.
        program: String,
    },
    /// It could not be started.
    #[error("could not start {program}")]
    Start {
        /// Its name.
        program: String,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// Its output could not be read or written to the file.
    #[error("could not read the output of {program}")]
    Output {
        /// Its name.
        program: String,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
}

impl Ran {
    /// Whether it ended by itself with code 0.
    pub fn succeeded(&self) -> bool {
        self.exit == Exit::Code(0)
    }

    /// Its output as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Its error output as one line.
    pub fn complaint(&self) -> String {
        String::from_utf8_lossy(&self.stderr).trim().replace('\n', "; ")
    }
}

impl Command {
    /// `program` is looked up on the path; `limit` is the longest it may run.
    pub fn new(program: impl Into<OsString>, limit: Duration) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            limit,
            output_limit: OUTPUT_LIMIT,
            environment: Vec::new(),
            stdin: Vec::new(),
        }
    }

    /// One more argument, passed on as it is.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// More arguments.
    #[must_use]
    pub fn args<T: Into<OsString>>(mut self, args: impl IntoIterator<Item = T>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// The most bytes of output to keep; the command is ended when it writes more.
    #[must_use]
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = bytes;
        self
    }

    /// A variable of its environment, over the inherited ones. `LC_ALL` is always `C`.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// What it reads; nothing if this is not called.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Runs it and keeps the output in memory.
    ///
    /// # Errors
    /// When it cannot be started or its output cannot be read.
    pub async fn run(self) -> Result<Ran, CommandError> {
        let mut kept = Vec::new();
        let mut ran = self.run_into(&mut kept).await?;
        ran.stdout = kept;
        Ok(ran)
    }

    /// Runs it and writes the output to `file` as it comes, in constant memory.
    ///
    /// # Errors
    /// When it cannot be started, its output cannot be read, or the file cannot be written.
    pub async fn run_to_file(self, file: std::fs::File) -> Result<Ran, CommandError> {
        let program = self.name();
        let mut file = tokio::fs::File::from_std(file);
        let ran = self.run_into(&mut file).await?;
        file.flush().await.map_err(|source| CommandError::Output { program, source })?;
        Ok(ran)
    }

    fn name(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }

    async fn run_into<W: tokio::io::AsyncWrite + Unpin>(self, sink: &mut W) -> Result<Ran, CommandError> {
        let program = self.name();
        let mut group = self.start()?;
        let output = |source| CommandError::Output { program: program.clone(), source };
        if let Some(mut stdin) = group.child.stdin.take() {
            // What it does not read before it ends does not matter; the pipe's own size bounds the wait.
            let text = self.stdin.clone();
            tokio::spawn(async move { stdin.write_all(&text).await.ok() });
        }
        let (out, err) = (group.child.stdout.take(), group.child.stderr.take());
        let mut complaint = Vec::new();
        let mut stdout = Pumped::default();
        let deadline = tokio::time::Instant::now() + self.limit;
        let exit = {
            let pumping = async {
                tokio::try_join!(
                    pump(out, sink, self.output_limit, &mut stdout),
                    keep_beginning(err, &mut complaint, STDERR_LIMIT),
                )
            };
            tokio::pin!(pumping);
            let mut pumped = None;
            let exit = tokio::select! {
                results = &mut pumping => {
                    pumped = Some(results.map(drop));
                    None
                }
                status = group.child.wait() => Some(status.map_err(output)?.into()),
                () = tokio::time::sleep_until(deadline) => Some(Exit::TimedOut),
            };
            if pumped.is_none() && exit != Some(Exit::TimedOut) {
                pumped = tokio::time::timeout(ORPHAN_LIMIT, &mut pumping).await.ok().map(|it| it.map(drop));
            }
            if let Some(Err(Stopped::Failed(source))) = pumped {
                return Err(output(source));
            }
            exit
        };
        let exit = match exit {
            _ if stdout.full => Exit::TooMuchOutput,
            Some(exit) => exit,
            // The output is closed and the process is not gone yet.
            None => match tokio::time::timeout_at(deadline, group.child.wait()).await {
                Ok(status) => status.map_err(output)?.into(),
                Err(_) => Exit::TimedOut,
            },
        };
        group.end().await;
        Ok(Ran { exit, stdout: Vec::new(), stderr: complaint, bytes: stdout.bytes, truncated: stdout.full })
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one function that the rule points to")]
    fn start(&self) -> Result<Group, CommandError> {
        let mut command = std::process::Command::new(&self.program);
        let piped = if self.stdin.is_empty() { Stdio::null() } else { Stdio::piped() };
        command.args(&self.args).stdin(piped).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.env("LC_ALL", "C").env_remove("LANGUAGE");
        Group::start(command).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => CommandError::NotInstalled { program: self.name() },
            _ => CommandError::Start { program: self.name(), source },
        })
    }
}

impl From<std::process::ExitStatus> for Exit {
    fn from(status: std::process::ExitStatus) -> Self {
        if let Some(code) = status.code() {
            return Self::Code(code);
        }
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt;
            Self::Signal(status.signal().unwrap_or_default())
        }
        #[cfg(not(unix))]
        Self::Signal(0)
    }
}
