//! Reads one entry of a socket's error queue: who complains, about what, about which probe, and when it came.

use std::io::IoSliceMut;
use std::net::IpAddr;
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg};
use socket2::SockRef;

use super::super::unreachable::{of_v4, of_v6};
use super::super::{Said, Unreachable};

/// The entry came by ICMP (`SO_EE_ORIGIN_ICMP`).
const ORIGIN_ICMP: u8 = 2;
/// The entry came by ICMPv6 (`SO_EE_ORIGIN_ICMP6`).
const ORIGIN_ICMP6: u8 = 3;
/// "Destination unreachable" in ICMP (RFC 792).
const UNREACHABLE_V4: u8 = 3;
/// "Destination unreachable" in ICMPv6 (RFC 4443).
const UNREACHABLE_V6: u8 = 1;
/// "Fragmentation needed", a kind of "destination unreachable" (RFC 1191).
const TOO_BIG_V4: u8 = 4;
/// "Packet too big" in ICMPv6 (RFC 4443, 3.2).
const TOO_BIG_V6: u8 = 2;
/// Room for one error, its address and a time stamp.
const CONTROL_BYTES: usize = 512;
/// Room for what a router quotes of our probe.
const QUOTE_BYTES: usize = 64;
/// What a probe carries: its number and its distance.
pub(super) const PROBE_BYTES: usize = 5;
/// A stamp that is older was made before the clock was set.
const OLDEST_STAMP: Duration = Duration::from_secs(5);

/// Somebody else had the processor between the two clocks: they are not of the same moment.
const LONGEST_READING: Duration = Duration::from_micros(20);

/// What a router, or the target, says about a probe of ours.
pub(crate) struct Complaint {
    /// Who.
    pub(crate) from: IpAddr,
    /// Why the packet will never arrive; `None` if it only ran out of hops.
    unreachable: Option<Unreachable>,
    /// The packet was too big; this would not be, with its headers, in bytes.
    pub(crate) most: Option<u16>,
    /// The probe's first bytes, where the router quoted that much.
    pub(super) quoted: Option<[u8; PROBE_BYTES]>,
    /// When it came.
    pub(super) at: Instant,
}

impl Complaint {
    /// What it means on the way to `target`, whose own complaint is an answer.
    pub(crate) fn about(&self, target: IpAddr) -> Said {
        match self.unreachable {
            None => Said::OutOfHops,
            Some(_) if self.from == target => Said::Arrived,
            Some(why) => Said::Unreachable(why),
        }
    }
}

/// The next entry; `None` if the queue is empty. An entry that is not from the network has no complaint.
pub(crate) fn next(socket: SockRef<'_>) -> Option<Option<Complaint>> {
    let mut quote = [0_u8; QUOTE_BYTES];
    let mut control = vec![0_u8; CONTROL_BYTES];
    let mut slices = [IoSliceMut::new(&mut quote)];
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let mut stamp = None;
    let mut found = None;
    let length = {
        let message =
            recvmsg::<SockaddrStorage>(socket.as_raw_fd(), &mut slices, Some(&mut control), flags).ok()?;
        for it in message.cmsgs().into_iter().flatten() {
            match it {
                ControlMessageOwned::Ipv4RecvErr(error, Some(from)) if error.ee_origin == ORIGIN_ICMP => {
                    let address = IpAddr::from(u32::from_be(from.sin_addr.s_addr).to_be_bytes());
                    let is_final = error.ee_type == UNREACHABLE_V4;
                    let is_too_big = is_final && error.ee_code == TOO_BIG_V4;
                    found = Some((
                        address,
                        is_final.then(|| of_v4(error.ee_code)),
                        most(is_too_big, error.ee_info),
                    ));
                }
                ControlMessageOwned::Ipv6RecvErr(error, Some(from)) if error.ee_origin == ORIGIN_ICMP6 => {
                    let is_final = error.ee_type == UNREACHABLE_V6;
                    let address = IpAddr::from(from.sin6_addr.s6_addr);
                    let is_too_big = error.ee_type == TOO_BIG_V6;
                    found = Some((
                        address,
                        is_final.then(|| of_v6(error.ee_code)),
                        most(is_too_big, error.ee_info),
                    ));
                }
                ControlMessageOwned::ScmTimestampns(time) => stamp = Some(Duration::from(time)),
                _ => {}
            }
        }
        message.bytes
    };
    let quoted = quote.first_chunk().filter(|_| length >= PROBE_BYTES).copied();
    let at = came_at(stamp);
    Some(found.map(|(from, unreachable, most)| Complaint { from, unreachable, most, quoted, at }))
}

fn most(is_too_big: bool, told: u32) -> Option<u16> {
    is_too_big.then(|| u16::try_from(told).unwrap_or(u16::MAX))
}

/// When the kernel took it from the wire, on our own clock: the time since its stamp is taken off.
#[expect(
    clippy::disallowed_methods,
    reason = "the kernel stamps with the system's clock; only its difference is used"
)]
fn came_at(stamp: Option<Duration>) -> Instant {
    let (before, clock, after) = (Instant::now(), SystemTime::now(), Instant::now());
    let between = after.saturating_duration_since(before);
    if between > LONGEST_READING {
        return after;
    }
    let now = before + between / 2;
    let since = stamp.and_then(|it| clock.duration_since(UNIX_EPOCH).ok()?.checked_sub(it));
    since.filter(|it| *it < OLDEST_STAMP).and_then(|it| now.checked_sub(it)).unwrap_or(after)
}
