//! The two calls, and the reading of their answers. Nothing else of the program may be unsafe.

#![expect(unsafe_code, reason = "the system's echoes have no safe crate that carries only them")]

use std::ffi::c_void;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ptr::{null, null_mut};
use std::time::Duration;

use windows_sys::Win32::Foundation::{HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::NetworkManagement::IpHelper::{
    ICMP_ECHO_REPLY, ICMPV6_ECHO_REPLY_LH, IP_OPTION_INFORMATION, Icmp6CreateFile, Icmp6ParseReplies,
    Icmp6SendEcho2, IcmpCloseHandle, IcmpCreateFile, IcmpSendEcho2Ex,
};
use windows_sys::Win32::Networking::WinSock::{AF_INET6, SOCKADDR_IN6};

/// Nothing of ours: what is in the packet is seen by everyone on the way.
const PAYLOAD: [u8; 1_500] = [0; 1_500];
/// Room for one answer with its payload, an ICMP error, and what the system writes beside it; as many eights.
const REPLY_WORDS: usize = 32 + PAYLOAD.len() / 8;
/// The packet may not be cut (ipexport.h).
const UNCUT: u8 = 2;
/// The system refuses a wait of no time.
const SHORTEST_MS: u32 = 1;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) from: IpAddr,
    pub(super) status: u32,
}

/// A handle that is closed when dropped.
struct Handle(HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle is ours, open, and used by nobody afterwards.
        unsafe { IcmpCloseHandle(self.0) };
    }
}

/// What an echo is like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) ttl: u8,
    /// Bytes of content.
    pub(super) length: usize,
    /// Whether it may be cut on the way.
    pub(super) may_be_cut: bool,
}

/// Sends one echo, and waits for what comes back.
pub(super) fn echo(address: IpAddr, shape: Shape, patience: Duration) -> Option<Reply> {
    let flags = if shape.may_be_cut { 0 } else { UNCUT };
    let options = IP_OPTION_INFORMATION { Ttl: shape.ttl, Flags: flags, ..IP_OPTION_INFORMATION::default() };
    let content = PAYLOAD.get(..shape.length)?;
    let patience = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX).max(SHORTEST_MS);
    match address {
        IpAddr::V4(address) => echo_v4(address, content, &options, patience),
        IpAddr::V6(address) => echo_v6(address, content, &options, patience),
    }
}

fn opened(handle: HANDLE) -> Option<Handle> {
    (handle != INVALID_HANDLE_VALUE && !handle.is_null()).then_some(Handle(handle))
}

fn echo_v4(
    address: Ipv4Addr,
    content: &[u8],
    options: &IP_OPTION_INFORMATION,
    patience: u32,
) -> Option<Reply> {
    // SAFETY: the call takes nothing.
    let handle = opened(unsafe { IcmpCreateFile() })?;
    // Of eights, so that the answer lies as its type wants it.
    let mut room = [0_u64; REPLY_WORDS];
    // SAFETY: content, options and room are ours, live until the call returns, and their sizes are theirs; without
    // an event or a routine the call returns when it is done.
    let count = unsafe {
        IcmpSendEcho2Ex(
            handle.0,
            null_mut(),
            None,
            null(),
            0,
            u32::from_ne_bytes(address.octets()),
            content.as_ptr().cast::<c_void>(),
            content.len() as u16,
            options,
            room.as_mut_ptr().cast::<c_void>(),
            size_of_val(&room) as u32,
            patience,
        )
    };
    // SAFETY: the room is larger than the type, aligned for it, and every pattern of bits is a value of it.
    let reply = unsafe { room.as_ptr().cast::<ICMP_ECHO_REPLY>().read() };
    // Some systems count an error as no answer, and write it all the same.
    let is_written = count > 0 || reply.Address != 0;
    let from = IpAddr::V4(Ipv4Addr::from(reply.Address.to_ne_bytes()));
    is_written.then_some(Reply { from, status: reply.Status })
}

fn echo_v6(
    address: Ipv6Addr,
    content: &[u8],
    options: &IP_OPTION_INFORMATION,
    patience: u32,
) -> Option<Reply> {
    // SAFETY: the call takes nothing.
    let handle = opened(unsafe { Icmp6CreateFile() })?;
    let source = SOCKADDR_IN6 { sin6_family: AF_INET6, ..SOCKADDR_IN6::default() };
    let mut target = source;
    target.sin6_addr.u.Byte = address.octets();
    let mut room = [0_u64; REPLY_WORDS];
    // SAFETY: as above; both addresses live until the call returns.
    let count = unsafe {
        Icmp6SendEcho2(
            handle.0,
            null_mut(),
            None,
            null(),
            &raw const source,
            &raw const target,
            content.as_ptr().cast::<c_void>(),
            content.len() as u16,
            options,
            room.as_mut_ptr().cast::<c_void>(),
            size_of_val(&room) as u32,
            patience,
        )
    };
    if count == 0 {
        return None;
    }
    // SAFETY: the room holds what the call wrote.
    unsafe { Icmp6ParseReplies(room.as_mut_ptr().cast::<c_void>(), size_of_val(&room) as u32) };
    // SAFETY: the room is larger than the type, aligned for it, and every pattern of bits is a value of it.
    let reply = unsafe { room.as_ptr().cast::<ICMPV6_ECHO_REPLY_LH>().read() };
    let words = reply.Address.sin6_addr;
    let from = IpAddr::V6(Ipv6Addr::from(words.map(u16::from_be)));
    Some(Reply { from, status: reply.Status })
}
