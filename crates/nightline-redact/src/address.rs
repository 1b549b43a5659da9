//! Pseudonyms for IP addresses that keep the subnet, and the addresses that identify nobody.
//!
//! Built on the prefix-preserving mode of ipcrypt (draft-denis-ipcrypt, "ipcrypt-pfx"): two addresses that share
//! n leading bits get pseudonyms that share n leading bits. Private ranges keep their range, so a reader still sees
//! "a home network". Nobody may publish pairs of one key: the scheme gives structure away to who knows some.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipcrypt_rs::IpcryptPfx;

use crate::RedactionKey;

/// Ranges that say what kind of address it is and nothing more: (network, bits that stay). RFC 1918, 6598, 3927.
const KEPT_V4: [(u32, u32); 5] =
    [(0x0a00_0000, 8), (0xac10_0000, 12), (0xc0a8_0000, 16), (0x6440_0000, 10), (0xa9fe_0000, 16)];

/// First octets under which [`KEPT_V4`] or loopback lie; a public address never gets one of them.
const OCCUPIED: [u8; 7] = [0, 10, 100, 127, 169, 172, 192];

/// Resolvers and metadata addresses that are the same for everybody.
const PUBLIC_SERVICES_V4: [[u8; 4]; 16] = [
    [8, 8, 8, 8],
    [8, 8, 4, 4],
    [1, 1, 1, 1],
    [1, 0, 0, 1],
    [9, 9, 9, 9],
    [149, 112, 112, 112],
    [208, 67, 222, 222],
    [208, 67, 220, 220],
    [94, 140, 14, 14],
    [94, 140, 15, 15],
    [114, 114, 114, 114],
    [223, 5, 5, 5],
    [223, 6, 6, 6],
    [119, 29, 29, 29],
    [180, 76, 76, 76],
    [169, 254, 169, 254],
];

const PUBLIC_SERVICES_V6: [[u16; 8]; 6] = [
    [0x2001, 0x4860, 0x4860, 0, 0, 0, 0, 0x8888],
    [0x2001, 0x4860, 0x4860, 0, 0, 0, 0, 0x8844],
    [0x2606, 0x4700, 0x4700, 0, 0, 0, 0, 0x1111],
    [0x2606, 0x4700, 0x4700, 0, 0, 0, 0, 0x1001],
    [0x2620, 0xfe, 0, 0, 0, 0, 0, 0xfe],
    [0x2620, 0xfe, 0, 0, 0, 0, 0, 9],
];

/// Turns addresses into their pseudonyms under one key.
pub(crate) struct Addresses {
    bits: IpcryptPfx,
    first_octet: [u8; 256],
}

impl Addresses {
    pub(crate) fn new(key: &RedactionKey) -> Self {
        let mut bytes = key.derive("ip-prefix");
        if bytes[..16] == bytes[16..] {
            // Once in 2^128 keys; the cipher refuses equal halves.
            bytes[0] ^= 1;
        }
        Self { bits: IpcryptPfx::new(bytes), first_octet: first_octets(key) }
    }

    pub(crate) fn pseudonym(&self, address: IpAddr) -> IpAddr {
        match address {
            IpAddr::V4(v4) => IpAddr::V4(self.v4(v4)),
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => IpAddr::V4(self.v4(v4)),
                None => IpAddr::V6(self.v6(v6)),
            },
        }
    }

    fn v4(&self, address: Ipv4Addr) -> Ipv4Addr {
        let plain = address.to_bits();
        let IpAddr::V4(hidden) = self.bits.encrypt_ipaddr(IpAddr::V4(address)) else {
            return Ipv4Addr::UNSPECIFIED;
        };
        let hidden = hidden.to_bits();
        for (network, bits) in KEPT_V4 {
            let mask = u32::MAX << (32 - bits);
            if plain & mask == network {
                return Ipv4Addr::from_bits(network | (hidden & !mask));
            }
        }
        let [first, ..] = address.octets();
        let first = u32::from(self.first_octet[usize::from(first)]);
        Ipv4Addr::from_bits(first << 24 | (hidden & 0x00ff_ffff))
    }

    fn v6(&self, address: Ipv6Addr) -> Ipv6Addr {
        let plain = address.to_bits();
        let IpAddr::V6(hidden) = self.bits.encrypt_ipaddr(IpAddr::V6(address)) else {
            return Ipv6Addr::UNSPECIFIED;
        };
        let kept = match address.segments()[0] {
            // Link-local: the prefix is the same on every link, the rest often holds the hardware address.
            first if first & 0xffc0 == 0xfe80 => 64,
            // Unique local.
            first if first & 0xfe00 == 0xfc00 => 8,
            // Global unicast.
            first if first & 0xe000 == 0x2000 => 3,
            _ => 0,
        };
        let mask = if kept == 0 { 0 } else { u128::MAX << (128 - kept) };
        Ipv6Addr::from_bits((plain & mask) | (hidden.to_bits() & !mask))
    }
}

