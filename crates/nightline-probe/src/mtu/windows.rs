//! Windows: the system's echoes with the flag that forbids cutting them. They say that a packet is too big, not what
//! would not be.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::{Fate, payload};
use crate::path::echo_uncut;

/// Status codes of `IP_STATUS` (ipexport.h).
const SUCCESS: u32 = 0;
const TOO_BIG: u32 = 11_009;
const TTL_EXPIRED: u32 = 11_013;

/// One echo of `size` bytes with its headers, which may go `ttl` hops far, and what becomes of it.
pub(super) async fn attempt(peer: SocketAddr, size: u16, ttl: Option<u8>, patience: Duration) -> Fate {
    let address = peer.ip();
    let echo = move || echo_uncut(address, ttl, payload(address, size), patience);
    let reply = tokio::task::spawn_blocking(echo).await.ok().flatten();
    reply.map_or(Fate::Silent, |(from, status)| fate(from, status, address))
}

fn fate(from: IpAddr, status: u32, peer: IpAddr) -> Fate {
    match status {
        SUCCESS => Fate::Passed,
        TTL_EXPIRED => Fate::OutOfHops,
        TOO_BIG => Fate::TooBig { most: None, by: (from != peer && !from.is_unspecified()).then_some(from) },
        _ => Fate::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn statuses_are_what_became_of_a_packet() {
        let peer = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 9));
        let router = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
        assert_eq!(fate(peer, SUCCESS, peer), Fate::Passed);
        assert_eq!(fate(router, TTL_EXPIRED, peer), Fate::OutOfHops);
        assert_eq!(fate(router, TOO_BIG, peer), Fate::TooBig { most: None, by: Some(router) });
        assert_eq!(fate(router, 11_010, peer), Fate::Silent);
    }
}
