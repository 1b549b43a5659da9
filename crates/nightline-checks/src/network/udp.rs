//! `udp`: do datagrams get out and back, and does the router show the same address to everyone? Asks the desk's own
//! ports, and the STUN servers that the organisation named; nobody else.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nightline_probe::resolve::resolve;
use nightline_probe::stun::{self, Binding, bindings};
use nightline_types::{CheckId, Fact, Message, Privacy, Target, Unit, Value};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Three requests fit in (RFC 8489 sends them at 0, 0.5 and 1.5 s).
const STUN_LIMIT: Duration = Duration::from_millis(2_500);
const NAME_LIMIT: Duration = Duration::from_millis(1_500);
const LIMIT: Duration = Duration::from_millis(4_500);
/// A policy with more is cut.
const MOST_SERVERS: usize = 4;

const FACTS: &[FactSpec] = &[
    FactSpec::new("asked_count", "how many servers were asked").unit(Unit::Count),
    FactSpec::new("named_count", "how many of them the organisation named").unit(Unit::Count),
    FactSpec::new("answered_count", "how many answered").unit(Unit::Count),
    FactSpec::new("server", "the first that answered").private(Privacy::Ip),
    FactSpec::new("server_port", "its port"),
    FactSpec::new("mapped_addresses", "where our packets come from, as the servers see it")
        .private(Privacy::Ip),
    FactSpec::new("behind_nat", "that is no address of this machine"),
    FactSpec::new(
        "mapping_varies",
        "the router shows each server another address or port; absent where fewer than two answered",
    ),
];

/// The check.
pub(crate) struct Udp;

impl Check for Udp {
    fn id(&self) -> CheckId {
        CheckId::new("udp")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces", "desk-reach"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let mut servers = desk_ports(context);
    let own = servers.len();
    servers.extend(named(&context.stun).await);
    let named = servers.len() - own;
    if servers.is_empty() {
        return Found::skipped(Message::new("skip-no-udp"));
    }
    let (v4, v6): (Vec<SocketAddr>, Vec<SocketAddr>) = servers.into_iter().partition(SocketAddr::is_ipv4);
    let (of_v4, of_v6) = tokio::join!(bindings(&v4, STUN_LIMIT), bindings(&v6, STUN_LIMIT));
    let answers: Vec<Option<Binding>> = of_v4.into_iter().chain(of_v6).flatten().collect();
    let mut notes = Notes::new(FACTS, (context.clock)());
    let answered: Vec<Binding> = answers.iter().flatten().copied().collect();
    notes.put("asked_count", answers.len(), "stun");
    notes.put("named_count", named, "settings");
    notes.put("answered_count", answered.len(), "stun");
    let Some(first) = answered.first() else {
        return Found::degraded(Message::new("network-udp-silent"), notes.take());
    };
    notes.put("server", first.server.ip().to_string(), "stun");
    notes.put("server_port", first.server.port(), "stun");
    let mut mapped: Vec<String> = answered.iter().map(|it| it.mapped.ip().to_string()).collect();
    mapped.dedup();
    notes.put("mapped_addresses", mapped, "stun");
    notes.put_some("behind_nat", is_foreign(context, first.mapped.ip()), "stun");
    notes.put_some("mapping_varies", varies(&answered), "stun");
    Found::healthy(notes.take())
}

/// The desk's own ports, as it told where they are; none where it was reached through a proxy.
pub(super) fn desk_ports(context: &Context) -> Vec<SocketAddr> {
    let proxied = context.known_flag("desk-reach", "via_proxy");
    let address = context.known_address("desk-reach", "address");
    let (Some(address), Some(false)) = (address, proxied) else { return Vec::new() };
    let ports = context.known_fact("desk-reach", "udp_ports");
    let ports = ports.iter().flat_map(|fact| fact.value.items()).filter_map(port);
    ports.map(|port| SocketAddr::new(address, port)).collect()
}

fn port(value: &Value) -> Option<u16> {
    match value {
        Value::Int(port) => u16::try_from(*port).ok(),
        _ => None,
    }
}

/// The server that answered first.
pub(super) fn answering(context: &Context) -> Option<SocketAddr> {
    let address = context.known_address("udp", "server")?;
    let port = port(&context.known_fact("udp", "server_port")?.value)?;
    Some(SocketAddr::new(address, port))
}

async fn named(servers: &[Target]) -> Vec<SocketAddr> {
    let lookups = servers.iter().take(MOST_SERVERS).map(|server| async {
        let found = resolve(server.host(), NAME_LIMIT).await.ok()?;
        let address = found.addresses.first().copied()?;
        Some(SocketAddr::new(address, server.port().unwrap_or(stun::PORT)))
    });
    futures_util::future::join_all(lookups).await.into_iter().flatten().collect()
}

/// Whether an address is none of this machine's; `None` where those are not known.
fn is_foreign(context: &Context, address: IpAddr) -> Option<bool> {
    if address.is_loopback() {
        return Some(false);
    }
    let own: Fact = context.known_fact("interfaces", "addresses")?;
    Some(!own.value.items().iter().filter_map(Value::as_str).any(|it| it.parse() == Ok(address)))
}

/// Whether two servers of one family see the same socket differently.
fn varies(answered: &[Binding]) -> Option<bool> {
    let of = |is_v4: bool| -> Vec<SocketAddr> {
        answered.iter().filter(|it| it.server.is_ipv4() == is_v4).map(|it| it.mapped).collect()
    };
    let several: Vec<Vec<SocketAddr>> = [of(true), of(false)].into_iter().filter(|it| it.len() > 1).collect();
    let differs = |mapped: &Vec<SocketAddr>| mapped.iter().any(|it| Some(it) != mapped.first());
    (!several.is_empty()).then(|| several.iter().any(differs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_varies_only_within_one_family() {
        check(&[("10.0.0.1:1", "192.0.2.1:9")], None);
        check(&[("10.0.0.1:1", "192.0.2.1:9"), ("10.0.0.2:1", "192.0.2.1:9")], Some(false));
        check(&[("10.0.0.1:1", "192.0.2.1:9"), ("10.0.0.2:1", "192.0.2.1:10")], Some(true));
        check(&[("10.0.0.1:1", "192.0.2.1:9"), ("[fd00::1]:1", "[fd00::2]:7")], None);
    }

    #[track_caller]
    fn check(seen: &[(&str, &str)], expected: Option<bool>) {
        let answered: Vec<Binding> = seen
            .iter()
            .map(|(server, mapped)| Binding {
                server: server.parse().unwrap(),
                mapped: mapped.parse().unwrap(),
                took: Duration::ZERO,
            })
            .collect();
        assert_eq!(varies(&answered), expected, "{seen:?}");
    }
}
