//! Interfaces by netlink, with what only `/sys` knows. Prefers netlink: `/sys` may show another namespace.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::{Address, Interface, InterfaceKind, OperState};
use crate::network::netlink::{Table, attributes, dump, ip, mac, text, u16_at, u32_at};
use crate::source::read_line;

// Attributes of linux/if_link.h and linux/if_addr.h.
const IFLA_ADDRESS: u16 = 1;
const IFLA_NAME: u16 = 3;
const IFLA_MTU: u16 = 4;
const IFLA_OPERSTATE: u16 = 16;
const IFLA_LINKINFO: u16 = 18;
const IFLA_CARRIER: u16 = 33;
const IFLA_INFO_KIND: u16 = 1;
const IFA_ADDRESS: u16 = 1;
const IFA_LOCAL: u16 = 2;
const IFA_FLAGS: u16 = 8;
/// `IFA_F_DADFAILED | IFA_F_TENTATIVE`.
const NOT_USABLE: u32 = 0x08 | 0x40;
/// `IFF_UP` and `IFF_LOOPBACK`.
const UP: u32 = 0x1;
const LOOPBACK: u32 = 0x8;
/// `ARPHRD_NONE` and `ARPHRD_PPP`: links without a hardware address, which is what tunnels are.
const NO_LINK_LAYER: [u16; 2] = [0xfffe, 512];

pub(super) fn interfaces() -> io::Result<Vec<Interface>> {
    read(Some(Path::new("/sys/class/net")))
}

/// The interfaces as netlink alone knows them: a Wi-Fi is an Ethernet, and nothing has a speed. Two system calls
/// instead of some for each interface.
pub(in crate::network) fn interfaces_by_netlink() -> io::Result<Vec<Interface>> {
    read(None)
}

fn read(sys: Option<&Path>) -> io::Result<Vec<Interface>> {
    let mut links: Vec<(u32, Interface)> =
        dump(Table::Links)?.iter().filter_map(|row| link(row, sys)).collect();
    for row in dump(Table::Addresses)? {
        let Some((index, address)) = address(&row) else { continue };
        if let Some((_, interface)) = links.iter_mut().find(|it| it.0 == index) {
            interface.addresses.push(address);
        }
    }
    Ok(links.into_iter().map(|it| it.1).collect())
}

/// The names of all interfaces by the kernel's numbers.
pub(in crate::network) fn names() -> io::Result<BTreeMap<u32, String>> {
    Ok(dump(Table::Links)?
        .iter()
        .filter_map(|row| link(row, None))
        .map(|(index, it)| (index, it.name))
        .collect())
}

fn link(row: &[u8], sys: Option<&Path>) -> Option<(u32, Interface)> {
    let hardware = u16_at(row, 2)?;
    let index = u32_at(row, 4)?;
    let flags = u32_at(row, 8)?;
    let find = |kind| attributes(row, Table::Links.fixed()).find(|it| it.0 == kind).map(|it| it.1);
    let name = text(find(IFLA_NAME)?);
    let software = find(IFLA_LINKINFO)
        .and_then(|info| attributes(info, 0).find(|it| it.0 == IFLA_INFO_KIND).map(|it| text(it.1)));
    let sys = sys.map(|it| it.join(&name));
    let is_wifi = sys.as_ref().is_some_and(|it| it.join("phy80211").exists() || it.join("wireless").exists());
    let kind = kind(flags, hardware, software.as_deref(), is_wifi);
    let interface = Interface {
        kind,
        state: match find(IFLA_OPERSTATE).and_then(|it| it.first().copied()) {
            Some(6) => OperState::Up,
            Some(5) => OperState::Dormant,
            Some(1..=4) => OperState::Down,
            _ => OperState::Unknown,
        },
        is_enabled: flags & UP != 0,
        has_carrier: find(IFLA_CARRIER).and_then(|it| it.first().copied()).map(|it| it != 0),
        mac: find(IFLA_ADDRESS).and_then(mac),
        mtu: find(IFLA_MTU).and_then(|it| u32_at(it, 0)),
        addresses: Vec::new(),
        speed_mbps: (kind == InterfaceKind::Ethernet)
            .then(|| read_line(&sys?.join("speed"))?.parse().ok().filter(|speed| *speed > 0))
            .flatten(),
        name,
    };
    Some((index, interface))
}

fn kind(flags: u32, hardware: u16, software: Option<&str>, is_wifi: bool) -> InterfaceKind {
    if flags & LOOPBACK != 0 {
        return InterfaceKind::Loopback;
    }
    if is_wifi {
        return InterfaceKind::Wifi;
    }
    match software {
        Some("wireguard" | "tun" | "ppp" | "xfrm" | "vti" | "gre" | "ipip" | "sit" | "ip6tnl" | "ovpn") => {
            InterfaceKind::Vpn
        }
        Some("bridge" | "bond" | "vlan" | "team" | "openvswitch") => InterfaceKind::Bridge,
        Some(_) => InterfaceKind::Virtual,
        None if NO_LINK_LAYER.contains(&hardware) => InterfaceKind::Vpn,
        None => InterfaceKind::Ethernet,
    }
}

fn address(row: &[u8]) -> Option<(u32, Address)> {
    let prefix = *row.get(1)?;
    let index = u32_at(row, 4)?;
    let find = |kind| attributes(row, Table::Addresses.fixed()).find(|it| it.0 == kind).map(|it| it.1);
    // On point-to-point links IFA_ADDRESS is the other end.
    let ip = find(IFA_LOCAL).or_else(|| find(IFA_ADDRESS)).and_then(ip)?;
    let flags = find(IFA_FLAGS).and_then(|it| u32_at(it, 0)).unwrap_or_else(|| u32::from(row[2]));
    Some((index, Address::new(ip, prefix, flags & NOT_USABLE == 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interface_is_named_by_what_it_is_for() {
        let check = |software: Option<&str>, hardware, is_wifi, expected| {
            assert_eq!(kind(UP, hardware, software, is_wifi), expected, "{software:?} {hardware} {is_wifi}");
        };
        check(None, 1, false, InterfaceKind::Ethernet);
        check(None, 1, true, InterfaceKind::Wifi);
        check(Some("tun"), 0xfffe, false, InterfaceKind::Vpn);
        check(Some("wireguard"), 0xfffe, false, InterfaceKind::Vpn);
        check(None, 0xfffe, false, InterfaceKind::Vpn);
        check(Some("bridge"), 1, false, InterfaceKind::Bridge);
        check(Some("veth"), 1, false, InterfaceKind::Virtual);
        assert_eq!(kind(UP | LOOPBACK, 772, None, false), InterfaceKind::Loopback);
    }

    #[test]
    fn this_machine_has_a_loopback_interface_with_its_address() {
        let found = super::interfaces().unwrap();
        let loopback = found.iter().find(|it| it.kind == InterfaceKind::Loopback).unwrap();
        assert!(loopback.addresses.is_empty() || loopback.addresses.iter().any(|it| it.ip.is_loopback()));
    }

    #[test]
    fn a_cut_row_is_no_interface_and_no_address() {
        for length in 0..16 {
            let row = vec![0; length];
            assert!(link(&row, None).is_none() && address(&row).is_none(), "{length}");
        }
    }
}
