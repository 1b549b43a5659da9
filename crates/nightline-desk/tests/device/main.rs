//! The desk as devices see it: the real program on loopback, spoken to byte by byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod bundle;
mod device;
#[cfg(target_os = "linux")]
mod disk;
mod enrolment;
mod hostile;
mod http;
mod messages;
mod outside;
mod program;
mod routes;
mod tickets;
mod tus_conformance;
mod tus_crash;
mod upload;

use std::path::Path;

use nightline_testkit::DeskProcess;
use tempfile::TempDir;

/// A desk of its own for one test, and its folder.
struct Desk {
    process: DeskProcess,
    _folder: TempDir,
}

impl Desk {
    fn start(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = Self::on(folder.path(), flags);
        Self { process, _folder: folder }
    }

    fn on(folder: &Path, flags: &[&str]) -> DeskProcess {
        DeskProcess::start(Path::new(env!("CARGO_BIN_EXE_nightline-desk")), &folder.join("data"), flags)
            .unwrap()
    }

    fn address(&self) -> &str {
        self.process.authority()
    }
}
