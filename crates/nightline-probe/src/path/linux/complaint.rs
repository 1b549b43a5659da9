//! Reads one entry of a socket's error queue: who complains, about what, about which probe.

use std::io::IoSliceMut;
use std::net::IpAddr;
use std::os::fd::AsRawFd;

use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg};
use socket2::Socket;

/// The entry came by ICMP (`SO_EE_ORIGIN_ICMP`).
const ORIGIN_ICMP: u8 = 2;
/// The entry came by ICMPv6 (`SO_EE_ORIGIN_ICMP6`).
const ORIGIN_ICMP6: u8 = 3;
/// "Destination unreachable" in ICMP (RFC 792).
const UNREACHABLE_V4: u8 = 3;
/// "Destination unreachable" in ICMPv6 (RFC 4443).
const UNREACHABLE_V6: u8 = 1;
/// Room for one error, its address and a time stamp.
const CONTROL_BYTES: usize = 512;
/// Room for what a router quotes of our probe.
const QUOTE_BYTES: usize = 64;

/// What a router, or the destination, says about a probe of ours.
pub(super) struct Complaint {
    /// Who.
    pub(super) from: IpAddr,
    /// Whether it says that the packet will never arrive, rather than that it ran out of hops.
    pub(super) is_final: bool,
    /// The round, where the router quoted that much of the probe.
    pub(super) round: Option<u32>,
}

/// The next entry; `None` if the queue is empty. An entry that is not from the network has no complaint.
pub(super) fn next(socket: &Socket) -> Option<Option<Complaint>> {
    let mut quote = [0_u8; QUOTE_BYTES];
    let mut control = vec![0_u8; CONTROL_BYTES];
    let mut slices = [IoSliceMut::new(&mut quote)];
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let (length, found) = {
        let message =
            recvmsg::<SockaddrStorage>(socket.as_raw_fd(), &mut slices, Some(&mut control), flags).ok()?;
        let found = message.cmsgs().into_iter().flatten().find_map(|it| match it {
            ControlMessageOwned::Ipv4RecvErr(error, Some(from)) if error.ee_origin == ORIGIN_ICMP => {
                let address = IpAddr::from(u32::from_be(from.sin_addr.s_addr).to_be_bytes());
                Some((address, error.ee_type == UNREACHABLE_V4))
            }
            ControlMessageOwned::Ipv6RecvErr(error, Some(from)) if error.ee_origin == ORIGIN_ICMP6 => {
                Some((IpAddr::from(from.sin6_addr.s6_addr), error.ee_type == UNREACHABLE_V6))
            }
            _ => None,
        });
        (message.bytes, found)
    };
    let round = quote.first_chunk::<4>().filter(|_| length >= 4).map(|bytes| u32::from_be_bytes(*bytes));
    Some(found.map(|(from, is_final)| Complaint { from, is_final, round }))
}
