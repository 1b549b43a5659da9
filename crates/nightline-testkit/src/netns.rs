//! Networks of our own, for tests of faults. Needs root, or a session under `unshare -Urnm`; touches nothing outside
//! the namespaces it makes.
//!
//! A namespace lives as long as its holder process, and the holder as long as the pipe to this process: nothing is
//! left behind after a panic or a kill, and nothing has a name that could clash.

#![expect(clippy::disallowed_methods, reason = "a test starts the system's own network tools")]

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::thread::JoinHandle;

use nix::sched::{CloneFlags, setns};

/// A network namespace with its own mounts, so that it can have its own `/etc/resolv.conf`.
#[derive(Debug)]
pub struct Namespace {
    holder: Child,
    /// Closing it ends the holder.
    _pipe: ChildStdin,
    folder: tempfile::TempDir,
}

impl Namespace {
    /// A namespace where nothing is up, not even loopback.
    ///
    /// # Errors
    /// When this process may not make namespaces.
    pub fn empty() -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut holder = Command::new("unshare")
            .args([
                "--net",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                "echo ready; exec cat > /dev/null",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(pipe), Some(out)) = (holder.stdin.take(), holder.stdout.take()) else {
            return Err(io::Error::other("the holder has no pipes"));
        };
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        if line.trim() != "ready" {
            return Err(io::Error::other("no namespaces here: run as root, or under `unshare -Urnm`"));
        }
        let namespace = Self { holder, _pipe: pipe, folder };
        namespace.resolvers(&[])?;
        Ok(namespace)
    }

    /// A namespace with loopback up.
    ///
    /// # Errors
    /// When this process may not make namespaces.
    pub fn new() -> io::Result<Self> {
        let namespace = Self::empty()?;
        namespace.ip("link set lo up")?;
        Ok(namespace)
    }

    /// The holder's process id.
    pub fn id(&self) -> u32 {
        self.holder.id()
    }

    /// A command that will run inside.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.id().to_string(), "--net", "--mount", "--"]).arg(program.as_ref());
        command
    }

    /// Runs a command inside; its output must be a success.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, program: &str, arguments: &[&str]) -> io::Result<Output> {
        let output = self.command(program).args(arguments).output()?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(format!("{program} {}: {said}", arguments.join(" "))))
    }

    /// `ip …`, words separated by spaces.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn ip(&self, words: &str) -> io::Result<()> {
        self.run("ip", &words.split(' ').collect::<Vec<_>>()).map(|_| ())
    }

    /// Writes a kernel setting of this namespace: `net/ipv4/ip_forward`, `1`.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn set(&self, setting: &str, value: &str) -> io::Result<()> {
        self.run("sh", &["-c", &format!("echo {value} > /proc/sys/{setting}")]).map(|_| ())
    }

    /// Adds packet filter rules, in nft's language.
    ///
    /// # Errors
    /// When nft refuses them.
    pub fn nft(&self, rules: &str) -> io::Result<()> {
        let mut child =
            self.command("nft").args(["-f", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(rules.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Replaces `/etc/resolv.conf` inside.
    ///
    /// # Errors
    /// When it cannot be mounted.
    pub fn resolvers(&self, servers: &[&str]) -> io::Result<()> {
        let text: String = servers.iter().map(|server| format!("nameserver {server}\n")).collect();
        let file: PathBuf = self.folder.path().join("resolv.conf");
        let first = !file.exists();
        // The same file is written again: a bind mount follows the file, not its name.
        std::fs::write(&file, text)?;
        if first {
            self.run("mount", &["--bind", &file.to_string_lossy(), "/etc/resolv.conf"])?;
        }
        Ok(())
    }

    /// Lays a cable to another namespace: an interface here, one there, each with its address, both up.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn cable(&self, here: (&str, &str), other: &Self, there: (&str, &str)) -> io::Result<()> {
        self.ip(&format!("link add {} type veth peer name {} netns {}", here.0, there.0, other.id()))?;
        for (namespace, (interface, address)) in [(self, here), (other, there)] {
            if !address.is_empty() {
                namespace.ip(&format!("address add {address} dev {interface}"))?;
            }
            namespace.ip(&format!("link set {interface} up"))?;
        }
        Ok(())
    }

    /// Runs `work` in a thread inside the namespace, for servers: sockets stay where they were made. Answers once
    /// `work` has called its argument, that is, once it listens.
    ///
    /// # Errors
    /// When the thread cannot enter the namespace or ends before it listens.
    pub fn inside<W>(&self, work: W) -> io::Result<JoinHandle<io::Result<()>>>
    where
        W: FnOnce(&dyn Fn()) -> io::Result<()> + Send + 'static,
    {
        let namespace = File::open(format!("/proc/{}/ns/net", self.id()))?;
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            setns(namespace, CloneFlags::CLONE_NEWNET)?;
            work(&|| {
                let _ready = sender.send(());
            })
        });
        match receiver.recv() {
            Ok(()) => Ok(thread),
            Err(_) => Err(match thread.join() {
                Ok(Err(error)) => error,
                _ => io::Error::other("the server ended before it listened"),
            }),
        }
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
