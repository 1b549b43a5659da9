//! In whose part of the way each hop lies. Where addresses say nothing, the order does.

use std::net::IpAddr;

use nightline_types::{Culprit, HopPlace, PathHop};

use crate::owners::{Owner, Owners, is_public};

/// Marks every hop with its owner and its place.
pub(super) fn mark(hops: &mut [PathHop], target: Option<IpAddr>, reached: bool, owners: &Owners) {
    let addresses: Vec<Option<IpAddr>> =
        hops.iter().map(|hop| hop.addresses.first().and_then(|it| it.parse().ok())).collect();
    let owned: Vec<Option<Owner>> =
        addresses.iter().map(|address| address.and_then(|it| owners.of(it))).collect();
    let there = target.and_then(|it| owners.of(it)).map(|it| it.asn);
    let provider = provider(&addresses, &owned);
    let last = hops.len();
    let mut outside = false;
    let mut place = HopPlace::Home;
    for (index, hop) in hops.iter_mut().enumerate() {
        hop.owner = owned[index].as_ref().map(ToString::to_string);
        let asn = owned[index].as_ref().map(|it| it.asn);
        let is_end = reached && index + 1 == last;
        place = match addresses[index] {
            _ if is_end && index > 0 => HopPlace::Destination,
            // Behind the first router a home has only more of the same kind.
            _ if index == 0 => HopPlace::Home,
            Some(address) if place == HopPlace::Home && is_home(address) => HopPlace::Home,
            _ if asn.is_some() && asn == there && asn != provider.asn => HopPlace::Destination,
            _ if asn.is_some() && asn == provider.asn => HopPlace::Provider,
            _ if asn.is_some() => HopPlace::Transit,
            // A silent or private hop belongs to whoever came before; behind the provider's first it is unknown.
            _ if place == HopPlace::Home || index < provider.first => HopPlace::Provider,
            _ if outside || provider.asn.is_none() && place == HopPlace::Provider => HopPlace::Transit,
            _ => place,
        };
        outside |= place == HopPlace::Transit;
        hop.place = Some(place);
    }
}

/// The network that the person pays.
struct Provider {
    asn: Option<u32>,
    /// Index of its first hop with a public address.
    first: usize,
}

fn provider(addresses: &[Option<IpAddr>], owned: &[Option<Owner>]) -> Provider {
    let first = addresses.iter().position(|it| it.is_some_and(is_public));
    Provider {
        asn: first.and_then(|it| owned[it].as_ref()).map(|it| it.asn),
        first: first.unwrap_or_default(),
    }
}

/// Home routers stand behind home routers in this block only; providers use the others themselves.
fn is_home(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(it) if it.octets()[..2] == [192, 168])
}

/// Who answers for a link between two hops; `None` is this machine.
pub(super) fn culprit(after: Option<HopPlace>, before: Option<HopPlace>) -> Culprit {
    match (after, before) {
        (None, _) | (Some(HopPlace::Home), Some(HopPlace::Home)) => Culprit::Router,
        (Some(HopPlace::Home), _) | (Some(HopPlace::Provider), Some(HopPlace::Provider)) => Culprit::Provider,
        (Some(HopPlace::Destination), _) => Culprit::Service,
        (Some(HopPlace::Provider | HopPlace::Transit), _) => Culprit::FarNetwork,
    }
}
