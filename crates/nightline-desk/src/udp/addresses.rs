//! The addresses of this machine, out of the files of Linux's kernel. Opens no socket, and knows nothing elsewhere.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::path::Path;

/// Of the network namespace that the calling thread is in.
const FOLDER: &str = "/proc/thread-self/net";
/// The first holds all routes too: a host with more of them is a router of the internet, and its addresses at the end
/// are not found.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// What `if_inet6` calls an address that is valid on its own link only.
const LINK_SCOPE: &str = "20";

/// This machine's addresses at the port of `all`, as far as a socket for `all` hears them; none where nobody tells.
pub(super) fn own(all: SocketAddr) -> Vec<SocketAddr> {
    let read = |name| {
        let mut text = String::new();
        let file = File::open(Path::new(FOLDER).join(name));
        // What cannot be read tells of no address.
        let _unread = file.and_then(|it| it.take(MOST_BYTES).read_to_string(&mut text));
        text
    };
    let v4 = v4(&read("fib_trie")).into_iter().map(|ip| SocketAddr::new(IpAddr::V4(ip), all.port()));
    if all.is_ipv4() {
        return v4.collect();
    }
    let v6 = v6(&read("if_inet6"))
        .into_iter()
        .map(|(ip, scope)| SocketAddr::V6(SocketAddrV6::new(ip, all.port(), 0, scope)));
    v4.chain(v6).collect()
}

/// An address is a leaf of the tree with the line "/32 host LOCAL" below it.
fn v4(tree: &str) -> BTreeSet<Ipv4Addr> {
    let mut leaf: Option<Ipv4Addr> = None;
    let mut found = BTreeSet::new();
    for line in tree.lines().map(str::trim) {
        if let Some(address) = line.strip_prefix("|-- ") {
            leaf = address.parse().ok();
        } else if line == "/32 host LOCAL" {
            found.extend(leaf);
        }
    }
    found
}

/// Each line: address, interface, length of its network, scope, flags, and the interface's name. With the interface
/// where the address means nothing without it.
fn v6(table: &str) -> BTreeSet<(Ipv6Addr, u32)> {
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let address = u128::from_str_radix(words.next()?, 16).ok()?;
        let interface = u32::from_str_radix(words.next()?, 16).ok()?;
        let scope = words.nth(1)?;
        Some((Ipv6Addr::from_bits(address), if scope == LINK_SCOPE { interface } else { 0 }))
    };
    table.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_the_kernel_writes_them() {
        let tree = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n     \
                    |-- 192.0.2.0\n        /24 link UNICAST\nLocal:\n  +-- 0.0.0.0/0 3 0 5\n     +-- 127.0.0.0/8 2 0 2\n        \
                    |-- 127.0.0.0\n           /8 host LOCAL\n        |-- 127.0.0.1\n           /32 host LOCAL\n     \
                    |-- 192.0.2.7\n        /32 host LOCAL\n     |-- 192.0.2.255\n        /32 link BROADCAST\n";
        let found: Vec<_> = v4(tree).into_iter().map(|it| it.to_string()).collect();
        assert_eq!(found, ["127.0.0.1", "192.0.2.7"]);
        let table = "00000000000000000000000000000001 01 80 10 80       lo\n\
                     20010db8000000000000000000000007 02 40 00 80     eth0\n\
                     fe800000000000000000000000000007 0a 40 20 80     eth1\n";
        let found: Vec<_> = v6(table).into_iter().map(|(it, scope)| (it.to_string(), scope)).collect();
        let expected =
            [("::1", 0), ("2001:db8::7", 0), ("fe80::7", 10)].map(|(it, scope)| (it.to_owned(), scope));
        assert_eq!(found, expected);
        assert!(v4("nonsense").is_empty() && v6("nonsense\n").is_empty());
    }
}
