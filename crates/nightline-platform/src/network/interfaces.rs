//! Network interfaces with their state, kind and addresses. Does not rank them and knows no routes.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::source::SourceState;

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its name: `eth0`.
    pub name: String,
    /// What it is.
    pub kind: InterfaceKind,
    /// Whether it works, by RFC 2863.
    pub state: OperState,
    /// Whether somebody switched it on.
    pub is_enabled: bool,
    /// Whether something is plugged in or associated; absent where the system does not say.
    pub has_carrier: Option<bool>,
    /// Its hardware address.
    pub mac: Option<String>,
    /// The largest packet it takes, in bytes.
    pub mtu: Option<u32>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Megabits a second that the link negotiated; absent for wireless and virtual ones.
    pub speed_mbps: Option<u32>,
}

/// An address of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// Bits of the network part.
    pub prefix: u8,
    /// Whether it is usable: not tentative, not a duplicate (RFC 4862).
    pub is_usable: bool,
    /// Whether it is only good on its own link: `169.254/16` (RFC 3927) or `fe80::/10`.
    pub is_link_local: bool,
}

/// What an interface is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterfaceKind {
    /// The machine talking to itself.
    Loopback,
    /// A cable, or a virtual machine's card.
    Ethernet,
    /// Wi-Fi.
    Wifi,
    /// A tunnel: WireGuard, OpenVPN, PPP, IPsec.
    Vpn,
    /// A bridge, a bond or a VLAN.
    Bridge,
    /// Made by software for software: containers, dummies, test links.
    Virtual,
}

impl InterfaceKind {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loopback => "loopback",
            Self::Ethernet => "ethernet",
            Self::Wifi => "wifi",
            Self::Vpn => "vpn",
            Self::Bridge => "bridge",
            Self::Virtual => "virtual",
        }
    }
}

/// Whether an interface works (`IF_OPER_…`, RFC 2863).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperState {
    /// It can carry packets.
    Up,
    /// It cannot.
    Down,
    /// It waits for something, for example a login on the link.
    Dormant,
    /// The driver does not say; tunnels usually are so and work.
    Unknown,
}

impl OperState {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Dormant => "dormant",
            Self::Unknown => "unknown",
        }
    }
}

impl Address {
    /// Marks link-local addresses by themselves.
    pub fn new(ip: IpAddr, prefix: u8, is_usable: bool) -> Self {
        let is_link_local = match ip {
            IpAddr::V4(v4) => v4.is_link_local(),
            IpAddr::V6(v6) => v6.is_unicast_link_local(),
        };
        Self { ip, prefix, is_usable, is_link_local }
    }
}

/// The interfaces of this process's network namespace, in the kernel's order.
///
/// # Errors
/// When the kernel cannot be asked.
#[cfg(target_os = "linux")]
pub fn interfaces() -> Result<Vec<Interface>, SourceState> {
    linux::interfaces().map_err(|error| SourceState::from(&error))
}

/// The interfaces of this machine.
///
/// # Errors
/// Always: Nightline cannot ask this system yet.
#[cfg(not(target_os = "linux"))]
pub fn interfaces() -> Result<Vec<Interface>, SourceState> {
    Err(SourceState::NotOnThisSystem)
}

/// The largest packet that each interface besides loopback takes, in bytes, by its name: for systems where
/// [`interfaces`] says nothing yet. Windows leaves out those that are not connected.
pub fn mtus() -> BTreeMap<String, u32> {
    let Ok(networks) = sysinfo::Networks::new_with_refreshed_list() else { return BTreeMap::new() };
    let is_loopback = |it: &sysinfo::NetworkData| it.ip_networks().iter().any(|ip| ip.addr.is_loopback());
    let mtu = |it: &sysinfo::NetworkData| u32::try_from(it.mtu()).ok().filter(|mtu| *mtu > 0);
    networks
        .iter()
        .filter(|(_, it)| !is_loopback(it))
        .filter_map(|(name, it)| Some((name.to_string_lossy().into_owned(), mtu(it)?)))
        .collect()
}

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(super) use linux::{interfaces_by_netlink, names};
