//! A UDP echo on the desk's own port number, for loss and delay without TCP's repairs.
//!
//! Answers with exactly the bytes it got, never more, so that nobody can use it to make traffic grow.

use std::net::SocketAddr;

use tokio::net::UdpSocket;

/// Larger than any packet on an Ethernet; longer ones are cut by the system and not answered.
const MAX_PACKET: usize = 1_600;
/// A socket that fails this often in a row is gone.
const MAX_FAILURES: u32 = 100;

/// Echoes until it is dropped. A port that is taken is no reason not to serve: the echo is then missing.
pub async fn run(address: SocketAddr) {
    let socket = match UdpSocket::bind(address).await {
        Ok(socket) => socket,
        Err(error) => {
            tracing::warn!(cause = %error, "No UDP echo");
            return;
        }
    };
    let mut packet = [0_u8; MAX_PACKET];
    let mut failures = 0;
    while failures < MAX_FAILURES {
        match socket.recv_from(&mut packet).await {
            // From a low port it may be another echo or a forged sender: two echoes would never stop.
            Ok((length, from)) if length < MAX_PACKET && from.port() >= 1_024 => {
                failures = 0;
                if let Err(error) = socket.send_to(&packet[..length], from).await {
                    tracing::debug!(cause = %error, "An echo was not sent");
                }
            }
            Ok(_) => failures = 0,
            Err(_) => failures += 1,
        }
    }
}
