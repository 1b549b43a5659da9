//! Files that follow a ticket, tickets that the person closes, and the list that an app asks for every half minute.

use data_encoding::HEXLOWER;
use nightline_desk::agent::wire::TicketPage;
use nightline_protocol::{
    AttachmentReceipt, Closing, MessageAuthor, NewAttachment, TicketBrief, TicketStatus, TicketView,
};
use nightline_types::Severity;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Answer, Desk, Device, number, summary};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and then some";
const HTML: &[u8] = b"<!doctype html><script>parent.alert(document.cookie)</script>";

fn announced(id: &str, name: &str, content: &[u8]) -> NewAttachment {
    NewAttachment {
        id: id.to_owned(),
        name: name.to_owned(),
        media_type: "image/png".to_owned(),
        size: content.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(content)),
    }
}

impl Device<'_> {
    async fn announces(&self, index: u64, file: &NewAttachment) -> Answer {
        let path = format!("/api/v1/tickets/{}/attachments/{}", number(index), file.id);
        Answer::of(self.request(Method::PUT, &path).json(file)).await
    }

    async fn attaches(&self, index: u64, file: &NewAttachment, content: &[u8]) -> Answer {
        let receipt: AttachmentReceipt = self.announces(index, file).await.is(200).json();
        self.uploads(&receipt.upload.unwrap().token, content).await
    }

    async fn uploads(&self, token: &str, content: &[u8]) -> Answer {
        let to = |method, path: &str| {
            self.desk.request(method, path).bearer_auth(token).header("tus-resumable", "1.0.0")
        };
        let create = to(Method::POST, "/api/v1/uploads").header("upload-length", content.len());
        let created = Answer::of(create).await;
        if created.status != 201 {
            return created;
        }
        let place = created.header("location").to_owned();
        let chunk = to(Method::PATCH, &place)
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
            .body(content.to_vec());
        Answer::of(chunk).await
    }

    async fn closes(&self, index: u64, id: &str) -> Answer {
        let path = format!("/api/v1/tickets/{}/close", number(index));
        Answer::of(self.request(Method::POST, &path).json(&json!({ "id": id }))).await
    }

    async fn views(&self, index: u64) -> TicketView {
        Answer::of(self.request(Method::GET, &format!("/api/v1/tickets/{}", number(index))))
            .await
            .is(200)
            .json()
    }

    async fn briefs(&self, tag: &str) -> Answer {
        let request = self.request(Method::GET, "/api/v1/ticket-briefs").header("if-none-match", tag);
        Answer::of(request).await
    }
}

async fn opened(desk: &Desk) -> Device<'_> {
    let device = Device::enrol(desk, 1).await;
    device.open(&number(1), summary("printer", Severity::P2, 240)).await;
    device
}

#[tokio::test]
async fn a_file_that_follows_is_listed_once_and_read_as_safely_as_a_bundle_s() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = opened(&desk).await;
    let (screen, page) = (announced("f-1", "屏幕 \"1\".png", PNG), announced("f-2", "evil.html", HTML));
    assert!(ana.page(&number(1)).await.attachments.is_empty());
    desk.pass(5);
    device.attaches(1, &screen, PNG).await.is(204);
    desk.pass(5);
    device.attaches(1, &page, HTML).await.is(204);
    let again: AttachmentReceipt = device.announces(1, &screen).await.is(200).json();
    assert!(again.complete && again.upload.is_none());
    let seen = ana.page(&number(1)).await;
    let names: Vec<_> = seen.attachments.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["屏幕 \"1\".png", "evil.html"]);
    assert_eq!(device.views(1).await.attachments, seen.attachments);
    assert!(ana.queue("").await.tickets[0].unread, "somebody has to look");
    let path = |id: &str| format!("/tickets/{}/attachments/{id}", number(1));
    for (id, media_type, content) in [("f-1", "image/png", PNG), ("f-2", "text/plain; charset=utf-8", HTML)] {
        for (place, media_type) in
            [(path(id), media_type), (path(id) + "/download", "application/octet-stream")]
        {
            let answer = ana.get(&place).await.is(200);
            assert_eq!(
                (answer.header("content-type"), answer.body.as_slice()),
                (media_type, content),
                "{place}"
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
            assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
        }
    }
    assert_eq!(ana.get(&(path("f-2") + "?offset=2&limit=7")).await.is(200).body, b"doctype");
    assert_eq!(ana.get(&(path("f-2") + "?offset=18446744073709551615")).await.is(200).body, b"");
    ana.get(&path("f-9")).await.refused(404, "not-found");
    ana.get(&format!("/tickets/{}/attachments/f-1", number(2))).await.refused(404, "not-found");
    desk.browser().get(&path("f-1")).await.refused(401, "sign-in-required");
    let audit = ana.audit().await;
    for row in
        ["device: file-announced f-1", "device: file-received f-1, 22 bytes", "Ana: file-read f-2 evil.html"]
    {
        assert_eq!(audit.iter().filter(|it| *it == row).count(), 1, "{row} in {audit:#?}");
    }
}

