//! A whole report through the redactor: private values are gone everywhere, everything else reads as before.

#![expect(clippy::unwrap_used, reason = "a test")]

use nightline_redact::{Class, Known, RedactionKey, Redactor};
use nightline_types::{
    CheckId, CheckResult, Confidence, Culprit, Event, EventKind, EventSource, EvidenceRef, Fact, Finding,
    Grade, HopPlace, Machine, Message, MessageId, Millis, Outcome, PATH_SCHEMA, PathHop, PathReport, Privacy,
    REPORT_SCHEMA, Report, Target, TargetProbe, TargetReport, Timestamp, Value, Verdict, Withheld,
};
use serde_json::json;

const NOW: Timestamp = Timestamp::from_unix_ms(1_795_312_984_056);

fn message(id: &'static str) -> Message {
    let mut message =
        Message::new(id).arg("address", "203.0.113.9").arg("host", "files.example.com").arg("count", 3_i64);
    message.text = "files.example.com (203.0.113.9) by ada on ada-laptop".to_owned();
    message
}

fn report() -> Report {
    let fact = |key, value: Value, privacy| Fact::new(key, value, "test", NOW).private(privacy);
    let table: Value =
        vec![Value::from([("name", Value::from("eth0")), ("address", Value::from("192.168.7.21/24"))])]
            .into();
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        verdict: Verdict {
            id: MessageId::new("verdict-x"),
            culprit: Culprit::Service,
            confidence: Confidence::new(0.5),
            message: message("verdict-x"),
            measured_at: NOW,
            evidence: vec![EvidenceRef::check(&CheckId::new("dns-system"))],
        },
        findings: vec![Finding {
            id: MessageId::new("finding-x"),
            severity: Grade::Broken,
            confidence: Confidence::new(1.0),
            message: message("finding-x"),
            advice: Some(message("advice-x")),
            culprit: Culprit::Dns,
            evidence: Vec::new(),
        }],
        checks: vec![CheckResult {
            id: CheckId::new("network"),
            outcome: Outcome::Healthy,
            reason: Some(message("reason-x")),
            facts: vec![
                fact("addresses", table, Privacy::Ip),
                fact("mac", "00:1a:2b:3c:4d:5e".into(), Privacy::Mac),
                fact("search_domain", "corp.example.com".into(), Privacy::Host),
                fact("resolver", "8.8.8.8".into(), Privacy::Ip),
                fact("who", "ada".into(), Privacy::User),
                fact("shell", "/home/ada/bin".into(), Privacy::Path),
                fact("serial", "PF3ABCD9".into(), Privacy::Serial),
                fact("line", "login of ada from 203.0.113.9".into(), Privacy::Text),
                fact("version", "Foo 1.2.3.4 and 5.6.7.8".into(), Privacy::Public),
                fact("host_name", "ada-laptop.corp.example.com".into(), Privacy::Host),
            ],
            started_at: NOW,
            took_ms: Millis(1.5),
        }],
        timeline: vec![
            Event {
                at: NOW,
                until: None,
                kind: EventKind::LogError,
                source: EventSource::SystemLog,
                message: message("event-x"),
                privacy: Privacy::Text,
            },
            Event {
                at: NOW,
                until: None,
                kind: EventKind::Update,
                source: EventSource::Packages,
                message: Message::new("event-update").arg("package", "libfoo").arg("version", "1.2.3.4"),
                privacy: Privacy::Public,
            },
        ],
        machine: Machine {
            host_name: Some("ada-laptop.corp.example.com".to_owned()),
            user_name: Some("ada".to_owned()),
            serial: Some("PF3ABCD9".to_owned()),
            asset_tag: Some("A-2210".to_owned()),
            cloud_instance: Some("i-0abc123def".to_owned()),
            model: Some("21CB".to_owned()),
            withheld: [("serial".to_owned(), Withheld { reason: message("withheld-x") })].into(),
            ..Machine::default()
        },
        target: Some(TargetReport {
            given: "files.example.com:445".parse().unwrap(),
            probes: vec![TargetProbe { failure: Some(message("failure-x")), ..TargetProbe::default() }],
        }),
        path: Some(path()),
        started_at: NOW,
        took_ms: Millis(12.0),
        complete: true,
        program: "nightline 0.1.0".to_owned(),
    }
}

fn path() -> PathReport {
    let hop = PathHop {
        ttl: 1,
        addresses: vec!["192.168.7.1".to_owned(), "203.0.113.9".to_owned()],
        name: Some("gw.corp.example.com".to_owned()),
        owner: Some("AS64501 Northern Telecom".to_owned()),
        place: Some(HopPlace::Home),
        sent: 3,
        received: 3,
        loss_pct: 0.0,
        loss_interval: [0.0, 56.0],
        answers: vec![Some(Millis(1.0)); 3],
        rtt: None,
        excused: Some(message("excuse-x")),
        forward_lost: None,
        changed_in: None,
        remarks: vec![message("hop-x")],
    };
    let verdict = Verdict {
        id: MessageId::new("path-x"),
        culprit: Culprit::None,
        confidence: Confidence::new(0.5),
        message: message("path-x"),
        measured_at: NOW,
        evidence: Vec::new(),
    };
    PathReport {
        schema: PATH_SCHEMA.to_owned(),
        target: "files.example.com".to_owned(),
        address: "203.0.113.9".to_owned(),
        method: "udp-ttl".to_owned(),
        rounds: 3,
        reached: true,
        hops: vec![hop],
        fault: None,
        verdict: Some(verdict),
    }
}

