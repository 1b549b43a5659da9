//! What Windows' tables of the network mean. Asks nothing: it reads what `iphlpapi` brought.

use std::net::IpAddr;

use super::{Address, DefaultRoute, Interface, InterfaceKind, Neighbor, NeighborState, OperState, Resolvers};

/// `IfOperStatusUp`.
const UP: i32 = 1;
/// What may be in the description of a VPN's card that says it were a cable's.
const VPN_WORDS: [&str; 4] = ["vpn", "tap-", "tunnel", "anyconnect"];

/// One of Windows' adapters, in its own numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adapter {
    /// By which routes and neighbors name it.
    pub luid: u64,
    /// By which leases name it.
    pub index: u32,
    pub name: String,
    pub description: String,
    /// `IF_TYPE_…`.
    pub kind: u32,
    /// `TUNNEL_TYPE_…`.
    pub tunnel: i32,
    /// `IfOperStatus…`.
    pub state: i32,
    pub mac: Vec<u8>,
    pub mtu: u32,
    pub bits_per_s: u64,
    pub metric: u32,
    pub metric_v6: u32,
    /// Each with the length of the network part and `IpDadState…`.
    pub addresses: Vec<(IpAddr, u8, i32)>,
    pub servers: Vec<IpAddr>,
    pub suffix: String,
    /// Absent where Windows does not say.
    pub card: Option<Card>,
}

/// What the driver of an adapter says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Card {
    pub is_hardware: bool,
    /// `NET_IF_ADMIN_STATUS_…`.
    pub admin: i32,
    /// `MediaConnectState…`.
    pub media: i32,
    /// `NdisPhysicalMedium…`.
    pub medium: i32,
}

/// A way to everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub luid: u64,
    pub next: IpAddr,
    pub metric: u32,
}

/// A row of the table of neighbors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub luid: u64,
    pub address: IpAddr,
    pub mac: Vec<u8>,
    /// `Nlns…`.
    pub state: i32,
    pub is_router: bool,
}

impl Adapter {
    pub(super) fn is_up(&self) -> bool {
        self.state == UP
    }
}

pub(super) fn interface(adapter: Adapter) -> Interface {
    let kind = kind(&adapter);
    let address = |(ip, prefix, state): (IpAddr, u8, i32)| {
        // Invalid, tentative and duplicate ones come before the deprecated and the preferred.
        Address::new(ip, prefix, state >= 3)
    };
    Interface {
        kind,
        state: match adapter.state {
            UP => OperState::Up,
            4 => OperState::Unknown,
            5 => OperState::Dormant,
            _ => OperState::Down,
        },
        // Windows leaves out of its list what somebody switched off.
        is_enabled: adapter.card.is_none_or(|it| it.admin != 2),
        has_carrier: adapter.card.and_then(|it| match it.media {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        }),
        mac: mac(&adapter.mac),
        mtu: (1..u32::MAX).contains(&adapter.mtu).then_some(adapter.mtu),
        addresses: adapter.addresses.into_iter().map(address).collect(),
        // Where it is not known, every bit is set.
        speed_mbps: (kind == InterfaceKind::Ethernet && adapter.bits_per_s != u64::MAX)
            .then(|| u32::try_from(adapter.bits_per_s / 1_000_000).ok())
            .flatten()
            .filter(|it| *it > 0),
        name: adapter.name,
    }
}

/// What has no card is not for a cable: a laptop without its Wi-Fi would have its cable out forever.
fn kind(adapter: &Adapter) -> InterfaceKind {
    /// `NdisPhysicalMediumBluetooth`.
    const BLUETOOTH: i32 = 10;
    let is_hardware = adapter.card.is_none_or(|it| it.is_hardware);
    match adapter.kind {
        24 => InterfaceKind::Loopback,
        // Wi-Fi Direct has adapters of its own.
        71 if is_hardware => InterfaceKind::Wifi,
        // 6to4, ISATAP and Teredo are Windows' own and lead into no other network.
        131 if [11, 13, 14].contains(&adapter.tunnel) => InterfaceKind::Virtual,
        // PPP, what WireGuard and OpenVPN make, and tunnels.
        23 | 53 | 131 => InterfaceKind::Vpn,
        135 | 161 | 209 => InterfaceKind::Bridge,
        6 if is_hardware && adapter.card.is_none_or(|it| it.medium != BLUETOOTH) => InterfaceKind::Ethernet,
        6 => {
            let description = adapter.description.to_lowercase();
            let is_vpn = VPN_WORDS.iter().any(|it| description.contains(it));
            if is_vpn { InterfaceKind::Vpn } else { InterfaceKind::Virtual }
        }
        // Modems, too: they have no cable.
        _ => InterfaceKind::Virtual,
    }
}

