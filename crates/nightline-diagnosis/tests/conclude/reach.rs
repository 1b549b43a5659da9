//! Whose fault it is that something cannot be reached: the machine's, a router's, a filter's, or the other side's.

use nightline_types::{Culprit, Grade, Outcome, Value};

use crate::recorded::{Case, check, healthy};

type Facts = Vec<(&'static str, Value)>;

/// Neither the target nor the desk, at different addresses, is reached.
fn both_fail(phase: &'static str, failure: &'static str, more: &[(&'static str, Value)]) -> Case {
    let facts = |address: &'static str| -> Facts {
        let mut facts: Facts = vec![
            ("reached", false.into()),
            ("failed_phase", phase.into()),
            ("failure", failure.into()),
            ("via_proxy", false.into()),
            ("loopback", false.into()),
            ("address", address.into()),
            ("off_link_answered", (phase != "tcp").into()),
            ("host_answers", (phase != "tcp").into()),
            ("cert_problem", "none".into()),
        ];
        facts.extend(more.iter().cloned());
        facts
    };
    healthy().with("target-reach", Outcome::Broken, &facts("192.0.2.1")).with(
        "desk-reach",
        Outcome::Broken,
        &facts("198.51.100.1"),
    )
}

/// The way to the target, one router each; those after `answering` stay silent.
fn traced(case: Case, routers: &[&str], answering: usize) -> Case {
    let hops: Vec<Value> = (1_i64..)
        .zip(routers)
        .map(|(ttl, address)| {
            let answers = usize::try_from(ttl).is_ok_and(|it| it <= answering);
            let addresses = if answers { vec![*address] } else { Vec::new() };
            Value::Map(
                [
                    ("ttl".to_owned(), ttl.into()),
                    ("sent".to_owned(), 4_i64.into()),
                    ("received".to_owned(), if answers { 4_i64 } else { 0 }.into()),
                    ("addresses".to_owned(), addresses.into()),
                ]
                .into(),
            )
        })
        .collect();
    let facts: Facts = vec![
        ("target", "files.example.com".into()),
        ("address", "192.0.2.1".into()),
        ("reached", false.into()),
        ("hops", hops.into()),
        ("off_link_answered", (answering > 1).into()),
    ];
    case.with("path", Outcome::Unknown, &facts)
}

#[test]
fn two_hosts_that_are_silent_are_not_both_to_blame() {
    let silent = || both_fail("tcp", "timeout", &[]);
    check(silent(), Culprit::Unknown, Some("finding-both-silent"));
    let way = ["10.0.0.1", "100.64.1.1", "20.1.0.1", ""];
    check(traced(silent(), &way, 2), Culprit::Provider, Some("finding-both-silent-behind"));
    let report = traced(silent(), &way, 2).report();
    assert!(report.findings.iter().filter(|it| it.severity == Grade::Broken).count() == 1, "{report:?}");
    let portal = silent().with("captive-portal", Outcome::Broken, &[("intercepted", true.into())]);
    check(portal, Culprit::Interception, Some("finding-captive-portal"));
    // A third one answers: they are.
    let third = silent().with("important-targets", Outcome::Healthy, &[("off_link_answered", true.into())]);
    check(third, Culprit::Service, Some("finding-host-silent"));
}

#[test]
fn a_silent_host_whose_way_ends_early_is_not_to_blame_alone() {
    let silent = || {
        let facts = [("host_answers", false.into()), ("address", "192.0.2.1".into())];
        healthy().target_fails("tcp", "timeout").with("target-reach", Outcome::Broken, &facts)
    };
    let way = ["10.0.0.1", "100.64.1.1", "20.1.0.1", "20.2.0.1", ""];
    check(traced(silent(), &way, 2), Culprit::Unknown, Some("finding-host-silent"));
    check(traced(silent(), &way, 3), Culprit::Service, Some("finding-host-silent"));
    let report = traced(silent(), &way, 2).report();
    let advice = report.findings[0].advice.as_ref().map(|it| it.id.to_string());
    assert_eq!(advice.as_deref(), Some("advice-beyond"), "nothing says that all is well here");
    check(silent(), Culprit::Service, Some("finding-host-silent"));
}

#[test]
fn who_refuses_in_between_is_named() {
    let refused = |by: &'static str, failure| {
        let facts: Facts =
            vec![("host_answers", false.into()), ("refused_by", by.into()), ("address", "192.0.2.1".into())];
        healthy().target_fails("tcp", failure).with("target-reach", Outcome::Broken, &facts)
    };
    check(refused("this-machine", "not-allowed"), Culprit::Device, Some("finding-blocked-here"));
    let forbidden = healthy().target_fails("tcp", "not-allowed");
    check(forbidden, Culprit::Device, Some("finding-blocked-here"));
    check(refused("10.0.0.1", "unreachable"), Culprit::Router, Some("finding-router-refuses"));
    let way = ["10.0.0.1", "100.64.1.1", "20.1.0.1"];
    let further = traced(refused("100.64.1.1", "unreachable"), &way, 2);
    check(further, Culprit::Provider, Some("finding-refused-on-the-way"));
    check(refused("198.51.100.9", "refused"), Culprit::Unknown, Some("finding-refused-on-the-way"));
    let v6 = refused("this-machine", "no-route").with(
        "target-reach",
        Outcome::Broken,
        &[("address", "2001:db8::1".into())],
    );
    check(v6, Culprit::NoNetwork, Some("finding-no-ipv6-way"));
    // A line that is dead, as its router says.
    let dead = both_fail("tcp", "unreachable", &[("refused_by", "10.0.0.1".into())]).with(
        "dns-direct",
        Outcome::Broken,
        &[("answered_count", 0_i64.into()), ("off_link_answered", false.into())],
    );
    check(dead, Culprit::Provider, Some("finding-nothing-beyond-router"));
}

#[test]
fn what_cuts_or_swallows_both_is_on_the_way() {
    check(both_fail("tls", "cut", &[]), Culprit::Interception, Some("finding-encryption-cut"));
    check(both_fail("tls", "timeout", &[]), Culprit::Unknown, Some("finding-answers-stall"));
    // One alone is the service.
    let one = healthy().target_fails("tls", "cut");
    check(one, Culprit::Service, Some("finding-tls-failed"));
    let hole = both_fail("tls", "timeout", &[]).with("mtu", Outcome::Broken, &[("black_hole", true.into())]);
    check(hole, Culprit::Unknown, Some("finding-mtu-black-hole"));
}

#[test]
fn a_line_without_a_router_that_is_dead_is_the_line() {
    let line = |vpn: bool| {
        let way_out = [("vpn_is_way_out", vpn.into()), ("default_interface", "ppp0".into())];
        let silent = [("answered_count", 0_i64.into()), ("off_link_answered", false.into())];
        both_fail("tcp", "timeout", &[])
            .with("interfaces", Outcome::Healthy, &way_out)
            .with("gateway", Outcome::Skipped, &[("address", false.into()), ("answered", "".into())])
            .with("dns-direct", Outcome::Broken, &silent)
            .with("dns-system", Outcome::Broken, &[("error", "timeout".into())])
    };
    check(line(false), Culprit::Provider, Some("finding-line-dead"));
    check(line(true), Culprit::Interception, Some("finding-vpn-dead"));
}

#[test]
fn a_name_that_leads_to_this_machine_is_a_filter_s_or_a_list_s() {
    let led = |address: &'static str| {
        let facts = [("address", address.into()), ("loopback", address.starts_with("127").into())];
        healthy().target_fails("tcp", "refused").with("target-reach", Outcome::Broken, &facts)
    };
    check(led("127.0.0.1"), Culprit::Device, Some("finding-name-led-here"));
    let filtered = [("led_here", vec!["files.example.com"].into())];
    let filtered = led("0.0.0.0").with("dns-direct", Outcome::Healthy, &filtered);
    check(filtered, Culprit::Interception, Some("finding-name-filtered"));
    // Debian's name for the machine itself: a program that is not running.
    check(led("127.0.1.1"), Culprit::Device, Some("finding-local-program-silent"));
}

