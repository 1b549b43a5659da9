//! The target: answering, refusing, blocked, gone.

use nightline_testkit::tiny_dns::TinyDns;
use nightline_types::{Culprit, Report};

use crate::lab::{Lab, SERVER, expect};

/// A lab with a working name server, so that something behind the router answers.
fn lab() -> Lab {
    let lab = Lab::new();
    lab.name_server(TinyDns::Knows([].into()));
    lab.client.resolvers(&[SERVER]).unwrap();
    lab
}

fn filtered(rule: &str) -> Report {
    let lab = lab();
    lab.web_server(8080, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    lab.server
        .nft(&format!("table ip f {{\nchain c {{\ntype filter hook input priority 0;\n{rule}\n}}\n}}"))
        .unwrap();
    lab.diagnose(&["--target", "10.77.2.2:8080"])
}

#[test]
fn a_blocked_port_is_named_and_an_open_one_is_not() {
    let report = filtered("tcp dport 8080 drop");
    expect(&report, Culprit::Service, Some("finding-port-blocked"));
    assert_eq!(report.findings[0].message.args["host"].as_str(), Some("10.77.2.2:8080"));
    expect(&filtered("tcp dport 9999 drop"), Culprit::None, None);
}

#[test]
fn a_refused_port_and_a_rejecting_firewall_are_the_service() {
    expect(&filtered("tcp dport 8080 reject with tcp reset"), Culprit::Service, Some("finding-port-refused"));
    expect(&lab().diagnose(&["--target", "10.77.2.2:8080"]), Culprit::Service, Some("finding-port-refused"));
}

#[test]
fn a_host_that_is_gone_is_silent_while_the_rest_works() {
    let report = lab().diagnose(&["--target", "10.77.2.77:8080"]);
    assert_eq!(report.verdict.culprit, Culprit::Service, "{}", crate::lab::summary(&report));
}

#[test]
fn a_server_that_answers_with_an_error_is_the_service() {
    let lab = lab();
    lab.web_server(8080, "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    expect(&lab.diagnose(&["--target", "10.77.2.2:8080"]), Culprit::Service, Some("finding-http-error"));
}

#[test]
fn nothing_behind_the_router_is_the_provider() {
    let lab = lab();
    lab.router.ip("link set wan0 down").unwrap();
    lab.router.nft("table ip f {\nchain c {\ntype filter hook forward priority 0;\ndrop\n}\n}").unwrap();
    let report = lab.diagnose(&["--target", "10.77.2.2:8080"]);
    expect(&report, Culprit::Provider, Some("finding-nothing-beyond-router"));
}
