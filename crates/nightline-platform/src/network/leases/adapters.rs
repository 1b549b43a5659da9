//! Windows' table of who gave an address to an adapter and until when. Reads what the system has in memory.

#![expect(
    unsafe_code,
    reason = "Windows has this table only by its own call, and no safe crate gives the leases"
)]

use std::ffi::CStr;
use std::net::IpAddr;

use windows_sys::Win32::NetworkManagement::IpHelper::{GetAdaptersInfo, IP_ADAPTER_INFO, IP_ADDR_STRING};

use super::super::iphlpapi::{MOST_ADAPTERS, table};
use super::Given;

/// What was given to the adapters.
pub(super) fn given() -> Vec<Given> {
    // SAFETY: the room and its size belong together and live over the call.
    let asked = table(|room, size| unsafe { GetAdaptersInfo(room.cast(), size) });
    let Ok(Some(room)) = asked else { return Vec::new() };
    let mut found = Vec::new();
    let mut at: *const IP_ADAPTER_INFO = room.as_ptr().cast();
    // SAFETY: the call filled the room, which lives on, with a list of entries that point to each other inside it, and
    // whose last one points nowhere.
    while let Some(entry) = unsafe { at.as_ref() }.filter(|_| found.len() < MOST_ADAPTERS) {
        found.push(Given {
            index: entry.Index,
            by_dhcp: entry.DhcpEnabled != 0,
            address: address(&entry.IpAddressList),
            gateway: address(&entry.GatewayList),
            server: address(&entry.DhcpServer),
            obtained_unix_s: entry.LeaseObtained,
            expires_unix_s: entry.LeaseExpires,
        });
        at = entry.Next;
    }
    found
}

/// Absent where it says 0.0.0.0, which stands for none.
fn address(list: &IP_ADDR_STRING) -> Option<IpAddr> {
    let bytes = list.IpAddress.String.map(i8::cast_unsigned);
    let text = CStr::from_bytes_until_nul(&bytes).ok()?.to_str().ok()?;
    text.parse().ok().filter(|it: &IpAddr| !it.is_unspecified())
}
