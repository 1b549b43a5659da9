//! A client, a router and a server behind it, and a diagnosis from the client's chair.

use std::path::{Path, PathBuf};

use nightline_testkit::netns::Namespace;
use nightline_testkit::tiny_dns::TinyDns;
use nightline_testkit::tiny_http;
use nightline_types::Report;

/// The router's address on the client's side.
pub(crate) const ROUTER: &str = "10.77.1.1";
/// The server behind the router.
pub(crate) const SERVER: &str = "10.77.2.2";

/// Three machines in a row.
pub(crate) struct Lab {
    pub(crate) client: Namespace,
    pub(crate) router: Namespace,
    pub(crate) server: Namespace,
    home: tempfile::TempDir,
}

impl Lab {
    /// Everything works: the router forwards, the server answers, nobody is asked for names.
    pub(crate) fn new() -> Self {
        let lab = Self {
            client: Namespace::new().unwrap(),
            router: Namespace::new().unwrap(),
            server: Namespace::new().unwrap(),
            home: tempfile::tempdir().unwrap(),
        };
        lab.client.cable(("lan0", "10.77.1.2/24"), &lab.router, ("lan0", "10.77.1.1/24")).unwrap();
        lab.router.cable(("wan0", "10.77.2.1/24"), &lab.server, ("wan0", "10.77.2.2/24")).unwrap();
        lab.router.set("net/ipv4/ip_forward", "1").unwrap();
        // Otherwise the kernel's own limit looks like loss.
        for namespace in [&lab.router, &lab.server] {
            namespace.set("net/ipv4/icmp_ratelimit", "0").unwrap();
        }
        lab.client.ip("route add default via 10.77.1.1").unwrap();
        lab.server.ip("route add default via 10.77.2.1").unwrap();
        lab
    }

    /// A name server at the server.
    pub(crate) fn name_server(&self, dns: TinyDns) {
        self.server
            .inside(move |listening| {
                dns.serve("10.77.2.2:53".parse().unwrap_or(([0, 0, 0, 0], 53).into()), listening)
            })
            .unwrap();
    }

    /// A web server at the server that gives everybody this answer.
    pub(crate) fn web_server(&self, port: u16, answer: &str) {
        let answer = answer.to_owned();
        self.server
            .inside(move |listening| tiny_http::serve(([10, 77, 2, 2], port).into(), &answer, listening))
            .unwrap();
    }

    /// `nightline diagnose --json` in the client.
    pub(crate) fn diagnose(&self, arguments: &[&str]) -> Report {
        diagnose(&self.client, self.home.path(), arguments)
    }
}

/// The checks of the network: what the machine beside the tests is short of must not decide them.
const NETWORK: [&str; 12] = [
    "interfaces",
    "gateway",
    "dns-system",
    "dns-direct",
    "dns-absent-name",
    "proxy",
    "captive-portal",
    "clock",
    "desk-reach",
    "target-reach",
    "important-targets",
    "path",
];

/// `nightline diagnose --json` of the network in a namespace.
pub(crate) fn diagnose(namespace: &Namespace, home: &Path, arguments: &[&str]) -> Report {
    let mut arguments = arguments.to_vec();
    if !arguments.contains(&"--only") {
        arguments.extend(NETWORK.iter().flat_map(|check| ["--only", check]));
    }
    diagnose_everything(namespace, home, &arguments)
}

/// `nightline diagnose --json` in a namespace; it must end well, whatever it finds.
pub(crate) fn diagnose_everything(namespace: &Namespace, home: &Path, arguments: &[&str]) -> Report {
    let output = namespace
        .command(beside_this_test("nightline"))
        .args(["diagnose", "--json", "--lang", "en", "--home"])
        .arg(home)
        .args(arguments)
        .env_remove("http_proxy")
        .env_remove("https_proxy")
        .env_remove("HTTP_PROXY")
        .env_remove("HTTPS_PROXY")
        .env_remove("ALL_PROXY")
        .env_remove("all_proxy")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A program of this workspace, in the same target folder; it has to be built.
pub(crate) fn beside_this_test(program: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join(program);
    assert!(program.exists(), "build {} first", program.display());
    program
}

/// Everything about a report that a failed assertion needs.
pub(crate) fn summary(report: &Report) -> String {
    let mut lines = vec![format!("{:?} {:?}", report.verdict.culprit, report.verdict.confidence)];
    lines.extend(
        report
            .findings
            .iter()
            .map(|it| format!("{:?} {:?} {:?}", it.id.as_str(), it.severity, it.message.args)),
    );
    lines.extend(report.checks.iter().map(|it| {
        let facts: Vec<_> = it.facts.iter().map(|fact| format!("{}={}", fact.key, fact.value)).collect();
        format!(
            "{} {:?} {:?} {}",
            it.id,
            it.outcome,
            it.reason.as_ref().map(|it| it.id.as_str()),
            facts.join(" ")
        )
    }));
    lines.join("\n")
}

/// Who is blamed, and by which finding (`None`: no finding but notices).
#[track_caller]
pub(crate) fn expect(report: &Report, culprit: nightline_types::Culprit, finding: Option<&str>) {
    assert_eq!(report.verdict.culprit, culprit, "{}", summary(report));
    match finding {
        Some(id) => assert!(report.findings.iter().any(|it| it.id.as_str() == id), "{}", summary(report)),
        None => assert!(
            report.findings.iter().all(|it| it.severity == nightline_types::Grade::Notice),
            "{}",
            summary(report)
        ),
    }
}
