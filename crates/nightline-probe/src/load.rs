//! Fills a connection, one way, and counts what passes. For measuring delay under load; it stops at the time it is
//! given, and what passes is thrown away.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

/// How the answer begins where somebody gives.
const GIVES: &[u8] = b"HTTP/1.1 200";
/// What is read or written at once.
const PIECE_BYTES: usize = 64 * 1024;

/// Which way the load goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the other side to this machine.
    Down,
    /// From this machine to the other side.
    Up,
}

/// Asks for `path` and reads, or sends to `path`, until the given time or until the other side has had enough. Adds
/// the bytes of content to `passed` as they pass.
pub async fn fill<S>(mut stream: S, way: Way, host: &str, path: &str, until: Instant, passed: &AtomicU64)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let work = async {
        match way {
            Way::Down => pull(&mut stream, host, path, passed).await,
            Way::Up => push(&mut stream, host, path, passed).await,
        }
    };
    // However it ends, what has passed is counted.
    let _ended = timeout_at(until, work).await;
}

async fn pull<S>(stream: &mut S, host: &str, path: &str, passed: &AtomicU64) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: nightline\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut buffer = vec![0_u8; PIECE_BYTES];
    let mut head = Vec::new();
    // A refusal fills no line.
    while !head.starts_with(GIVES) {
        let count = stream.read(&mut buffer).await?;
        head.extend_from_slice(&buffer[..count]);
        if count == 0 || !GIVES.starts_with(&head[..head.len().min(GIVES.len())]) {
            return Ok(());
        }
    }
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            count => add(passed, count),
        }
    }
}

async fn push<S>(stream: &mut S, host: &str, path: &str, passed: &AtomicU64) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: nightline\r\nconnection: close\r\n\
         content-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let mut piece = format!("{PIECE_BYTES:x}\r\n").into_bytes();
    piece.resize(piece.len() + PIECE_BYTES, 0);
    piece.extend_from_slice(b"\r\n");
    loop {
        stream.write_all(&piece).await?;
        add(passed, PIECE_BYTES);
    }
}

fn add(passed: &AtomicU64, count: usize) {
    passed.fetch_add(u64::try_from(count).unwrap_or_default(), Ordering::Relaxed);
}
