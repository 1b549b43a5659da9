//! A report, an intake and a draft for the tests. Makes bundles on disk only in the test's own folder.

use std::path::Path;

use nightline_bundle::{Draft, Sealed, seal};
use nightline_protocol::TicketNumber;
use nightline_redact::{Disclosed, Known, RedactionKey};
use nightline_types::{
    CheckId, CheckResult, Confidence, Culprit, Fact, Intake, Machine, Message, MessageId, Millis, Outcome,
    Privacy, REPORT_SCHEMA, Report, TargetReport, Timestamp, Verdict,
};

pub(crate) const NOW: Timestamp = Timestamp::from_unix_ms(1_795_312_984_056);

pub(crate) fn report() -> Report {
    let facts = vec![
        Fact::new("gateway", "192.168.7.1", "netlink", NOW).private(Privacy::Ip),
        Fact::new("host_name", "ada-laptop", "uname", NOW).private(Privacy::Host),
        Fact::new("packages", "libfoo 1.2.3.4", "dpkg", NOW),
    ];
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        verdict: Verdict {
            id: MessageId::new("verdict-service"),
            culprit: Culprit::Service,
            confidence: Confidence::new(0.8),
            message: Message::new("verdict-service")
                .arg("target", "files.example.com")
                .arg("gateway", "192.168.7.1"),
            measured_at: NOW,
            evidence: Vec::new(),
        },
        findings: Vec::new(),
        checks: vec![CheckResult {
            id: CheckId::new("gateway"),
            outcome: Outcome::Healthy,
            reason: None,
            facts,
            started_at: NOW,
            took_ms: Millis(3.5),
        }],
        timeline: Vec::new(),
        machine: Machine {
            host_name: Some("ada-laptop".to_owned()),
            user_name: Some("ada.lovelace".to_owned()),
            serial: Some("PF3ABCD9".to_owned()),
            os: Some("Debian GNU/Linux 12 (bookworm)".to_owned()),
            ..Machine::default()
        },
        target: Some(TargetReport { given: "files.example.com:445".parse().unwrap(), probes: Vec::new() }),
        path: None,
        started_at: NOW,
        took_ms: Millis(900.0),
        complete: true,
        program: "nightline 0.1.0".to_owned(),
    }
}

pub(crate) fn intake() -> Intake {
    Intake {
        error: Some("0x80090302 <b>认证</b>\t\u{0}end".to_owned()),
        target: Some("files.example.com:445".parse().unwrap()),
        contact: Some("Ada, +49 30 1234".to_owned()),
        ..Intake::about("Cannot open my files")
    }
}

pub(crate) const LOG: &str = "Nov 22 02:03:04 ada-laptop sshd[1]: Accepted password for ada.lovelace from 203.0.113.9\n\
    Nov 22 02:03:05 ada-laptop app: connect files.example.com failed\n";

pub(crate) fn draft_of(intake: &Intake) -> Draft {
    let report = report();
    let mut draft = Draft::new(RedactionKey::new([9; 32]), Known::learn(&report), intake);
    draft.add_report(&report).unwrap();
    draft.add_log("system-log", Message::new("bundle-item-system-log"), LOG.as_bytes()).unwrap();
    draft
        .add_attachment("screen.png", "image/png", &Disclosed::approved_by_person(&b"\x89PNG not really"[..]))
        .unwrap();
    draft
}

pub(crate) fn number() -> TicketNumber {
    TicketNumber::from_random([1, 2, 3, 4, 5, 6, 7, 8])
}

pub(crate) fn seal_in(folder: &Path, draft: Draft) -> Sealed {
    seal(draft, &folder.join("b.zip"), NOW, "nightline 0.1.0", Some(&number())).unwrap()
}
