//! Live TCP connections from `/proc/self/net/tcp` and `tcp6`. Whose they are says `owners`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use crate::source::{SourceState, read_small};

/// A TCP connection of this network namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// This end.
    pub local: SocketAddr,
    /// The other end.
    pub remote: SocketAddr,
    /// How it stands.
    pub state: ConnectionState,
    /// How often the oldest unanswered segment was sent again; more than 0 means that packets vanish right now.
    pub retransmits: u32,
}

/// How a connection stands. Listening sockets and closed ones are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// It works.
    Established,
    /// The other end has not answered yet.
    Opening,
    /// One end has hung up.
    Closing,
}

impl ConnectionState {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Opening => "opening",
            Self::Closing => "closing",
        }
    }
}

/// Connections to other machines, without loopback. `root` is `/` or a recorded machine.
///
/// # Errors
/// When the kernel's IPv4 table cannot be read.
pub fn connections(root: &Path) -> Result<Vec<Connection>, SourceState> {
    Ok(with_inodes(root)?.into_iter().map(|it| it.0).collect())
}

/// The same, each with the inode of its socket; 0 where nobody holds it any more.
pub(super) fn with_inodes(root: &Path) -> Result<Vec<(Connection, u64)>, SourceState> {
    let mut text = read_small(&root.join("proc/self/net/tcp"))?;
    text.push_str(&read_small(&root.join("proc/self/net/tcp6")).unwrap_or_default());
    let lines = text.lines().filter_map(|line| Some((connection(line)?, inode(line))));
    Ok(lines.filter(|it| !it.0.remote.ip().is_loopback()).collect())
}

/// The tenth column.
fn inode(line: &str) -> u64 {
    line.split_ascii_whitespace().nth(9).and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// Columns: number, local, remote, state, queues, timer, retransmits; addresses in the host's 32-bit words.
fn connection(line: &str) -> Option<Connection> {
    let columns: Vec<&str> = line.split_ascii_whitespace().collect();
    let [_, local, remote, state, _, _, retransmits, ..] = columns.as_slice() else { return None };
    Some(Connection {
        local: end(local)?,
        remote: end(remote)?,
        // net/tcp_states.h
        state: match *state {
            "01" => ConnectionState::Established,
            "02" | "03" => ConnectionState::Opening,
            "04" | "05" | "08" | "09" | "0B" => ConnectionState::Closing,
            _ => return None,
        },
        retransmits: u32::from_str_radix(retransmits, 16).ok()?,
    })
}

fn end(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let ip = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(u32::from_str_radix(address, 16).ok()?.to_ne_bytes())),
        32 => {
            let mut bytes = [0; 16];
            for (index, word) in bytes.chunks_exact_mut(4).enumerate() {
                let digits = address.get(index * 8..index * 8 + 8)?;
                word.copy_from_slice(&u32::from_str_radix(digits, 16).ok()?.to_ne_bytes());
            }
            IpAddr::V6(Ipv6Addr::from(bytes)).to_canonical()
        }
        _ => return None,
    };
    Some(SocketAddr::new(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_connections_and_no_listeners() {
        check(
            "   1: 0200A8C0:9C40 07007BC0:01BB 01 00000000:00000000 02:000A 00000000  1000 0 1",
            Some("192.123.0.7:443 established 0"),
        );
        check(
            "   2: 0200A8C0:9C41 07007BC0:0D3D 02 00000001:00000000 01:0032 00000003  1000 0 1",
            Some("192.123.0.7:3389 opening 3"),
        );
        check("   3: 00000000:0016 00000000:0000 0A 00000000:00000000 00:0000 00000000     0 0 1", None);
        check("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt", None);
        check(
            "   4: 0000000000000000FFFF00000200A8C0:9C42 0000000000000000FFFF000007007BC0:0016 01 0:0 0:0 00000000 0",
            Some("192.123.0.7:22 established 0"),
        );
        check("   5: zz:1 zz:2 01 0 0 0 0", None);
    }

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let found =
            connection(line).map(|it| format!("{} {} {}", it.remote, it.state.as_str(), it.retransmits));
        assert_eq!(found.as_deref(), expected, "{line}");
    }
}
