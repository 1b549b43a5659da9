//! A ticket's page: messages both ways, changes, closing, the drafted log, history. No bundle: that is `files`.

use std::time::Duration;

use nightline_desk::agent::wire::{BundleState, Me, TicketPage};
use nightline_protocol::{MessageAuthor, TechnicalLog, TicketMessage, TicketStatus, TicketView};
use nightline_types::{Severity, Target};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Desk, Device, number, summary};

const NASTY: &str = "<img src=x onerror=alert(1)> \u{202e}gpj.exe\u{202c} </script><svg onload=alert(2)> \u{1b}[31m & \"q\" 'a'";

#[tokio::test]
async fn a_ticket_opens_with_the_persons_words_before_its_bundle_is_there() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut summary = summary("The call broke", Severity::P1, 30);
    summary.intake.error = Some(" exact  error\t0x1\n ".to_owned());
    summary.intake.target = Some("rdp.example:3389".parse::<Target>().unwrap());
    device.open(&number(1), summary.clone()).await;
    let page = ana.page(&number(1)).await;
    assert_eq!(page.summary, summary);
    assert_eq!((page.status, page.severity), (TicketStatus::New, Severity::P1));
    assert!(matches!(page.bundle, BundleState::Arriving { received: 0, size: 17 }), "{:?}", page.bundle);
    assert!(page.report.is_none() && page.manifest.is_none() && page.log.is_none() && page.owner.is_none());
    assert_eq!(page.response_due, Some(desk.now().plus(Duration::from_secs(1_800))));
    let actions: Vec<_> = page.history.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["ticket-opened"]);
    ana.get(&format!("/tickets/{}/files/0", number(1))).await.refused(404, "not-found");
    ana.get(&format!("/tickets/{}/bundle", number(1))).await.refused(404, "not-found");
}

#[tokio::test]
async fn messages_go_both_ways_once_and_the_first_answer_stops_the_clock() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    device.says(&number(1), "c-1", "anyone there?").await.is(200);
    let page = ana.page(&number(1)).await;
    assert_eq!(page.status, TicketStatus::New, "a question does not take a ticket");
    assert!(page.response_due.is_some());

    let path = format!("/tickets/{}/messages", number(1));
    let mut sent = Vec::new();
    for _ in 0..2 {
        desk.pass(5);
        let message: TicketMessage =
            ana.post(&path, &json!({ "id": "a-1", "text": "Yes. Which printer?" })).await.is(200).json();
        sent.push(message);
    }
    assert_eq!(sent[0], sent[1], "a retry is the same message");
    assert_eq!((sent[0].author, sent[0].name.as_deref()), (MessageAuthor::Agent, Some("Ana")));
    let page = ana.page(&number(1)).await;
    assert_eq!((page.status, page.response_due), (TicketStatus::Waiting, None));
    assert_eq!(page.owner.map(|it| it.name).as_deref(), Some("Ana"));
    assert_eq!(page.messages.len(), 2);

    let seen: TicketView = Answer::of(device.request(Method::GET, &format!("/api/v1/tickets/{}", number(1))))
        .await
        .is(200)
        .json();
    assert_eq!(seen.messages, page.messages);
    assert_eq!((seen.owner.as_deref(), seen.response_due), (Some("Ana"), None));

    desk.pass(5);
    device.says(&number(1), "c-2", "the one on floor 2").await.is(200);
    let page = ana.page(&number(1)).await;
    assert_eq!((page.status, page.messages.len()), (TicketStatus::Open, 3));
    assert!(ana.queue("").await.tickets[0].unread);
}

