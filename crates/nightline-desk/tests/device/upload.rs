//! Speaks tus for the tests, well or badly.

use data_encoding::BASE64;
use nightline_protocol::tus;
use sha2::{Digest, Sha256};

use crate::Desk;
use crate::http::{Answer, Request, request};

/// Bytes that no compression and no luck makes equal.
pub(crate) fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

pub(crate) struct Upload {
    pub(crate) token: String,
    pub(crate) path: String,
}

pub(crate) fn creation(token: &str, length: u64) -> Request {
    request("POST", "/api/v1/uploads")
        .bearer(token)
        .header("Tus-Resumable", tus::VERSION)
        .header("Upload-Length", &length.to_string())
}

impl Upload {
    pub(crate) fn create(desk: &Desk, token: &str, length: u64) -> Self {
        let answer = creation(token, length).send(desk.address());
        assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
        Self { token: token.to_owned(), path: answer.header("location").unwrap().to_owned() }
    }

    pub(crate) fn request(&self, method: &str) -> Request {
        request(method, &self.path).bearer(&self.token).header("Tus-Resumable", tus::VERSION)
    }

    pub(crate) fn patch(&self, offset: u64, bytes: &[u8]) -> Request {
        self.request("PATCH")
            .header("Content-Type", tus::CONTENT_TYPE)
            .header("Upload-Offset", &offset.to_string())
            .body(bytes)
    }

    pub(crate) fn checked(&self, offset: u64, bytes: &[u8]) -> Request {
        let digest = BASE64.encode(&Sha256::digest(bytes));
        self.patch(offset, bytes).header("Upload-Checksum", &format!("sha256 {digest}"))
    }

    pub(crate) fn head(&self, desk: &Desk) -> Answer {
        self.request("HEAD").send(desk.address())
    }

    #[track_caller]
    pub(crate) fn offset(&self, desk: &Desk) -> u64 {
        let answer = self.head(desk);
        assert_eq!(answer.status, 200);
        answer.header("upload-offset").unwrap().parse().unwrap()
    }

    /// Sends what is missing of `bytes`, as every client does after a break: asks for the offset and goes on from
    /// there. The desk may have begun with the broken request only then; it says so, and the client asks again.
    #[track_caller]
    pub(crate) fn go_on(&self, desk: &Desk, bytes: &[u8]) {
        nightline_testkit::wait::until("the client goes on", || {
            let at = self.offset(desk);
            let from = usize::try_from(at).unwrap();
            let answer = self.patch(at, &bytes[from..]).send(desk.address());
            assert!(matches!(answer.status, 204 | 409 | 423), "{}", String::from_utf8_lossy(&answer.body));
            answer.status == 204
        });
    }
}
