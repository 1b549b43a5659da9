//! Echo requests as bytes, and what routers and targets send back. Knows no sockets; what is cut short is nobody's.

use super::Said;
use super::unreachable::{of_v4, of_v6};

/// Type, code, checksum, identifier and sequence number (RFC 792, RFC 4443).
const HEAD_BYTES: usize = 8;
/// An IPv6 header has one length; one of IPv4 says its own.
const IPV6_HEAD_BYTES: usize = 40;

/// The two families, with their own numbers for the same things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

/// An answer to one of our echoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Echoed {
    pub(super) identifier: u16,
    pub(super) sequence: u16,
    pub(super) said: Said,
}

/// A request as it is sent. The checksum of IPv6 is the system's to fill in: it holds the addresses.
pub(super) fn request(family: Family, identifier: u16, sequence: u16) -> [u8; HEAD_BYTES] {
    let kind = if family == Family::V4 { 8 } else { 128 };
    let [id_high, id_low] = identifier.to_be_bytes();
    let [seq_high, seq_low] = sequence.to_be_bytes();
    let mut bytes = [kind, 0, 0, 0, id_high, id_low, seq_high, seq_low];
    if family == Family::V4 {
        [bytes[2], bytes[3]] = checksum(&bytes).to_be_bytes();
    }
    bytes
}

/// Reads a packet from an ICMP datagram socket; one of IPv4 may begin with its IP header.
pub(super) fn read(family: Family, packet: &[u8]) -> Option<Echoed> {
    let icmp = if family == Family::V4 { without_header(packet)? } else { packet };
    let (kind, code) = (*icmp.first()?, *icmp.get(1)?);
    let quoted = icmp.get(HEAD_BYTES..);
    match (family, kind) {
        (Family::V4, 0) | (Family::V6, 129) => echoed(icmp, Said::Arrived),
        (Family::V4, 11) | (Family::V6, 3) => echoed(inner(family, quoted?)?, Said::OutOfHops),
        (Family::V4, 3) => echoed(inner(family, quoted?)?, Said::Unreachable(of_v4(code))),
        (Family::V6, 1) => echoed(inner(family, quoted?)?, Said::Unreachable(of_v6(code))),
        _ => None,
    }
}

/// Our own request, as the router quotes it behind the IP header that it had.
fn inner(family: Family, quoted: &[u8]) -> Option<&[u8]> {
    let icmp = match family {
        Family::V4 => without_header(quoted)?,
        Family::V6 => quoted.get(IPV6_HEAD_BYTES..)?,
    };
    let request = if family == Family::V4 { 8 } else { 128 };
    (*icmp.first()? == request).then_some(icmp)
}

fn without_header(packet: &[u8]) -> Option<&[u8]> {
    let first = *packet.first()?;
    // No ICMP type that is read here looks like version 4 with a header of five words or more.
    if first >> 4 != 4 {
        return Some(packet);
    }
    packet.get(usize::from(first & 0x0f) * 4..)
}

fn echoed(icmp: &[u8], said: Said) -> Option<Echoed> {
    let word = |at: usize| Some(u16::from_be_bytes(*icmp.get(at..)?.first_chunk()?));
    Some(Echoed { identifier: word(4)?, sequence: word(6)?, said })
}

/// The internet's checksum (RFC 1071).
fn checksum(bytes: &[u8]) -> u16 {
    let sum: u32 =
        bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0))).sum();
    let folded = (sum & 0xffff) + (sum >> 16);
    !u16::try_from((folded & 0xffff) + (folded >> 16)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::Unreachable;
    use super::*;

    const IP_HEAD: [u8; 20] = [0x45, 0, 0, 28, 0, 0, 0, 0, 1, 1, 0, 0, 192, 168, 1, 2, 10, 0, 0, 9];

    #[test]
    fn a_request_has_the_checksum_of_the_standard() {
        // The sum over a packet with its checksum is all ones (RFC 1071, 1).
        assert_eq!(checksum(&request(Family::V4, 0x1234, 7)), 0);
        assert_eq!(request(Family::V6, 0x1234, 7), [128, 0, 0, 0, 0x12, 0x34, 0, 7]);
    }

    #[test]
    fn answers_and_complaints_name_our_request() {
        let ours = request(Family::V4, 0x1234, 7);
        let expected = |said| Some(Echoed { identifier: 0x1234, sequence: 7, said });
        let mut reply = ours;
        reply[0] = 0;
        assert_eq!(read(Family::V4, &reply), expected(Said::Arrived));
        assert_eq!(read(Family::V4, &[&IP_HEAD[..], &reply].concat()), expected(Said::Arrived));
        let complaint =
            |kind, code| [&IP_HEAD[..], &[kind, code, 0, 0, 0, 0, 0, 0], &IP_HEAD, &ours].concat();
        assert_eq!(read(Family::V4, &complaint(11, 0)), expected(Said::OutOfHops));
        assert_eq!(read(Family::V4, &complaint(3, 13)), expected(Said::Unreachable(Unreachable::Prohibited)));
        let ours = request(Family::V6, 0x1234, 7);
        let complaint = [&[3, 0, 0, 0, 0, 0, 0, 0][..], &[0x60; 40], &ours].concat();
        assert_eq!(read(Family::V6, &complaint), expected(Said::OutOfHops));
    }

    #[test]
    fn what_is_cut_short_or_not_ours_is_nobodys() {
        let ours = request(Family::V4, 1, 1);
        let whole = [&IP_HEAD[..], &[11, 0, 0, 0, 0, 0, 0, 0], &IP_HEAD, &ours].concat();
        for length in 0..whole.len() {
            assert_eq!(read(Family::V4, &whole[..length]), None, "{length}");
        }
        // Somebody else's request, and the datagram of another program.
        assert_eq!(read(Family::V4, &ours), None);
        let datagram = [&IP_HEAD[..], &[11, 0, 0, 0, 0, 0, 0, 0], &IP_HEAD, &[0; 8]].concat();
        assert_eq!(read(Family::V4, &datagram), None);
    }
}
