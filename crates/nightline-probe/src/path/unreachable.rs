//! Why a packet will never arrive, by the codes of the two families. Knows no packets.

use super::Unreachable;

/// Codes of RFC 792 and RFC 1812, 5.2.7.1.
pub(super) fn of_v4(code: u8) -> Unreachable {
    match code {
        0 | 6 | 11 => Unreachable::Network,
        1 | 7 | 12 => Unreachable::Host,
        3 => Unreachable::Port,
        9 | 10 | 13 => Unreachable::Prohibited,
        _ => Unreachable::Other,
    }
}

/// Codes of RFC 4443, 3.1.
pub(super) fn of_v6(code: u8) -> Unreachable {
    match code {
        0 => Unreachable::Network,
        3 => Unreachable::Host,
        4 => Unreachable::Port,
        1 | 5 | 6 => Unreachable::Prohibited,
        _ => Unreachable::Other,
    }
}
