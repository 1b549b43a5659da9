//! An ordinary user for our own program: no identity of root, no capability, no right to send echoes.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::net::Net;
use crate::failure::Failure;
use crate::shell;

/// Debian's `nobody`.
const ID: &str = "65534";

/// The user, with a folder that they can reach: a checkout may lie where they may not look.
pub(super) struct Nobody {
    folder: PathBuf,
}

impl Nobody {
    pub(super) fn new(nightline: &Path) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("nightline-bench-{}", std::process::id()));
        let made = Self { folder };
        let path = made.folder.to_string_lossy();
        shell::run_quietly(shell::command("install", ["-d", "-m", "755", &path]))?;
        shell::run_quietly(shell::command("install", ["-d", "-m", "777", &made.home().to_string_lossy()]))?;
        let from = nightline.to_string_lossy();
        shell::run_quietly(shell::command("install", ["-m", "755", &from, &made.program()]))?;
        Ok(made)
    }

    /// Their `nightline`.
    pub(super) fn program(&self) -> String {
        self.folder.join("nightline").to_string_lossy().into_owned()
    }

    pub(super) fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// A command of theirs on the client.
    pub(super) fn command(&self, net: &Net, program: &str) -> Command {
        let mut command = net.command(0, "setpriv");
        command
            .args(["--reuid", ID, "--regid", ID, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"])
            .args(["--", program])
            .env("HOME", self.home());
        command
    }

    /// Fails if they can do more than an ordinary user.
    pub(super) fn has_no_rights(&self, net: &Net) -> Result<(), Failure> {
        let mut command = self.command(net, "cat");
        command.args(["/proc/self/status", "/proc/sys/net/ipv4/ping_group_range"]);
        let said = shell::read(command).unwrap_or_default();
        let field = |name: &str| said.lines().find_map(|it| it.strip_prefix(name)).unwrap_or_default().trim();
        let is_nobody = !field("Uid:").is_empty() && field("Uid:").split_whitespace().all(|it| it == ID);
        let is_bare = ["CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"]
            .iter()
            .all(|it| !field(it).is_empty() && field(it).bytes().all(|digit| digit == b'0'));
        let range = said.lines().last().unwrap_or_default();
        let mut ends = range.split_whitespace().filter_map(|it| it.parse::<u64>().ok());
        // First greater than last: nobody may send echoes.
        let is_mute = matches!((ends.next(), ends.next()), (Some(first), Some(last)) if first > last);
        if is_nobody && is_bare && is_mute {
            Ok(())
        } else {
            Err(Failure::answer("setpriv", format!("left a right:\n{said}")))
        }
    }
}

impl Drop for Nobody {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
