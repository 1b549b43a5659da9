//! An ordinary user: no rights, no echoes, a home of their own, and the program copied to where they may read it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use nightline_diagnosis::{Sources, compile};
use nightline_types::PathReport;

use crate::case::Case;
use crate::network::Lab;

/// Debian's `nobody`.
pub(crate) const ID: &str = "65534";
/// Whose the lab's networks are.
const OWNERS_V4: &str = "335609856,335610111,64501,Lab Provider\n\
                         335675392,335675647,64502,Lab Transit\n\
                         335740928,335741183,64503,Lab Target\n";
const OWNERS_V6: &str = "55832768119825001489588427028103692288,55837960416683536317216957524432912383,64501,Lab Provider\n\
                         55837960416683536317216957524432912384,55843152713542071144845488020762132479,64502,Lab Transit\n\
                         55843152713542071144845488020762132480,55848345010400605972474018517091352575,64503,Lab Target\n";

/// The user.
pub(crate) struct Nobody {
    folder: tempfile::TempDir,
}

impl Nobody {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let open = |path: &Path| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        };
        open(folder.path());
        let program = folder.path().join("nightline");
        std::fs::copy(beside_this_test("nightline"), &program).unwrap();
        open(&program);
        let table = compile(Sources { v4: OWNERS_V4, v6: OWNERS_V6 }).unwrap();
        std::fs::write(folder.path().join("owners.table"), table).unwrap();
        let home = folder.path().join("home");
        std::fs::create_dir(&home).unwrap();
        std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o777)).unwrap();
        Self { folder }
    }

    /// A command of theirs on the client.
    pub(crate) fn command(&self, lab: &Lab, program: impl AsRef<Path>) -> Command {
        let mut command = lab.at(0).command("setpriv");
        command
            .args([
                "--reuid",
                ID,
                "--regid",
                ID,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--",
            ])
            .arg(program.as_ref())
            .env("HOME", self.home());
        command
    }

    /// Their `nightline`.
    pub(crate) fn program(&self) -> PathBuf {
        self.folder.path().join("nightline")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// `nightline path` to the case's target, and how long it took.
    pub(crate) fn path(&self, lab: &Lab, case: &Case) -> (PathReport, Duration) {
        let address = lab.target_address();
        let target = match (case.port, case.family) {
            (None, _) => address,
            (Some(port), 6) => format!("[{address}]:{port}"),
            (Some(port), _) => format!("{address}:{port}"),
        };
        let begun = Instant::now();
        let output = self
            .command(lab, self.program())
            .args(["path", &target, "--json", "--lang", "en", "--rounds", &case.rounds.to_string()])
            .args(["--interval-ms", &case.interval_ms.to_string(), "--home"])
            .arg(self.home())
            .output()
            .unwrap();
        let took = begun.elapsed();
        assert!(output.status.success(), "{}: {}", case.name, String::from_utf8_lossy(&output.stderr));
        (serde_json::from_slice(&output.stdout).unwrap(), took)
    }
}

/// A program of this workspace, in the same target folder; it has to be built.
fn beside_this_test(program: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join(program);
    assert!(program.exists(), "build {} first", program.display());
    program
}
