//! An agent at the desk under test, by the console's own API.

use std::sync::Once;

use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};

/// How this agent signs in.
pub(crate) const EMAIL: &str = "ann@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Agent {
    desk: String,
    cookie: String,
    csrf: String,
}

/// One request to a desk; the tests are synchronous, each call has its own small runtime.
fn call(request: reqwest::RequestBuilder) -> (u16, Option<String>, Vec<u8>) {
    runtime().block_on(async {
        let answer = request.send().await.unwrap();
        let cookie = answer.headers().get(SET_COOKIE).map(|it| it.to_str().unwrap().to_owned());
        (answer.status().as_u16(), cookie, answer.bytes().await.unwrap().to_vec())
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder().no_proxy().build().unwrap()
}

impl Agent {
    /// Makes the first agent with the printed link's token.
    pub(crate) fn set_up(desk: &str, token: &str) -> Self {
        let body = json!({ "token": token, "email": EMAIL, "name": "Ann", "password": PASSWORD });
        let request = http().post(format!("{desk}/api/agent/v1/setup")).header(ORIGIN, desk).json(&body);
        let (status, cookie, body) = call(request);
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        let me: Value = serde_json::from_slice(&body).unwrap();
        let cookie = cookie.unwrap().split(';').next().unwrap().to_owned();
        Self { desk: desk.to_owned(), cookie, csrf: me["csrf"].as_str().unwrap().to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let (status, bytes) = self.bytes(path);
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    pub(crate) fn bytes(&self, path: &str) -> (u16, Vec<u8>) {
        let request = http().get(format!("{}/api/agent/v1{path}", self.desk)).header(COOKIE, &self.cookie);
        let (status, _, bytes) = call(request);
        (status, bytes)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let request = http()
            .post(format!("{}/api/agent/v1{path}", self.desk))
            .header(COOKIE, &self.cookie)
            .header(ORIGIN, &self.desk)
            .header("X-Nightline-Csrf", &self.csrf)
            .json(body);
        let (status, _, bytes) = call(request);
        assert!(status < 300, "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Every ticket the desk has.
    pub(crate) fn tickets(&self) -> Vec<Value> {
        let queue = self.get("/tickets?status=all&limit=100");
        assert_eq!(queue["total"].as_u64().unwrap() as usize, queue["tickets"].as_array().unwrap().len());
        queue["tickets"].as_array().unwrap().clone()
    }

    pub(crate) fn ticket(&self, number: &str) -> Value {
        self.get(&format!("/tickets/{number}"))
    }

    /// Bytes of the bundle as the desk hands it out.
    pub(crate) fn bundle(&self, number: &str) -> Vec<u8> {
        let (status, bytes) = self.bytes(&format!("/tickets/{number}/bundle"));
        assert_eq!(status, 200);
        bytes
    }
}
