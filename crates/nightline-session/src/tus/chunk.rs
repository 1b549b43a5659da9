//! One chunk of a bundle: read, digested, streamed with a watch over its flow. Sends nothing itself.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use nightline_protocol::tus;
use sha2::{Digest, Sha256};

/// What tus-capable proxies take without buffering to disk, and what a slow line sends in a minute.
pub(crate) const CHUNK: u64 = 4 << 20;
/// Below this the headers of a request begin to matter.
pub(crate) const MIN_CHUNK: u64 = 64 << 10;
/// A connection that takes no piece and gives no answer for this long is dead. The system's send buffer may hold a
/// few hundred kilobytes, which the slowest line worth using (8 kB/s) empties in this time.
const STALL: Duration = Duration::from_secs(60);
/// Handed to the connection at once; the progress that a person sees moves by this.
const PIECE: usize = 64 << 10;

/// A chunk in memory.
pub(crate) struct Chunk {
    pub(crate) offset: u64,
    pub(crate) bytes: Bytes,
    pub(crate) checksum: Option<String>,
}

impl Chunk {
    /// Reads the chunk away from the threads that serve connections.
    pub(crate) async fn read(path: &Path, offset: u64, length: u64, digested: bool) -> io::Result<Self> {
        let path = path.to_owned();
        let read = tokio::task::spawn_blocking(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
            file.take(length).read_to_end(&mut bytes)?;
            if bytes.len() as u64 != length {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the bundle is shorter than announced",
                ));
            }
            let checksum = digested.then(|| tus::sha256_checksum(&Sha256::digest(&bytes)));
            Ok(Self { offset, bytes: bytes.into(), checksum })
        });
        read.await.unwrap_or_else(|error| Err(io::Error::other(error)))
    }

    /// A request body that counts what the connection has taken, and tells `progress` the offset reached.
    pub(crate) fn body(&self, flow: &Flow, progress: Arc<dyn Fn(u64) + Send + Sync>) -> reqwest::Body {
        let (flow, start) = (flow.clone(), self.offset);
        let rest = self.bytes.clone();
        let pieces = stream::unfold((rest, 0_u64), move |(mut rest, taken)| {
            let (flow, progress) = (flow.clone(), Arc::clone(&progress));
            async move {
                if rest.is_empty() {
                    return None;
                }
                let piece = rest.split_to(PIECE.min(rest.len()));
                let taken = taken + piece.len() as u64;
                flow.0.store(taken, Ordering::Relaxed);
                progress(start + taken);
                Some((Ok::<_, io::Error>(piece), (rest, taken)))
            }
        });
        reqwest::Body::wrap_stream(pieces)
    }
}

/// Bytes of a chunk that the connection has taken.
#[derive(Clone, Default)]
pub(crate) struct Flow(Arc<AtomicU64>);

impl Flow {
    /// Ends when nothing has moved for [`STALL`].
    pub(crate) async fn stalled(&self) {
        let mut seen = self.0.load(Ordering::Relaxed);
        loop {
            tokio::time::sleep(STALL).await;
            let taken = self.0.load(Ordering::Relaxed);
            if taken == seen {
                return;
            }
            seen = taken;
        }
    }
}
