//! The queue: order, pages, filters, search.

use nightline_desk::agent::wire::{Queue, QueueRow};
use nightline_protocol::TicketStatus;
use nightline_types::{Intake, Machine, Severity, Timestamp};
use serde_json::json;

use crate::support::{Browser, Desk, Device, number, summary};

#[tokio::test]
async fn two_hundred_tickets_page_without_gap_or_repeat_most_urgent_first() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let table = [(Severity::P0, 15), (Severity::P1, 30), (Severity::P2, 240), (Severity::P3, 1_440)];
    for index in 0..200_u64 {
        let (severity, minutes) = table[usize::try_from(index * 7 % 4).unwrap()];
        device.open(&number(index), summary(&format!("fault {index}"), severity, minutes)).await;
        desk.pass(i64::try_from(index % 3).unwrap());
    }
    let mut all: Vec<QueueRow> = Vec::new();
    let mut after = String::new();
    loop {
        let page: Queue = ana.queue(&format!("limit=17&after={after}")).await;
        assert_eq!(page.total, 200);
        assert_eq!(page.now, desk.now());
        all.extend(page.tickets);
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    let mut numbers: Vec<_> = all.iter().map(|it| it.number.clone()).collect();
    assert!(all.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])), "by due time, then severity");
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 200);
    let whole = ana.queue("limit=200").await;
    assert_eq!(whole.next, None);
    assert_eq!(
        whole.tickets.iter().map(|it| &it.number).collect::<Vec<_>>(),
        all.iter().map(|it| &it.number).collect::<Vec<_>>()
    );
}

fn key(row: &QueueRow) -> (Timestamp, Severity) {
    (row.response_due.unwrap(), row.severity)
}

#[tokio::test]
async fn answered_tickets_come_after_unanswered_ones_and_the_customers_word_before_waiting() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    for (index, severity, minutes) in
        [(1, Severity::P0, 15), (2, Severity::P0, 15), (3, Severity::P3, 1_440), (4, Severity::P1, 30)]
    {
        device.open(&number(index), summary(&format!("fault {index}"), severity, minutes)).await;
    }
    for index in [1, 2] {
        let path = format!("/tickets/{}/messages", number(index));
        ana.post(&path, &json!({ "id": "m1", "text": "We look at it." })).await.is(200);
    }
    desk.pass(1);
    device.says(&number(2), "c1", "it still fails").await.is(200);
    let log = json!({ "log": { "when": "a", "cause": "b", "measure": "c", "permanent_fix": "d" } });
    ana.post(&format!("/tickets/{}/close", number(4)), &log).await.is(200);
    order(&ana, "", &[3, 2, 1]).await;
    order(&ana, "status=all", &[3, 2, 1, 4]).await;
    order(&ana, "status=closed", &[4]).await;
    let rows = ana.queue("status=all").await.tickets;
    let facts: Vec<_> = rows.iter().map(|it| (it.status, it.unread, it.response_due.is_some())).collect();
    assert_eq!(
        facts,
        [
            (TicketStatus::New, false, true),
            (TicketStatus::Open, true, false),
            (TicketStatus::Waiting, false, false),
            (TicketStatus::Closed, false, false),
        ]
    );
    // The last page is reached also across the groups.
    let first = ana.queue("status=all&limit=3").await;
    let last = ana.queue(&format!("status=all&limit=3&after={}", first.next.unwrap())).await;
    assert_eq!(last.tickets.len(), 1);
    assert_eq!(last.tickets[0].number, number(4));
}

#[tokio::test]
async fn filters_narrow_and_wrong_ones_are_refused() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    device.open(&number(1), summary("one", Severity::P0, 15)).await;
    device.open(&number(2), summary("two", Severity::P1, 30)).await;
    let me: nightline_desk::agent::wire::Me = ana.get("/me").await.json();
    ana.patch(&format!("/tickets/{}", number(2)), &json!({ "owner": me.id })).await.is(200);
    order(&ana, "severity=P0", &[1]).await;
    order(&ana, "severity=P3", &[]).await;
    order(&ana, "owner=me", &[2]).await;
    order(&ana, "owner=none", &[1]).await;
    order(&ana, "owner=me&severity=P0", &[]).await;
    assert_eq!(ana.queue("owner=me").await.tickets[0].owner.as_deref(), Some("Ana"));
    for wrong in
        ["status=new", "severity=P9", "owner=somebody", "after=x", "limit=x", "sort=what", "limit=-1"]
    {
        let answer = ana.get(&format!("/tickets?{wrong}")).await;
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text());
    }
    ana.get(&format!("/tickets?q={}", "x".repeat(201))).await.refused(400, "bad-request");
    assert_eq!(ana.queue("limit=0").await.tickets.len(), 1);
}

