//! What fails on the way through a proxy: the proxy's own affair, or that of what lies behind it.

use nightline_types::{Culprit, Grade, Outcome, Report, Value};

use crate::recorded::{Case, check, healthy};

type Facts = Vec<(&'static str, Value)>;

const PROXY: &str = "proxy.example.com:3128";

/// The target is reached through a proxy or fails there so; the desk is reached through it.
fn target(phase: &'static str, failure: &'static str, status: Option<i64>) -> Case {
    behind(healthy(), "target-reach", phase, failure, status)
}

fn behind(
    case: Case,
    id: &'static str,
    phase: &'static str,
    failure: &'static str,
    status: Option<i64>,
) -> Case {
    let outcome = if phase.is_empty() { Outcome::Healthy } else { Outcome::Broken };
    let mut facts: Facts = vec![
        ("reached", phase.is_empty().into()),
        ("failed_phase", phase.into()),
        ("failure", failure.into()),
        ("via_proxy", true.into()),
        ("proxy", PROXY.into()),
        ("off_link_answered", (phase != "tcp").into()),
    ];
    facts.extend(status.map(|it| ("proxy_status", it.into())));
    let case = if id == "target-reach" { behind(case, "desk-reach", "", "", None) } else { case };
    case.with(id, outcome, &facts)
}

/// What the check of the proxy found.
fn asked(case: Case, outcome: Outcome, facts: &[(&'static str, Value)]) -> Case {
    let known = [("source", "environment".into()), ("address", PROXY.into())];
    case.with("proxy", outcome, &known).with("proxy", outcome, facts)
}

fn both(phase: &'static str, failure: &'static str, status: Option<i64>) -> Case {
    behind(target(phase, failure, status), "desk-reach", phase, failure, status)
}

#[test]
fn a_proxy_that_refuses_is_named_with_its_status_and_the_service_is_not() {
    let open = [("answers", true.into()), ("tunnel", "open".into()), ("status", 200_i64.into())];
    let case = || asked(target("http", "proxy-refused", Some(403)), Outcome::Healthy, &open);
    check(case(), Culprit::Interception, Some("finding-proxy-refuses"));
    let report = case().report();
    assert_eq!(report.verdict.id.as_str(), "verdict-proxy-refuses");
    let finding = found(&report, "finding-proxy-refuses").unwrap();
    let args = finding.message.args.iter().map(|(name, value)| format!("{name}={value}"));
    let args: Vec<_> = args.collect();
    assert_eq!(
        args,
        [format!("address={PROXY}"), "host=files.example.com:445".to_owned(), "status=403".to_owned()]
    );
    assert_eq!(finding.advice.as_ref().unwrap().id.as_str(), "advice-proxy-refuses");
    for id in ["finding-http-silent", "finding-http-strange"] {
        assert!(found(&report, id).is_none());
    }
    // It refuses the desk too, and without it the desk answers.
    let shut = [
        ("answers", true.into()),
        ("tunnel", "refused".into()),
        ("status", 403_i64.into()),
        ("direct_answers", true.into()),
    ];
    let in_the_way = asked(both("http", "proxy-refused", Some(403)), Outcome::Degraded, &shut);
    let report = in_the_way.report();
    assert_eq!(report.verdict.id.as_str(), "verdict-proxy-in-the-way");
}

#[test]
fn a_proxy_that_did_not_get_there_itself_forbids_nothing() {
    let gone = || target("http", "proxy-refused", Some(503));
    check(gone(), Culprit::Service, Some("finding-proxy-cannot-reach"));
    let neither = both("http", "proxy-refused", Some(504)).report();
    assert_eq!(neither.verdict.culprit, Culprit::Interception);
    assert_eq!(neither.verdict.id.as_str(), "verdict-proxy-cannot-reach");
    assert!(found(&neither, "finding-proxy-refuses").is_none());
    // In the clear, an error may be the server's own.
    let error = || {
        let facts = [("http_status", 502_i64.into())];
        target("", "", None).with("target-reach", Outcome::Degraded, &facts)
    };
    check(error(), Culprit::Unknown, Some("finding-error-through-proxy"));
    let encrypted = error().with("target-reach", Outcome::Degraded, &[("tls_ms", 9.0.into())]);
    check(encrypted, Culprit::Service, Some("finding-http-error"));
}

#[test]
fn a_proxy_that_takes_connections_and_says_nothing_of_use_is_the_fault() {
    for (tunnel, failure) in [
        ("timeout", "proxy-timeout"),
        ("cut", "proxy-cut"),
        ("not-http", "proxy-not-http"),
        ("tls", "proxy-tls"),
    ] {
        let facts = |direct| {
            [("answers", true.into()), ("tunnel", tunnel.into()), ("direct_answers", Value::from(direct))]
        };
        let case = asked(both("http", failure, None), Outcome::Broken, &facts(false));
        let report = case.report();
        assert_eq!(report.verdict.id.as_str(), "verdict-proxy-mute", "{tunnel}");
        assert_eq!(report.verdict.culprit, Culprit::Interception);
        silent_but(&report, "finding-proxy-mute");
        let direct = asked(both("http", failure, None), Outcome::Broken, &facts(true)).report();
        assert_eq!(direct.verdict.id.as_str(), "verdict-proxy-in-the-way", "{tunnel}");
        // Without a desk, only the target tells.
        let target = asked(both("http", failure, None), Outcome::Healthy, &[("answers", true.into())]);
        check(target, Culprit::Interception, Some("finding-proxy-mute"));
    }
}

#[test]
fn a_proxy_that_waits_for_a_silent_target_is_not_the_fault() {
    let slow = [("answers", true.into()), ("tunnel", "timeout".into())];
    // The desk was reached through it later.
    check(asked(target("", "", None), Outcome::Degraded, &slow), Culprit::None, None);
    let waits = asked(target("http", "proxy-timeout", None), Outcome::Degraded, &slow);
    check(waits, Culprit::Service, Some("finding-silent-behind-proxy"));
    let alone =
        target("http", "timeout", None).with("desk-reach", Outcome::Skipped, &[("reached", "".into())]);
    check(alone, Culprit::Unknown, Some("finding-silent-behind-proxy"));
}

#[test]
fn a_dead_proxy_on_this_machine_is_not_a_program_that_the_person_wants() {
    let here = |case: Case| {
        let loopback = [("loopback", true.into()), ("host_answers", true.into())];
        case.with("target-reach", Outcome::Broken, &loopback).with("desk-reach", Outcome::Broken, &loopback)
    };
    for (phase, failure) in [("tcp", "refused"), ("tcp", "timeout"), ("dns", "not-found")] {
        let dead = [("answers", false.into()), ("direct_answers", false.into())];
        let report = here(asked(both(phase, failure, None), Outcome::Broken, &dead)).report();
        assert_eq!(report.verdict.id.as_str(), "verdict-proxy", "{phase} {failure}");
        silent_but(&report, "finding-proxy-dead");
        let notice = found(&report, "finding-behind-proxy").unwrap();
        assert_eq!(notice.culprit, Culprit::Interception);
        for id in ["finding-local-program-silent", "finding-port-refused", "finding-name-unknown"] {
            assert!(found(&report, id).is_none(), "{id}");
        }
        // The check came too early to see it.
        check(here(both(phase, failure, None)), Culprit::Interception, Some("finding-behind-proxy"));
    }
}

#[test]
fn a_sign_in_that_the_system_does_by_itself_leaves_open_what_lies_behind() {
    let signs = |case: Case, schemes: &[&str]| {
        let facts: Facts = vec![
            ("answers", true.into()),
            ("tunnel", "refused".into()),
            ("status", 407_i64.into()),
            ("sign_in_needed", true.into()),
            ("sign_in_schemes", schemes.to_vec().into()),
        ];
        asked(case, Outcome::Unknown, &facts)
    };
    let refused = || both("http", "proxy-refused", Some(407));
    for schemes in [vec!["negotiate"], vec!["negotiate", "ntlm"], vec!["kerberos"]] {
        let report = signs(refused(), &schemes).report();
        assert_eq!(report.verdict.culprit, Culprit::Unknown, "{schemes:?}");
        let finding = found(&report, "finding-proxy-sign-in-system").unwrap();
        assert_eq!(finding.severity, Grade::Notice);
        assert!(found(&report, "finding-proxy-sign-in").is_none());
        assert!(report.findings.iter().all(|it| it.severity == Grade::Notice));
    }
    for schemes in [vec!["basic", "ntlm"], vec!["basic"], vec![]] {
        check(signs(refused(), &schemes), Culprit::Interception, Some("finding-proxy-sign-in"));
    }
    // Without a desk, only the target tells.
    let schemes = [("sign_in_schemes", vec!["ntlm"].into())];
    let target = asked(refused(), Outcome::Healthy, &[("answers", true.into())]).with(
        "target-reach",
        Outcome::Broken,
        &schemes,
    );
    check(target, Culprit::Unknown, None);
    let open = asked(refused(), Outcome::Healthy, &[("answers", true.into())]);
    check(open, Culprit::Interception, Some("finding-proxy-sign-in"));
}

#[test]
fn a_proxy_of_another_kind_leaves_open_what_lies_behind() {
    let report = asked(both("http", "proxy-other-kind", None), Outcome::Unknown, &[]).report();
    assert_eq!(report.verdict.culprit, Culprit::Unknown);
    assert_eq!(found(&report, "finding-proxy-other-kind").unwrap().severity, Grade::Notice);
    assert!(report.findings.iter().all(|it| it.severity == Grade::Notice));
    let unused = healthy().with("proxy", Outcome::Healthy, &[("configured", true.into())]);
    check(unused, Culprit::None, None);
}

/// Only this is more than a notice.
#[track_caller]
fn silent_but(report: &Report, id: &str) {
    let loud = report.findings.iter().filter(|it| it.severity != Grade::Notice);
    let loud: Vec<_> = loud.map(|it| it.id.as_str()).collect();
    assert_eq!(loud, [id]);
}

fn found<'a>(report: &'a Report, id: &str) -> Option<&'a nightline_types::Finding> {
    report.findings.iter().find(|it| it.id.as_str() == id)
}
