//! Closes connections that say nothing: they would use up the desk's file descriptors before any limit of HTTP counts.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::net::TcpStream;

/// Who connects and says nothing for this long is no client of ours.
const FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(10);

/// Hands a connection on once its first byte is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FirstByte;

impl<S: Send + 'static> Accept<TcpStream, S> for FirstByte {
    type Stream = TcpStream;
    type Service = S;
    type Future = Pin<Box<dyn Future<Output = io::Result<(TcpStream, S)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        Box::pin(async move {
            let mut byte = [0];
            match tokio::time::timeout(FIRST_BYTE_TIMEOUT, stream.peek(&mut byte)).await {
                Ok(Ok(_)) => Ok((stream, service)),
                Ok(Err(error)) => Err(error),
                Err(_) => Err(io::ErrorKind::TimedOut.into()),
            }
        })
    }
}
