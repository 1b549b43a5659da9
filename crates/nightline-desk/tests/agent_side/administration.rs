//! Agents, devices and the audit log, as administrators have them.

use nightline_desk::agent::wire::{Agent, AuditRow, Device as DeviceRow};
use nightline_protocol::WhoMayOpen;
use serde_json::json;

use crate::support::{Desk, Device, PASSWORD, number, summary};

#[tokio::test]
async fn an_administrator_adds_agents_by_the_rules() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let body = |email: &str, name: &str, password: &str| json!({ "email": email, "name": name, "password": password, "admin": false });
    let ben: Agent = ana.post("/agents", &body("Ben@Example.com", " Ben ", PASSWORD)).await.is(201).json();
    assert_eq!((ben.name.as_str(), ben.email.as_str(), ben.admin), ("Ben", "ben@example.com", false));
    ana.post("/agents", &body("ben@example.com", "Ben", PASSWORD)).await.refused(409, "conflict");
    ana.post("/agents", &body("carl@example.com", "Carl", "eleven char")).await.refused(400, "bad-request");
    ana.post("/agents", &body("carl@example.com", "Carl", &"x".repeat(1_025)))
        .await
        .refused(400, "bad-request");
    ana.post("/agents", &body("carl", "Carl", PASSWORD)).await.refused(400, "bad-request");
    ana.post("/agents", &body("carl@example.com", "desk", PASSWORD)).await.refused(400, "bad-request");
    ana.post("/agents", &body("carl@example.com", " ", PASSWORD)).await.refused(400, "bad-request");
    let all: Vec<Agent> = ana.get("/agents").await.is(200).json();
    assert_eq!(all.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Ana", "Ben"]);
    let ben = desk.signed_in("ben@example.com").await;
    ben.get("/agents").await.is(200);
    ben.post("/agents", &body("eve@example.com", "Eve", PASSWORD)).await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_device_that_waits_may_open_tickets_once_it_is_approved() {
    let desk = Desk::start_with(|settings| settings.who_may_open = WhoMayOpen::Approved).await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 3).await;
    let listed: Vec<DeviceRow> = ana.get("/devices").await.is(200).json();
    assert_eq!((listed.len(), listed[0].approved, listed[0].id.as_str()), (1, false, device.id.as_str()));
    assert_eq!(listed[0].fingerprint.len(), 16);
    let approve = format!("/devices/{}/approve", device.id);
    for _ in 0..2 {
        let row: DeviceRow = ana.post(&approve, &json!(null)).await.is(200).json();
        assert!(row.approved);
    }
    device.open(&number(1), summary("printer", nightline_types::Severity::P2, 240)).await;
    ana.post("/devices/nobody/approve", &json!(null)).await.refused(404, "not-found");
    let approvals = ana.audit().await.into_iter().filter(|it| it.starts_with("Ana: device-approved")).count();
    assert_eq!(approvals, 1, "what is so already leaves no trace");
}

#[tokio::test]
async fn the_audit_log_pages_newest_first_and_repeats_nothing() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    for _ in 0..7 {
        desk.signed_in("ana@example.com").await;
        desk.pass(20);
    }
    let all: Vec<AuditRow> = ana.get("/audit").await.is(200).json();
    assert!(all.windows(2).all(|pair| pair[0].id > pair[1].id && pair[0].at >= pair[1].at));
    let mut paged: Vec<String> = Vec::new();
    loop {
        let after = paged.last().cloned().unwrap_or_default();
        let page: Vec<AuditRow> = ana.get(&format!("/audit?limit=2&after={after}")).await.is(200).json();
        if page.is_empty() {
            break;
        }
        paged.extend(page.into_iter().map(|it| it.id));
    }
    assert_eq!(paged, all.into_iter().map(|it| it.id).collect::<Vec<_>>());
    ana.get("/audit?limit=x").await.refused(400, "bad-request");
}
