//! A small disk of its own for one test: a tmpfs. Linux, as root.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Mounted while it lives.
pub(crate) struct Small(PathBuf);

impl Small {
    #[expect(clippy::disallowed_methods, reason = "a test's own set-up")]
    pub(crate) fn mount(path: &Path, bytes: u64) -> Option<Self> {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "nightline-test"])
            .arg(path)
            .status()
            .is_ok_and(|it| it.success());
        done.then(|| Self(path.to_owned()))
    }
}

impl Drop for Small {
    #[expect(clippy::disallowed_methods, reason = "a test's own set-up")]
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