#[tokio::test]
async fn search_finds_words_names_numbers_and_short_chinese() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut remote = summary("Remote desktop says no", Severity::P2, 240);
    remote.intake.error = Some("An authentication error has occurred. 0x80090302".to_owned());
    remote.intake.target = Some("rdp-gw.corp.example:3389".parse().unwrap());
    device.open(&number(1), remote).await;
    let mut chinese = summary("远程桌面连接失败，提示身份验证错误", Severity::P2, 240);
    chinese.machine = Some(Machine { model: Some("ThinkPad X1".to_owned()), ..Machine::default() });
    device.open(&number(2), chinese).await;
    device.open(&number(3), summary("100% loss_rate on \"eth0\" don't know", Severity::P2, 240)).await;
    let cases: [(&str, &[u64]); 18] = [
        ("remote", &[1]),
        ("REMOTE Desktop", &[1]),
        ("desktop remote", &[1]),
        ("0x80090302", &[1]),
        ("corp", &[1]),
        ("rdp-gw.corp.example:3389", &[1]),
        ("remo", &[]),
        ("桌面", &[2]),
        ("错", &[2]),
        ("连接失败", &[2]),
        ("败连", &[]),
        ("thinkpad", &[2]),
        ("\"桌面\"", &[2]),
        ("\"remote\"", &[1]),
        ("%", &[1, 2, 3]),
        ("loss_rate", &[3]),
        ("lossxrate", &[]),
        ("' OR 1=1 --", &[]),
    ];
    for (question, expected) in cases {
        let answer = desk_search(&ana, question).await;
        let mut found: Vec<_> = answer.tickets.iter().map(|it| it.number.clone()).collect();
        found.sort();
        let mut wanted: Vec<_> = expected.iter().map(|it| number(*it)).collect();
        wanted.sort();
        assert_eq!(found, wanted, "{question}");
        assert_eq!(answer.total, u64::try_from(expected.len()).unwrap(), "{question}");
    }
    device.open(&number(4), summary("打印机连接。接失物。失败", Severity::P2, 240)).await;
    let phrase = desk_search(&ana, "连接失败").await;
    assert_eq!(
        (phrase.total, phrase.tickets[0].number.clone()),
        (1, number(2)),
        "not where its pairs stand apart"
    );
    let by_number = desk_search(&ana, &number(2).as_str().to_lowercase()).await;
    assert_eq!(by_number.tickets.len(), 1);
}

#[tokio::test]
async fn a_row_shows_what_an_agent_compares() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    let mut summary = summary(&"很长的描述".repeat(100), Severity::P1, 30);
    summary.machine = Some(Machine { host_name: Some("<host-7q2k>".to_owned()), ..Machine::default() });
    summary.intake.target = Some("https://mail.example".parse().unwrap());
    device.open(&number(1), summary.clone()).await;
    let row = &ana.queue("").await.tickets[0];
    assert_eq!(row.what.chars().count(), 200);
    assert_eq!(row.machine.as_deref(), Some("<host-7q2k>"));
    assert_eq!(row.target.as_deref(), Some("https://mail.example"));
    assert_eq!(row.received_at, desk.now());
    assert_eq!(row.response_due, Some(desk.now().plus(std::time::Duration::from_secs(1_800))));
    assert!(!row.bundle_complete);
    summary.intake = Intake { machine: nightline_types::WhichMachine::Other, ..summary.intake };
    summary.intake.other_machine =
        Some(nightline_types::OtherMachine { asset_tag: Some("P-0042".to_owned()), ..Default::default() });
    device.open(&number(2), summary).await;
    let rows = ana.queue("").await.tickets;
    let other = rows.iter().find(|it| it.number == number(2)).unwrap();
    assert_eq!(other.machine.as_deref(), Some("P-0042"));
}

async fn desk_search(browser: &Browser<'_>, question: &str) -> Queue {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", question).finish();
    browser.queue(&query).await
}

async fn order(browser: &Browser<'_>, query: &str, expected: &[u64]) {
    let rows = browser.queue(query).await.tickets;
    let found: Vec<_> = rows.iter().map(|it| it.number.clone()).collect();
    assert_eq!(found, expected.iter().map(|it| number(*it)).collect::<Vec<_>>(), "{query}");
}
