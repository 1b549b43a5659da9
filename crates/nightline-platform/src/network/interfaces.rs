//! Network interfaces with their state, kind and addresses. Does not rank them and knows no routes.

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

/// The interfaces of this machine, in the system's order.
///
/// # Errors
/// When the system cannot be asked.
#[cfg(windows)]
pub fn interfaces() -> Result<Vec<Interface>, SourceState> {
    let adapters = super::iphlpapi::adapters().map_err(|error| SourceState::from(&error))?;
    Ok(adapters.into_iter().map(super::windows::interface).collect())
}

/// The interfaces of this machine, in the system's order, without those that macOS has for itself.
///
/// # Errors
/// When the system cannot be asked.
#[cfg(target_os = "macos")]
pub fn interfaces() -> Result<Vec<Interface>, SourceState> {
    super::darwin::interfaces()
}

/// Who tells the interfaces on this system, for facts.
pub const INTERFACES_BY: &str = if cfg!(windows) {
    "iphlpapi"
} else if cfg!(target_os = "macos") {
    "netdev"
} else {
    "netlink"
};

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(super) use linux::{interfaces_by_netlink, names};

#[cfg(test)]
mod tests {
    use super::*;

    /// Under Wine and on Windows and macOS, too.
    #[test]
    fn this_machine_has_named_interfaces_and_one_is_its_own() {
        let found = interfaces().unwrap();
        assert!(found.iter().all(|it| !it.name.is_empty()), "{found:?}");
        let widest = |it: &Address| if it.ip.is_ipv4() { 32 } else { 128 };
        assert!(found.iter().flat_map(|it| &it.addresses).all(|it| it.prefix <= widest(it)), "{found:?}");
        let own = found.iter().filter(|it| it.addresses.iter().any(|it| it.ip.is_loopback()));
        assert!(own.clone().all(|it| it.kind == InterfaceKind::Loopback), "{found:?}");
        assert!(found.iter().any(|it| it.kind == InterfaceKind::Loopback), "{found:?}");
    }
}
