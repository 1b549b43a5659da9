//! A desk in a few routes, with faults that a test plans. Keeps everything in memory.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use futures_util::StreamExt;
use nightline_protocol::{
    ApiError, ErrorCode, NewAttachment, NewClosing, NewMessage, NewTicket, TicketBrief, tus,
};
use nightline_types::{DeskUrl, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::NOW;

/// What goes wrong, once, at the next request that fits.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Any request whose method and path begin so gets this status and body.
    Answer(&'static str, u16, String),
    /// The next chunk is taken and then answered with an error.
    TakenAndFailed,
    /// The upload is forgotten.
    Forget,
}

#[derive(Default)]
pub(crate) struct Room {
    pub(crate) tickets: HashMap<String, NewTicket>,
    pub(crate) messages: Vec<NewMessage>,
    /// Uploads by id: length, bytes.
    pub(crate) uploads: HashMap<String, (u64, Vec<u8>)>,
    pub(crate) created: usize,
    pub(crate) complete: Vec<Vec<u8>>,
    /// Files that follow, by id: as announced, and the bytes once they are whole.
    pub(crate) files: HashMap<String, (NewAttachment, Option<Vec<u8>>)>,
    /// Which file an upload carries.
    pub(crate) carries: HashMap<String, String>,
    pub(crate) closings: Vec<String>,
    /// What the briefs say, and how often they went out whole.
    pub(crate) briefs: Vec<TicketBrief>,
    pub(crate) briefs_sent: usize,
    pub(crate) faults: VecDeque<Fault>,
    pub(crate) log: Vec<String>,
    /// Offsets of the PATCH requests.
    pub(crate) patches: Vec<u64>,
    pub(crate) max_chunk: Option<u64>,
    pub(crate) max_bundle: Option<u64>,
    pub(crate) checksums: bool,
    /// Added to the desk's clock.
    pub(crate) ahead_ms: i64,
    /// A wrong digest is found in this many bundles.
    pub(crate) damaged: usize,
}

pub(crate) type Shared = Arc<Mutex<Room>>;

pub(crate) struct FakeDesk {
    pub(crate) address: SocketAddr,
    pub(crate) room: Shared,
    task: JoinHandle<()>,
}

impl FakeDesk {
    pub(crate) async fn open() -> Self {
        Self::with(Arc::new(Mutex::new(Room { checksums: true, ..Room::default() })), None).await
    }

    /// A desk with the memory of another, at its address or elsewhere.
    pub(crate) async fn with(room: Shared, at: Option<SocketAddr>) -> Self {
        let listener = TcpListener::bind(at.unwrap_or(([127, 0, 0, 1], 0).into())).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&room));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, room, task }
    }

    pub(crate) fn url(&self) -> DeskUrl {
        url_of(self.address)
    }

    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.room.lock().unwrap().faults.extend(faults);
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Room)) {
        change(&mut self.room.lock().unwrap());
    }

    pub(crate) fn get<T>(&self, look: impl FnOnce(&Room) -> T) -> T {
        look(&self.room.lock().unwrap())
    }
}

