//! Recorded fact sets and what they must be called; as many that look like a fault and are none. Asks no machine.

mod proxy;
mod reach;
mod recorded;

use nightline_types::{Culprit, EventKind, Grade, Intake, Outcome, Timestamp, Value};

use recorded::{Case, HOUR, NOW, check, healthy};

#[test]
fn a_machine_where_everything_works_is_not_blamed() {
    check(healthy(), Culprit::None, None);
    // Looks bad, is fine: a router that drops echoes, because packets pass it.
    for (outcome, neighbor) in [(Outcome::Unknown, "stale"), (Outcome::Broken, "failed")] {
        let shy = [
            ("answered", false.into()),
            ("neighbour_state", neighbor.into()),
            ("echo_received", 0_i64.into()),
        ];
        check(healthy().with("gateway", outcome, &shy), Culprit::None, None);
    }
    // No default route, but the target on the same link answers.
    check(
        healthy().with("interfaces", Outcome::Degraded, &[("default_route", false.into())]).with(
            "dns-direct",
            Outcome::Skipped,
            &[("off_link_answered", "".into())],
        ),
        Culprit::None,
        None,
    );
    // One resolver without an answer for a while is slow, not dead, if the system resolves.
    check(
        healthy().with(
            "dns-direct",
            Outcome::Degraded,
            &[("answered_count", 0_i64.into()), ("timed_out", vec!["10.0.0.1"].into())],
        ),
        Culprit::None,
        None,
    );
}

#[test]
fn no_link_no_address_and_no_route_are_no_network() {
    let none = |up: i64, addresses: i64| {
        healthy().nothing_answers().with("gateway", Outcome::Skipped, &[("answered", "".into())]).with(
            "interfaces",
            Outcome::Broken,
            &[
                ("link_up_count", up.into()),
                ("address_count", addresses.into()),
                ("default_route", false.into()),
            ],
        )
    };
    check(none(0, 0), Culprit::NoNetwork, Some("finding-no-link"));
    check(none(1, 0), Culprit::NoNetwork, Some("finding-no-address"));
    check(none(1, 1), Culprit::NoNetwork, Some("finding-no-route"));
    let cable = none(0, 0).with(
        "interfaces",
        Outcome::Broken,
        &[("cable_out", true.into()), ("cable_out_interface", "eth0".into())],
    );
    check(cable, Culprit::Cable, Some("finding-cable-out"));
    // The count may be wrong; an answer from behind the router is not.
    check(
        healthy().with("interfaces", Outcome::Healthy, &[("link_up_count", 0_i64.into())]),
        Culprit::None,
        None,
    );
}

#[test]
fn a_dead_router_needs_two_signs_and_silences_what_is_above() {
    let dead = |outcome: Outcome, neighbour: &str, received: i64| {
        healthy().nothing_answers().with(
            "gateway",
            outcome,
            &[
                ("answered", false.into()),
                ("neighbour_state", neighbour.into()),
                ("echo_received", received.into()),
            ],
        )
    };
    check(dead(Outcome::Broken, "failed", 0), Culprit::Router, Some("finding-gateway-dead"));
    check(dead(Outcome::Unknown, "stale", 0), Culprit::Router, Some("finding-gateway-dead"));
    let report = dead(Outcome::Broken, "failed", 0).report();
    let blamed: Vec<_> = report.findings.iter().filter(|it| it.severity == Grade::Broken).collect();
    assert_eq!(blamed.len(), 1, "{blamed:?}");
    assert!(report.findings.len() > 2, "consequences are still told");
}

