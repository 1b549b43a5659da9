//! A sign-in page that stands in the desk's place, and a plain port that is the desk's own.

use nightline_testkit::tiny_http::answer;
use nightline_types::Culprit;

use crate::lab::{Lab, expect, summary};

const DESK: [&str; 2] = ["--desk", "https://10.77.2.2"];

#[test]
fn a_page_that_leads_elsewhere_is_a_portal() {
    let lab = Lab::new();
    lab.web_server(80, &answer("302 Found", "location: http://login.portal.test/", ""));
    expect(&lab.diagnose(&DESK), Culprit::Interception, Some("finding-captive-portal"));
}

#[test]
fn a_page_with_a_body_is_a_portal() {
    let lab = Lab::new();
    lab.web_server(80, &answer("200 OK", "content-type: text/html", "<h1>Welcome to the hotel</h1>"));
    expect(&lab.diagnose(&DESK), Culprit::Interception, Some("finding-captive-portal"));
}

#[test]
fn a_plain_port_that_leads_to_the_same_desk_is_no_portal() {
    let lab = Lab::new();
    lab.web_server(80, &answer("301 Moved", "location: https://10.77.2.2/generate_204", ""));
    let report = lab.diagnose(&DESK);
    assert_ne!(report.verdict.culprit, Culprit::Interception, "{}", summary(&report));
}
