//! Windows' tables of adapters, routes and neighbors, as they are. Reads what the system has in memory; sends nothing.

#![expect(
    unsafe_code,
    reason = "Windows has these tables only by its own calls; the crate that wraps them asks the link for the \
              router, and knows no metrics"
)]

use std::io;
use std::net::IpAddr;
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{ERROR_BUFFER_OVERFLOW, ERROR_NO_DATA, ERROR_NOT_FOUND, ERROR_SUCCESS};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    FreeMibTable, GAA_FLAG_SKIP_ANYCAST, GAA_FLAG_SKIP_MULTICAST, GetAdaptersAddresses, GetIfEntry2,
    GetIpForwardTable2, GetIpNetTable2, IP_ADAPTER_ADDRESSES_LH, IP_ADAPTER_DNS_SERVER_ADDRESS_XP,
    IP_ADAPTER_UNICAST_ADDRESS_LH, MIB_IF_ROW2, MIB_IPFORWARD_ROW2, MIB_IPFORWARD_TABLE2, MIB_IPNET_ROW2,
    MIB_IPNET_TABLE2,
};
use windows_sys::Win32::NetworkManagement::Ndis::NET_LUID_LH;
use windows_sys::Win32::Networking::WinSock::{
    ADDRESS_FAMILY, AF_INET, AF_INET6, AF_UNSPEC, SOCKADDR_INET, SOCKET_ADDRESS,
};

use super::windows::{Adapter, Card, Route, Row};

/// What Microsoft suggests to begin with, in eights: so the entries lie as their types want it.
const FIRST_WORDS: usize = 15 * 1024 / 8;
/// Between two calls a table may grow; one that grows on is given up.
const MOST_TRIES: usize = 4;
/// More adapters than any machine has, and more addresses than any of them.
pub(super) const MOST_ADAPTERS: usize = 256;
/// Longer than any name that Windows gives.
const MOST_UNITS: usize = 256;

/// The adapters, in Windows' order.
pub(super) fn adapters() -> io::Result<Vec<Adapter>> {
    let flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST;
    // SAFETY: the room and its size belong together and live over the call.
    let ask = |room: *mut u64, size: &mut u32| unsafe {
        GetAdaptersAddresses(u32::from(AF_UNSPEC), flags, null(), room.cast(), size)
    };
    let Some(room) = table(ask)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut at: *const IP_ADAPTER_ADDRESSES_LH = room.as_ptr().cast();
    // SAFETY: the call filled the room, which lives on, with a list of entries that point to each other inside it, and
    // whose last one points nowhere.
    while let Some(entry) = unsafe { at.as_ref() }.filter(|_| found.len() < MOST_ADAPTERS) {
        // SAFETY: the entry is one of that list.
        found.push(unsafe { adapter(entry) });
        at = entry.Next;
    }
    Ok(found)
}