#[tokio::test]
async fn an_announcement_is_the_device_s_own_once_and_within_limits() {
    let desk = Desk::start_with(|it| it.max_bundle_bytes = 1_000).await;
    let device = opened(&desk).await;
    let other = Device::enrol(&desk, 2).await;
    let file = announced("f-1", "screen.png", PNG);
    other.announces(1, &file).await.refused(404, "not-found");
    device.announces(2, &file).await.refused(404, "not-found");
    let first: Value = device.announces(1, &file).await.is(200).json();
    assert_eq!(device.announces(1, &file).await.is(200).json::<Value>(), first, "the same again");
    device
        .announces(1, &NewAttachment { name: "other.png".to_owned(), ..file.clone() })
        .await
        .refused(409, "conflict");
    device.announces(1, &announced("f-1", "screen.png", HTML)).await.refused(409, "conflict");
    device.announces(1, &announced("f-2", "large.png", &[0; 1_001])).await.refused(413, "too-large");
    device.announces(1, &announced("f-2", "../../etc/passwd", PNG)).await.refused(400, "bad-request");
    device.announces(1, &announced("f-2", "a\u{202e}gnp.exe", PNG)).await.refused(400, "bad-request");
    device.announces(1, &announced("f-2", &"x".repeat(10_000), PNG)).await.refused(400, "bad-request");
    device.announces(1, &announced("f-2", "empty.png", b"")).await.refused(400, "bad-request");
    let path = format!("/api/v1/tickets/{}/attachments/f-3", number(1));
    Answer::of(device.request(Method::PUT, &path).json(&file)).await.refused(400, "bad-request");
    for index in 0..99 {
        desk.pass(1);
        device.announces(1, &announced(&format!("m-{index}"), "a.png", PNG)).await.is(200);
    }
    desk.pass(1);
    device.announces(1, &announced("m-99", "a.png", PNG)).await.refused(413, "too-large");
}

#[tokio::test]
async fn the_right_to_upload_a_file_is_good_for_that_file_only() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = opened(&desk).await;
    let token = async |id: &str, content: &[u8]| -> String {
        let receipt: AttachmentReceipt =
            device.announces(1, &announced(id, "a.png", content)).await.is(200).json();
        receipt.upload.unwrap().token
    };
    let (one, two) = (token("f-1", PNG).await, token("f-2", HTML).await);
    device.uploads(&one, HTML).await.refused(400, "bad-request");
    let mut other = PNG.to_vec();
    other[0] ^= 1;
    device.uploads(&one, &other).await.refused(460, "checksum-mismatch");
    for forged in
        [one.replace("f-1", "f-2"), one.replace("f-1.", ""), one.replacen("f-1", "", 1), format!("{one}.x")]
    {
        device.uploads(&forged, HTML).await.refused(401, "sign-in-required");
    }
    device.uploads(&two, HTML).await.is(204);
    device.uploads(&one, PNG).await.is(204);
    device.uploads(&one, PNG).await.refused(409, "conflict");
    let page: TicketPage = ana.page(&number(1)).await;
    assert_eq!(page.attachments.len(), 2);
    assert!(page.manifest.is_none(), "a file is no bundle");
}

#[tokio::test]
async fn the_person_closes_a_ticket_once_and_an_agent_still_writes_the_log() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = opened(&desk).await;
    let other = Device::enrol(&desk, 2).await;
    other.closes(1, "c-1").await.refused(404, "not-found");
    device.closes(1, "a b").await.refused(400, "bad-request");
    let first: Closing = device.closes(1, "c-1").await.is(200).json();
    desk.pass(60);
    let again: Closing = device.closes(1, "c-1").await.is(200).json();
    assert_eq!(first, again);
    let page = ana.page(&number(1)).await;
    assert_eq!((page.status, page.closed_by), (TicketStatus::Closed, Some(MessageAuthor::Customer)));
    assert_eq!(page.closings, [first.at]);
    assert!(page.log.is_none() && page.response_due.is_none());
    let view = device.views(1).await;
    assert_eq!((view.status, view.closed_by), (TicketStatus::Closed, Some(MessageAuthor::Customer)));
    assert_eq!(view.response_due, None);
    assert!(ana.audit().await.contains(&"device: ticket-closed new -> closed".to_owned()));
    let log = json!({ "when": "a", "cause": "b", "measure": "c", "permanent_fix": "d" });
    ana.post(&format!("/tickets/{}/close", number(1)), &json!({ "log": log })).await.is(200);
    let view = device.views(1).await;
    assert_eq!(
        view.closed_by,
        Some(MessageAuthor::Customer),
        "the person closed it, the agent wrote the log"
    );
    assert_eq!(view.log.unwrap().cause, "b");
}

