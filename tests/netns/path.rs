//! The way through the network: hops in their order, and loss placed where it begins.

use nightline_types::PathReport;

use crate::lab::{Lab, beside_this_test};

/// So many that chance decides none of these tests once in a million runs.
const ROUNDS: &str = "40";

fn trace(lab: &Lab, host: &str) -> PathReport {
    let home = tempfile::tempdir().unwrap();
    let output = lab
        .client
        .command(beside_this_test("nightline"))
        .args(["path", host, "--json", "--rounds", ROUNDS, "--interval-ms", "50", "--home"])
        .arg(home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn addresses(path: &PathReport) -> Vec<&str> {
    path.hops.iter().flat_map(|hop| hop.addresses.iter().map(String::as_str)).collect()
}

#[test]
fn the_hops_come_in_their_order_by_udp_and_by_the_very_port() {
    let lab = Lab::new();
    lab.web_server(8080, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    for host in ["10.77.2.2", "10.77.2.2:8080", "10.77.2.2:9999"] {
        let path = trace(&lab, host);
        assert_eq!(addresses(&path), ["10.77.1.1", "10.77.2.2"], "{path:?}");
        assert!(path.reached, "{path:?}");
        assert!(path.hops.iter().all(|hop| hop.received == hop.sent), "{path:?}");
        assert_eq!(path.verdict.unwrap().id.as_str(), "path-clean");
    }
}

#[test]
fn a_router_that_answers_seldom_is_excused() {
    let lab = Lab::new();
    lab.router.nft("table ip f {\nchain c {\ntype filter hook output priority 0;\nicmp type time-exceeded numgen random mod 10 < 7 drop\n}\n}").unwrap();
    let path = trace(&lab, "10.77.2.2");
    assert!(path.hops[0].loss_pct > 10.0, "{path:?}");
    assert!(path.hops[0].excused.is_some(), "{path:?}");
    assert_eq!(path.verdict.unwrap().id.as_str(), "path-clean");
}

#[test]
fn loss_behind_the_router_is_placed_there() {
    let lab = Lab::new();
    // On the way there only: on both, five of six would be lost.
    lab.router.nft("table ip f {\nchain c {\ntype filter hook forward priority 0;\nip daddr 10.77.2.2 numgen random mod 10 < 6 drop\n}\n}").unwrap();
    let path = trace(&lab, "10.77.2.2");
    let verdict = path.verdict.clone().unwrap();
    assert_eq!(verdict.id.as_str(), "path-lossy-between", "{path:?}");
    assert_eq!(verdict.culprit, nightline_types::Culprit::Provider, "{path:?}");
}
