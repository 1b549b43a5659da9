//! Bundles: files as text and pictures, the download, damaged bundles. The bundles are made by the app's own writer.

use nightline_bundle::{Draft, seal};
use nightline_desk::agent::wire::{BundleState, TicketPage};
use nightline_protocol::{Manifest, TechnicalLog};
use nightline_redact::{Disclosed, Known, RedactionKey};
use nightline_types::{
    Confidence, Culprit, EvidenceRef, Finding, Grade, Intake, Machine, Message, MessageId, Millis,
    REPORT_SCHEMA, Report, Severity, Timestamp, Verdict,
};

use crate::support::{Answer, Browser, Desk, Device, number, summary};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and then some";
const HTML: &str = "<!doctype html><script>parent.alert(document.cookie)</script>";
const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
const LOG: &str = "02:03:01 量子 link down\n02:03:02 \u{1b}[31merror\u{1b}[0m \u{202e}desrever\n";

#[tokio::test]
async fn a_ticket_with_its_bundle_opens_with_report_and_manifest() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    delivered(&desk).await;
    let page = ana.page(&number(1)).await;
    assert!(matches!(page.bundle, BundleState::Complete { .. }), "{:?}", page.bundle);
    let report = page.report.as_ref().unwrap();
    assert_eq!((report.verdict.culprit, report.findings.len()), (Culprit::Router, 1));
    assert_eq!(
        page.history.iter().map(|it| it.action.as_str()).collect::<Vec<_>>(),
        ["ticket-opened", "bundle-received"]
    );
    assert!(ana.queue("").await.tickets[0].bundle_complete);
    // The second time it comes from memory, and is the same.
    assert_eq!(ana.page(&number(1)).await.report, page.report);
    let draft: TechnicalLog =
        ana.get(&format!("/tickets/{}/log-draft?lang=zh-CN", number(1))).await.is(200).json();
    assert!(draft.permanent_fix.contains("路由器"), "{}", draft.permanent_fix);
}

#[tokio::test]
async fn files_are_text_or_pictures_and_never_anything_a_browser_runs() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    delivered(&desk).await;
    let manifest = ana.page(&number(1)).await.manifest.unwrap();
    let text = "text/plain; charset=utf-8";
    for (name, media_type, content) in [
        ("system-log", text, LOG.as_bytes()),
        ("evil.html", text, HTML.as_bytes()),
        ("evil.svg", text, SVG.as_bytes()),
        ("screen.png", "image/png", PNG),
        ("fake.png", text, HTML.as_bytes()),
    ] {
        let answer = file(&ana, &manifest, name, "").await.is(200);
        assert_eq!(answer.header("content-type"), media_type, "{name}");
        assert_eq!(answer.body, content, "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\""), "{name}");
    }
}

#[tokio::test]
async fn a_text_is_read_page_by_page_without_tearing_a_character() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    delivered(&desk).await;
    let manifest = ana.page(&number(1)).await.manifest.unwrap();
    let mut whole = String::new();
    for offset in (0..LOG.len()).step_by(5) {
        whole +=
            &file(&ana, &manifest, "system-log", &format!("?offset={offset}&limit=5")).await.is(200).text();
    }
    assert_eq!(whole, LOG);
    assert_eq!(file(&ana, &manifest, "system-log", "?offset=999999").await.is(200).text(), "");
    file(&ana, &manifest, "system-log", "?offset=-1").await.refused(400, "bad-request");
    file(&ana, &manifest, "system-log", "?limit=x").await.refused(400, "bad-request");
    for index in ["999", "-1", "x", "0x1", "18446744073709551616"] {
        ana.get(&format!("/tickets/{}/files/{index}", number(1))).await.refused(404, "not-found");
    }
}

#[tokio::test]
async fn reading_and_downloading_is_recorded_once_for_each_reading() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let ben = desk.ben().await;
    let bundle = delivered(&desk).await;
    let manifest = ana.page(&number(1)).await.manifest.unwrap();
    for _ in 0..3 {
        file(&ana, &manifest, "system-log", "?limit=5").await.is(200);
    }
    file(&ben, &manifest, "system-log", "?offset=5").await.is(200);
    desk.pass(700);
    file(&ana, &manifest, "system-log", "").await.is(200);
    let answer = ana.get(&format!("/tickets/{}/bundle", number(1))).await.is(200);
    assert_eq!(answer.body, bundle);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert!(answer.header("content-disposition").contains(&format!("filename=\"{}.zip\"", number(1))));
    let readings: Vec<_> = ana
        .page(&number(1))
        .await
        .history
        .iter()
        .skip(2)
        .map(|it| format!("{} {}", it.actor, it.action))
        .collect();
    assert_eq!(readings, ["Ana file-read", "Ben file-read", "Ana file-read", "Ana bundle-downloaded"]);
}