#[tokio::test]
async fn a_closed_ticket_opens_again_when_the_person_writes_or_sends_a_file() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = opened(&desk).await;
    device.closes(1, "c-1").await.is(200);
    device.says(&number(1), "m-1", "it is back").await.is(200);
    let page = ana.page(&number(1)).await;
    assert_eq!((page.status, page.closed_by), (TicketStatus::Open, None));
    assert!(page.response_due.is_some(), "nobody has answered yet");
    device.closes(1, "c-1").await.is(200);
    assert_eq!(device.views(1).await.status, TicketStatus::Open, "a late retry closes nothing");
    device.closes(1, "c-2").await.is(200);
    assert_eq!(device.views(1).await.status, TicketStatus::Closed);
    device.attaches(1, &announced("f-1", "screen.png", PNG), PNG).await.is(204);
    assert_eq!(device.views(1).await.status, TicketStatus::Open);
    let reopened =
        |rows: &[String]| rows.iter().filter(|it| it.starts_with("device: ticket-reopened")).count();
    assert_eq!(reopened(&ana.audit().await), 2);
}

#[tokio::test]
async fn the_list_for_the_app_is_sent_only_when_something_changed() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = opened(&desk).await;
    let other = Device::enrol(&desk, 2).await;
    let mut tag = String::new();
    let mut changed = async |what: &str| -> Vec<TicketBrief> {
        let fresh = device.briefs(&tag).await.is(200);
        tag = fresh.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{what}: {tag}");
        let same = device.briefs(&format!("\"x\", W/{tag}")).await.is(304);
        assert!(same.body.is_empty(), "{what}");
        fresh.json()
    };
    let briefs = changed("opened").await;
    assert_eq!(
        (briefs[0].number.clone(), briefs[0].status, briefs[0].messages),
        (number(1), TicketStatus::New, 0)
    );
    assert!(briefs[0].response_due.is_some() && briefs[0].last_message_at.is_none());
    let answer = json!({ "id": "a-1", "text": "Which printer?" });
    ana.post(&format!("/tickets/{}/messages", number(1)), &answer).await.is(200);
    let briefs = changed("answered").await;
    assert_eq!((briefs[0].status, briefs[0].messages, briefs[0].from_agents), (TicketStatus::Waiting, 1, 1));
    assert_eq!((briefs[0].owner.as_deref(), briefs[0].last_message_at), (Some("Ana"), Some(desk.now())));
    device.says(&number(1), "m-1", "this one").await.is(200);
    assert_eq!(changed("said").await[0].from_agents, 1);
    device.attaches(1, &announced("f-1", "screen.png", PNG), PNG).await.is(204);
    assert_eq!(changed("attached").await[0].attachments, 1);
    device.closes(1, "c-1").await.is(200);
    let briefs = changed("closed").await;
    assert_eq!(
        (briefs[0].status, briefs[0].closed_by),
        (TicketStatus::Closed, Some(MessageAuthor::Customer))
    );
    let foreign: Vec<TicketBrief> = other.briefs("").await.is(200).json();
    assert!(foreign.is_empty());
}

#[tokio::test]
async fn a_device_does_not_choose_by_when_the_desk_answers() {
    let desk = Desk::start().await;
    let ana = desk.ana().await;
    let device = Device::enrol(&desk, 1).await;
    for (index, severity, claim, minutes) in
        [(1, Severity::P3, 0, 1_440), (2, Severity::P0, u32::MAX, 15), (3, Severity::P1, 1, 30)]
    {
        let receipt = device.open(&number(index), summary("printer", severity, claim)).await;
        assert_eq!(receipt.response_due.since(desk.now()).as_secs(), minutes * 60, "{severity}");
        let page = ana.page(&number(index)).await;
        assert_eq!(page.summary.response_minutes, claim, "what the device said is kept as said");
    }
}
