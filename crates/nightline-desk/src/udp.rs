//! UDP beside the desk's own port: an echo, for the sizes that pass, and STUN binding, for loss, delay and the address
//! that the outside sees.
//!
//! The echo answers only what asks to be echoed, with as many bytes, and its answers ask for nothing: two desks cannot be
//! set on each other. A STUN answer is up to twice its request, as everywhere: nobody can make traffic grow much.

use std::net::SocketAddr;

use tokio::net::UdpSocket;

use crate::stun;

/// A packet that begins so comes back, and begins with [`ECHO`].
const ASK: &[u8] = b"nightline?";
const ECHO: &[u8] = b"nightline!";
/// Larger than any packet on an Ethernet; longer ones are cut by the system and not answered.
const MAX_PACKET: usize = 1_600;
/// A socket that fails this often in a row is gone.
const MAX_FAILURES: u32 = 100;

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
            match UdpSocket::bind((address.ip(), port)).await {
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
        let mut all = tokio::task::JoinSet::new();
        for socket in self.0 {
            all.spawn(answer(socket));
        }
        while all.join_next().await.is_some() {}
    }
}

async fn answer(socket: UdpSocket) {
    let mut packet = [0_u8; MAX_PACKET];
    let mut failures = 0;
    while failures < MAX_FAILURES {
        match socket.recv_from(&mut packet).await {
            // From a low port it may be another echo or a forged sender.
            Ok((length, from)) if length < MAX_PACKET && from.port() >= 1_024 => {
                failures = 0;
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
