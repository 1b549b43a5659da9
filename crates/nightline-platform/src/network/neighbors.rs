//! The neighbor table: who answered on the local link lately, and who did not. Sends no probe.

use std::net::IpAddr;

use crate::source::SourceState;

/// Who tells the neighbors of this machine, for facts.
pub const NEIGHBORS_BY: &str = if cfg!(windows) { "iphlpapi" } else { "netlink" };

/// One neighbor on the local link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// Its address.
    pub address: IpAddr,
    /// Through which interface.
    pub interface: String,
    /// Its hardware address, as far as it is known.
    pub mac: Option<String>,
    /// What the kernel thinks of it.
    pub state: NeighborState,
    /// Whether it says that it is a router (IPv6 only).
    pub is_router: bool,
}

/// What the kernel thinks of a neighbor (`NUD_…`, RFC 4861 section 7.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeighborState {
    /// It answered in the last half minute or so.
    Reachable,
    /// It answered once; nobody has asked since.
    Stale,
    /// It is about to be asked again.
    Delay,
    /// It is being asked and has not answered yet.
    Probe,
    /// It is being asked for the first time.
    Incomplete,
    /// It did not answer.
    Failed,
    /// Written by hand, or a link that needs no asking.
    Static,
    /// The table does not say (the fallback knows only whether there is a hardware address).
    Unknown,
}

impl NeighborState {
    /// In kebab-case, for facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Stale => "stale",
            Self::Delay => "delay",
            Self::Probe => "probe",
            Self::Incomplete => "incomplete",
            Self::Failed => "failed",
            Self::Static => "static",
            Self::Unknown => "unknown",
        }
    }
}

/// The neighbors of this process's network namespace.
///
/// # Errors
/// When neither netlink nor `/proc/self/net/arp` can be read.
#[cfg(target_os = "linux")]
pub fn neighbors() -> Result<Vec<Neighbor>, SourceState> {
    use super::netlink::{Table, dump};
    let rows = dump(Table::Neighbors).and_then(|rows| Ok((rows, super::interfaces::names()?)));
    match rows {
        Ok((rows, names)) => Ok(rows.iter().filter_map(|row| neighbor(row, &names)).collect()),
        Err(_) => {
            crate::source::read_small(std::path::Path::new("/proc/self/net/arp")).map(|text| parse_arp(&text))
        }
    }
}

/// The neighbors of this machine.
///
/// # Errors
/// When the system cannot be asked.
#[cfg(windows)]
pub fn neighbors() -> Result<Vec<Neighbor>, SourceState> {
    let failed = |error: std::io::Error| SourceState::from(&error);
    let adapters = super::iphlpapi::adapters().map_err(failed)?;
    Ok(super::windows::neighbors(&adapters, super::iphlpapi::neighbors().map_err(failed)?))
}

/// The neighbors of this machine.
///
/// # Errors
/// Always: Nightline cannot ask this system yet.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn neighbors() -> Result<Vec<Neighbor>, SourceState> {
    Err(SourceState::NotOnThisSystem)
}

#[cfg(target_os = "linux")]
fn neighbor(row: &[u8], names: &std::collections::BTreeMap<u32, String>) -> Option<Neighbor> {
    use super::netlink::{Table, attributes, ip, mac, u16_at, u32_at};
    /// `NDA_DST` and `NDA_LLADDR`.
    const DESTINATION: u16 = 1;
    const LINK_ADDRESS: u16 = 2;
    /// `NTF_ROUTER`.
    const ROUTER: u8 = 0x80;
    let interface = names.get(&u32_at(row, 4)?)?.clone();
    let state = match u16_at(row, 8)? {
        0x01 => NeighborState::Incomplete,
        0x02 => NeighborState::Reachable,
        0x04 => NeighborState::Stale,
        0x08 => NeighborState::Delay,
        0x10 => NeighborState::Probe,
        0x20 => NeighborState::Failed,
        0x80 => NeighborState::Static,
        // Loopback and multicast need no neighbor.
        0x40 => return None,
        _ => NeighborState::Unknown,
    };
    let find = |kind| attributes(row, Table::Neighbors.fixed()).find(|it| it.0 == kind).map(|it| it.1);
    Some(Neighbor {
        address: find(DESTINATION).and_then(ip)?,
        interface,
        mac: find(LINK_ADDRESS).and_then(mac),
        state,
        is_router: row.get(10).is_some_and(|flags| flags & ROUTER != 0),
    })
}

/// Columns: address, -, flags (2 is complete, 4 permanent), hardware address, -, interface. IPv4 only, no states.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "Linux has this table"))]
fn parse_arp(text: &str) -> Vec<Neighbor> {
    let line = |line: &str| {
        let columns: Vec<&str> = line.split_ascii_whitespace().collect();
        let [address, _, flags, mac, _, interface] = columns.as_slice() else { return None };
        let flags = u32::from_str_radix(flags.trim_start_matches("0x"), 16).ok()?;
        let state = match flags {
            flags if flags & 0x4 != 0 => NeighborState::Static,
            flags if flags & 0x2 != 0 => NeighborState::Unknown,
            _ => NeighborState::Failed,
        };
        Some(Neighbor {
            address: address.parse().ok()?,
            interface: (*interface).to_owned(),
            mac: (*mac != "00:00:00:00:00:00").then(|| (*mac).to_owned()),
            state,
            is_router: false,
        })
    };
    text.lines().skip(1).filter_map(line).collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_knows_who_never_answered() {
        let text = "\
IP address       HW type     Flags       HW address            Mask     Device
192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0
192.0.2.8        0x1         0x6         02:fc:00:00:00:08     *        eth0
damaged line
";
        let found: Vec<_> = parse_arp(text).into_iter().map(|it| (it.mac.is_some(), it.state)).collect();
        let expected =
            [(true, NeighborState::Unknown), (false, NeighborState::Failed), (true, NeighborState::Static)];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_kernel_row_becomes_a_neighbor() {
        let mut row = vec![2, 0, 0, 0, 7, 0, 0, 0, 0x20, 0, 0, 1];
        row.extend([8, 0, 1, 0, 192, 0, 2, 1]);
        let names = [(7, "eth0".to_owned())].into();
        let found = neighbor(&row, &names).unwrap();
        assert_eq!((found.address.to_string().as_str(), found.state), ("192.0.2.1", NeighborState::Failed));
        assert_eq!(neighbor(&row[..8], &names), None, "a cut row is no neighbor");
    }

    #[test]
    fn the_real_table_can_be_read() {
        neighbors().unwrap();
    }
}

#[cfg(all(test, windows))]
mod windows_tests {
    /// Under Wine, too.
    #[test]
    fn windows_gives_its_table_of_neighbors() {
        let found = super::neighbors().unwrap();
        assert!(found.iter().all(|it| !it.interface.is_empty() && !it.address.is_multicast()), "{found:?}");
    }
}
