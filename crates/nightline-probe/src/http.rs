//! One GET on a connection that is already there, so that its phases can be timed. No redirects, no cookies, no body
//! beyond a limit.

use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The longest head that is read; servers cut at 8 to 16 KiB too.
const MOST_HEAD_BYTES: usize = 16 * 1024;
/// The most of a body that is kept: enough for a small JSON document, too little to be worth an attack.
pub const MOST_BODY_BYTES: usize = 16 * 1024;

/// The first part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Names in lower case, values as sent.
    pub headers: Vec<(String, String)>,
    /// At most [`MOST_BODY_BYTES`].
    pub body: Vec<u8>,
    /// From the request to the first byte.
    pub first_byte: Duration,
}

impl Answer {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Nothing came in time.
    #[error("no answer in time")]
    TimedOut,
    /// The connection ended before the answer did.
    #[error("the connection ended before the answer")]
    Cut,
    /// What came is not HTTP.
    #[error("the answer is not HTTP")]
    NotHttp,
}

impl HttpError {
    /// Kebab-case, as in facts.
    pub fn code(self) -> &'static str {
        match self {
            Self::TimedOut => "timeout",
            Self::Cut => "cut",
            Self::NotHttp => "not-http",
        }
    }
}

/// What every answer begins with.
const MARK: &[u8] = b"HTTP/";

/// Sends `GET path` and reads the answer. `host` is the value of the Host header; a proxy is given a whole address in
/// place of the path (RFC 9112, 3.2.2).
pub async fn get<S>(
    stream: &mut S,
    host: &str,
    path: &str,
    headers: &[(&str, &str)],
    limit: Duration,
) -> Result<Answer, HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut request = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: nightline\r\naccept: */*\r\nconnection: close\r\n"
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    exchange(stream, &request, true, limit).await
}

/// Asks a proxy for a tunnel; a status of 2xx means that the stream now leads to `target`.
pub async fn open_tunnel<S>(stream: &mut S, target: &str, limit: Duration) -> Result<Answer, HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let request = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\nuser-agent: nightline\r\n\r\n");
    exchange(stream, &request, false, limit).await
}

async fn exchange<S>(
    stream: &mut S,
    request: &str,
    with_body: bool,
    limit: Duration,
) -> Result<Answer, HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let work = async {
        let started = Instant::now();
        stream.write_all(request.as_bytes()).await.map_err(|_| HttpError::Cut)?;
        stream.flush().await.map_err(|_| HttpError::Cut)?;
        let mut received = Vec::new();
        let mut first_byte = None;
        let head_end = loop {
            // Byte by byte would be slow; a tunnel's head is read alone because nobody speaks after it first.
            let mut chunk = [0_u8; 4096];
            let count = stream.read(&mut chunk).await.map_err(|_| HttpError::Cut)?;
            if count == 0 {
                return Err(if received.is_empty() { HttpError::Cut } else { HttpError::NotHttp });
            }
            first_byte.get_or_insert_with(|| started.elapsed());
            received.extend_from_slice(&chunk[..count]);
            // Who greets in another protocol waits for an answer to that, and never ends its head.
            if !received.starts_with(&MARK[..received.len().min(MARK.len())]) {
                return Err(HttpError::NotHttp);
            }
            if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                break at;
            }
            if received.len() > MOST_HEAD_BYTES {
                return Err(HttpError::NotHttp);
            }
        };
        let (status, headers) = head(&received[..head_end]).ok_or(HttpError::NotHttp)?;
        let body = received.split_off(head_end + 4);
        let mut answer = Answer { status, headers, body, first_byte: first_byte.unwrap_or_default() };
        if with_body {
            read_body(stream, &mut answer).await;
        }
        Ok(answer)
    };
    tokio::time::timeout(limit, work).await.unwrap_or(Err(HttpError::TimedOut))
}

/// Reads as much of the body as was promised, came, and fits. A body that is cut is still an answer.
async fn read_body<S: AsyncRead + Unpin>(stream: &mut S, answer: &mut Answer) {
    if matches!(answer.status, 100..200 | 204 | 304) {
        answer.body.clear();
        return;
    }
    let promised = answer.header("content-length").and_then(|it| it.parse::<usize>().ok());
    let wanted = promised.unwrap_or(MOST_BODY_BYTES).min(MOST_BODY_BYTES);
    let mut chunk = [0_u8; 4096];
    while answer.body.len() < wanted {
        match stream.read(&mut chunk).await {
            Ok(count) if count > 0 => answer.body.extend_from_slice(&chunk[..count]),
            _ => break,
        }
    }
    answer.body.truncate(wanted);
}

fn head(bytes: &[u8]) -> Option<(u16, Vec<(String, String)>)> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.splitn(3, ' ');
    if !first.next()?.starts_with("HTTP/1.") {
        return None;
    }
    let status = first.next()?.parse().ok().filter(|status| (100..600).contains(status))?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some((status, headers))
}