/// The preferred one first, IPv4 before IPv6.
pub(super) fn default_routes(adapters: &[Adapter], routes: &[Route]) -> Vec<DefaultRoute> {
    let way = |route: &Route| {
        let adapter = adapters.iter().find(|it| it.luid == route.luid && it.is_up())?;
        let is_ipv6 = route.next.is_ipv6();
        let own = if is_ipv6 { adapter.metric_v6 } else { adapter.metric };
        Some(DefaultRoute {
            gateway: Some(route.next).filter(|it| !it.is_unspecified()),
            is_ipv6,
            interface: adapter.name.clone(),
            // Windows takes the lowest sum.
            metric: route.metric.saturating_add(own),
        })
    };
    let mut found: Vec<DefaultRoute> = routes.iter().filter_map(way).collect();
    found.sort_by_key(|it| (it.is_ipv6, it.metric));
    found
}

/// Those of the adapters that are up, of the preferred one first.
pub(super) fn resolvers(mut adapters: Vec<Adapter>) -> Resolvers {
    adapters.retain(Adapter::is_up);
    adapters.sort_by_key(|it| it.metric);
    let all = adapters.iter().flat_map(|it| it.servers.iter().copied());
    let all = all.filter(|it| !is_placeholder(*it)).collect();
    let mut search: Vec<String> = Vec::new();
    for adapter in adapters {
        if !adapter.suffix.is_empty() && !search.contains(&adapter.suffix) {
            search.push(adapter.suffix);
        }
    }
    Resolvers::without_stub(all, search)
}

/// `fec0:0:0:ffff::1` to `::3`, which stand where nobody named a server and where nobody answers.
fn is_placeholder(server: IpAddr) -> bool {
    matches!(server, IpAddr::V6(it) if it.segments()[..7] == [0xfec0, 0, 0, 0xffff, 0, 0, 0])
}

pub(super) fn neighbors(adapters: &[Adapter], rows: Vec<Row>) -> Vec<Neighbor> {
    let neighbor = |row: Row| {
        let adapter = adapters.iter().find(|it| it.luid == row.luid)?;
        Some(Neighbor {
            address: row.address,
            interface: adapter.name.clone(),
            mac: mac(&row.mac),
            state: match row.state {
                0 => NeighborState::Failed,
                1 => NeighborState::Incomplete,
                2 => NeighborState::Probe,
                3 => NeighborState::Delay,
                4 => NeighborState::Stale,
                5 => NeighborState::Reachable,
                6 => NeighborState::Static,
                _ => NeighborState::Unknown,
            },
            is_router: row.is_router,
        })
    };
    // Groups are no neighbors.
    let is_one = |it: IpAddr| !it.is_multicast() && it != IpAddr::from([255; 4]);
    rows.into_iter().filter(|it| is_one(it.address)).filter_map(neighbor).collect()
}

