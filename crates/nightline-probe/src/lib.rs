//! Asks the network: names, connections, certificates, echoes, paths. All without administrator rights.
//! An answer that did not come is a value, not an error.
//!
#![doc = include_str!("../README.md")]

pub mod certificate;
pub mod connect;
pub mod dns;
pub mod echo;
pub mod http;
pub mod load;
pub mod mtu;
pub mod path;
pub mod resolve;
pub mod stream;
pub mod stun;
pub mod tls;

/// Any port of ours from which an address of this family can be reached.
pub(crate) fn any_port(of: std::net::IpAddr) -> std::net::SocketAddr {
    match of {
        std::net::IpAddr::V4(_) => (std::net::Ipv4Addr::UNSPECIFIED, 0).into(),
        std::net::IpAddr::V6(_) => (std::net::Ipv6Addr::UNSPECIFIED, 0).into(),
    }
}