/// # Safety
/// The entry must be one that Windows filled, in a room that lives on.
unsafe fn adapter(entry: &IP_ADAPTER_ADDRESSES_LH) -> Adapter {
    let mut addresses = Vec::new();
    let mut at: *const IP_ADAPTER_UNICAST_ADDRESS_LH = entry.FirstUnicastAddress;
    // SAFETY: a list in the same room, whose last entry points nowhere.
    while let Some(one) = unsafe { at.as_ref() }.filter(|_| addresses.len() < MOST_ADAPTERS) {
        // SAFETY: the entry is one of that list.
        let ip = unsafe { ip(&one.Address) };
        addresses.extend(ip.map(|ip| (ip, one.OnLinkPrefixLength, one.DadState)));
        at = one.Next;
    }
    let mut servers = Vec::new();
    let mut at: *const IP_ADAPTER_DNS_SERVER_ADDRESS_XP = entry.FirstDnsServerAddress;
    // SAFETY: as above.
    while let Some(one) = unsafe { at.as_ref() }.filter(|_| servers.len() < MOST_ADAPTERS) {
        // SAFETY: as above.
        servers.extend(unsafe { ip(&one.Address) });
        at = one.Next;
    }
    let length = usize::try_from(entry.PhysicalAddressLength).unwrap_or(0);
    Adapter {
        // SAFETY: every value of the union is a number.
        luid: unsafe { entry.Luid.Value },
        // SAFETY: as above.
        index: unsafe { entry.Anonymous1.Anonymous.IfIndex },
        // SAFETY: the texts are in the room and end by a zero.
        name: unsafe { wide(entry.FriendlyName) },
        // SAFETY: as above.
        description: unsafe { wide(entry.Description) },
        kind: entry.IfType,
        tunnel: entry.TunnelType,
        state: entry.OperStatus,
        mac: entry.PhysicalAddress.get(..length).unwrap_or_default().to_vec(),
        mtu: entry.Mtu,
        bits_per_s: entry.TransmitLinkSpeed,
        metric: entry.Ipv4Metric,
        metric_v6: entry.Ipv6Metric,
        addresses,
        servers,
        // SAFETY: as above.
        suffix: unsafe { wide(entry.DnsSuffix) },
        card: card(entry.Luid),
    }
}

fn card(luid: NET_LUID_LH) -> Option<Card> {
    /// `HardwareInterface`, the first bit.
    const HARDWARE: u8 = 1;
    let mut row = MIB_IF_ROW2 { InterfaceLuid: luid, ..MIB_IF_ROW2::default() };
    // SAFETY: the row lives over the call and names an adapter, as it has to.
    let answer = unsafe { GetIfEntry2(&raw mut row) };
    (answer == ERROR_SUCCESS).then_some(Card {
        is_hardware: row.InterfaceAndOperStatusFlags._bitfield & HARDWARE != 0,
        admin: row.AdminStatus,
        media: row.MediaConnectState,
        medium: row.PhysicalMediumType,
    })
}

/// The ways to everywhere.
pub(super) fn routes() -> io::Result<Vec<Route>> {
    let mut table: *mut MIB_IPFORWARD_TABLE2 = null_mut();
    // SAFETY: the place for the table lives over the call.
    let answer = unsafe { GetIpForwardTable2(AF_UNSPEC, &raw mut table) };
    if !has_table(answer, table)? {
        return Ok(Vec::new());
    }
    // SAFETY: the call gave a table with that many rows, one behind the other, which nobody frees before the next call.
    let rows = unsafe {
        let count = usize::try_from((*table).NumEntries).unwrap_or(0);
        std::slice::from_raw_parts((&raw const (*table).Table).cast(), count)
    };
    let route = |row: &MIB_IPFORWARD_ROW2| {
        // SAFETY: every value of the union is a number.
        let luid = unsafe { row.InterfaceLuid.Value };
        let is_wide = row.DestinationPrefix.PrefixLength == 0;
        is_wide.then_some(Route { luid, next: inet(&row.NextHop)?, metric: row.Metric })
    };
    let found = rows.iter().filter_map(route).collect();
    // SAFETY: the table is the call's, and nothing of it is used from here on.
    unsafe { FreeMibTable(table.cast()) };
    Ok(found)
}

/// The neighbors and what Windows thinks of them. Without a table for IPv6 there are none of it.
pub(super) fn neighbors() -> io::Result<Vec<Row>> {
    let mut found = neighbors_of(AF_INET)?;
    found.extend(neighbors_of(AF_INET6).unwrap_or_default());
    Ok(found)
}

