//! `dhcp`: who gave this machine its address, for how long, and what did it say about a sign-in page (RFC 8910)? Reads
//! what the system keeps; asks no server and renews nothing.

use std::time::Duration;

use nightline_platform::network::{Lease, leases};
use nightline_types::{CheckId, Message, Privacy, Timestamp, Unit, Value};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Files, and one tool of the system.
const LIMIT: Duration = Duration::from_millis(2_500);
/// The system may write its lease a little late.
const GRACE_S: i64 = 60;

const FACTS: &[FactSpec] = &[
    FactSpec::new("interface", "whose address it is"),
    FactSpec::new("source", "who keeps the lease"),
    FactSpec::new("server", "the server that gave it").private(Privacy::Ip),
    FactSpec::new("lifetime_s", "for how long").unit(Unit::S),
    FactSpec::new("expired", "its time is over and nobody renewed it"),
    FactSpec::new("portal_api", "where the network says whether it wants a sign-in (RFC 8910)")
        .private(Privacy::Host),
];

/// The check.
pub(crate) struct Dhcp;

impl Check for Dhcp {
    fn id(&self) -> CheckId {
        CheckId::new("dhcp")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let preferred = context.known_fact("interfaces", "default_interface");
    let preferred = preferred.as_ref().and_then(|it| it.value.as_str());
    let all = leases(&context.root_dir, preferred).await;
    let own = context.known_fact("interfaces", "addresses");
    let own: Vec<&str> = own.iter().flat_map(|it| it.value.items()).filter_map(Value::as_str).collect();
    let Some(lease) = chosen(&all, preferred, &own) else {
        return Found::skipped(Message::new("skip-no-lease"));
    };
    let now = (context.clock)();
    let expired = is_expired(lease, now);
    let mut notes = Notes::new(FACTS, now);
    notes.put_some("interface", lease.interface.as_deref(), lease.source);
    notes.put("source", lease.source, lease.source);
    notes.put_some("server", lease.server.map(|it| it.to_string()), lease.source);
    notes.put_some("lifetime_s", lease.lifetime_s, lease.source);
    notes.put_some("expired", expired, lease.source);
    notes.put_some("portal_api", lease.portal_api.as_deref(), lease.source);
    if expired == Some(true) {
        return Found::degraded(Message::new("network-lease-expired"), notes.take());
    }
    Found::healthy(notes.take())
}

/// The lease of the way out whose address this machine has; files outlive leases.
fn chosen<'a>(all: &'a [Lease], preferred: Option<&str>, own: &[&str]) -> Option<&'a Lease> {
    let of_way_out = |lease: &&Lease| preferred.is_none() || lease.interface.as_deref() == preferred;
    let in_force = |lease: &&Lease| {
        lease.is_in_force || lease.address.is_some_and(|it| own.contains(&it.to_string().as_str()))
    };
    all.iter().filter(of_way_out).filter(in_force).max_by_key(|it| it.expires_unix_s)
}

/// `None` where nobody says when it ends.
fn is_expired(lease: &Lease, now: Timestamp) -> Option<bool> {
    let expires = lease.expires_unix_s?;
    Some(expires.saturating_add(GRACE_S) < now.unix_ms() / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_that_is_not_in_force_is_not_told() {
        let lease = |address: &str, expires: Option<i64>| Lease {
            interface: Some("eth0".to_owned()),
            address: address.parse().ok(),
            expires_unix_s: expires,
            ..Lease::default()
        };
        let all = [lease("10.0.0.7", None), lease("192.0.2.9", Some(7))];
        let found = |own: &[&str]| chosen(&all, Some("eth0"), own).and_then(|it| it.address);
        assert_eq!(found(&["10.0.0.7", "fe80::1"]), "10.0.0.7".parse().ok());
        assert_eq!(found(&["10.0.0.8"]), None);
        assert!(chosen(&all, Some("wlan0"), &["10.0.0.7"]).is_none());
        let said = [Lease { is_in_force: true, ..lease("10.0.0.7", None) }];
        assert!(chosen(&said, None, &[]).is_some(), "no interface could be asked, and the system says so");
    }
}
