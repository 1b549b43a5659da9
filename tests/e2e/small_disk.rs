//! A disk of the test's own that is soon full: a tmpfs. Linux, as root; touches no other file system.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A small disk, mounted for as long as this lives.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one over a folder that is there.
    pub(crate) fn mount(dir: &Path, bytes: &str) -> Self {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "nightline-test"])
            .arg(dir)
            .status();
        assert!(done.unwrap().success(), "mounting a tmpfs needs root, as CI has it");
        Self(dir.to_owned())
    }

    /// Leaves no room.
    pub(crate) fn fill(&self) {
        let mut command = Command::new("dd");
        command.arg("if=/dev/zero").arg(format!("of={}", self.filler().display()));
        let status = command.stderr(Stdio::null()).status().unwrap();
        assert!(!status.success(), "the disk is full when dd fails");
    }

    /// Makes room again.
    pub(crate) fn free(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