#[tokio::test]
async fn nothing_of_a_damaged_bundle_is_shown() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut bundle = made(&desk);
    let middle = bundle.len() / 2;
    bundle[middle] ^= 0xff;
    assert_eq!(device.deliver(&number(1), summary("printer", Severity::P2, 240), bundle).await, 422);
    let page: TicketPage = ana.page(&number(1)).await;
    let BundleState::Damaged { detail } = &page.bundle else { panic!("{:?}", page.bundle) };
    assert!(!detail.is_empty());
    assert!(page.report.is_none() && page.manifest.is_none());
    assert!(!ana.queue("").await.tickets[0].bundle_complete);
    ana.get(&format!("/tickets/{}/files/0", number(1))).await.refused(422, "damaged-bundle");
    ana.get(&format!("/tickets/{}/bundle", number(1))).await.refused(422, "damaged-bundle");
}

#[tokio::test]
async fn a_bundle_that_rots_on_the_desks_disk_is_damaged_and_the_ticket_still_opens() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    delivered(&desk).await;
    let key: String =
        sqlx::query_scalar("SELECT bundle_key FROM tickets").fetch_one(desk.app.db.read()).await.unwrap();
    std::fs::write(desk.app.files.bundle_path(&key).unwrap(), b"PK\x03\x04 rotten").unwrap();
    let page = ana.page(&number(1)).await;
    assert!(matches!(page.bundle, BundleState::Damaged { .. }), "{:?}", page.bundle);
    assert!(page.report.is_none() && page.manifest.is_none());
    ana.get(&format!("/tickets/{}/files/0", number(1))).await.refused(422, "damaged-bundle");
}

async fn delivered(desk: &Desk) -> Vec<u8> {
    let bundle = made(desk);
    let device = Device::enrol(desk, 1).await;
    let status = device.deliver(&number(1), summary("printer", Severity::P2, 240), bundle.clone()).await;
    assert_eq!(status, 204);
    bundle
}

async fn file(browser: &Browser<'_>, manifest: &Manifest, name: &str, query: &str) -> Answer {
    let index = manifest.entries.iter().position(|it| it.path.contains(name)).unwrap();
    browser.get(&format!("/tickets/{}/files/{index}{query}", number(1))).await
}

fn made(desk: &Desk) -> Vec<u8> {
    let mut draft = Draft::new(RedactionKey::new([7; 32]), Known::default(), &Intake::about("printer"));
    draft.add_report(&report(desk.now())).unwrap();
    draft.add_log("system-log", Message::new("bundle-item-system-log"), LOG.as_bytes()).unwrap();
    for (name, media_type, content) in [
        ("evil.html", "text/html", HTML.as_bytes()),
        ("evil.svg", "image/svg+xml", SVG.as_bytes()),
        ("screen.png", "text/html", PNG),
        ("fake.png", "image/png", HTML.as_bytes()),
    ] {
        draft.add_attachment(name, media_type, &Disclosed::approved_by_person(content)).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bundle.zip");
    seal(draft, &path, desk.now(), "nightline test", Some(&number(1))).unwrap();
    std::fs::read(path).unwrap()
}

fn report(at: Timestamp) -> Report {
    let id = MessageId::new("finding-gateway-dead");
    let message = Message::new("finding-gateway-dead").arg("gateway", "192.0.2.1");
    let confidence = Confidence::new(0.9);
    let evidence: Vec<EvidenceRef> = Vec::new();
    Report {
        schema: REPORT_SCHEMA.to_owned(),
        verdict: Verdict {
            id: id.clone(),
            culprit: Culprit::Router,
            confidence,
            message: message.clone(),
            measured_at: at,
            evidence: evidence.clone(),
        },
        findings: vec![Finding {
            id,
            severity: Grade::Broken,
            confidence,
            message,
            advice: None,
            culprit: Culprit::Router,
            evidence,
        }],
        checks: Vec::new(),
        timeline: Vec::new(),
        machine: Machine::default(),
        target: None,
        path: None,
        started_at: at,
        took_ms: Millis(4_000.0),
        complete: true,
        program: "nightline test".to_owned(),
    }
}