#[test]
fn resolvers_are_told_apart() {
    let failing = |key: &'static str| {
        healthy()
            .with(
                "dns-direct",
                Outcome::Broken,
                &[("answered_count", 0_i64.into()), (key, vec!["10.0.0.1"].into())],
            )
            .with("dns-system", Outcome::Broken, &[("error", "timeout".into())])
    };
    check(failing("timed_out"), Culprit::Dns, Some("finding-dns-dead"));
    check(failing("refused"), Culprit::Dns, Some("finding-dns-refused"));
    check(failing("servfail"), Culprit::Dns, Some("finding-dns-failing"));
    let partly = healthy().with(
        "dns-direct",
        Outcome::Degraded,
        &[("server_count", 2_i64.into()), ("timed_out", vec!["10.0.0.2"].into())],
    );
    check(partly, Culprit::Dns, Some("finding-dns-partly"));
    let slow = healthy().with("dns-direct", Outcome::Degraded, &[("fastest_ms", 900.0.into())]);
    check(slow, Culprit::Dns, Some("finding-dns-slow"));
    let forged = healthy().with("dns-absent-name", Outcome::Degraded, &[("forged", true.into())]);
    check(forged, Culprit::Interception, Some("finding-dns-forged"));
    let unknown = healthy().target_fails("dns", "not-found").with(
        "dns-direct",
        Outcome::Healthy,
        &[("denied_names", vec!["files.example.com"].into())],
    );
    check(unknown, Culprit::Service, Some("finding-name-unknown"));
    check(
        healthy().with("dns-direct", Outcome::Healthy, &[("fastest_ms", 400.0.into())]),
        Culprit::None,
        None,
    );
}

#[test]
fn a_portal_is_a_portal_only_if_the_desk_is_not_reached_as_itself() {
    let portal = |case: Case| case.with("captive-portal", Outcome::Broken, &[("intercepted", true.into())]);
    let behind = portal(healthy()).with(
        "desk-reach",
        Outcome::Broken,
        &[
            ("reached", false.into()),
            ("failed_phase", "tls".into()),
            ("cert_problem", "unknown-issuer".into()),
        ],
    );
    check(behind, Culprit::Interception, Some("finding-captive-portal"));
    check(portal(healthy()), Culprit::None, None);
}

#[test]
fn an_unknown_issuer_is_somebody_between_unless_another_certificate_is_trusted() {
    let signed_by_nobody_known: [(&str, Value); 3] = [
        ("reached", false.into()),
        ("failed_phase", "tls".into()),
        ("cert_problem", "unknown-issuer".into()),
    ];
    let everywhere = healthy().with("target-reach", Outcome::Broken, &signed_by_nobody_known).with(
        "desk-reach",
        Outcome::Broken,
        &signed_by_nobody_known,
    );
    check(everywhere, Culprit::Interception, Some("finding-cert-unknown-issuer"));
    let beside_a_trusted_one = healthy().with("target-reach", Outcome::Broken, &signed_by_nobody_known).with(
        "desk-reach",
        Outcome::Healthy,
        &[("cert_problem", "none".into())],
    );
    check(beside_a_trusted_one, Culprit::Service, Some("finding-cert-unknown-issuer"));
}

#[test]
fn a_wrong_clock_explains_certificates_that_seem_out_of_date() {
    let clock = |offset: f64| {
        healthy().with("clock", Outcome::Broken, &[("offset_s", offset.into()), ("bound_s", 0.5.into())])
    };
    check(clock(-86_400.0), Culprit::Device, Some("finding-clock-behind"));
    check(clock(400.0), Culprit::Device, Some("finding-clock-ahead"));
    check(clock(30.0).with("clock", Outcome::Healthy, &[]), Culprit::None, None);
    let expired = clock(90_000_000.0).with(
        "target-reach",
        Outcome::Broken,
        &[("reached", false.into()), ("failed_phase", "tls".into()), ("cert_problem", "expired".into())],
    );
    check(expired, Culprit::Device, Some("finding-clock-ahead"));
    let truly = healthy().with(
        "target-reach",
        Outcome::Broken,
        &[("reached", false.into()), ("failed_phase", "tls".into()), ("cert_problem", "expired".into())],
    );
    check(truly, Culprit::Service, Some("finding-cert-expired"));
}

#[test]
fn a_desk_whose_certificate_says_that_its_clock_is_wrong_blames_nobody_here() {
    let desk = |until: Timestamp| {
        let certificate =
            [("cert_not_before", NOW.minus(HOUR * 24).into()), ("cert_not_after", until.into())];
        healthy().with("clock", Outcome::Broken, &[("offset_s", (50.0 * 365.0 * 86_400.0).into())]).with(
            "desk-reach",
            Outcome::Healthy,
            &certificate,
        )
    };
    let report = desk(NOW.plus(HOUR * 24 * 60)).report();
    let said = report.findings.iter().find(|it| it.id.as_str() == "finding-desk-clock-off").unwrap();
    assert_eq!(said.message.args["count"], 50.0.into());
    assert_eq!(said.message.args["unit"], "years".into());
    assert_eq!(report.verdict.culprit, Culprit::None);
    // By this clock it does not hold either: nobody else vouches for it.
    check(desk(NOW.minus(HOUR)), Culprit::Device, Some("finding-clock-ahead"));
}

