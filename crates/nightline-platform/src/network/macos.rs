//! What macOS' tables of the network mean. Asks nothing: it reads what `darwin` brought.

use std::net::IpAddr;

use super::{Address, DefaultRoute, Interface, InterfaceKind, OperState, Resolvers};

/// Links of Apple's own services between its devices and inside the machine: they are up on every Mac and lead nowhere.
const OWN: [&str; 4] = ["anpi", "ap", "awdl", "llw"];
/// Links without a router: whatever goes in comes out at the other end.
const TUNNELS: [&str; 4] = ["gif", "ipsec", "ppp", "utun"];

/// What macOS says of a link besides its flags.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told<'a> {
    /// What the settings call it.
    pub label: Option<&'a str>,
    /// Whether something is plugged in or associated.
    pub is_active: Option<bool>,
}

/// The way that macOS prefers for one of the two protocols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Primary {
    pub interface: String,
    pub router: Option<String>,
}

/// The interface as it is; absent for those that are only there for macOS itself.
pub(super) fn interface(mut interface: Interface, told: Told<'_>) -> Option<Interface> {
    let is_tunnel = is_one_of(&interface.name, &TUNNELS);
    let reaches = |it: &Address| !it.is_link_local && !it.ip.is_loopback();
    let is_idle = is_tunnel && !interface.addresses.iter().any(reaches);
    if is_idle || interface.name == "stf0" || is_one_of(&interface.name, &OWN) {
        return None;
    }
    if is_tunnel {
        interface.kind = InterfaceKind::Vpn;
    } else if interface.kind == InterfaceKind::Ethernet && told.label.is_some_and(is_no_port) {
        interface.kind = InterfaceKind::Virtual;
    }
    if interface.kind != InterfaceKind::Ethernet {
        interface.speed_mbps = None;
    }
    // The flags say "running" without a cable, too.
    interface.has_carrier = told.is_active;
    match told.is_active {
        Some(true) if interface.is_enabled => interface.state = OperState::Up,
        Some(false) => interface.state = OperState::Down,
        _ => {}
    }
    Some(interface)
}

/// Sockets of Thunderbolt for another Mac, and what is soldered in: nobody misses a cable there.
fn is_no_port(label: &str) -> bool {
    let thunderbolt = label.strip_prefix("Thunderbolt ");
    thunderbolt.is_some_and(|it| it.parse::<u8>().is_ok()) || label.starts_with("Ethernet Adapter (")
}

/// A name of such letters and a number.
fn is_one_of(name: &str, kinds: &[&str]) -> bool {
    kinds.contains(&name.trim_end_matches(|it: char| it.is_ascii_digit()))
}

/// IPv4 before IPv6. macOS has an order and no metrics.
pub(super) fn default_routes(v4: Option<Primary>, v6: Option<Primary>) -> Vec<DefaultRoute> {
    let way = |primary: Primary, is_ipv6| DefaultRoute {
        gateway: primary
            .router
            .filter(|_| !is_one_of(&primary.interface, &TUNNELS))
            .and_then(|it| address(&it))
            .filter(|it| it.is_ipv6() == is_ipv6),
        is_ipv6,
        interface: primary.interface,
        metric: 0,
    };
    v4.map(|it| way(it, false)).into_iter().chain(v6.map(|it| way(it, true))).collect()
}

pub(super) fn resolvers(servers: &[String], search: Vec<String>) -> Resolvers {
    Resolvers::without_stub(servers.iter().filter_map(|it| address(it)).collect(), search)
}

