//! Windows' two tables of adapters, which say together who gave an address and until when. Reads what the system has
//! in memory.

#![expect(
    unsafe_code,
    reason = "Windows has these tables only by its own calls, and no safe crate gives the leases"
)]

use std::ffi::CStr;
use std::net::IpAddr;
use std::ptr::null;

use windows_sys::Win32::Foundation::{ERROR_BUFFER_OVERFLOW, ERROR_SUCCESS};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    GAA_FLAG_SKIP_ANYCAST, GAA_FLAG_SKIP_DNS_SERVER, GAA_FLAG_SKIP_MULTICAST, GetAdaptersAddresses,
    GetAdaptersInfo, IP_ADAPTER_ADDRESSES_LH, IP_ADAPTER_INFO, IP_ADDR_STRING,
};
use windows_sys::Win32::NetworkManagement::Ndis::IfOperStatusUp;
use windows_sys::Win32::Networking::WinSock::AF_INET;

use super::{Adapter, Given};

/// What Microsoft suggests to begin with, in eights: so the entries lie as their types want it.
const FIRST_WORDS: usize = 15 * 1024 / 8;
/// Between two calls a table may grow; one that grows on is given up.
const MOST_TRIES: usize = 4;
/// More adapters than any machine has.
const MOST_ADAPTERS: usize = 256;
/// Longer than any name that Windows gives.
const MOST_UNITS: usize = 256;

/// The adapters for IPv4.
pub(super) fn adapters() -> Vec<Adapter> {
    let flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    // SAFETY: the room and its size belong together and live over the call.
    let ask = |room: *mut u64, size: &mut u32| unsafe {
        GetAdaptersAddresses(u32::from(AF_INET), flags, null(), room.cast(), size)
    };
    let Some(room) = table(ask) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at: *const IP_ADAPTER_ADDRESSES_LH = room.as_ptr().cast();
    // SAFETY: the call filled the room, which lives on, with a list of entries that point to each other inside it, and
    // whose last one points nowhere.
    while let Some(entry) = unsafe { at.as_ref() }.filter(|_| found.len() < MOST_ADAPTERS) {
        found.push(Adapter {
            // SAFETY: every value of the union is a number.
            index: unsafe { entry.Anonymous1.Anonymous.IfIndex },
            // SAFETY: the name is in the room and ends by a zero.
            name: unsafe { wide(entry.FriendlyName) },
            is_up: entry.OperStatus == IfOperStatusUp,
            metric: entry.Ipv4Metric,
        });
        at = entry.Next;
    }
    found
}

/// What was given to them.
pub(super) fn given() -> Vec<Given> {
    // SAFETY: the room and its size belong together and live over the call.
    let Some(room) = table(|room, size| unsafe { GetAdaptersInfo(room.cast(), size) }) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at: *const IP_ADAPTER_INFO = room.as_ptr().cast();
    // SAFETY: as above.
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

/// A table of the system's, as many eights as it needs.
fn table(ask: impl Fn(*mut u64, &mut u32) -> u32) -> Option<Vec<u64>> {
    let mut room = vec![0_u64; FIRST_WORDS];
    for _ in 0..MOST_TRIES {
        let mut size = u32::try_from(room.len() * 8).ok()?;
        match ask(room.as_mut_ptr(), &mut size) {
            ERROR_SUCCESS => return Some(room),
            ERROR_BUFFER_OVERFLOW => room = vec![0; usize::try_from(size).ok()?.div_ceil(8)],
            // Without an adapter there is no table.
            _ => return None,
        }
    }
    None
}

/// Absent where it says 0.0.0.0, which stands for none.
fn address(list: &IP_ADDR_STRING) -> Option<IpAddr> {
    let bytes = list.IpAddress.String.map(i8::cast_unsigned);
    let text = CStr::from_bytes_until_nul(&bytes).ok()?.to_str().ok()?;
    text.parse().ok().filter(|it: &IpAddr| !it.is_unspecified())
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