#[test]
fn a_port_that_is_blocked_refused_or_silent_while_the_rest_works_is_the_service() {
    check(healthy().target_fails("tcp", "refused"), Culprit::Service, Some("finding-port-refused"));
    check(healthy().target_fails("tcp", "timeout"), Culprit::Service, Some("finding-port-blocked"));
    let silent = healthy().target_fails("tcp", "timeout").with(
        "target-reach",
        Outcome::Broken,
        &[("host_answers", false.into())],
    );
    check(silent, Culprit::Service, Some("finding-host-silent"));
    let error = healthy().with("target-reach", Outcome::Degraded, &[("http_status", 503_i64.into())]);
    check(error, Culprit::Service, Some("finding-http-error"));
    let denied = healthy().with("target-reach", Outcome::Healthy, &[("http_status", 403_i64.into())]);
    check(denied, Culprit::None, None);
}

#[test]
fn a_program_on_this_very_machine_that_fails_is_nobody_else_s_fault() {
    let certificate = |problem: &str| {
        healthy().target_fails("tls", "invalid").with(
            "target-reach",
            Outcome::Broken,
            &[("loopback", true.into()), ("cert_problem", problem.into())],
        )
    };
    for problem in ["self-signed", "unknown-issuer", "none"] {
        assert_eq!(certificate(problem).report().verdict.id.as_str(), "verdict-local-program");
    }
    check(certificate("self-signed"), Culprit::Device, Some("finding-cert-self-signed"));
    let local = || {
        healthy().target_fails("tcp", "refused").with(
            "target-reach",
            Outcome::Broken,
            &[("loopback", true.into())],
        )
    };
    assert_eq!(local().report().verdict.id.as_str(), "verdict-local-program");
    check(local(), Culprit::Device, Some("finding-local-program-silent"));
    let elsewhere = healthy().target_fails("tcp", "refused");
    assert_eq!(elsewhere.report().verdict.id.as_str(), "verdict-service");
}

#[test]
fn nothing_behind_a_living_router_is_the_provider() {
    check(healthy().nothing_answers(), Culprit::Provider, Some("finding-nothing-beyond-router"));
    let one_silent = healthy().target_fails("tcp", "timeout");
    assert_ne!(one_silent.report().verdict.culprit, Culprit::Provider);
}

