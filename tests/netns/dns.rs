//! Name servers: working, dead, refusing, failing, lying.

use std::net::Ipv4Addr;

use nightline_testkit::tiny_dns::TinyDns;
use nightline_types::{Culprit, Value};

use crate::lab::{Lab, SERVER, expect};

const TARGET: [&str; 2] = ["--target", "files.test:8080"];

/// A lab whose client asks the server for names, with a web server under a name.
fn lab(dns: Option<TinyDns>) -> Lab {
    let lab = Lab::new();
    lab.web_server(8080, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    lab.client.resolvers(&[SERVER]).unwrap();
    if let Some(dns) = dns {
        lab.name_server(dns);
    }
    lab
}

fn knows_files() -> TinyDns {
    TinyDns::Knows([("files.test".to_owned(), Ipv4Addr::new(10, 77, 2, 2))].into())
}

#[test]
fn a_name_server_that_answers_is_not_blamed() {
    let report = lab(Some(knows_files())).diagnose(&TARGET);
    expect(&report, Culprit::None, None);
}

#[test]
fn a_name_server_that_stays_silent_is_named() {
    let lab = lab(Some(knows_files()));
    lab.server.nft("table ip f {\nchain c {\ntype filter hook input priority 0;\nmeta l4proto { tcp, udp } th dport 53 drop\n}\n}").unwrap();
    let report = lab.diagnose(&TARGET);
    expect(&report, Culprit::Dns, Some("finding-dns-dead"));
    let dead = report.findings.iter().find(|it| it.id.as_str() == "finding-dns-dead").unwrap();
    assert_eq!(dead.message.args.get("servers").and_then(Value::as_str), Some(SERVER));
    assert!(report.complete, "it ended before its own deadline");
}

#[test]
fn refusing_and_failing_name_servers_are_told_apart_from_silent_ones() {
    expect(&lab(Some(TinyDns::Refuses)).diagnose(&TARGET), Culprit::Dns, Some("finding-dns-refused"));
    expect(&lab(None).diagnose(&TARGET), Culprit::Dns, Some("finding-dns-refused"));
    expect(&lab(Some(TinyDns::Fails)).diagnose(&TARGET), Culprit::Dns, Some("finding-dns-failing"));
}

#[test]
fn a_name_that_does_not_exist_is_no_dead_name_server() {
    let report = lab(Some(TinyDns::Knows([].into()))).diagnose(&TARGET);
    expect(&report, Culprit::Service, Some("finding-name-unknown"));
    assert_eq!(report.verdict.id.as_str(), "verdict-name-unknown");
    assert!(report.findings.iter().all(|it| it.id.as_str() != "finding-dns-dead"));
}

#[test]
fn one_dead_name_server_of_two_is_trouble_and_not_the_end() {
    let lab = lab(Some(knows_files()));
    lab.client.resolvers(&[SERVER, "10.77.2.99"]).unwrap();
    expect(&lab.diagnose(&TARGET), Culprit::Dns, Some("finding-dns-partly"));
}
