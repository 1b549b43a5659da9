//! A TCP proxy on loopback that breaks connections at planned places. Reads nothing of what it carries.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One read of a connection; small, so that a cut is exact to the byte and not to the buffer.
const PIECE: usize = 16 * 1_024;

/// Where a connection breaks. Bytes count upwards (client to server) over all connections since the last cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// After exactly this many bytes went up; the server gets them, the client is reset.
    After(u64),
    /// After this many bytes went up, the next answer is lost: the server has done its work, the client is reset.
    AnswerAfter(u64),
}

/// The proxy. Its tasks end with it.
#[derive(Debug)]
pub struct CuttingProxy {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    listener: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    upstream: SocketAddr,
    plan: VecDeque<Cut>,
    since_cut: u64,
    up_total: u64,
    cuts: usize,
    losing: bool,
}

/// What to do with a piece that goes up.
enum Up {
    Pass,
    CutAfter(usize),
}

impl CuttingProxy {
    /// Listens on a free loopback port and carries to `upstream`.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub async fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared {
            upstream,
            plan: VecDeque::new(),
            since_cut: 0,
            up_total: 0,
            cuts: 0,
            losing: false,
        }));
        let state = Arc::clone(&shared);
        let listener = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, Arc::clone(&state)));
            }
        });
        Ok(Self { address, shared, listener })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds cuts to the plan; each happens once, in this order.
    pub fn plan(&self, cuts: impl IntoIterator<Item = Cut>) {
        locked(&self.shared).plan.extend(cuts);
    }

    /// Carries new connections to another address, for a server that comes back elsewhere.
    pub fn set_upstream(&self, upstream: SocketAddr) {
        locked(&self.shared).upstream = upstream;
    }

    /// How many connections it has broken.
    pub fn cuts(&self) -> usize {
        locked(&self.shared).cuts
    }

    /// Bytes that went up in total.
    pub fn sent_up(&self) -> u64 {
        locked(&self.shared).up_total
    }
}

impl Drop for CuttingProxy {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn locked(shared: &Mutex<Shared>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn up(&mut self, length: usize) -> Up {
        let length = length as u64;
        self.up_total += length;
        match self.plan.front().copied() {
            Some(Cut::After(at)) if self.since_cut + length >= at => {
                let rest = usize::try_from(at.saturating_sub(self.since_cut)).unwrap_or(usize::MAX);
                self.done();
                Up::CutAfter(rest)
            }
            Some(Cut::AnswerAfter(at)) if self.since_cut + length >= at => {
                self.since_cut += length;
                self.losing = true;
                Up::Pass
            }
            _ => {
                self.since_cut += length;
                Up::Pass
            }
        }
    }

    /// Whether the piece that comes down is lost, and its connection with it.
    fn loses(&mut self) -> bool {
        if self.losing {
            self.done();
        }
        std::mem::take(&mut self.losing)
    }

    fn done(&mut self) {
        self.plan.pop_front();
        self.since_cut = 0;
        self.cuts += 1;
    }
}

/// Carries one connection both ways until one side ends it or a cut does.
async fn carry(mut client: TcpStream, shared: Arc<Mutex<Shared>>) {
    let upstream = locked(&shared).upstream;
    let Ok(mut server) = TcpStream::connect(upstream).await else {
        reset(client);
        return;
    };
    let (mut up, mut down) = (vec![0_u8; PIECE], vec![0_u8; PIECE]);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(length @ 1..) = read else { return };
                let decision = locked(&shared).up(length);
                match decision {
                    Up::Pass => if server.write_all(&up[..length]).await.is_err() { break },
                    Up::CutAfter(rest) => {
                        // An orderly end, so that the server reads what came before it.
                        let _ = server.write_all(&up[..rest.min(length)]).await;
                        let _ = server.shutdown().await;
                        break;
                    }
                }
            }
            read = server.read(&mut down) => {
                let Ok(length @ 1..) = read else { break };
                if locked(&shared).loses() || client.write_all(&down[..length]).await.is_err() {
                    break;
                }
            }
        }
    }
    reset(client);
}

/// Ends a connection as a router does that lost its table: with a reset and no farewell.
fn reset(stream: TcpStream) {
    let _ = socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO));
}