/// A keyed assignment of first octets for public addresses. Each gets its own, and none gets one that would make
/// the pseudonym look private.
fn first_octets(key: &RedactionKey) -> [u8; 256] {
    let mut free: Vec<u8> = (1..=255).filter(|octet| !OCCUPIED.contains(octet)).collect();
    let mut pool = (0_u8..16).flat_map(|block| key.derive(&format!("first-octet-{block}")));
    // Fisher and Yates, with two bytes for each draw so that the modulo leaves no visible lean.
    for last in (1..free.len()).rev() {
        let draw = usize::from(pool.next().unwrap_or(0)) << 8 | usize::from(pool.next().unwrap_or(0));
        free.swap(last, draw % (last + 1));
    }
    let mut table = [1_u8; 256];
    // Inputs are at most 223 (multicast stays readable, what lies above is reserved); 249 outputs are free.
    for (slot, octet) in table.iter_mut().zip(free.iter().cycle()) {
        *slot = *octet;
    }
    table
}

/// Whether an address identifies nobody and stays as it is: loopback, unspecified, multicast, broadcast, netmasks,
/// public resolvers.
pub(crate) fn identifies_nobody(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let bits = v4.to_bits();
            v4.is_loopback()
                || v4.octets()[0] == 0
                || v4.is_broadcast()
                || v4.is_multicast()
                || (bits.leading_ones() >= 8 && bits.leading_ones() + bits.trailing_zeros() == 32)
                || PUBLIC_SERVICES_V4.contains(&v4.octets())
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => identifies_nobody(IpAddr::V4(v4)),
            None => {
                v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_multicast()
                    || PUBLIC_SERVICES_V6.contains(&v6.segments())
                    || v6 == Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)
            }
        },
    }
}

/// Whether an address is of a private range, where a four-part version number is unlikely.
pub(crate) fn is_private_v4(address: Ipv4Addr) -> bool {
    KEPT_V4.iter().any(|(network, bits)| address.to_bits() & (u32::MAX << (32 - bits)) == *network)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn addresses() -> Addresses {
        Addresses::new(&RedactionKey::new([7; 32]))
    }

    #[test]
    fn neighbours_stay_neighbours() {
        let it = addresses();
        let a = it.v4(Ipv4Addr::new(203, 0, 113, 7)).to_bits();
        let b = it.v4(Ipv4Addr::new(203, 0, 113, 250)).to_bits();
        let far = it.v4(Ipv4Addr::new(203, 0, 114, 7)).to_bits();
        assert_eq!(a >> 8, b >> 8);
        assert_ne!(a, b);
        assert_ne!(a >> 8, far >> 8);
    }

    #[test]
    fn private_ranges_stay_private_and_public_stays_public() {
        let it = addresses();
        for (private, bits) in
            [([10, 1, 2, 3], 8), ([172, 20, 0, 9], 12), ([192, 168, 1, 2], 16), ([100, 64, 3, 4], 10)]
        {
            let plain = Ipv4Addr::from(private);
            let hidden = it.v4(plain);
            assert_eq!(plain.to_bits() >> (32 - bits), hidden.to_bits() >> (32 - bits), "{plain}");
            assert_ne!(plain, hidden);
        }
        let mut firsts = BTreeSet::new();
        for first in (1..=223_u8).filter(|it| ![10, 127].contains(it)) {
            let hidden = it.v4(Ipv4Addr::new(first, 9, 8, 7));
            assert!(!is_private_v4(hidden) && !hidden.is_loopback(), "{first} -> {hidden}");
            firsts.insert(hidden.octets()[0]);
        }
        assert_eq!(firsts.len(), 221);
    }

    #[test]
    fn link_local_keeps_its_prefix_and_loses_the_hardware_address() {
        let hidden = addresses().v6("fe80::211:22ff:fe33:4455".parse().unwrap());
        assert_eq!(hidden.segments()[..4], [0xfe80, 0, 0, 0]);
        assert_ne!(hidden.segments()[4..], [0x211, 0x22ff, 0xfe33, 0x4455]);
    }

    #[test]
    fn addresses_of_everybody_are_known() {
        for text in [
            "127.0.0.1",
            "127.0.0.53",
            "0.0.0.0",
            "255.255.255.0",
            "255.255.255.255",
            "224.0.0.251",
            "8.8.8.8",
            "::1",
            "::",
            "ff02::fb",
            "2606:4700:4700::1111",
            "::ffff:127.0.0.1",
            "255.254.0.0",
        ] {
            assert!(identifies_nobody(text.parse().unwrap()), "{text}");
        }
        for text in
            ["10.0.0.1", "203.0.113.9", "fe80::1", "2001:db8::1", "255.0.255.0", "::ffff:10.0.0.1", "8.8.8.9"]
        {
            assert!(!identifies_nobody(text.parse().unwrap()), "{text}");
        }
    }
}
