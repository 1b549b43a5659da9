//! An ordinary user: no rights, no echoes, a home of their own, and the program copied to where they may read it.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nightline_diagnosis::{Sources, compile};
use nightline_testkit::netns::Namespace;
use nightline_types::{PathReport, Report};

use crate::case::Case;
use crate::network::Lab;
use crate::world::DESK_NAME;

/// Debian's `nobody`.
pub(crate) const ID: &str = "65534";
/// Whose the lab's networks are.
const OWNERS_V4: &str = "335609856,335610111,64501,Lab Provider\n\
                         335675392,335675647,64502,Lab Transit\n\
                         335740928,335741183,64503,Lab Target\n";
const OWNERS_V6: &str = "55832768119825001489588427028103692288,55837960416683536317216957524432912383,64501,Lab Provider\n\
                         55837960416683536317216957524432912384,55843152713542071144845488020762132479,64502,Lab Transit\n\
                         55843152713542071144845488020762132480,55848345010400605972474018517091352575,64503,Lab Target\n";

/// Checks of the machine: what the one beside the tests is short of must not decide them.
const MACHINE: [&str; 9] = [
    "cpu-pressure",
    "disk-pressure",
    "installed-software",
    "machine-identity",
    "memory-pressure",
    "os-build",
    "recent-updates",
    "system-log",
    "uptime-boots",
];
/// What the command line says when the first verdict stands.
const FIRST_VERDICT: &str = "First answer";

/// The user.
pub(crate) struct Nobody {
    folder: tempfile::TempDir,
    /// The checks of the network, whatever there are.
    network: Vec<String>,
}

/// A diagnosis, and when its answers came.
pub(crate) struct Diagnosed {
    pub(crate) report: Report,
    /// Until the first verdict; absent if there was none before the last.
    pub(crate) first: Option<Duration>,
    pub(crate) complete: Duration,
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
        let network = Vec::new();
        let mut nobody = Self { folder, network };
        let bare = Namespace::empty().unwrap();
        let all = nobody.diagnosed(nobody.command_in(&bare, nobody.program()).args([
            "diagnose",
            "--deadline",
            "1",
        ]));
        let all = all.report.checks.iter().map(|it| it.id.to_string());
        nobody.network = all.filter(|it| !MACHINE.contains(&it.as_str())).collect();
        nobody
    }

    /// A command of theirs on the client.
    pub(crate) fn command(&self, lab: &Lab, program: impl AsRef<Path>) -> Command {
        self.command_in(lab.at(0), program)
    }

    fn command_in(&self, machine: &Namespace, program: impl AsRef<Path>) -> Command {
        let mut command = machine.command("setpriv");
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
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_uppercase());
        }
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

    /// `nightline diagnose` of the network, as the case says.
    pub(crate) fn diagnose(&self, lab: &Lab, case: &Case) -> Diagnosed {
        let mut command = self.command(lab, self.program());
        command.args(["diagnose", "--desk", &format!("https://{DESK_NAME}")]);
        command.args(self.network.iter().flat_map(|check| ["--only", check]));
        command.args(case.target.iter().flat_map(|target| ["--target", target]));
        if case.load {
            command.args(["--only", "load"]);
        }
        if let Some(roots) = lab.roots() {
            let mine = self.folder.path().join("roots.pem");
            std::fs::copy(roots, &mine).unwrap();
            command.arg("--ca").arg(mine);
        }
        if let Some(proxy) = &case.proxy {
            command.env("HTTPS_PROXY", proxy).env("HTTP_PROXY", proxy);
        }
        command.envs(case.plain_proxy.iter().map(|it| ("HTTP_PROXY", it)));
        command.envs(case.no_proxy.iter().map(|it| ("NO_PROXY", it)));
        self.diagnosed(&mut command)
    }

    fn diagnosed(&self, command: &mut Command) -> Diagnosed {
        let begun = Instant::now();
        command.args(["--json", "--lang", "en", "--home"]).arg(self.home());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let progress = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let first = std::thread::spawn(move || {
            let mut first = None;
            let mut said = String::new();
            for line in progress {
                if line.contains(FIRST_VERDICT) {
                    first = first.or(Some(begun.elapsed()));
                }
                said += &format!("{line}\n");
            }
            (first, said)
        });
        let mut answer = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut answer).unwrap();
        let success = child.wait().unwrap().success();
        let complete = begun.elapsed();
        let (first, said) = first.join().unwrap();
        assert!(success, "{said}");
        Diagnosed { report: serde_json::from_slice(&answer).unwrap(), first, complete }
    }
}

/// A program of this workspace, in the same target folder; it has to be built.
pub(crate) fn beside_this_test(program: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join(program);
    assert!(program.exists(), "build {} first", program.display());
    program
}
