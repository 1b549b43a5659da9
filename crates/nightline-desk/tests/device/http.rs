//! The smallest HTTP/1.1 client that can also misbehave. One request for each connection.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use nightline_protocol::{ApiError, ErrorCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The desk's own limits are all shorter.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A request that has not been sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    head: String,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn request(method: &str, path: &str) -> Request {
    Request { head: format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n"), body: Vec::new() }
}

impl Request {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &impl serde::Serialize) -> Self {
        self.header("Content-Type", "application/json").body(serde_json::to_vec(body).unwrap())
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn send(&self, address: &str) -> Answer {
        self.send_part(address, self.body.len()).unwrap()
    }

    /// Announces the whole body, sends `length` bytes of it, and reads the answer where the body was whole;
    /// otherwise cuts the connection.
    pub(crate) fn send_part(&self, address: &str, length: usize) -> Option<Answer> {
        let mut stream = self.open(address, length);
        if length < self.body.len() {
            stream.shutdown(Shutdown::Both).unwrap();
            return None;
        }
        let mut bytes = Vec::new();
        // A desk that refuses early closes while we still write; what it said before counts.
        let _ = stream.read_to_end(&mut bytes);
        Some(Answer::read(&bytes))
    }

    /// Sends head and `length` bytes of the body, and leaves the connection open.
    pub(crate) fn open(&self, address: &str, length: usize) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_write_timeout(Some(TIMEOUT)).unwrap();
        let has_host = self.head.contains("\r\nHost: ");
        let host = if has_host { String::new() } else { format!("Host: {address}\r\n") };
        let announced = self.head.contains("Content-Length: ")
            || self.head.contains("Transfer-Encoding: ")
            || self.body.is_empty();
        let content_length =
            if announced { String::new() } else { format!("Content-Length: {}\r\n", self.body.len()) };
        stream.write_all(format!("{}{host}{content_length}\r\n", self.head).as_bytes()).unwrap();
        let _ = stream.write_all(&self.body[..length]);
        stream
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or_else(|| {
            panic!("no whole answer: {:?}", String::from_utf8_lossy(bytes));
        });
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|it| it.split(' ').nth(1)).unwrap().parse().unwrap();
        let headers = lines
            .filter_map(|it| it.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        Self { status, headers, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    #[track_caller]
    pub(crate) fn value(&self) -> Value {
        self.json()
    }

    #[track_caller]
    pub(crate) fn status_is(&self, status: u16) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: ErrorCode) {
        let error: ApiError = serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} {}", self.status, String::from_utf8_lossy(&self.body)));
        assert_eq!((self.status, error.code), (status, code), "{}", error.detail);
    }
}