impl Drop for FakeDesk {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn url_of(address: SocketAddr) -> DeskUrl {
    format!("http://{address}").parse().unwrap()
}

pub(crate) fn refusal(code: ErrorCode) -> String {
    serde_json::to_string(&ApiError { code, detail: "by plan".to_owned() }).unwrap()
}

async fn answer(State(room): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let line = format!("{method} {path}");
    let planned = {
        let mut room = room.lock().unwrap();
        room.log.push(line.clone());
        match room.faults.front() {
            Some(Fault::Answer(start, status, text)) if line.starts_with(start) => {
                let planned = (*status, text.clone());
                room.faults.pop_front();
                Some(planned)
            }
            _ => None,
        }
    };
    if let Some((status, text)) = planned {
        // Reads what was sent, as a proxy does that answers by itself.
        let _ = axum::body::to_bytes(body, usize::MAX).await;
        return reply(status, &[], text);
    }
    if path.starts_with("/api/v1/uploads") {
        return upload(&room, &method, &path, &parts.headers, body).await;
    }
    let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap_or_default();
    let known = parts.headers.get("if-none-match").and_then(|it| it.to_str().ok()).map(str::to_owned);
    api(&mut room.lock().unwrap(), &line, &bytes, known.as_deref())
}

fn api(room: &mut Room, line: &str, body: &[u8], known_tag: Option<&str>) -> Response {
    let desk_time = Timestamp::from_unix_ms(NOW.unix_ms() + room.ahead_ms);
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let skewed = value["at"].as_str().is_some_and(|at| {
        let at: Timestamp = at.parse().unwrap();
        at.unix_ms().abs_diff(desk_time.unix_ms()) > 600_000
    });
    if skewed {
        return reply(400, &[], refusal(ErrorCode::ClockSkew));
    }
    let parts: Vec<&str> = line.split([' ', '/']).filter(|it| !it.is_empty()).collect();
    match parts.as_slice() {
        ["GET", "api", "v1", "profile"] => reply(
            200,
            &[],
            json!({
                "organisation": "Example", "max_bundle_bytes": room.max_bundle.unwrap_or(1 << 30),
                "max_chunk_bytes": room.max_chunk.unwrap_or(1 << 26), "who_may_open": "anyone",
                "now": desk_time, "absent_name": "absent.example.invalid"
            })
            .to_string(),
        ),
        ["POST", "api", "v1", "devices"] => {
            reply(200, &[], json!({"device":"d1","approved":true}).to_string())
        }
        ["POST", "api", "v1", "devices", "token"] => reply(
            200,
            &[],
            json!({"token":"t1","expires": desk_time.plus(std::time::Duration::from_secs(900))}).to_string(),
        ),
        ["PUT", "api", "v1", "tickets", number] => {
            let ticket: NewTicket = serde_json::from_slice(body).unwrap();
            let known = room.tickets.entry((*number).to_owned()).or_insert_with(|| ticket.clone());
            if *known != ticket {
                return reply(409, &[], refusal(ErrorCode::Conflict));
            }
            reply(200, &[], receipt(room, number))
        }
        ["GET", "api", "v1", "tickets", number, "receipt"] => reply(200, &[], receipt(room, number)),
        ["POST", "api", "v1", "tickets", _, "messages"] => {
            let message: NewMessage = serde_json::from_slice(body).unwrap();
            let answer = json!({"id": message.id, "author":"customer", "at": NOW, "text": message.text});
            if !room.messages.iter().any(|it| it.id == message.id) {
                room.messages.push(message);
            }
            reply(200, &[], answer.to_string())
        }
        ["PUT", "api", "v1", "tickets", _, "attachments", id] => {
            let file: NewAttachment = serde_json::from_slice(body).unwrap();
            assert_eq!(file.id, *id);
            let (known, bytes) = room.files.entry(file.id.clone()).or_insert_with(|| (file.clone(), None));
            if *known != file {
                return reply(409, &[], refusal(ErrorCode::Conflict));
            }
            let mut receipt = json!({"id": id, "complete": bytes.is_some()});
            if bytes.is_none() {
                receipt["upload"] = json!({"endpoint": "/api/v1/uploads", "token": format!("file {id}")});
            }
            reply(200, &[], receipt.to_string())
        }
        ["POST", "api", "v1", "tickets", _, "close"] => {
            let closing: NewClosing = serde_json::from_slice(body).unwrap();
            if !room.closings.contains(&closing.id) {
                room.closings.push(closing.id.clone());
            }
            reply(200, &[], json!({"id": closing.id, "at": NOW}).to_string())
        }
        ["GET", "api", "v1", "ticket-briefs"] => {
            let body = serde_json::to_string(&room.briefs).unwrap();
            let tag = format!("\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(&body)));
            if known_tag == Some(&tag) {
                return reply(304, &[("etag", &tag)], String::new());
            }
            room.briefs_sent += 1;
            reply(200, &[("etag", &tag)], body)
        }
        _ => reply(404, &[], refusal(ErrorCode::NotFound)),
    }
}

fn receipt(room: &Room, number: &str) -> String {
    let complete = !room.complete.is_empty();
    let upload = (!complete).then(|| json!({"endpoint": "/api/v1/uploads", "token": "u1"}));
    let mut receipt =
        json!({"number": number, "received_at": NOW, "response_due": NOW, "bundle_complete": complete});
    if let Some(upload) = upload {
        receipt["upload"] = upload;
    }
    receipt.to_string()
}

async fn upload(room: &Shared, method: &Method, path: &str, headers: &HeaderMap, body: Body) -> Response {
    let header = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let id = path.trim_start_matches("/api/v1/uploads").trim_start_matches('/').to_owned();
    if *method == Method::OPTIONS {
        let mut answer = vec![("tus-version", "1.0.0"), ("tus-extension", "creation")];
        if room.lock().unwrap().checksums {
            answer[1].1 = "creation,checksum";
            answer.push(("tus-checksum-algorithm", "sha1,sha256"));
        }
        return reply(204, &answer, String::new());
    }
    assert_eq!(header(tus::RESUMABLE).as_deref(), Some(tus::VERSION), "{method} {path}");
    let right = header("authorization").unwrap();
    let file = right.strip_prefix("Bearer file ").map(str::to_owned);
    assert!(file.is_some() || right == "Bearer u1", "{right}");
    if *method == Method::POST {
        let mut room = room.lock().unwrap();
        room.created += 1;
        let id = format!("u{}", room.created);
        if let Some(file) = file {
            room.carries.insert(id.clone(), file);
        }
        let length = header(tus::LENGTH).unwrap().parse().unwrap();
        room.uploads.insert(id.clone(), (length, Vec::new()));
        // Another host on purpose: a server behind a proxy does not know its own name.
        return reply(
            201,
            &[("location", &format!("https://inside.example/api/v1/uploads/{id}"))],
            String::new(),
        );
    }
    if matches!(room.lock().unwrap().faults.front(), Some(Fault::Forget)) {
        let mut room = room.lock().unwrap();
        room.faults.pop_front();
        room.uploads.clear();
    }
    let Some((length, have)) = room.lock().unwrap().uploads.get(&id).map(|it| (it.0, it.1.len() as u64))
    else {
        return reply(404, &[], String::new());
    };
    if *method == Method::HEAD {
        return reply(
            200,
            &[(tus::OFFSET, &have.to_string()), (tus::LENGTH, &length.to_string())],
            String::new(),
        );
    }
    assert_eq!(header("content-type").as_deref(), Some(tus::CONTENT_TYPE));
    assert!(header("content-length").is_some(), "proxies want to know the length of a chunk");
    let offset: u64 = header(tus::OFFSET).unwrap().parse().unwrap();
    room.lock().unwrap().patches.push(offset);
    if offset != have {
        return reply(409, &[], String::new());
    }
    let checksum = header(tus::CHECKSUM);
    let (bytes, whole) = receive(body).await;
    patch(&mut room.lock().unwrap(), &id, &bytes, whole, checksum.as_deref())
}

/// What came of a body, and whether it came whole.
async fn receive(body: Body) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        match part {
            Ok(part) => bytes.extend_from_slice(&part),
            Err(_) => return (bytes, false),
        }
    }
    (bytes, true)
}

