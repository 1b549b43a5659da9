//! Asks the kernel's routing tables by netlink (man 7 netlink, rtnetlink). Only dumps, never changes.

use std::io;
use std::time::Duration;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, bind, recv, send, socket_with,
};

/// The kernel answers at once; a wait means that something is broken.
const ANSWER_LIMIT: Duration = Duration::from_secs(1);
/// What `iproute2` uses; the kernel fills at most this in one message.
const BUFFER: usize = 32 * 1024;
/// A table larger than this (a router with the whole internet's neighbors) is cut.
const TABLE_LIMIT: usize = 10_000;

/// `struct nlmsghdr`.
const HEADER: usize = 16;
/// `NLM_F_REQUEST | NLM_F_DUMP`.
const DUMP: u16 = 0x0301;
const DONE: u16 = 3;
const ERROR: u16 = 2;

/// A table of the kernel, by `RTM_GET…` and the length of its fixed part.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Links,
    Addresses,
    Neighbors,
}

impl Table {
    fn request(self) -> (u16, usize) {
        match self {
            Self::Links => (18, 16),
            Self::Addresses => (22, 8),
            Self::Neighbors => (30, 12),
        }
    }

    /// The length of the fixed part before the attributes: `ifinfomsg`, `ifaddrmsg`, `ndmsg`.
    pub(super) fn fixed(self) -> usize {
        self.request().1
    }
}

/// Every row of a table, each beginning with its fixed part.
pub(super) fn dump(table: Table) -> io::Result<Vec<Vec<u8>>> {
    // No protocol is number 0, which is NETLINK_ROUTE.
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    set_socket_timeout(&socket, Timeout::Recv, Some(ANSWER_LIMIT))?;
    bind(&socket, &SocketAddrNetlink::new(0, 0))?;
    let (kind, fixed) = table.request();
    let mut request = Vec::with_capacity(HEADER + fixed);
    request.extend(u32::try_from(HEADER + fixed).unwrap_or_default().to_ne_bytes());
    request.extend(kind.to_ne_bytes());
    request.extend(DUMP.to_ne_bytes());
    request.resize(HEADER + fixed, 0);
    send(&socket, &request, SendFlags::empty())?;
    let mut rows = Vec::new();
    let mut buffer = vec![0_u8; BUFFER];
    while rows.len() < TABLE_LIMIT {
        let (read, _) = recv(&socket, &mut buffer[..], RecvFlags::empty())?;
        if read == 0 || !take_messages(buffer.get(..read).unwrap_or_default(), &mut rows)? {
            break;
        }
    }
    Ok(rows)
}

/// Splits one datagram; `false` after the last message of the dump.
fn take_messages(mut bytes: &[u8], rows: &mut Vec<Vec<u8>>) -> io::Result<bool> {
    while let (Some(length), Some(kind)) = (u32_at(bytes, 0), u16_at(bytes, 4)) {
        let length = usize::try_from(length).unwrap_or_default();
        let Some(message) = bytes.get(HEADER..length) else { return Ok(false) };
        match kind {
            DONE => return Ok(false),
            ERROR => {
                let code = u32_at(message, 0).unwrap_or_default().cast_signed();
                return Err(io::Error::from_raw_os_error(code.wrapping_neg()));
            }
            _ => rows.push(message.to_vec()),
        }
        bytes = bytes.get(aligned(length)..).unwrap_or_default();
    }
    Ok(true)
}

/// The attributes of a row after its fixed part: type without flags, and value.
pub(super) fn attributes(row: &[u8], fixed: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = row.get(fixed..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::from(u16_at(rest, 0)?);
        let kind = u16_at(rest, 2)? & 0x3fff;
        let value = rest.get(4..length)?;
        rest = rest.get(aligned(length)..).unwrap_or_default();
        Some((kind, value))
    })
}

fn aligned(length: usize) -> usize {
    (length + 3) & !3
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_ne_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// An IPv4 or IPv6 address by its length.
pub(super) fn ip(bytes: &[u8]) -> Option<std::net::IpAddr> {
    if let Ok(v4) = <[u8; 4]>::try_from(bytes) {
        return Some(v4.into());
    }
    <[u8; 16]>::try_from(bytes).ok().map(Into::into)
}

/// A hardware address as `02:fc:00:00:00:05`; none for lengths that only virtual links have, and for all zeros.
pub(super) fn mac(bytes: &[u8]) -> Option<String> {
    if bytes.len() != 6 || bytes.iter().all(|byte| *byte == 0) {
        return None;
    }
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"))
}

/// A text with its closing zero.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}
