//! What goes into a bundle, what the person can keep out of it, and that sealing twice gives the same bytes.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs::{self, File};

use common::{LOG, draft_of, intake, number, seal_in};
use nightline_bundle::{
    Bundle, Content, DropError, OutgoingMessage, Parcel, ParcelError, SealError, limits, seal,
};
use nightline_protocol::Disclosure;
use nightline_redact::{Disclosed, Known, RedactionKey, Redactor};
use nightline_types::{Intake, Severity};
use tempfile::tempdir;

const PRIVATE: [&str; 4] = ["ada-laptop", "ada.lovelace", "203.0.113.9", "192.168.7.1"];

#[test]
fn a_sealed_bundle_opens_verifies_and_holds_nothing_private() {
    let folder = tempdir().unwrap();
    let sealed = seal_in(folder.path(), draft_of(&intake()));
    let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
    assert_eq!(bundle.verify().unwrap(), sealed.manifest);
    let paths: Vec<&str> = sealed.manifest.entries.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["report.json", "intake.json", "logs/system-log.txt", "attachments/1-screen.png"]);
    for path in paths {
        let content = bundle.read_entry(path, limits::MAX_ENTRY_BYTES).unwrap();
        let text = String::from_utf8_lossy(&content);
        for private in PRIVATE {
            assert!(!text.contains(private), "{private} in {path}");
        }
    }
    assert_eq!(bundle.intake().unwrap().unwrap(), intake());
    let report = bundle.report().unwrap().unwrap();
    assert_eq!(report.target.unwrap().given, "files.example.com:445".parse().unwrap());
    assert_eq!(report.machine.os.as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
    assert_eq!(report.checks[0].facts[2].value.as_str(), Some("libfoo 1.2.3.4"));
    let log = bundle.read_entry("logs/system-log.txt", 10_000).unwrap();
    assert!(String::from_utf8(log).unwrap().contains("connect files.example.com failed"));
}

#[test]
fn sealing_twice_gives_the_same_bytes() {
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    let (a, b) = (seal_in(one.path(), draft_of(&intake())), seal_in(two.path(), draft_of(&intake())));
    assert_eq!(fs::read(&a.path).unwrap(), fs::read(&b.path).unwrap());
    assert_eq!((a.size, &a.sha256), (b.size, &b.sha256));
    assert_eq!(a.size, fs::metadata(&a.path).unwrap().len());
    assert_eq!(fs::read_dir(one.path()).unwrap().count(), 1, "only the bundle is left in the folder");
}

#[test]
fn everything_but_what_is_wrong_can_be_dropped() {
    let mut draft = draft_of(&intake());
    let ids: Vec<String> = draft.items().iter().map(|item| item.id.clone()).collect();
    let expected = [
        "intake-what",
        "intake-error",
        "intake-target",
        "intake-contact",
        "asset-ids",
        "report",
        "machine",
        "system-log",
        "attachment-1",
    ];
    assert_eq!(ids, expected);
    for id in &ids[1..] {
        draft.drop_item(id).unwrap();
    }
    assert_eq!(draft.drop_item("intake-what"), Err(DropError::Required("intake-what".to_owned())));
    assert_eq!(draft.drop_item("nothing"), Err(DropError::Unknown("nothing".to_owned())));
    let summary = draft.summary(Severity::P2, 240, "en");
    assert!(summary.as_summary().verdict.is_none() && summary.as_summary().machine.is_none());
    assert_eq!(summary.as_summary().intake, Intake::about("Cannot open my files"));
    let folder = tempdir().unwrap();
    let sealed = seal_in(folder.path(), draft);
    assert_eq!(sealed.manifest.entries.len(), 1);
    assert!(
        sealed.manifest.collectors.iter().filter(|it| it.outcome == "left-out").count() == 8,
        "{sealed:?}"
    );
    let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
    assert_eq!(bundle.intake().unwrap().unwrap(), Intake::about("Cannot open my files"));
    assert!(bundle.report().unwrap().is_none());
}

#[test]
fn a_target_that_was_taken_back_is_nowhere() {
    let mut draft = draft_of(&intake());
    draft.drop_item("intake-target").unwrap();
    let summary = serde_json::to_string(draft.summary(Severity::P2, 240, "en").as_summary()).unwrap();
    assert!(!summary.contains("files.example.com"), "{summary}");
    let folder = tempdir().unwrap();
    let sealed = seal_in(folder.path(), draft);
    let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
    for entry in &sealed.manifest.entries {
        let content = bundle.read_entry(&entry.path, limits::MAX_ENTRY_BYTES).unwrap();
        assert!(!String::from_utf8_lossy(&content).contains("files.example"), "{}", entry.path);
    }
    assert!(bundle.report().unwrap().unwrap().target.is_none());
}

#[test]
fn asset_ids_are_readable_until_they_are_taken_back() {
    let kept = draft_of(&intake());
    assert_eq!(kept.kept_report().unwrap().machine.serial.as_deref(), Some("PF3ABCD9"));
    let mut draft = draft_of(&intake());
    draft.drop_item("asset-ids").unwrap();
    let summary = serde_json::to_string(draft.summary(Severity::P2, 240, "en").as_summary()).unwrap();
    assert!(!summary.contains("PF3ABCD9") && summary.contains("files.example.com"), "{summary}");
    let folder = tempdir().unwrap();
    let sealed = seal_in(folder.path(), draft);
    let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
    for entry in &sealed.manifest.entries {
        let content = bundle.read_entry(&entry.path, limits::MAX_ENTRY_BYTES).unwrap();
        assert!(!String::from_utf8_lossy(&content).contains("PF3ABCD9"), "{}", entry.path);
    }
}