fn neighbors_of(family: ADDRESS_FAMILY) -> io::Result<Vec<Row>> {
    /// `IsRouter`, the first bit.
    const ROUTER: u8 = 1;
    let mut table: *mut MIB_IPNET_TABLE2 = null_mut();
    // SAFETY: the place for the table lives over the call.
    let answer = unsafe { GetIpNetTable2(family, &raw mut table) };
    if !has_table(answer, table)? {
        return Ok(Vec::new());
    }
    // SAFETY: the call gave a table with that many rows, one behind the other, which nobody frees before the next call.
    let rows = unsafe {
        let count = usize::try_from((*table).NumEntries).unwrap_or(0);
        std::slice::from_raw_parts((&raw const (*table).Table).cast(), count)
    };
    let neighbor = |row: &MIB_IPNET_ROW2| {
        let length = usize::try_from(row.PhysicalAddressLength).unwrap_or(0);
        Some(Row {
            // SAFETY: every value of the union is a number.
            luid: unsafe { row.InterfaceLuid.Value },
            address: inet(&row.Address)?,
            mac: row.PhysicalAddress.get(..length).unwrap_or_default().to_vec(),
            state: row.State,
            // SAFETY: as above.
            is_router: unsafe { row.Anonymous.Flags } & ROUTER != 0,
        })
    };
    let found = rows.iter().filter_map(neighbor).collect();
    // SAFETY: the table is the call's, and nothing of it is used from here on.
    unsafe { FreeMibTable(table.cast()) };
    Ok(found)
}

fn has_table<Table>(answer: u32, table: *const Table) -> io::Result<bool> {
    match answer {
        ERROR_SUCCESS => Ok(!table.is_null()),
        ERROR_NOT_FOUND | ERROR_NO_DATA => Ok(false),
        other => Err(io::Error::from_raw_os_error(other.cast_signed())),
    }
}

/// A table of the system's, as many eights as it needs; absent where there is no adapter.
pub(super) fn table(ask: impl Fn(*mut u64, &mut u32) -> u32) -> io::Result<Option<Vec<u64>>> {
    let mut room = vec![0_u64; FIRST_WORDS];
    for _ in 0..MOST_TRIES {
        let mut size = u32::try_from(room.len() * 8).map_err(io::Error::other)?;
        match ask(room.as_mut_ptr(), &mut size) {
            ERROR_SUCCESS => return Ok(Some(room)),
            ERROR_BUFFER_OVERFLOW => {
                room = vec![0; usize::try_from(size).map_err(io::Error::other)?.div_ceil(8)];
            }
            ERROR_NO_DATA => return Ok(None),
            other => return Err(io::Error::from_raw_os_error(other.cast_signed())),
        }
    }
    Err(io::Error::from_raw_os_error(ERROR_BUFFER_OVERFLOW.cast_signed()))
}

/// # Safety
/// The address must be nowhere, or as long as it says.
unsafe fn ip(address: &SOCKET_ADDRESS) -> Option<IpAddr> {
    let length = usize::try_from(address.iSockaddrLength).ok()?.min(size_of::<SOCKADDR_INET>());
    if address.lpSockaddr.is_null() {
        return None;
    }
    let mut own = SOCKADDR_INET::default();
    // SAFETY: no more is copied than there is, nor than there is room for; any bytes make such an address.
    unsafe { std::ptr::copy_nonoverlapping(address.lpSockaddr.cast::<u8>(), (&raw mut own).cast(), length) };
    inet(&own)
}

/// Without the number of the link.
fn inet(address: &SOCKADDR_INET) -> Option<IpAddr> {
    // SAFETY: the family says which of the two it is, and either is of numbers.
    unsafe {
        match address.si_family {
            AF_INET => Some(IpAddr::from(address.Ipv4.sin_addr.S_un.S_addr.to_ne_bytes())),
            AF_INET6 => Some(IpAddr::from(address.Ipv6.sin6_addr.u.Byte)),
            _ => None,
        }
    }
}

/// # Safety
/// The text must end by a zero, or be nowhere.
unsafe fn wide(text: *const u16) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: nothing behind the zero is read.
    let units = (0..MOST_UNITS).map(|at| unsafe { *text.add(at) }).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
