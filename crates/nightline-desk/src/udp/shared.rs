//! A socket on a port that others of this program have too. Reads and writes nothing.

use std::io;
use std::net::SocketAddr;

use tokio::net::UdpSocket;

/// Opens it. The most exact of the sockets on a port gets the packet (Linux); all of them have to agree to share it.
#[cfg(target_os = "linux")]
pub(super) fn open(address: SocketAddr) -> io::Result<UdpSocket> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, socket_with, sockopt};
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = socket_with(family, SocketType::DGRAM, flags, None)?;
    sockopt::set_socket_reuseaddr(&socket, true)?;
    bind(&socket, &address)?;
    UdpSocket::from_std(socket.into())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn open(_: SocketAddr) -> io::Result<UdpSocket> {
    Err(io::ErrorKind::Unsupported.into())
}
