//! No network at all. The diagnosis still ends.

use nightline_testkit::netns::Namespace;
use nightline_types::Culprit;

use crate::lab::{Lab, diagnose_everything, expect};

const SOMEWHERE: [&str; 4] = ["--desk", "https://192.0.2.1", "--target", "192.0.2.2:443"];

#[test]
fn an_empty_namespace_is_no_network() {
    let home = tempfile::tempdir().unwrap();
    let bare = Namespace::empty().unwrap();
    expect(&diagnose_everything(&bare, home.path(), &[]), Culprit::NoNetwork, Some("finding-no-link"));
    let with_loopback = Namespace::new().unwrap();
    expect(
        &diagnose_everything(&with_loopback, home.path(), &SOMEWHERE),
        Culprit::NoNetwork,
        Some("finding-no-link"),
    );
}

#[test]
fn a_link_without_address_or_without_route_is_no_network() {
    let lab = Lab::new();
    lab.client.ip("route del default").unwrap();
    expect(&lab.diagnose(&SOMEWHERE), Culprit::NoNetwork, Some("finding-no-route"));
    lab.client.ip("address flush dev lan0").unwrap();
    expect(&lab.diagnose(&SOMEWHERE), Culprit::NoNetwork, Some("finding-no-address"));
}

#[test]
fn a_machine_without_a_way_out_that_reaches_its_neighbor_has_a_network() {
    let lab = Lab::new();
    lab.client.ip("route del default").unwrap();
    lab.router
        .inside(|listening| {
            nightline_testkit::tiny_http::serve(
                ([10, 77, 1, 1], 8080).into(),
                "HTTP/1.1 200 OK\r\n\r\n",
                listening,
            )
        })
        .unwrap();
    let report = lab.diagnose(&["--target", "10.77.1.1:8080"]);
    assert_ne!(report.verdict.culprit, Culprit::NoNetwork, "{}", crate::lab::summary(&report));
}