#[test]
fn a_later_report_takes_the_place_of_the_first_and_what_was_dropped_stays_dropped() {
    let mut draft = draft_of(&intake());
    let count = draft.items().len();
    draft.drop_item("machine").unwrap();
    let mut later = common::report();
    later.target.as_mut().unwrap().probes.push(nightline_types::TargetProbe::default());
    draft.replace_report(&later).unwrap();
    assert_eq!(draft.items().len(), count);
    let kept = draft.kept_report().unwrap();
    assert_eq!(kept.target.unwrap().probes.len(), 1);
    assert!(kept.machine.host_name.is_none());
}

#[test]
fn a_machine_that_was_dropped_leaves_only_its_system() {
    let mut draft = draft_of(&intake());
    draft.drop_item("machine").unwrap();
    assert!(draft.summary(Severity::P2, 240, "en").as_summary().machine.is_none());
    let machine = draft.kept_report().unwrap().machine;
    assert!(machine.host_name.is_none() && machine.serial.is_none() && machine.os.is_some());
}

#[test]
fn the_manifest_says_what_was_replaced_and_what_was_approved() {
    let folder = tempdir().unwrap();
    let manifest = seal_in(folder.path(), draft_of(&intake())).manifest;
    let of = |path: &str| manifest.entries.iter().find(|it| it.path == path).unwrap();
    assert_eq!((of("intake.json").disclosure, of("intake.json").replaced), (Disclosure::Disclosed, 0));
    assert_eq!(of("logs/system-log.txt").disclosure, Disclosure::Redacted);
    assert_eq!(of("logs/system-log.txt").replaced, 4);
    assert!(of("report.json").replaced >= 5, "{manifest:?}");
    assert_eq!(manifest.redactor, nightline_redact::RULES_VERSION);
    assert_eq!(manifest.ticket, Some(number()));
}

#[test]
fn ten_megabytes_in_the_error_survive() {
    for letter in ["x", "<script>alert(1)</script>\u{202e}"] {
        let error: String = letter.repeat(10_000_000 / letter.len());
        let long = Intake { error: Some(error.clone()), ..Intake::about("<img src=x onerror=alert(1)>") };
        let folder = tempdir().unwrap();
        let sealed = seal_in(folder.path(), draft_of(&long));
        let mut bundle = Bundle::open(File::open(&sealed.path).unwrap()).unwrap();
        bundle.verify().unwrap();
        assert_eq!(bundle.intake().unwrap().unwrap().error.unwrap(), error);
    }
}

#[test]
fn a_long_log_is_cut_and_says_so() {
    let line = "Nov 22 02:03:04 ada-laptop app[7]: nothing to see here, 203.0.113.9 asked again and again and again\n";
    let source = line.repeat(20_000);
    let redactor = Redactor::new(
        &RedactionKey::new([1; 32]),
        Known { hosts: vec!["ada-laptop".to_owned()], ..Known::default() },
    );
    let limit = 1 << 20;
    let (content, taken) = Content::redacted_log(&redactor, source.as_bytes(), limit).unwrap();
    assert!(taken.cut && content.size() >= limit && content.size() < limit + (1 << 19), "{}", content.size());
    let (content, taken) = Content::redacted_log(&redactor, LOG.as_bytes(), u64::MAX).unwrap();
    assert!(!taken.cut && taken.read == u64::try_from(LOG.len()).unwrap());
    assert_eq!(content.replaced(), 4);
}

#[test]
fn a_log_without_line_ends_and_without_utf8_is_taken_in() {
    let redactor = Redactor::new(&RedactionKey::new([1; 32]), Known::default());
    let long = "word 203.0.113.9 ".repeat(70_000);
    let (content, _) = Content::redacted_log(&redactor, long.as_bytes(), u64::MAX).unwrap();
    assert_eq!(content.replaced(), 70_000);
    let (content, _) = Content::redacted_log(&redactor, &b"\xff\xfe 203.0.113.9 \xc3"[..], 99).unwrap();
    assert_eq!(content.replaced(), 1);
    let (content, _) = Content::redacted_log(&redactor, &b""[..], 9).unwrap();
    assert_eq!(content.size(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing() {
    let folder = tempdir().unwrap();
    let error =
        seal(draft_of(&intake()), &folder.path().join("none/b.zip"), common::NOW, "n", None).unwrap_err();
    assert!(matches!(error, SealError::Write { .. }), "{error:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_parcel_tells_the_desk_nothing_private() {
    let folder = tempdir().unwrap();
    let draft = draft_of(&intake());
    let summary = draft.summary(Severity::P1, 30, "en");
    let sealed = seal_in(folder.path(), draft);
    let parcel = Parcel::new(number(), common::NOW, summary, &sealed);
    let text = serde_json::to_string(parcel.ticket()).unwrap();
    for private in PRIVATE {
        assert!(!text.contains(private), "{private}");
    }
    assert_eq!(parcel.bundle_path(), sealed.path);
}

#[test]
fn a_message_is_text_of_a_bounded_length() {
    let message = |text: &str| OutgoingMessage::new("m-1".to_owned(), &Disclosed::approved_by_person(text));
    assert_eq!(message("still broken").unwrap().wire().text, "still broken");
    assert!(matches!(message("  \n"), Err(ParcelError::EmptyMessage)));
    assert!(matches!(message(&"x".repeat(20_000)), Err(ParcelError::MessageTooLong)));
}