fn redactor(readable: bool) -> Redactor {
    let mut known = Known::learn(&report());
    if readable {
        known.disclose_target(&"files.example.com:445".parse().unwrap());
    }
    Redactor::new(&RedactionKey::new([2; 32]), known)
}

const PRIVATE: [&str; 10] = [
    "192.168.7.1",
    "ada-laptop",
    "203.0.113.9",
    "by ada",
    "192.168.7.21",
    "00:1a:2b",
    "PF3ABCD9",
    "A-2210",
    "i-0abc123def",
    "corp.example.com",
];

#[test]
fn nothing_private_survives_and_the_rest_reads_as_before() {
    let redacted = redactor(true).redact_report(&report());
    for private in PRIVATE {
        assert!(!redacted.as_str().contains(private), "{private}: {}", redacted.as_str());
    }
    let read: Report = serde_json::from_str(redacted.as_str()).unwrap();
    let plain = report();
    assert_eq!(read.verdict.evidence, plain.verdict.evidence);
    assert_eq!((read.schema, read.program, read.started_at), (plain.schema, plain.program, plain.started_at));
    assert_eq!(read.target.unwrap().given, plain.target.unwrap().given);
    assert_eq!(read.findings[0].message.args["host"].as_str(), Some("files.example.com"));
    assert_eq!(read.findings[0].message.args["count"], Value::Int(3));
    assert_eq!(read.timeline[1], plain.timeline[1]);
    let facts = &read.checks[0].facts;
    assert_eq!(facts[3].value.as_str(), Some("8.8.8.8"));
    assert_eq!(facts[8].value.as_str(), Some("Foo 1.2.3.4 and 5.6.7.8"));
    let Value::Map(row) = &facts[0].value.items()[0] else { panic!("not a row") };
    assert_eq!(row["name"].as_str(), Some("eth0"));
    let address = row["address"].as_str().unwrap();
    assert!(address.starts_with("<ipv4-192.168.") && address.ends_with(">/24"), "{address}");
    assert_eq!(facts[9].value.as_str(), read.machine.host_name.as_deref());
    assert!(
        facts[5].value.as_str().unwrap().contains(facts[4].value.as_str().unwrap()),
        "one person, one pseudonym"
    );
    assert_eq!(read.machine.model.as_deref(), Some("21CB"));
    assert_eq!(read.path.unwrap().hops[0].owner.as_deref(), Some("AS64501 Northern Telecom"));
}

#[test]
fn redacting_twice_changes_nothing() {
    let it = redactor(true);
    let once = it.redact_report(&report());
    let read: Report = serde_json::from_str(once.as_str()).unwrap();
    let twice = it.redact_report(&read);
    assert_eq!(twice.as_str(), once.as_str());
    assert_eq!(twice.replaced(), 0, "{:?}", twice.hits());
    assert!(once.hits()[&Class::Ipv4] > 5);
}

#[test]
fn a_target_that_was_not_disclosed_stays_a_target() {
    let mut known = Known::learn(&report());
    known.hosts.push("files.example.com".to_owned());
    let it = Redactor::new(&RedactionKey::new([2; 32]), known);
    let redacted = it.redact_report(&report());
    assert!(!redacted.as_str().contains("files.example"), "{}", redacted.as_str());
    let read: Report = serde_json::from_str(redacted.as_str()).unwrap();
    let given = read.target.unwrap().given;
    assert_eq!(given.port(), Some(445));
    for text in [
        "https://user:pw@intra.example.net/wiki?token=1",
        "10.1.2.3:22",
        "[2001:db8::7]:22",
        "intra",
        "2001:db8::7",
    ] {
        let (hidden, _) = it.redact_target(&text.parse::<Target>().unwrap());
        assert!(hidden.given().contains("host-") && !hidden.given().contains("example.net"), "{hidden}");
        assert_eq!(it.redact_target(&hidden).0, hidden);
    }
}

#[test]
fn json_keeps_its_shape() {
    let it = redactor(false);
    let (value, hits) = it.redact_json(&json!({
        "when": "2026-11-22T02:03:04.056Z", "n": 1.5, "none": null, "list": ["ada-laptop", 7, true],
        "203.0.113.9": {"db_password": "plainword", "version": "Foo 1.2.3"}, "password": ""
    }));
    let text = value.to_string();
    for private in ["ada-laptop", "203.0.113.9", "plainword"] {
        assert!(!text.contains(private), "{text}");
    }
    assert_eq!(value["when"], "2026-11-22T02:03:04.056Z");
    assert_eq!(value["list"][1], 7);
    assert_eq!((value["password"].as_str(), hits[&Class::Secret]), (Some(""), 1));
    assert_eq!(it.redact_json(&value).0, value);
}
