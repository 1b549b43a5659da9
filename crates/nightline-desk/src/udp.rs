//! UDP beside the desk's own port: an echo, for the sizes that pass, and STUN binding, for loss, delay and the address
//! that the outside sees.
//!
//! The echo answers only what asks to be echoed, with as many bytes, and its answers ask for nothing: two desks cannot be
//! set on each other. A STUN answer is up to twice its request, as everywhere: nobody can make traffic grow much.
//!
//! A socket for all addresses answers from whichever the way back suggests, and who asked another one does not hear it.
//! So each address has a socket of its own, where the system tells the addresses (Linux); the one for all stays for what
//! they do not hear.

mod addresses;
mod shared;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::task::{AbortHandle, JoinSet};

use crate::stun;

/// A packet that begins so comes back, and begins with [`ECHO`].
const ASK: &[u8] = b"nightline?";
const ECHO: &[u8] = b"nightline!";
/// Larger than any packet on an Ethernet; longer ones are cut by the system and not answered.
const MAX_PACKET: usize = 1_600;
/// A socket that fails this often in a row is gone.
const MAX_FAILURES: u32 = 100;
/// A host with more of them has them for others; each costs a socket.
const MAX_ADDRESSES: usize = 64;
/// Addresses come and go seldom, and packets to no address of ours must not make the desk read files without end.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// How many ports there are: two tell whether a router gives each way out another address.
const PORTS: u16 = 2;

/// The sockets.
#[derive(Default)]
pub struct Sockets(Vec<UdpSocket>);

impl Sockets {
    /// On the port of `address` and the next. A port that is taken is no reason not to serve: it is then missing.
    pub async fn bind(address: SocketAddr) -> Self {
        let mut sockets = Vec::new();
        for step in 0..PORTS {
            let Some(port) = address.port().checked_add(step) else { continue };
            match open(SocketAddr::new(address.ip(), port)).await {
                Ok(socket) => sockets.push(socket),
                Err(error) => tracing::warn!(port, cause = %error, "No UDP on this port"),
            }
        }
        Self(sockets)
    }

    /// What devices are told.
    pub fn ports(&self) -> Vec<u16> {
        self.0.iter().filter_map(|socket| Some(socket.local_addr().ok()?.port())).collect()
    }

    /// Answers until it is dropped.
    pub async fn run(self) {
        let mut all = JoinSet::new();
        for socket in self.0 {
            all.spawn(everywhere(socket));
        }
        while all.join_next().await.is_some() {}
    }
}

/// Answers on a socket; where it is one for all addresses, on one of each beside it.
async fn everywhere(socket: UdpSocket) {
    match socket.local_addr() {
        Ok(all) if all.ip().is_unspecified() => {
            let mut own =
                Own { all, sockets: JoinSet::new(), known: BTreeMap::new(), looked: Instant::now() };
            own.look();
            answer(&socket, || {
                // No address's own socket heard it: there may be a new one.
                if own.looked.elapsed() >= LOOK_AGAIN {
                    own.look();
                }
            })
            .await;
        }
        _ => answer(&socket, || {}).await,
    }
}

/// The sockets of single addresses; they end with it.
struct Own {
    all: SocketAddr,
    sockets: JoinSet<()>,
    known: BTreeMap<SocketAddr, AbortHandle>,
    looked: Instant,
}

impl Own {
    /// Opens one for each new address, and closes those whose address is gone.
    fn look(&mut self) {
        self.looked = Instant::now();
        while self.sockets.try_join_next().is_some() {}
        let here: Vec<SocketAddr> = addresses::own(self.all).into_iter().take(MAX_ADDRESSES).collect();
        self.known.retain(|address, socket| {
            let stays = here.contains(address) && !socket.is_finished();
            if !stays {
                socket.abort();
            }
            stays
        });
        for address in here {
            if self.known.contains_key(&address) {
                continue;
            }
            match shared::open(address) {
                Ok(socket) => {
                    let handle = self.sockets.spawn(async move { answer(&socket, || {}).await });
                    self.known.insert(address, handle);
                }
                // The socket for all addresses answers instead.
                Err(error) => tracing::debug!(%address, cause = %error, "No UDP socket of its own"),
            }
        }
    }
}

/// Opens a socket; one for all addresses leaves room for those of single ones.
async fn open(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(address).await?;
    if !address.ip().is_unspecified() || addresses::own(address).is_empty() {
        return Ok(socket);
    }
    // It was nobody else's; only now others may share it.
    let address = socket.local_addr()?;
    drop(socket);
    shared::open(address)
}

/// Answers, and says of each packet that it came.
async fn answer(socket: &UdpSocket, mut heard: impl FnMut()) {
    let mut packet = [0_u8; MAX_PACKET];
    let mut failures = 0;
    while failures < MAX_FAILURES {
        match socket.recv_from(&mut packet).await {
            // From a low port it may be another echo or a forged sender.
            Ok((length, from)) if length < MAX_PACKET && from.port() >= 1_024 => {
                failures = 0;
                heard();
                let Some(answer) = answer_to(&packet[..length], from) else { continue };
                if let Err(error) = socket.send_to(&answer, from).await {
                    tracing::debug!(cause = %error, "An answer was not sent");
                }
            }
            Ok(_) => failures = 0,
            Err(_) => failures += 1,
        }
    }
}

fn answer_to(packet: &[u8], from: SocketAddr) -> Option<Vec<u8>> {
    if let Some(rest) = packet.strip_prefix(ASK) {
        return Some([ECHO, rest].concat());
    }
    stun::answer(packet, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_is_answered() {
        let from: SocketAddr = "192.0.2.1:40000".parse().unwrap();
        let echoed = answer_to(b"nightline?and more", from).unwrap();
        assert_eq!(echoed, b"nightline!and more");
        assert_eq!(answer_to(&echoed, from), None);
        assert_eq!(answer_to(b"anything", from), None);
        assert_eq!(answer_to(b"", from), None);
    }
}
