//! Linux: datagrams that may not be cut (`IP_PMTUDISC_PROBE`), and complaints from the error queue, without rights.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket as StdSocket};
use std::time::Duration;

use nix::sys::socket::{setsockopt, sockopt};
use rustix::net::sockopt as mtu;
use socket2::SockRef;
use tokio::io::Interest;
use tokio::net::UdpSocket;

use super::{Fate, payload};
use crate::any_port;
use crate::path::Said;
use crate::path::complaint;

/// A desk echoes what begins so.
const ASK: &[u8] = b"nightline?";

/// One packet of `size` bytes with its headers, which may go `ttl` hops far, and what becomes of it.
pub(super) async fn attempt(peer: SocketAddr, size: u16, ttl: Option<u8>, patience: Duration) -> Fate {
    let Ok(socket) = open(peer, ttl) else { return Fate::Silent };
    let mut content = ASK.to_vec();
    content.resize(payload(peer.ip(), size), 0);
    match socket.send(&content).await {
        Ok(_) => {}
        Err(error) if error.raw_os_error() == Some(nix::libc::EMSGSIZE) => {
            return Fate::TooBig { most: known(&socket, peer), by: None };
        }
        Err(_) => return Fate::Silent,
    }
    tokio::time::timeout(patience, answer(&socket, peer)).await.unwrap_or(Fate::Silent)
}

fn open(peer: SocketAddr, ttl: Option<u8>) -> io::Result<UdpSocket> {
    let socket = StdSocket::bind(any_port(peer.ip()))?;
    socket.set_nonblocking(true)?;
    match peer.ip() {
        IpAddr::V4(_) => {
            setsockopt(&socket, sockopt::Ipv4RecvErr, &true)?;
            mtu::set_ip_mtu_discover(&socket, mtu::Ipv4PathMtuDiscovery::PROBE)?;
            if let Some(ttl) = ttl {
                SockRef::from(&socket).set_ttl_v4(u32::from(ttl))?;
            }
        }
        IpAddr::V6(_) => {
            setsockopt(&socket, sockopt::Ipv6RecvErr, &true)?;
            mtu::set_ipv6_mtu_discover(&socket, mtu::Ipv6PathMtuDiscovery::PROBE)?;
            if let Some(ttl) = ttl {
                SockRef::from(&socket).set_unicast_hops_v6(u32::from(ttl))?;
            }
        }
    }
    socket.connect(peer)?;
    UdpSocket::from_std(socket)
}

/// What this machine itself knows to be the most.
fn known(socket: &UdpSocket, peer: SocketAddr) -> Option<u16> {
    let most = if peer.is_ipv4() { mtu::ip_mtu(socket) } else { mtu::ipv6_mtu(socket) };
    most.ok().and_then(|it| u16::try_from(it).ok())
}

async fn answer(socket: &UdpSocket, peer: SocketAddr) -> Fate {
    loop {
        if socket.ready(Interest::READABLE | Interest::ERROR).await.is_err() {
            return Fate::Silent;
        }
        while let Some(entry) = complaint::next(SockRef::from(socket)) {
            let Some(said) = entry else { continue };
            if let Some(most) = said.most {
                return Fate::TooBig { most: Some(most), by: Some(said.from) };
            }
            match said.about(peer.ip()) {
                Said::Arrived => return Fate::Passed,
                Said::OutOfHops => return Fate::OutOfHops,
                // A firewall in between: it says nothing about sizes.
                Said::Unreachable(_) => return Fate::Silent,
            }
        }
        let mut buffer = [0_u8; 16];
        // An error is told in the queue as well; this clears it.
        if socket.try_recv(&mut buffer).is_ok() {
            return Fate::Passed;
        }
    }
}