#[tokio::test]
async fn a_message_id_is_one_message_for_ever() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let ben = desk.ben().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    device.says(&number(1), "c-1", "hello").await.is(200);
    let path = format!("/tickets/{}/messages", number(1));
    ana.post(&path, &json!({ "id": "a-1", "text": "one" })).await.is(200);
    ana.post(&path, &json!({ "id": "a-1", "text": "two" })).await.refused(409, "conflict");
    ben.post(&path, &json!({ "id": "a-1", "text": "one" })).await.refused(409, "conflict");
    ana.post(&path, &json!({ "id": "c-1", "text": "hello" })).await.refused(409, "conflict");
    for (id, text, status) in [
        ("", "x", 400),
        ("a b", "x", 400),
        ("a/../b", "x", 400),
        (&"a".repeat(65), "x", 400),
        ("a-2", " \n", 400),
        ("a-3", &"x".repeat(16 * 1_024 + 1), 413),
        ("a-4", &"x".repeat(16 * 1_024), 200),
    ] {
        let answer = ana.post(&path, &json!({ "id": id, "text": text })).await;
        assert_eq!(answer.status, status, "{id}: {}", answer.text());
    }
    ana.post(&path, &json!({ "id": "a-5", "text": "x", "extra": 1 })).await;
    ana.post(&format!("/tickets/{}/messages", number(2)), &json!({ "id": "a", "text": "x" }))
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn changes_are_made_and_recorded_with_old_and_new() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let ben: Me = desk.ben().await.get("/me").await.json();
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    let path = format!("/tickets/{}", number(1));
    let opened = desk.now();
    desk.pass(60);
    let page: TicketPage = ana.patch(&path, &json!({ "severity": "P0" })).await.is(200).json();
    assert_eq!(page.severity, Severity::P0);
    assert_eq!(page.response_due, Some(opened.plus(Duration::from_secs(900))), "counted from the arrival");
    let page: TicketPage = ana.patch(&path, &json!({ "owner": ben.id })).await.is(200).json();
    assert_eq!((page.owner.map(|it| it.name).as_deref(), page.status), (Some("Ben"), TicketStatus::Open));
    ana.patch(&path, &json!({ "status": "waiting", "owner": "" })).await.is(200);
    ana.patch(&path, &json!({ "status": "waiting", "severity": "P0", "owner": "" })).await.is(200);
    ana.patch(&path, &json!({})).await.is(200);
    let page = ana.page(&number(1)).await;
    assert!(page.owner.is_none());
    let history: Vec<_> =
        page.history.iter().map(|it| format!("{} {} {}", it.actor, it.action, it.detail)).collect();
    assert_eq!(
        history[1..],
        [
            "Ana severity-changed P2 -> P0",
            "Ana owner-changed - -> Ben",
            "Ana status-changed new -> open",
            "Ana owner-changed Ben -> -",
            "Ana status-changed open -> waiting",
        ]
    );
}

#[tokio::test]
async fn a_wrong_change_changes_nothing() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    let path = format!("/tickets/{}", number(1));
    for body in [
        json!({ "status": "closed" }),
        json!({ "status": "done" }),
        json!({ "severity": "P4" }),
        json!({ "owner": "nobody" }),
        json!({ "severity": "P0", "owner": "nobody" }),
        json!({ "number": "x" }),
        json!("open"),
    ] {
        ana.patch(&path, &body).await.refused(400, "bad-request");
    }
    let page = ana.page(&number(1)).await;
    assert_eq!((page.severity, page.status, page.history.len()), (Severity::P2, TicketStatus::New, 1));
}

#[tokio::test]
async fn closing_needs_the_whole_log_and_the_customer_sees_it() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    let path = format!("/tickets/{}/close", number(1));
    let log = |measure: &str| json!({ "log": { "when": " 01:50 ", "cause": "toner", "measure": measure, "permanent_fix": "order" } });
    ana.post(&path, &log(" ")).await.refused(400, "bad-request");
    ana.post(&path, &log(&"x".repeat(5_000))).await.refused(413, "too-large");
    ana.post(&path, &json!({ "log": { "when": "a" } })).await.refused(400, "bad-request");
    assert_eq!(ana.page(&number(1)).await.status, TicketStatus::New);
    let page: TicketPage = ana.post(&path, &log("shaken")).await.is(200).json();
    assert_eq!((page.status, page.response_due), (TicketStatus::Closed, None));
    assert_eq!(page.log.as_ref().map(|it| it.when.as_str()), Some("01:50"), "trimmed");
    let seen: TicketView = Answer::of(device.request(Method::GET, &format!("/api/v1/tickets/{}", number(1))))
        .await
        .is(200)
        .json();
    assert_eq!((seen.status, seen.log), (TicketStatus::Closed, page.log));

    device.says(&number(1), "c-1", "it is back").await.is(200);
    let page = ana.page(&number(1)).await;
    assert_eq!((page.status, page.log), (TicketStatus::Open, None), "open again");
    let page: TicketPage = ana.post(&path, &log("toner changed")).await.is(200).json();
    assert_eq!(page.log.map(|it| it.measure).as_deref(), Some("toner changed"));
    let page: TicketPage =
        ana.patch(&format!("/tickets/{}", number(1)), &json!({ "status": "open" })).await.is(200).json();
    assert_eq!(page.history.last().map(|it| it.action.as_str()), Some("ticket-reopened"));
}