#[test]
fn name_servers_that_are_silent_because_the_provider_is_are_not_blamed() {
    let no_name = || {
        let unresolved: &[(&'static str, Value)] = &[
            ("reached", false.into()),
            ("failed_phase", "dns".into()),
            ("failure", "timeout".into()),
            ("off_link_answered", "".into()),
        ];
        healthy()
            .nothing_answers()
            .with("target-reach", Outcome::Broken, unresolved)
            .with("desk-reach", Outcome::Broken, unresolved)
            .with("captive-portal", Outcome::Unknown, &[("intercepted", "".into())])
    };
    let way = |case: Case, answered: bool| {
        let facts = [("way_answered", answered.into()), ("off_link_answered", false.into())];
        case.with("dns-direct", Outcome::Broken, &facts)
    };
    check(way(no_name(), false), Culprit::Provider, Some("finding-nothing-beyond-router"));
    let report = way(no_name(), false).report();
    let loud: Vec<_> = report.findings.iter().filter(|it| it.severity != Grade::Notice).collect();
    assert_eq!(loud.len(), 1, "the silence of name servers is a consequence: {loud:?}");
    // Somebody on the way answers: it is the servers.
    check(way(no_name(), true), Culprit::Dns, Some("finding-dns-dead"));
    // Nobody looked at the way, as where systems forbid it.
    check(no_name(), Culprit::Dns, Some("finding-dns-dead"));
    // A server that is gone behind routers that hide, while others answer by their address.
    let others_answer = way(healthy().nothing_answers(), false).with(
        "target-reach",
        Outcome::Healthy,
        &[("reached", true.into()), ("off_link_answered", true.into())],
    );
    check(others_answer, Culprit::Dns, Some("finding-dns-dead"));
}

#[test]
fn a_proxy_is_blamed_if_it_does_not_answer_or_wants_a_sign_in() {
    let proxy = |facts: &[(&'static str, Value)]| {
        healthy()
            .target_fails("tcp", "timeout")
            .with("proxy", Outcome::Broken, &[("address", "proxy.example.com:3128".into())])
            .with("proxy", Outcome::Broken, facts)
    };
    check(proxy(&[("answers", false.into())]), Culprit::Interception, Some("finding-proxy-dead"));
    check(
        proxy(&[("answers", true.into()), ("sign_in_needed", true.into())]),
        Culprit::Interception,
        Some("finding-proxy-sign-in"),
    );
    let fine = healthy().with(
        "proxy",
        Outcome::Healthy,
        &[("address", "proxy.example.com:3128".into()), ("answers", true.into())],
    );
    check(fine, Culprit::None, None);
}

#[test]
fn a_proxy_that_is_in_the_way_is_told_from_one_that_is_the_only_way() {
    let facts = |answers: bool, status: Option<u16>, direct: bool| {
        let status = status.map(|it| ("status", Value::from(it)));
        let given: [(&'static str, Value); 4] = [
            ("source", "script".into()),
            ("address", "proxy.example.com:3128".into()),
            ("answers", answers.into()),
            ("direct_answers", direct.into()),
        ];
        given.into_iter().chain(status).collect::<Vec<_>>()
    };
    let shut = |answers, status, direct| {
        healthy().target_fails("tcp", "timeout").with(
            "proxy",
            Outcome::Broken,
            &facts(answers, status, direct),
        )
    };
    let in_the_way = Some("finding-proxy-in-the-way");
    check(shut(false, None, true), Culprit::Interception, in_the_way);
    check(shut(true, Some(502), true), Culprit::Interception, in_the_way);
    check(shut(false, None, false), Culprit::Interception, Some("finding-proxy-dead"));
    let open = |direct| healthy().with("proxy", Outcome::Healthy, &facts(true, Some(200), direct));
    check(open(true), Culprit::None, None);
    let only_way = open(false).report();
    assert_eq!(only_way.verdict.culprit, Culprit::None);
    assert!(only_way.findings.iter().any(|it| it.id.as_str() == "finding-proxy-needed"));
}

#[test]
fn a_slow_proxy_script_is_a_notice_and_one_that_fails_is_more_where_something_suffers() {
    let with = |problem: &'static str| {
        let facts: [(&'static str, Value); 2] =
            [("script", "http://wpad.example.com/proxy.pac".into()), ("script_problem", problem.into())];
        let report =
            healthy().target_fails("tcp", "timeout").with("proxy", Outcome::Degraded, &facts).report();
        report.findings.into_iter().find(|it| it.id.as_str() == "finding-proxy-script").map(|it| it.severity)
    };
    assert_eq!(with("none"), None);
    assert_eq!(with("slow"), Some(Grade::Notice));
    assert_eq!(with("fails"), Some(Grade::Degraded));
}

#[test]
fn a_weak_radio_is_blamed_only_if_something_suffers() {
    let wifi = |dbm: f64| healthy().with("interfaces", Outcome::Healthy, &[("wifi_signal_dbm", dbm.into())]);
    check(wifi(-60.0), Culprit::None, None);
    check(wifi(-75.0), Culprit::None, Some("finding-wifi-weak"));
    check(wifi(-85.0), Culprit::Wifi, Some("finding-wifi-weak"));
    check(wifi(-85.0).nothing_answers(), Culprit::Wifi, Some("finding-wifi-weak"));
}

#[test]
fn a_full_disk_is_this_machine_and_comes_after_a_dead_network() {
    let full = |case: Case| case.with("disk-pressure", Outcome::Broken, &[]);
    check(full(healthy()), Culprit::Device, Some("finding-disk-full"));
    let both = full(healthy().nothing_answers()).with(
        "interfaces",
        Outcome::Broken,
        &[("link_up_count", 0_i64.into())],
    );
    check(both, Culprit::NoNetwork, Some("finding-disk-full"));
    check(
        healthy().with("cpu-pressure", Outcome::Degraded, &[]),
        Culprit::None,
        Some("finding-cpu-pressure"),
    );
    check(
        healthy().with("memory-pressure", Outcome::Degraded, &[]),
        Culprit::Device,
        Some("finding-memory-pressure"),
    );
}

#[test]
fn a_name_that_does_not_exist_is_not_the_fault_of_name_lookup() {
    let denied: &[(&'static str, Value)] = &[("denied_names", vec!["files.example.com"].into())];
    let named = |case: Case| case.report().verdict.id.as_str().to_owned();
    let missing = || healthy().target_fails("dns", "not-found");
    assert_eq!(named(missing().with("dns-direct", Outcome::Healthy, denied)), "verdict-name-unknown");
    assert_eq!(named(missing()), "verdict-name-unknown");
    let nothing_resolves = missing().with("dns-system", Outcome::Broken, &[("error", "not-found".into())]);
    assert_eq!(named(nothing_resolves), "verdict-dns");
    assert_eq!(named(healthy().target_fails("dns", "timeout")), "verdict-dns");
}

#[test]
fn a_program_that_was_ended_for_memory_is_told_and_blamed_while_it_is_fresh() {
    let ended = |hours: u32, own_limit: bool| {
        healthy().with(
            "system-log",
            Outcome::Degraded,
            &[
                ("memory_ended_at", NOW.minus(HOUR * hours).into()),
                ("memory_ended_clock", "2026-11-22 02:03".into()),
                ("memory_ended_program", "firefox".into()),
                ("memory_own_limit", own_limit.into()),
            ],
        )
    };
    check(ended(0, false), Culprit::Device, Some("finding-out-of-memory"));
    check(ended(1, false), Culprit::Device, Some("finding-out-of-memory"));
    check(ended(2, false), Culprit::None, Some("finding-out-of-memory"));
    check(ended(0, true), Culprit::None, Some("finding-memory-limit"));
    let told = ended(0, false).report().findings.remove(0);
    assert_eq!(told.message.args["program"].as_str(), Some("firefox"));
    assert_eq!(told.evidence[0].as_str(), "system-log#memory_ended_at");
    check(healthy().with("system-log", Outcome::Degraded, &[]), Culprit::None, None);
}

#[test]
fn changes_are_told_and_never_blamed() {
    check(healthy().event(EventKind::Update, 3), Culprit::None, Some("finding-updated-before"));
    check(healthy().event(EventKind::Crash, 2), Culprit::None, Some("finding-unclean-shutdown"));
    let old = healthy().event(EventKind::Update, 80).report();
    assert!(old.findings.is_empty(), "{:?}", old.findings);
    let mut late = healthy().event(EventKind::Update, 1);
    late.intake = Some(Intake { when: Some(NOW.minus(HOUR * 5)), ..Intake::about("x") });
    let after_the_fault = late.report();
    assert!(after_the_fault.findings.is_empty(), "{:?}", after_the_fault.findings);
}

#[test]
fn loss_on_the_way_is_placed_by_what_the_target_lost() {
    let hop = |ttl: i64, received: i64| {
        Value::from([("ttl", ttl.into()), ("sent", 20_i64.into()), ("received", received.into())])
    };
    let path = |hops: Vec<Value>, received: i64| {
        healthy().with(
            "path",
            Outcome::Degraded,
            &[
                ("reached", true.into()),
                ("hops", Value::List(hops)),
                ("end_sent", 20_i64.into()),
                ("end_received", received.into()),
                ("end_loss_pct", 50.0.into()),
            ],
        )
    };
    check(
        path(vec![hop(1, 20), hop(2, 9), hop(3, 10)], 10),
        Culprit::Provider,
        Some("finding-path-lossy-between"),
    );
    check(
        path(vec![hop(1, 20), hop(2, 20), hop(3, 10), hop(4, 10)], 10),
        Culprit::FarNetwork,
        Some("finding-path-lossy-between"),
    );
    check(
        path(vec![hop(1, 20), hop(2, 2), hop(3, 20)], 20).with("path", Outcome::Healthy, &[]),
        Culprit::None,
        None,
    );
}

#[test]
fn packets_that_go_round_in_a_circle_are_what_stops_the_target() {
    let hops = |count: u8| -> Vec<Value> {
        (1..=count)
            .map(|ttl| {
                // A home, a provider, and then two routers in turn.
                let address = match ttl {
                    1 => "192.168.1.1",
                    2 => "100.64.9.2",
                    _ if ttl % 2 == 0 => "198.51.100.9",
                    _ => "198.51.100.8",
                };
                let addresses = Value::List(vec![address.into()]);
                let (ttl, two): (i64, i64) = (ttl.into(), 2);
                Value::from([
                    ("ttl", ttl.into()),
                    ("addresses", addresses),
                    ("sent", two.into()),
                    ("received", two.into()),
                ])
            })
            .collect()
    };
    let seen = |count: u8, end_received: i64| {
        let facts = [
            ("reached", false.into()),
            ("hops", Value::List(hops(count))),
            ("end_sent", 20_i64.into()),
            ("end_received", end_received.into()),
        ];
        healthy().with("path", Outcome::Unknown, &facts)
    };
    check(seen(30, 0), Culprit::FarNetwork, Some("finding-path-circle"));
    let path = seen(30, 0).report().path.unwrap();
    assert_eq!(path.hops.len(), 4);
    assert_eq!(path.hops[3].remarks[0].id.as_str(), "hop-circle");
    // Seen once it may be chance, and a target that answers is reached by another way.
    for other in [seen(5, 0), seen(30, 20)] {
        let found = other.report().findings;
        assert!(found.iter().all(|it| it.id.as_str() != "finding-path-circle"), "{found:?}");
    }
}

#[test]
fn a_path_that_carried_the_refusal_is_not_what_stops_the_target() {
    let hop = |ttl: i64, received: i64| {
        Value::from([("ttl", ttl.into()), ("sent", 50_i64.into()), ("received", received.into())])
    };
    let lossy = |facts: &[(&'static str, Value)]| {
        let hops = Value::List(vec![hop(1, 50), hop(2, 50), hop(3, 32), hop(4, 33)]);
        let seen = [
            ("reached", true.into()),
            ("hops", hops),
            ("end_sent", 50_i64.into()),
            ("end_received", 33_i64.into()),
            ("end_loss_pct", 34.0.into()),
        ];
        let facts = [&[("reached", false.into())], facts].concat();
        healthy().with("path", Outcome::Degraded, &seen).with("target-reach", Outcome::Broken, &facts)
    };
    let certificate =
        |problem: &str| lossy(&[("failed_phase", "tls".into()), ("cert_problem", problem.into())]);
    check(certificate("expired"), Culprit::Service, Some("finding-cert-expired"));
    check(certificate("wrong-name"), Culprit::Service, Some("finding-cert-wrong-name"));
    let refused = lossy(&[("failed_phase", "tcp".into()), ("failure", "refused".into())]);
    check(refused, Culprit::Service, Some("finding-port-refused"));
    // What loss explains it is blamed for.
    check(certificate("none"), Culprit::FarNetwork, Some("finding-path-lossy-between"));
    let silent = lossy(&[("failed_phase", "tcp".into()), ("failure", "timeout".into())]);
    check(silent, Culprit::FarNetwork, Some("finding-path-lossy-between"));
}

#[test]
fn large_packets_that_vanish_are_placed_where_they_end() {
    let hole = |case: Case, facts: &[(&'static str, Value)]| {
        let base: &[(&'static str, Value)] =
            &[("black_hole", true.into()), ("smallest_lost", 1_500_i64.into())];
        case.with("mtu", Outcome::Degraded, &[base, facts].concat())
    };
    let hop =
        |ttl: i64| Value::from([("ttl", ttl.into()), ("sent", 2_i64.into()), ("received", 2_i64.into())]);
    let traced = || {
        let hops = Value::List(vec![hop(1), hop(2), hop(3)]);
        healthy().with("path", Outcome::Healthy, &[("reached", true.into()), ("hops", hops)])
    };
    check(hole(healthy(), &[]), Culprit::Unknown, Some("finding-mtu-black-hole"));
    check(
        hole(traced(), &[("last_hop", 1_i64.into())]),
        Culprit::Provider,
        Some("finding-mtu-black-hole-between"),
    );
    // A certificate that stalls is explained by it, not blamed on the server.
    let stalled = hole(traced().target_fails("tls", "timeout"), &[("last_hop", 1_i64.into())]);
    check(stalled, Culprit::Provider, Some("finding-mtu-black-hole-between"));
    // Looks bad, is fine: a tunnel that says how much it carries.
    let told = [("black_hole", false.into()), ("told", 1_420_i64.into()), ("largest", 1_420_i64.into())];
    check(healthy().with("mtu", Outcome::Healthy, &told), Culprit::None, None);
}

#[test]
fn ipv6_is_blamed_by_more_than_one_host() {
    let case = |failed: Vec<&'static str>, works: i64| {
        healthy().with("ipv6", Outcome::Degraded, &[("failed", failed.into()), ("v6_count", works.into())])
    };
    check(case(vec!["a.example:443", "b.example:443"], 0), Culprit::Provider, Some("finding-ipv6-broken"));
    assert_eq!(case(vec!["a.example:443", "b.example:443"], 0).report().verdict.id.as_str(), "verdict-ipv6");
    check(case(vec!["a.example:443"], 0), Culprit::None, None);
    check(case(vec!["a.example:443", "b.example:443"], 1), Culprit::None, None);
}

#[test]
fn datagrams_that_do_not_pass_are_told_and_blamed_on_nobody() {
    let silent = [("asked_count", 2_i64.into()), ("answered_count", 0_i64.into())];
    let told = |named: i64, id: &str| {
        let case = healthy().with("udp", Outcome::Degraded, &silent);
        let case = case.with("udp", Outcome::Degraded, &[("named_count", named.into())]);
        assert!(case.report().findings.iter().any(|it| it.id.as_str() == id), "{id}");
    };
    told(0, "finding-udp-desk-silent");
    told(1, "finding-udp-blocked");
    check(healthy().with("udp", Outcome::Degraded, &silent), Culprit::None, None);
    let dead = healthy().nothing_answers().with("udp", Outcome::Degraded, &silent).report();
    assert!(dead.findings.iter().all(|it| !it.id.as_str().starts_with("finding-udp")));
    let call = |rtt: f64, buffer: f64, loss: f64, late: f64| {
        healthy().with(
            "calls",
            Outcome::Healthy,
            &[
                ("rtt_ms", rtt.into()),
                ("jitter_ms", (buffer / 2.0).into()),
                ("buffer_ms", buffer.into()),
                ("loss_pct", loss.into()),
                ("late_pct", late.into()),
            ],
        )
    };
    check(call(40.0, 20.0, 2.0, 0.0), Culprit::None, None);
    check(call(300.0, 60.0, 14.0, 0.0), Culprit::Unknown, Some("finding-calls-poor"));
    // Too late is not heard either, but may be one stall.
    check(call(40.0, 20.0, 2.0, 18.0), Culprit::None, Some("finding-calls-poor"));
    check(call(300.0, 60.0, 14.0, 8.0), Culprit::Unknown, Some("finding-calls-poor"));
}

#[test]
fn somebody_who_answers_first_or_signs_again_stands_between() {
    let injected = [("injected", true.into()), ("name", "files.example.com".into())];
    check(
        healthy().with("dns-injected", Outcome::Degraded, &injected),
        Culprit::Interception,
        Some("finding-dns-injected"),
    );
    // Nothing answers at the forged address: that is a consequence. Elsewhere it is a fault of its own.
    let astray = |address: &'static str| {
        let answers = Value::List(vec![vec!["192.0.2.66"].into(), vec!["192.0.2.1"].into()]);
        healthy()
            .target_fails("tcp", "timeout")
            .with("target-reach", Outcome::Broken, &[("address", address.into())])
            .with("dns-injected", Outcome::Degraded, &injected)
            .with("dns-injected", Outcome::Degraded, &[("answers", answers)])
    };
    check(astray("192.0.2.66"), Culprit::Interception, Some("finding-dns-injected"));
    check(astray("192.0.2.9"), Culprit::Service, Some("finding-dns-injected"));
    // A company's own certificate is told, and is no fault.
    let private = healthy().with("target-reach", Outcome::Healthy, &[("cert_public", false.into())]);
    assert!(private.report().findings.iter().any(|it| it.id.as_str() == "finding-cert-private"));
    let incomplete = healthy().target_fails("tls", "incomplete").with(
        "target-reach",
        Outcome::Broken,
        &[("cert_problem", "incomplete".into())],
    );
    check(incomplete, Culprit::Service, Some("finding-cert-incomplete"));
}

#[test]
fn a_server_that_thinks_long_is_slow_and_a_far_one_is_not() {
    let took = |tcp: f64, http: f64| {
        healthy().with("target-reach", Outcome::Healthy, &[("tcp_ms", tcp.into()), ("http_ms", http.into())])
    };
    check(took(20.0, 2_600.0), Culprit::Service, Some("finding-http-slow"));
    check(took(700.0, 2_500.0), Culprit::None, None);
}

#[test]
fn a_line_that_makes_packets_wait_is_named() {
    let load = |idle: f64, down: f64, up: f64| {
        let facts = [("idle_ms", idle.into()), ("down_ms", down.into()), ("up_ms", up.into())];
        healthy().with("load", Outcome::Healthy, &facts)
    };
    check(load(20.0, 60.0, 900.0), Culprit::Router, Some("finding-line-fills"));
    assert_eq!(load(20.0, 60.0, 900.0).report().verdict.id.as_str(), "verdict-line-fills");
    check(load(20.0, 60.0, 90.0), Culprit::None, None);
    // Far away it is far, with and without load.
    check(load(260.0, 300.0, 310.0), Culprit::None, None);
}

#[test]
fn two_living_hosts_with_silent_ports_are_not_the_services_fault() {
    let silent = |address: &'static str| -> Vec<(&'static str, Value)> {
        vec![
            ("reached", false.into()),
            ("failed_phase", "tcp".into()),
            ("failure", "timeout".into()),
            ("host_answers", true.into()),
            ("via_proxy", false.into()),
            ("loopback", false.into()),
            ("address", address.into()),
        ]
    };
    let both = |desk: &'static str| {
        healthy().with("target-reach", Outcome::Broken, &silent("192.0.2.1")).with(
            "desk-reach",
            Outcome::Broken,
            &silent(desk),
        )
    };
    check(both("192.0.2.2"), Culprit::Interception, Some("finding-ports-closed"));
    assert_eq!(both("192.0.2.2").report().verdict.id.as_str(), "verdict-ports-closed");
    // One machine that filters its own ports is one service.
    check(both("192.0.2.1"), Culprit::Service, Some("finding-port-blocked"));
}

#[test]
fn what_could_not_be_seen_is_not_called_fine() {
    let blind = Case { checks: Vec::new(), events: Vec::new(), intake: None };
    check(blind, Culprit::Unknown, None);
    let unclear = healthy().with("desk-reach", Outcome::Broken, &[]);
    check(unclear, Culprit::Unknown, None);
    // The desk answers, and the target was not waited for.
    let cut = || healthy().with("target-reach", Outcome::Unknown, &[]);
    assert_eq!(cut().report_so_far(false).verdict.culprit, Culprit::Unknown);
    assert_eq!(healthy().report_so_far(false).verdict.culprit, Culprit::None);
}

#[test]
fn findings_come_worst_first_and_nothing_is_certain() {
    let report = healthy().nothing_answers().event(EventKind::Update, 1).report();
    assert!(report.findings.is_sorted_by_key(|it| it.severity));
    assert!(report.findings.iter().all(|it| it.confidence.value() < 1.0));
    assert!(report.verdict.confidence.value() < 1.0);
}

#[test]
fn every_link_to_evidence_leads_somewhere() {
    let report = healthy().nothing_answers().event(EventKind::Crash, 1).report();
    for evidence in report.findings.iter().flat_map(|it| &it.evidence) {
        let text = evidence.as_str();
        let found = match (text.strip_prefix("event:"), text.split_once('#')) {
            (Some(index), _) => index.parse::<usize>().is_ok_and(|it| it < report.timeline.len()),
            (None, Some((id, key))) => {
                report.checks.iter().any(|it| it.id.as_str() == id && it.fact(key).is_some())
            }
            (None, None) => report.checks.iter().any(|it| it.id.as_str() == text),
        };
        assert!(found, "{text}");
    }
}
