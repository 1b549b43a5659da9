//! One number for "which network this is": it changes with the network and not with its traffic. Names nothing.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Interface, InterfaceKind, OperState, default_routes, resolvers};

/// A number that changes when a way out, an interface in use, an address or a resolver comes or goes. Equal numbers
/// mean the same network, also over restarts; the numbers themselves mean nothing. `root` is `/` or a recorded
/// machine, whose interfaces are not recorded.
pub fn fingerprint(root: &Path) -> u64 {
    let mut lines = Vec::new();
    for route in default_routes(root).unwrap_or_default() {
        lines.push(format!("route {:?} {} {}", route.gateway, route.interface, route.metric));
    }
    let resolvers = resolvers(root).unwrap_or_default();
    for ip in resolvers.asked.iter().chain(&resolvers.upstream) {
        lines.push(format!("resolver {ip}"));
    }
    if root == Path::new("/") {
        lines.extend(of_interfaces());
    }
    number(lines)
}

/// The order in which the system tells does not count.
fn number(mut lines: Vec<String>) -> u64 {
    lines.sort_unstable();
    let digest = Sha256::digest(lines.join("\n"));
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(target_os = "linux")]
fn of_interfaces() -> Vec<String> {
    super::interfaces::interfaces_by_netlink().unwrap_or_default().iter().filter_map(line).collect()
}

#[cfg(not(target_os = "linux"))]
fn of_interfaces() -> Vec<String> {
    super::interfaces().unwrap_or_default().iter().filter_map(line).collect()
}

/// An interface as far as it carries the machine's own traffic: containers come and go with link-local addresses only.
fn line(interface: &Interface) -> Option<String> {
    let is_up = interface.is_enabled
        && interface.has_carrier != Some(false)
        && matches!(interface.state, OperState::Up | OperState::Unknown);
    if !is_up || interface.kind == InterfaceKind::Loopback {
        return None;
    }
    let usable = interface.addresses.iter().filter(|it| it.is_usable && !it.is_link_local);
    let mut ips: Vec<String> = usable.map(|it| format!("{}/{}", it.ip, it.prefix)).collect();
    ips.sort_unstable();
    let is_own = !matches!(interface.kind, InterfaceKind::Virtual | InterfaceKind::Bridge);
    (is_own || !ips.is_empty()).then(|| format!("interface {} {}", interface.name, ips.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::super::Address;
    use super::*;

    const ROUTES: &str = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n\
                          wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\n";

    #[test]
    fn another_router_or_resolver_is_another_network_and_traffic_is_not() {
        let home = recorded(ROUTES, "nameserver 192.168.1.1\n");
        assert_eq!(home, recorded(ROUTES, "nameserver 192.168.1.1\n"));
        // The columns RefCnt and Use count traffic; routes to neighbors are no way out.
        assert_eq!(
            home,
            recorded(&ROUTES.replace("\t0\t0\t600", "\t7\t912\t600"), "nameserver 192.168.1.1\n")
        );
        let neighbor = format!("{ROUTES}wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\n");
        assert_eq!(home, recorded(&neighbor, "nameserver 192.168.1.1\n"));
        let others = [
            recorded(&ROUTES.replace("0101A8C0", "0102A8C0"), "nameserver 192.168.1.1\n"),
            recorded(&ROUTES.replace("wlan0", "eth0"), "nameserver 192.168.1.1\n"),
            recorded(&ROUTES.replace("\t600\t", "\t50\t"), "nameserver 192.168.1.1\n"),
            recorded(ROUTES, "nameserver 10.0.0.53\n"),
            recorded(ROUTES, ""),
            recorded("Iface\n", "nameserver 192.168.1.1\n"),
        ];
        for other in others {
            assert_ne!(home, other);
        }
    }

    #[test]
    fn an_interface_counts_while_it_works_and_by_its_own_addresses() {
        let up = Interface {
            name: "wlan0".to_owned(),
            kind: InterfaceKind::Wifi,
            state: OperState::Up,
            is_enabled: true,
            has_carrier: Some(true),
            mac: None,
            mtu: Some(1500),
            addresses: vec![
                Address::new("fe80::1".parse().unwrap(), 64, true),
                Address::new("192.168.1.20".parse().unwrap(), 24, true),
                Address::new("2001:db8::1".parse().unwrap(), 64, false),
            ],
            speed_mbps: None,
        };
        check(&up, Some("interface wlan0 192.168.1.20/24"));
        check(&Interface { addresses: vec![], ..up.clone() }, Some("interface wlan0 "));
        check(&Interface { addresses: vec![], kind: InterfaceKind::Virtual, ..up.clone() }, None);
        check(&Interface { state: OperState::Down, ..up.clone() }, None);
        check(&Interface { has_carrier: Some(false), ..up.clone() }, None);
        check(&Interface { is_enabled: false, ..up.clone() }, None);
        check(&Interface { kind: InterfaceKind::Loopback, ..up }, None);
    }

    #[test]
    fn the_order_in_which_the_system_tells_does_not_count() {
        let lines = ["a".to_owned(), "b".to_owned()];
        assert_eq!(number(lines.to_vec()), number(lines.into_iter().rev().collect()));
    }

    #[track_caller]
    fn check(interface: &Interface, expected: Option<&str>) {
        assert_eq!(line(interface).as_deref(), expected);
    }

    fn recorded(routes: &str, resolv: &str) -> u64 {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [("proc/self/net/route", routes), ("etc/resolv.conf", resolv)] {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        fingerprint(root.path())
    }
}