#[tokio::test]
async fn the_log_is_drafted_in_both_languages_and_may_be_sent_as_it_is() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut summary = summary("printer", Severity::P2, 240);
    summary.intake.when = Some("2026-11-22T01:55:00Z".parse().unwrap());
    device.open(&number(1), summary).await;
    let path = format!("/tickets/{}/log-draft", number(1));
    let english: TechnicalLog = ana.get(&format!("{path}?lang=en")).await.is(200).json();
    assert_eq!(english.when, "2026-11-22 01:55 (UTC), as the customer reported it");
    let chinese: TechnicalLog = ana.get(&format!("{path}?lang=zh-CN")).await.is(200).json();
    assert_eq!(chinese.when, "2026-11-22 01:55（UTC），客户反映的时间");
    ana.get(&format!("{path}?lang=fr")).await.refused(400, "bad-request");
    let body = json!({ "log": english });
    ana.post(&format!("/tickets/{}/close", number(1)), &body).await.is(200);
}

#[tokio::test]
async fn html_and_bidi_in_every_field_come_back_as_data() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut nasty = summary(NASTY, Severity::P2, 240);
    nasty.language = "<b>en</b>".to_owned();
    nasty.intake.error = Some(NASTY.to_owned());
    nasty.intake.steps = Some(NASTY.to_owned());
    nasty.intake.expected = Some(NASTY.to_owned());
    nasty.intake.contact = Some(NASTY.to_owned());
    nasty.intake.other_machine = Some(nightline_types::OtherMachine {
        asset_tag: Some(NASTY.to_owned()),
        serial: Some(NASTY.to_owned()),
        model: Some(NASTY.to_owned()),
        location: Some(NASTY.to_owned()),
        contract: Some(NASTY.to_owned()),
    });
    nasty.machine = Some(nightline_types::Machine {
        host_name: Some(NASTY.to_owned()),
        model: Some(NASTY.to_owned()),
        ..Default::default()
    });
    device.open(&number(1), nasty.clone()).await;
    device.says(&number(1), "c-1", NASTY).await.is(200);
    ana.post(&format!("/tickets/{}/messages", number(1)), &json!({ "id": "a-1", "text": NASTY }))
        .await
        .is(200);
    let answer = ana.get(&format!("/tickets/{}", number(1))).await.is(200);
    assert!(answer.header("content-type").starts_with("application/json"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    let page: TicketPage = answer.json();
    assert_eq!(page.summary, nasty);
    assert!(page.messages.iter().all(|it| it.text == NASTY));
    let draft: TechnicalLog = ana.get(&format!("/tickets/{}/log-draft", number(1))).await.is(200).json();
    assert!(draft.cause.contains(NASTY.trim()), "{}", draft.cause);
    let row = &ana.queue("").await.tickets[0];
    assert_eq!((row.what.as_str(), row.machine.as_deref()), (NASTY, Some(NASTY)));
}

#[tokio::test]
async fn ten_megabytes_in_a_field_are_refused_and_leave_nothing() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    let large = "x".repeat(10 * 1_024 * 1_024);
    let path = format!("/tickets/{}", number(1));
    let bodies: [(Method, &str, Value); 3] = [
        (Method::POST, "/messages", json!({ "id": "a", "text": large })),
        (
            Method::POST,
            "/close",
            json!({ "log": { "when": large, "cause": "b", "measure": "c", "permanent_fix": "d" } }),
        ),
        (Method::PATCH, "", json!({ "owner": large })),
    ];
    for (method, tail, body) in bodies {
        ana.send(method, &format!("{path}{tail}"), &body).await.refused(413, "too-large");
    }
    let page = ana.page(&number(1)).await;
    assert_eq!((page.messages.len(), page.history.len()), (0, 1));
}
