//! A desk on loopback with a clock of its own, browsers and devices that talk to it. Reaches no other address.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey};
use nightline_desk::agent::{self, wire};
use nightline_desk::app::{App, Clock};
use nightline_desk::router::router;
use nightline_desk::settings::{Rates, Settings};
use nightline_protocol::{
    BundleClaim, Enrolled, Enrolment, NewTicket, Receipt, TicketNumber, TicketSummary, TokenGrant,
    TokenRequest, enrolment_statement, token_statement,
};
use nightline_types::{Intake, Severity, Timestamp};
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const API: &str = "/api/agent/v1";

pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) base: String,
    http: reqwest::Client,
    clock: Arc<AtomicI64>,
    _dir: tempfile::TempDir,
}

impl Desk {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            // Another test of this process was first.
        }
        let dir = tempfile::tempdir().unwrap();
        let mut settings = Settings::loopback(dir.path().join("desk"));
        settings.rates =
            Rates { tickets_per_hour: 10_000, enrolments_per_minute: 1_000, requests_per_second: 10_000 };
        change(&mut settings);
        let start: Timestamp = "2026-11-22T02:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(start.unix_ms()));
        let ticking = clock.clone();
        let app =
            App::open(settings, Clock::new(move || Timestamp::from_unix_ms(ticking.load(Ordering::SeqCst))))
                .await
                .unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self { app, base, http, clock, _dir: dir }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.app.now()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// Adds an agent as the command line does.
    pub(crate) async fn add_agent(&self, email: &str, name: &str, admin: bool) -> wire::Agent {
        let new = wire::NewAgent {
            email: email.to_owned(),
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            admin,
        };
        agent::add(&self.app, new).await.unwrap()
    }

    /// A browser of somebody who is not signed in.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { desk: self, cookie: None, csrf: None }
    }

    /// An administrator in a browser.
    pub(crate) async fn ana(&self) -> Browser<'_> {
        self.add_agent("ana@example.com", "Ana", true).await;
        self.signed_in("ana@example.com").await
    }

    /// An agent who is no administrator, in a browser.
    pub(crate) async fn ben(&self) -> Browser<'_> {
        self.add_agent("ben@example.com", "Ben", false).await;
        self.signed_in("ben@example.com").await
    }

    pub(crate) async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        assert_eq!(browser.sign_in(email, PASSWORD).await.status, 200);
        browser
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        let body: Value = self.json();
        assert_eq!((self.status, body["code"].as_str()), (status, Some(code)), "{body}");
        self
    }
}

/// A browser: it sends what a page of the desk's own console sends.
pub(crate) struct Browser<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf: Option<String>,
}

impl Browser<'_> {
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.desk.request(method, path).header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-nightline-csrf", csrf);
        }
        request
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, &format!("{API}{path}"))).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(method, &format!("{API}{path}")).json(body)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, body).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        let answer = self.post("/sign-in", &json!({ "email": email, "password": password })).await;
        self.remember(&answer);
        answer
    }

    /// Takes the cookie and the session's value of an answer that begins a session.
    pub(crate) fn remember(&mut self, answer: &Answer) {
        if answer.status == 200 {
            let cookie = answer.header("set-cookie");
            self.cookie = cookie.split(';').next().map(str::to_owned);
            self.csrf = Some(answer.json::<wire::Me>().csrf);
        }
    }

    pub(crate) async fn page(&self, number: &TicketNumber) -> wire::TicketPage {
        self.get(&format!("/tickets/{number}")).await.is(200).json()
    }

    pub(crate) async fn queue(&self, query: &str) -> wire::Queue {
        self.get(&format!("/tickets?{query}")).await.is(200).json()
    }

    /// The audit log as `action subject detail`, oldest first.
    pub(crate) async fn audit(&self) -> Vec<String> {
        let rows: Vec<wire::AuditRow> = self.get("/audit?limit=500").await.is(200).json();
        rows.iter()
            .rev()
            .map(|it| format!("{}: {} {}", it.actor, it.action, it.detail).trim_end().to_owned())
            .collect()
    }
}

/// A device with a key of its own and a token.
pub(crate) struct Device<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) id: String,
    pub(crate) token: String,
}

impl<'a> Device<'a> {
    pub(crate) async fn enrol(desk: &'a Desk, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let sign = |statement: &[u8]| BASE64URL_NOPAD.encode(&key.sign(statement).to_bytes());
        let public_key = BASE64URL_NOPAD.encode(key.verifying_key().as_bytes());
        let at = desk.now();
        let signature = sign(&enrolment_statement(&desk.base, &public_key, at));
        let body = Enrolment { public_key, at, signature };
        let enrolled: Enrolled =
            Answer::of(desk.request(Method::POST, "/api/v1/devices").json(&body)).await.is(200).json();
        let nonce = BASE64URL_NOPAD.encode(&[seed; 16]);
        let signature = sign(&token_statement(&desk.base, &enrolled.device, &nonce, at));
        let body = TokenRequest { device: enrolled.device.clone(), at, nonce, signature };
        let grant: TokenGrant =
            Answer::of(desk.request(Method::POST, "/api/v1/devices/token").json(&body)).await.is(200).json();
        Self { desk, id: enrolled.device, token: grant.token }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.desk.request(method, path).bearer_auth(&self.token)
    }

    pub(crate) async fn open(&self, number: &TicketNumber, summary: TicketSummary) -> Receipt {
        self.open_with(number, summary, b"no bundle follows").await
    }

    pub(crate) async fn open_with(
        &self,
        number: &TicketNumber,
        summary: TicketSummary,
        bundle: &[u8],
    ) -> Receipt {
        let sha256 = HEXLOWER.encode(&Sha256::digest(bundle));
        let body = NewTicket {
            number: number.clone(),
            created_at: self.desk.now(),
            summary,
            bundle: BundleClaim { size: bundle.len() as u64, sha256 },
        };
        Answer::of(self.request(Method::PUT, &format!("/api/v1/tickets/{number}")).json(&body))
            .await
            .is(200)
            .json()
    }

    pub(crate) async fn says(&self, number: &TicketNumber, id: &str, text: &str) -> Answer {
        let path = format!("/api/v1/tickets/{number}/messages");
        Answer::of(self.request(Method::POST, &path).json(&json!({ "id": id, "text": text }))).await
    }

    /// Opens a ticket and uploads its bundle by tus in one chunk.
    pub(crate) async fn deliver(
        &self,
        number: &TicketNumber,
        summary: TicketSummary,
        bundle: Vec<u8>,
    ) -> u16 {
        let receipt = self.open_with(number, summary, &bundle).await;
        let grant = receipt.upload.unwrap();
        let create = self
            .desk
            .request(Method::POST, &grant.endpoint)
            .bearer_auth(&grant.token)
            .header("tus-resumable", "1.0.0")
            .header("upload-length", bundle.len());
        let created = Answer::of(create).await.is(201);
        let location = created.header("location").to_owned();
        let path = location.strip_prefix(&self.desk.base).unwrap_or(&location).to_owned();
        let chunk = self
            .desk
            .request(Method::PATCH, &path)
            .bearer_auth(&grant.token)
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
            .body(bundle);
        Answer::of(chunk).await.status
    }
}

pub(crate) fn number(index: u64) -> TicketNumber {
    TicketNumber::from_random(index.to_le_bytes())
}

pub(crate) fn summary(what: &str, severity: Severity, minutes: u32) -> TicketSummary {
    TicketSummary {
        severity,
        response_minutes: minutes,
        intake: Intake::about(what),
        verdict: None,
        machine: None,
        language: "en".to_owned(),
        cut: Vec::new(),
    }
}