fn patch(room: &mut Room, id: &str, bytes: &[u8], whole: bool, checksum: Option<&str>) -> Response {
    assert_eq!(checksum.is_some(), room.checksums);
    if room.checksums && (!whole || checksum != Some(&tus::sha256_checksum(&Sha256::digest(bytes)))) {
        return reply(460, &[], refusal(ErrorCode::ChecksumMismatch));
    }
    let (length, have) = room.uploads.get_mut(id).unwrap();
    have.extend_from_slice(bytes);
    let offset = have.len() as u64;
    if offset == *length {
        let have = have.clone();
        room.uploads.remove(id);
        if room.damaged > 0 {
            room.damaged -= 1;
            return reply(422, &[], refusal(ErrorCode::DamagedBundle));
        }
        room.uploads.insert(id.to_owned(), (offset, have.clone()));
        match room.carries.get(id).cloned() {
            Some(file) => room.files.get_mut(&file).unwrap().1 = Some(have),
            None => room.complete.push(have),
        }
    }
    if matches!(room.faults.front(), Some(Fault::TakenAndFailed)) {
        room.faults.pop_front();
        return reply(502, &[], "<html>bad gateway".to_owned());
    }
    reply(204, &[(tus::OFFSET, &offset.to_string())], String::new())
}

fn reply(status: u16, headers: &[(&str, &str)], body: String) -> Response {
    let mut response = Response::builder().status(StatusCode::from_u16(status).unwrap());
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Body::from(body)).unwrap()
}
