//! `interfaces`: is there a link, an address and a way out? Ranks by what can carry packets, sends nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use nightline_platform::network::{
    self, Address, INTERFACES_BY, Interface, InterfaceKind, OperState, ROUTES_BY, WifiSignal,
};
use nightline_types::{CheckId, Message, Privacy, Value};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Reads tables of the system only.
const LIMIT: Duration = Duration::from_secs(2);

const FACTS: &[FactSpec] = &[
    FactSpec::new("link_count", "interfaces besides loopback"),
    FactSpec::new("link_up_count", "interfaces besides loopback that can carry packets"),
    FactSpec::new("links", "each interface with its kind and state"),
    FactSpec::new("address_count", "addresses that reach beyond their own link"),
    FactSpec::new("addresses", "addresses of interfaces that can carry packets").private(Privacy::Ip),
    FactSpec::new("networks", "the same with the length of the network part").private(Privacy::Ip),
    FactSpec::new("link_local_only", "there are addresses, but none reaches beyond its link"),
    FactSpec::new("default_route", "there is a way out"),
    FactSpec::new("default_interface", "the interface of the preferred way out"),
    FactSpec::new("cable_out", "an interface for a cable is on, has none, and nothing else is up"),
    FactSpec::new("cable_out_interface", "that interface"),
    FactSpec::new("wifi_signal_dbm", "signal of the wireless interface in dBm"),
    FactSpec::new("wifi_noise_dbm", "noise on its channel in dBm, where the system says it"),
    FactSpec::new("wifi_rate_mbps", "at which it speaks to the access point, in megabits a second"),
    FactSpec::new("vpn_up", "a tunnel is up"),
    FactSpec::new(
        "vpn_is_way_out",
        "the preferred way out is a tunnel: what is behind it is seen through it",
    ),
];

/// The check.
pub(crate) struct Interfaces;

impl Check for Interfaces {
    fn id(&self) -> CheckId {
        CheckId::new("interfaces")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(async move {
            let root = context.root_dir.clone();
            let signals = tokio::task::spawn_blocking(move || network::wifi_signals(&root)).await;
            // A panic in there is no missing signal: it goes on here, and the runner tells it.
            let signals = signals.unwrap_or_else(|error| match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Vec::new(),
            });
            look(context, &signals)
        })
    }
}

fn look(context: &Context, signals: &[WifiSignal]) -> Found {
    let mut notes = Notes::new(FACTS, (context.clock)());
    if let Some(signal) = signals.iter().max_by_key(|it| it.signal_dbm) {
        notes.put("wifi_signal_dbm", signal.signal_dbm, signal.source);
        notes.put_some("wifi_noise_dbm", signal.noise_dbm, signal.source);
        notes.put_some("wifi_rate_mbps", signal.rate_mbps, signal.source);
    }
    let interfaces = match network::interfaces() {
        Ok(interfaces) => interfaces,
        Err(state) => {
            let reason = Message::new("network-interfaces-unreadable").arg("state", state.as_str());
            return Found::unknown(reason, notes.take());
        }
    };
    let links: Vec<&Interface> = interfaces.iter().filter(|it| it.kind != InterfaceKind::Loopback).collect();
    let up: Vec<&Interface> = links.iter().copied().filter(|it| carries(it)).collect();
    notes.put("link_count", links.len(), INTERFACES_BY);
    notes.put("link_up_count", up.len(), INTERFACES_BY);
    notes.put("links", links.iter().map(|it| row(it)).collect::<Vec<Value>>(), INTERFACES_BY);
    let (count, has_any) = addresses(&up, &mut notes);
    let cable = links
        .iter()
        .find(|it| it.kind == InterfaceKind::Ethernet && it.is_enabled && it.has_carrier == Some(false));
    let cable_out = cable.filter(|_| up.is_empty());
    notes.put("cable_out", cable_out.is_some(), INTERFACES_BY);
    notes.put_some("cable_out_interface", cable_out.map(|it| it.name.as_str()), INTERFACES_BY);
    notes.put("vpn_up", up.iter().any(|it| it.kind == InterfaceKind::Vpn), INTERFACES_BY);
    let route = network::default_routes(&context.root_dir).map(|routes| routes.into_iter().next());
    if let Ok(route) = &route {
        notes.put("default_route", route.is_some(), ROUTES_BY);
        let way_out = route.as_ref().map(|it| it.interface.as_str());
        notes.put_some("default_interface", way_out, ROUTES_BY);
        // A dialled line and a mobile modem look like a tunnel and are the way out itself.
        let dialled = way_out.is_some_and(|it| it.starts_with("ppp") || it.starts_with("ww"));
        let is_tunnel = |it: &&Interface| it.kind == InterfaceKind::Vpn && Some(it.name.as_str()) == way_out;
        notes.put("vpn_is_way_out", !dialled && up.iter().any(is_tunnel), ROUTES_BY);
    }
    let reason = if up.is_empty() {
        "network-no-link"
    } else if count == 0 {
        if has_any { "network-link-local-only" } else { "network-no-address" }
    } else if matches!(route, Ok(None)) {
        return Found::degraded(Message::new("network-no-route"), notes.take());
    } else {
        return Found::healthy(notes.take());
    };
    Found::broken(Message::new(reason), notes.take())
}

/// Enabled, and neither without carrier nor down. The driver of a tunnel often says nothing: then it carries.
fn carries(interface: &Interface) -> bool {
    interface.is_enabled
        && interface.has_carrier != Some(false)
        && matches!(interface.state, OperState::Up | OperState::Unknown)
}

/// Notes the addresses; returns how many reach beyond their link, and whether there is any at all.
fn addresses(up: &[&Interface], notes: &mut Notes) -> (usize, bool) {
    let all: Vec<&Address> = up.iter().flat_map(|it| &it.addresses).filter(|it| it.is_usable).collect();
    let wide: Vec<&&Address> = all.iter().filter(|it| !it.is_link_local && !it.ip.is_loopback()).collect();
    let texts = |list: &[&Address], with_prefix: bool| -> Vec<String> {
        list.iter()
            .map(|it| if with_prefix { format!("{}/{}", it.ip, it.prefix) } else { it.ip.to_string() })
            .collect()
    };
    notes.put("address_count", wide.len(), INTERFACES_BY);
    notes.put("addresses", texts(&all, false), INTERFACES_BY);
    notes.put("networks", texts(&all, true), INTERFACES_BY);
    notes.put("link_local_only", wide.is_empty() && !all.is_empty(), INTERFACES_BY);
    (wide.len(), !all.is_empty())
}

fn row(interface: &Interface) -> Value {
    let mut row: BTreeMap<String, Value> = [
        ("name".to_owned(), interface.name.as_str().into()),
        ("kind".to_owned(), interface.kind.as_str().into()),
        ("state".to_owned(), interface.state.as_str().into()),
        ("enabled".to_owned(), interface.is_enabled.into()),
    ]
    .into();
    if let Some(speed) = interface.speed_mbps {
        row.insert("speed_mbps".to_owned(), speed.into());
    }
    if let Some(mtu) = interface.mtu {
        row.insert("mtu".to_owned(), mtu.into());
    }
    Value::Map(row)
}
