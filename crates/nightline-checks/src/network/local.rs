//! Which addresses are on this machine's own links, from the facts of `interfaces`. Asks nothing itself.

use std::net::IpAddr;

use nightline_types::Value;

use crate::Context;

/// How far away an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distance {
    /// This very machine.
    Loopback,
    /// On a link of this machine: no router is needed.
    OnLink,
    /// Behind a router.
    OffLink,
    /// The interfaces are not known.
    Unknown,
}

/// How far away `address` is.
pub(crate) fn distance(context: &Context, address: IpAddr) -> Distance {
    if address.is_loopback() {
        return Distance::Loopback;
    }
    let Some(networks) = context.known_fact("interfaces", "networks") else { return Distance::Unknown };
    let on_link = |network: &Value| network.as_str().is_some_and(|network| contains(network, address));
    if networks.value.items().iter().any(on_link) { Distance::OnLink } else { Distance::OffLink }
}

/// Whether `address` is this machine's own.
pub(crate) fn is_own(context: &Context, address: IpAddr) -> bool {
    let own = context.known_fact("interfaces", "addresses");
    let mut own = own.iter().flat_map(|fact| fact.value.items()).filter_map(Value::as_str);
    address.is_loopback() || own.any(|it| it.parse() == Ok(address))
}

/// Whether a network in the form `10.0.0.7/24` contains an address.
pub(super) fn contains(network: &str, address: IpAddr) -> bool {
    let Some((base, bits)) = network.split_once('/') else { return false };
    let (Ok(base), Ok(bits)) = (base.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    match (base, address) {
        (IpAddr::V4(base), IpAddr::V4(address)) if bits <= 32 => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            base.to_bits() & mask == address.to_bits() & mask
        }
        (IpAddr::V6(base), IpAddr::V6(address)) if bits <= 128 => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            base.to_bits() & mask == address.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        check("10.0.0.7/24", "10.0.0.200", true);
        check("10.0.0.7/24", "10.0.1.1", false);
        check("10.0.0.7/32", "10.0.0.7", true);
        check("10.0.0.7/32", "10.0.0.8", false);
        check("0.0.0.0/0", "203.0.113.9", true);
        check("2001:db8::1/64", "2001:db8::ffff", true);
        check("2001:db8::1/64", "2001:db8:1::1", false);
        check("10.0.0.7/24", "2001:db8::1", false);
        check("10.0.0.7/99", "10.0.0.7", false);
        check("nonsense", "10.0.0.7", false);
    }

    #[track_caller]
    fn check(network: &str, address: &str, expected: bool) {
        assert_eq!(contains(network, address.parse().unwrap()), expected, "{network} {address}");
    }
}
