//! The machine's checks on recorded machines, as a report would have them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use nightline_text::{Language, Texts};
use nightline_types::{EventKind, Timestamp, Value};
use tokio_util::sync::CancellationToken;

use crate::{Context, Diagnosed, Plan, run};

fn context(machine: &str) -> Context {
    let machines =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../nightline-platform/tests/fixtures/machines");
    let now: Timestamp = "2026-11-22T02:00:00Z".parse().unwrap();
    Context {
        clock: Arc::new(move || now),
        target: None,
        important: Vec::new(),
        stun: Vec::new(),
        desk: None,
        extra_roots_path: None,
        root_dir: machines.join(machine),
        environment: Arc::new([("USER".to_owned(), "mei".to_owned())].into()),
        known: Arc::default(),
    }
}

async fn diagnose(machine: &str) -> Diagnosed {
    let plan = Plan { deadline: Duration::from_secs(15), not_allowed: BTreeSet::new(), only: None };
    run(super::checks(), &context(machine), &plan, &CancellationToken::new(), |_| ()).await
}

/// Each check as `id outcome reason`. Disks are left out: their room is that of the machine that runs the test.
fn lines(diagnosed: &Diagnosed) -> Vec<String> {
    let checks = diagnosed.checks.iter().filter(|check| check.id.as_str() != "disk-pressure");
    let line = checks.map(|check| {
        let reason = check.reason.as_ref().map_or("-", |reason| reason.id.as_str());
        format!("{} {:?} {reason}", check.id, check.outcome)
    });
    line.collect()
}

fn fact(diagnosed: &Diagnosed, check: &str, key: &str) -> Option<Value> {
    let check = diagnosed.checks.iter().find(|it| it.id.as_str() == check)?;
    check.fact(key).map(|fact| fact.value.clone())
}

#[tokio::test]
async fn a_laptop_is_read_as_it_is() {
    let found = diagnose("debian-laptop").await;
    let expected = [
        "machine-identity Healthy -",
        "os-build Degraded reason-kernel-modules-gone",
        "uptime-boots Healthy -",
        "cpu-pressure Healthy -",
        "memory-pressure Healthy -",
        "recent-updates Healthy -",
        "installed-software Healthy -",
        "system-log Degraded reason-log-disk",
    ];
    assert_eq!(lines(&found), expected);
    let machine = &found.machine;
    assert_eq!(machine.model.as_deref(), Some("ThinkPad X1 Carbon Gen 9"));
    assert_eq!(machine.serial.as_deref(), Some("PF0FIXTURE"));
    assert_eq!(machine.os.as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
    assert_eq!(machine.host_name.as_deref(), Some("laptop-17"));
    let reason = |field: &str| machine.withheld.get(field).map(|it| it.reason.id.as_str().to_owned());
    assert_eq!(reason("asset_tag").as_deref(), Some("withheld-not-set-by-maker"));
    assert_eq!(reason("cloud_region").as_deref(), Some("withheld-not-a-cloud-machine"));
    assert_eq!(fact(&found, "os-build", "restart_wanted"), Some(true.into()));
    assert_eq!(fact(&found, "uptime-boots", "crashes_7d"), Some(1_i64.into()));
    assert_eq!(fact(&found, "recent-updates", "changes_14d"), Some(3_i64.into()));
    assert_eq!(fact(&found, "installed-software", "packages"), Some(2_i64.into()));
    assert_eq!(fact(&found, "system-log", "failures"), Some(vec!["disk"].into()));
}

#[tokio::test]
async fn a_server_that_tells_little_is_not_guessed_at() {
    let found = diagnose("bare-server").await;
    let expected = [
        "machine-identity Healthy -",
        "os-build Healthy -",
        "uptime-boots Healthy -",
        "cpu-pressure Healthy -",
        "memory-pressure Unknown check-unknown-nothing-readable",
        "recent-updates Healthy -",
        "installed-software Unknown check-unknown-no-package-database",
        "system-log Healthy -",
    ];
    assert_eq!(lines(&found), expected);
    for field in ["manufacturer", "model", "serial", "asset_tag", "memory_bytes", "processor", "host_name"] {
        assert_eq!(found.machine.withheld[field].reason.id.as_str(), "withheld-not-told", "{field}");
    }
    assert_eq!(fact(&found, "cpu-pressure", "waiting_60s_pct"), None);
}

#[tokio::test]
async fn what_happened_is_on_one_axis_oldest_first() {
    let found = diagnose("debian-laptop").await;
    let kinds: Vec<_> = found.events.iter().map(|event| event.kind).collect();
    let expected = [
        EventKind::Boot,
        EventKind::Shutdown,
        EventKind::Boot,
        EventKind::Crash,
        EventKind::Boot,
        EventKind::Update,
        EventKind::Update,
        EventKind::LogError,
        EventKind::LogError,
    ];
    assert_eq!(kinds, expected);
    assert!(found.events.is_sorted_by_key(|event| event.at));
}

#[tokio::test]
async fn every_sentence_of_a_report_reads_in_both_languages() {
    for language in [Language::English, Language::SimplifiedChinese] {
        let texts = Texts::new(language);
        for machine in ["debian-laptop", "bare-server"] {
            let found = diagnose(machine).await;
            let reasons = found.checks.iter().filter_map(|check| check.reason.as_ref());
            let withheld = found.machine.withheld.values().map(|it| &it.reason);
            for message in reasons.chain(withheld).chain(found.events.iter().map(|event| &event.message)) {
                let said = texts.say(message);
                assert!(texts.knows(message.id.as_str()), "{} has no sentence", message.id);
                assert!(!said.contains("{ ") && !said.contains("{$"), "{}: {said}", message.id);
            }
        }
    }
}
