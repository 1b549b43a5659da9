//! One HTTP/1.1 request to a desk on loopback. No TLS, no redirects, no other host.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::failure::Failure;

/// A desk on the same machine that takes longer than this has a fault that the demo must show, not wait for.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What the desk answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The first header of this lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Sends one request; `body` as JSON.
pub(crate) fn request(
    port: u16,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Answer, Failure> {
    let doing = || format!("{method} {path}");
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), TIMEOUT)
        .map_err(Failure::io(doing()))?;
    stream.set_read_timeout(Some(TIMEOUT)).map_err(Failure::io(doing()))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n");
    head.push_str(&format!("origin: http://127.0.0.1:{port}\r\nsec-fetch-site: same-origin\r\n"));
    if !body.is_empty() {
        head.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()))
        .map_err(Failure::io(doing()))?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(Failure::io(doing()))?;
    parse(&String::from_utf8_lossy(&answer))
        .ok_or_else(|| Failure::answer(doing(), "answered something that is not HTTP"))
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(key, value)| (key.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let chunked = headers.iter().any(|(key, value)| key == "transfer-encoding" && value == "chunked");
    let body = if chunked { unchunk(body) } else { body.to_owned() };
    Some(Answer { status, headers, body })
}

fn unchunk(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let Ok(size) = usize::from_str_radix(size.trim(), 16) else { break };
        let Some(chunk) = after.get(..size).filter(|_| size > 0) else { break };
        body.push_str(chunk);
        rest = after.get(size + 2..).unwrap_or_default();
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_and_chunked_answers() {
        let plain = parse("HTTP/1.1 201 Created\r\nSet-Cookie: a=b\r\n\r\n{}").unwrap();
        assert_eq!((plain.status, plain.header("set-cookie"), plain.body.as_str()), (201, Some("a=b"), "{}"));
        let chunked =
            parse("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
                .unwrap();
        assert_eq!(chunked.body, "abc");
        assert!(parse("no http").is_none());
    }
}
