//! The router: dead, and only shy.

use nightline_types::{Culprit, Outcome, Value};

use crate::lab::{Lab, ROUTER, expect};

const TARGET: [&str; 2] = ["--target", "10.77.2.2:8080"];

#[test]
fn a_router_that_does_not_answer_is_named() {
    let lab = Lab::new();
    lab.router.ip("address del 10.77.1.1/24 dev lan0").unwrap();
    let report = lab.diagnose(&TARGET);
    expect(&report, Culprit::Router, Some("finding-gateway-dead"));
    let dead = report.findings.iter().find(|it| it.id.as_str() == "finding-gateway-dead").unwrap();
    assert_eq!(dead.message.args.get("address").and_then(Value::as_str), Some(ROUTER));
    assert!(report.complete, "it ended before its own deadline");
}

/// A lab with a router that passes packets and answers no echo and no datagram.
fn with_a_shy_router() -> Lab {
    let lab = Lab::new();
    lab.name_server(nightline_testkit::tiny_dns::TinyDns::Knows([].into()));
    lab.client.resolvers(&[crate::lab::SERVER]).unwrap();
    lab.router.nft("table ip f {\nchain c {\ntype filter hook input priority 0;\nip protocol icmp drop\nip protocol udp drop\n}\n}").unwrap();
    lab
}

#[test]
fn a_router_that_drops_echoes_but_passes_packets_is_fine() {
    let lab = with_a_shy_router();
    lab.web_server(8080, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    expect(&lab.diagnose(&TARGET), Culprit::None, None);
}

#[test]
fn a_shy_router_that_the_kernel_has_not_asked_lately_is_not_blamed() {
    let lab = with_a_shy_router();
    lab.router.ip("link set lan0 address 02:00:00:00:00:01").unwrap();
    lab.client.ip("neigh replace 10.77.1.1 lladdr 02:00:00:00:00:01 nud stale dev lan0").unwrap();
    let report = lab.diagnose(&["--only", "interfaces", "--only", "gateway"]);
    let gateway = report.checks.iter().find(|it| it.id.as_str() == "gateway").unwrap();
    assert_eq!(gateway.outcome, Outcome::Unknown, "{}", crate::lab::summary(&report));
    expect(&report, Culprit::None, None);
}