/// A scope after `%` is not part of the address.
fn address(text: &str) -> Option<IpAddr> {
    text.split('%').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(name: &str, kind: InterfaceKind, addresses: &[&str]) -> Interface {
        let addresses = addresses.iter().map(|it| Address::new(ip(it), 64, true)).collect();
        Interface {
            name: name.to_owned(),
            kind,
            state: OperState::Unknown,
            is_enabled: true,
            has_carrier: None,
            mac: None,
            mtu: Some(1_500),
            addresses,
            speed_mbps: Some(1_000),
        }
    }

    #[test]
    fn what_is_only_there_for_macos_itself_is_left_out() {
        let check = |name, addresses: &[&str], expected| {
            let found = interface(link(name, InterfaceKind::Ethernet, addresses), Told::default());
            assert_eq!(found.map(|it| it.kind), expected, "{name}");
        };
        for name in ["awdl0", "llw0", "anpi1", "ap1"] {
            check(name, &["fe80::1"], None);
        }
        check("utun0", &["fe80::1"], None);
        check("gif0", &[], None);
        check("stf0", &[], None);
        check("utun4", &["fe80::1", "10.8.0.2"], Some(InterfaceKind::Vpn));
        check("ppp0", &["10.8.0.2"], Some(InterfaceKind::Vpn));
        check("en0", &[], Some(InterfaceKind::Ethernet));
    }

    #[test]
    fn macos_says_of_a_cable_whether_it_is_in() {
        let check = |label, is_active, expected| {
            let found = interface(link("en5", InterfaceKind::Ethernet, &[]), Told { label, is_active });
            let found = found.unwrap();
            assert_eq!((found.kind, found.state, found.has_carrier), expected, "{label:?}");
        };
        let cable = InterfaceKind::Ethernet;
        check(Some("Ethernet"), Some(true), (cable, OperState::Up, Some(true)));
        check(Some("USB 10/100/1000 LAN"), Some(false), (cable, OperState::Down, Some(false)));
        check(Some("Thunderbolt Ethernet"), None, (cable, OperState::Unknown, None));
        check(Some("Thunderbolt 2"), Some(false), (InterfaceKind::Virtual, OperState::Down, Some(false)));
        check(Some("Ethernet Adapter (en5)"), None, (InterfaceKind::Virtual, OperState::Unknown, None));
        let wifi = interface(link("en0", InterfaceKind::Wifi, &[]), Told::default()).unwrap();
        assert_eq!(wifi.speed_mbps, None);
    }

    #[test]
    fn macos_prefers_one_way_out_for_each_protocol() {
        let way = |interface: &str, router: Option<&str>| {
            Some(Primary { interface: interface.to_owned(), router: router.map(str::to_owned) })
        };
        let check = |v4, v6, expected: &[(&str, Option<&str>, bool)]| {
            let found = default_routes(v4, v6);
            let found: Vec<_> =
                found.iter().map(|it| (it.interface.as_str(), it.gateway, it.is_ipv6)).collect();
            let expected: Vec<_> =
                expected.iter().map(|(name, router, is_ipv6)| (*name, router.map(ip), *is_ipv6)).collect();
            assert_eq!(found, expected);
        };
        check(None, None, &[]);
        check(
            way("en0", Some("192.168.1.1")),
            way("en0", Some("fe80::1%en0")),
            &[("en0", Some("192.168.1.1"), false), ("en0", Some("fe80::1"), true)],
        );
        check(way("utun4", Some("10.8.0.2")), None, &[("utun4", None, false)]);
        check(way("en0", Some("nonsense")), None, &[("en0", None, false)]);
    }

    #[test]
    fn macos_name_servers_of_one_link_stand_in_for_none() {
        let servers = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|it| (*it).to_owned()).collect();
            resolvers(&texts, vec!["corp.example".to_owned()])
        };
        let both = servers(&["fe80::1%en0", "192.168.1.1", "nonsense"]);
        assert_eq!(
            (both.asked.as_slice(), both.upstream.as_slice()),
            (&[ip("192.168.1.1")][..], &both.asked[..])
        );
        assert_eq!((both.search, both.is_stub), (vec!["corp.example".to_owned()], false));
        assert_eq!(servers(&["fe80::1%en0"]).asked, [ip("fe80::1")]);
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }
}