fn mac(bytes: &[u8]) -> Option<String> {
    let is_set = bytes.iter().any(|it| *it != 0);
    is_set.then(|| bytes.iter().map(|it| format!("{it:02x}")).collect::<Vec<_>>().join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Adapter {
        Adapter {
            luid: 7,
            index: 3,
            name: "Ethernet".to_owned(),
            description: "Intel(R) Ethernet Connection".to_owned(),
            kind: 6,
            state: UP,
            mac: vec![2, 0xfc, 0, 0, 0, 5],
            mtu: 1_500,
            bits_per_s: 1_000_000_000,
            metric: 25,
            metric_v6: 25,
            addresses: vec![(ip("10.0.0.7"), 24, 4), (ip("fe80::7"), 64, 4), (ip("10.0.0.8"), 24, 2)],
            servers: vec![ip("10.0.0.53"), ip("fec0:0:0:ffff::1"), ip("fec0:0:0:ffff::3")],
            suffix: "corp.example".to_owned(),
            card: Some(Card { is_hardware: true, admin: 1, media: 1, medium: 14 }),
            ..Adapter::default()
        }
    }

    #[test]
    fn windows_names_an_interface_with_its_state_and_addresses() {
        let found = interface(card());
        let expected = Interface {
            name: "Ethernet".to_owned(),
            kind: InterfaceKind::Ethernet,
            state: OperState::Up,
            is_enabled: true,
            has_carrier: Some(true),
            mac: Some("02:fc:00:00:00:05".to_owned()),
            mtu: Some(1_500),
            addresses: vec![
                Address::new(ip("10.0.0.7"), 24, true),
                Address::new(ip("fe80::7"), 64, true),
                Address::new(ip("10.0.0.8"), 24, false),
            ],
            speed_mbps: Some(1_000),
        };
        assert_eq!(found, expected);
        let out = Some(Card { media: 2, ..card().card.unwrap() });
        let out = interface(Adapter { state: 2, card: out, bits_per_s: u64::MAX, mtu: u32::MAX, ..card() });
        assert_eq!((out.state, out.has_carrier), (OperState::Down, Some(false)));
        assert_eq!((out.speed_mbps, out.mtu), (None, None));
        let silent = interface(Adapter { state: 4, card: None, mac: vec![0; 6], ..card() });
        assert_eq!((silent.state, silent.has_carrier), (OperState::Unknown, None));
        assert_eq!((silent.is_enabled, silent.mac), (true, None));
    }

    #[test]
    fn windows_has_cables_radios_and_tunnels() {
        let check = |number, tunnel, is_hardware, medium, description: &str, expected| {
            let card = Some(Card { is_hardware, medium, ..Card::default() });
            let description = description.to_owned();
            let adapter = Adapter { kind: number, tunnel, card, description, ..Adapter::default() };
            assert_eq!(kind(&adapter), expected, "{number} {tunnel} {is_hardware} {medium}");
        };
        check(6, 0, true, 14, "Realtek PCIe GbE", InterfaceKind::Ethernet);
        check(6, 0, true, 10, "Bluetooth Device (Personal Area Network)", InterfaceKind::Virtual);
        check(6, 0, false, 0, "Hyper-V Virtual Ethernet Adapter", InterfaceKind::Virtual);
        check(6, 0, false, 0, "TAP-Windows Adapter V9", InterfaceKind::Vpn);
        check(24, 0, false, 0, "Software Loopback Interface 1", InterfaceKind::Loopback);
        check(71, 0, true, 9, "Intel(R) Wi-Fi 6", InterfaceKind::Wifi);
        check(71, 0, false, 9, "Microsoft Wi-Fi Direct Virtual Adapter", InterfaceKind::Virtual);
        check(23, 0, false, 0, "WAN Miniport", InterfaceKind::Vpn);
        check(53, 0, false, 0, "WireGuard Tunnel", InterfaceKind::Vpn);
        check(131, 14, false, 0, "Teredo Tunneling Pseudo-Interface", InterfaceKind::Virtual);
        check(131, 15, false, 0, "IP-HTTPS", InterfaceKind::Vpn);
        check(243, 0, true, 8, "Mobile Broadband", InterfaceKind::Virtual);
        assert_eq!(kind(&Adapter { kind: 6, ..Adapter::default() }), InterfaceKind::Ethernet);
    }

    #[test]
    fn windows_takes_the_way_out_with_the_lowest_sum() {
        let wifi = Adapter { luid: 8, name: "Wi-Fi".to_owned(), metric: 50, metric_v6: 50, ..card() };
        let tunnel = Adapter { luid: 9, name: "wg0".to_owned(), metric: 5, ..card() };
        let old = Adapter { luid: 10, state: 2, ..card() };
        let route = |luid, next, metric| Route { luid, next: ip(next), metric };
        let routes = [
            route(7, "fe80::1", 16),
            route(8, "192.168.1.1", 0),
            route(7, "10.0.0.1", 0),
            route(9, "0.0.0.0", 0),
            route(10, "10.9.9.1", 0),
            route(99, "10.9.9.2", 0),
        ];
        let found = default_routes(&[card(), wifi, tunnel, old], &routes);
        let found: Vec<_> = found.iter().map(|it| (it.interface.as_str(), it.gateway, it.metric)).collect();
        let expected = [
            ("wg0", None, 5),
            ("Ethernet", Some(ip("10.0.0.1")), 25),
            ("Wi-Fi", Some(ip("192.168.1.1")), 50),
            ("Ethernet", Some(ip("fe80::1")), 41),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn windows_placeholders_are_no_name_servers() {
        let wifi = Adapter { metric: 5, servers: vec![ip("192.168.1.1"), ip("10.0.0.53")], ..card() };
        let old = Adapter { state: 2, servers: vec![ip("10.9.9.9")], ..card() };
        let found = resolvers(vec![old, card(), wifi]);
        assert_eq!(found.asked, [ip("192.168.1.1"), ip("10.0.0.53")]);
        assert_eq!((found.upstream, found.is_stub), (found.asked, false));
        assert_eq!(found.search, ["corp.example"]);
        assert_eq!(resolvers(vec![]), Resolvers::default());
    }

    #[test]
    fn windows_neighbors_have_a_state_and_groups_are_none() {
        let row =
            |address, state| Row { luid: 7, address: ip(address), mac: vec![], state, is_router: false };
        let rows = vec![
            row("10.0.0.1", 5),
            row("10.0.0.2", 0),
            row("10.0.0.3", 9),
            row("224.0.0.22", 6),
            row("255.255.255.255", 6),
            row("ff02::16", 6),
            Row { luid: 99, ..row("10.0.0.4", 5) },
        ];
        let found = neighbors(&[card()], rows);
        let found: Vec<_> = found.iter().map(|it| (it.address, it.state)).collect();
        let expected = [
            (ip("10.0.0.1"), NeighborState::Reachable),
            (ip("10.0.0.2"), NeighborState::Failed),
            (ip("10.0.0.3"), NeighborState::Unknown),
        ];
        assert_eq!(found, expected);
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }
}