#[test]
fn a_name_is_told_from_name_lookup() {
    let host = "files.example.com";
    let names = |key, error: &'static str| {
        healthy().with("dns-direct", Outcome::Healthy, &[(key, vec![host].into())]).with(
            "dns-system",
            Outcome::Broken,
            &[("error", error.into()), ("failed_names", vec![host].into())],
        )
    };
    let failing = names("failing_names", "try-again").target_fails("dns", "try-again");
    check(failing, Culprit::Service, Some("finding-name-failing"));
    let empty = names("empty_names", "not-found").target_fails("dns", "not-found");
    check(empty, Culprit::Service, Some("finding-name-empty"));
    // Other names work on this machine; nobody could ask the servers.
    let unknown = healthy().target_fails("dns", "not-found").with(
        "dns-system",
        Outcome::Degraded,
        &[("resolved_count", 1_i64.into()), ("error", "not-found".into())],
    );
    check(unknown, Culprit::Service, Some("finding-name-unknown"));
    let tcp_only = healthy()
        .target_fails("dns", "timeout")
        .with("dns-direct", Outcome::Degraded, &[("tcp_only", vec!["10.0.0.1"].into())])
        .with("dns-system", Outcome::Broken, &[("error", "timeout".into())]);
    check(tcp_only, Culprit::Dns, Some("finding-dns-tcp-only"));
}

#[test]
fn a_machine_with_the_router_s_address_is_told_so() {
    let own = [("addresses", vec!["10.0.0.1"].into())];
    let case = healthy().nothing_answers().with("interfaces", Outcome::Healthy, &own);
    check(case, Culprit::Device, Some("finding-address-of-router"));
}

#[test]
fn what_was_not_asked_is_not_called_fine() {
    let alone = |case: Case| {
        case.with("desk-reach", Outcome::Skipped, &[("reached", "".into()), ("off_link_answered", "".into())])
    };
    let named = |case: Case| case.report().verdict.id.as_str().to_owned();
    let near = alone(healthy()).with("target-reach", Outcome::Skipped, &[("reached", "".into())]);
    assert_eq!(named(near), "verdict-none-near");
    assert_eq!(named(alone(healthy())), "verdict-none");
    let only = Case { checks: Vec::new(), events: Vec::new(), intake: None };
    assert_eq!(named(only.with("interfaces", Outcome::Healthy, &[])), "verdict-none-checked");
    let closed = [("web_ports_closed", true.into())];
    let alive = healthy().with("target-reach", Outcome::Degraded, &closed);
    check(alive, Culprit::None, None);
    let ids: Vec<_> = healthy()
        .with("target-reach", Outcome::Degraded, &closed)
        .report()
        .findings
        .into_iter()
        .map(|it| it.id.to_string())
        .collect();
    assert_eq!(ids, ["finding-no-web-port"]);
}

#[test]
fn an_answer_that_is_no_answer_is_not_called_silence() {
    check(healthy().target_fails("http", "not-http"), Culprit::Service, Some("finding-http-strange"));
    check(healthy().target_fails("http", "timeout"), Culprit::Service, Some("finding-http-silent"));
}
