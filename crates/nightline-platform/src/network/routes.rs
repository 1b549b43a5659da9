//! Default routes from `/proc/net/route` and `/proc/net/ipv6_route`, the main table only; elsewhere from the system.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use crate::source::{SourceState, read_small};

/// `RTF_UP` (linux/route.h).
const UP: u32 = 0x1;
/// `RTF_REJECT` (linux/route.h): the kernel's own answer "unreachable".
const REJECT: u32 = 0x0200;

/// A way out of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultRoute {
    /// The next router; absent on point-to-point links and tunnels.
    pub gateway: Option<IpAddr>,
    /// Whether it carries IPv6.
    pub is_ipv6: bool,
    /// Through which interface.
    pub interface: String,
    /// The kernel takes the lowest.
    pub metric: u32,
}

/// Who tells the routes of this machine, for facts.
pub const ROUTES_BY: &str = if cfg!(windows) {
    "iphlpapi"
} else if cfg!(target_os = "macos") {
    "system-configuration"
} else {
    "proc-net-route"
};

/// Default routes, the preferred one first, IPv4 before IPv6. `root` is `/` or a recorded machine, which is always one
/// of Linux.
///
/// # Errors
/// When the system cannot be asked or the kernel's IPv4 table cannot be read; a missing IPv6 table only means that
/// there is no IPv6.
pub fn default_routes(root: &Path) -> Result<Vec<DefaultRoute>, SourceState> {
    #[cfg(windows)]
    if root == Path::new("/") {
        let failed = |error: std::io::Error| SourceState::from(&error);
        let adapters = super::iphlpapi::adapters().map_err(failed)?;
        return Ok(super::windows::default_routes(&adapters, &super::iphlpapi::routes().map_err(failed)?));
    }
    #[cfg(target_os = "macos")]
    if root == Path::new("/") {
        return Ok(super::darwin::Store::open()?.default_routes());
    }
    let mut routes = parse_v4(&read_small(&root.join("proc/self/net/route"))?);
    let mut v6 =
        read_small(&root.join("proc/self/net/ipv6_route")).map(|text| parse_v6(&text)).unwrap_or_default();
    routes.sort_by_key(|route| route.metric);
    v6.sort_by_key(|route| route.metric);
    routes.extend(v6);
    Ok(routes)
}

/// Columns: interface, destination, gateway, flags, -, -, metric, mask; addresses as the host's 32-bit words.
fn parse_v4(text: &str) -> Vec<DefaultRoute> {
    text.lines().skip(1).filter_map(v4_line).collect()
}

fn v4_line(line: &str) -> Option<DefaultRoute> {
    let columns: Vec<&str> = line.split_ascii_whitespace().collect();
    let [interface, destination, gateway, flags, _, _, metric, mask, ..] = columns.as_slice() else {
        return None;
    };
    let flags = u32::from_str_radix(flags, 16).ok()?;
    if *destination != "00000000" || *mask != "00000000" || flags & UP == 0 || flags & REJECT != 0 {
        return None;
    }
    let gateway = Ipv4Addr::from(u32::from_str_radix(gateway, 16).ok()?.to_ne_bytes());
    Some(DefaultRoute {
        gateway: (!gateway.is_unspecified()).then_some(IpAddr::V4(gateway)),
        is_ipv6: false,
        interface: (*interface).to_owned(),
        metric: metric.parse().ok()?,
    })
}

/// Columns: destination, its prefix, source, its prefix, next hop, metric, -, -, flags, interface; all in hex.
fn parse_v6(text: &str) -> Vec<DefaultRoute> {
    text.lines().filter_map(v6_line).collect()
}

fn v6_line(line: &str) -> Option<DefaultRoute> {
    let columns: Vec<&str> = line.split_ascii_whitespace().collect();
    let [destination, prefix, _, _, gateway, metric, _, _, flags, interface, ..] = columns.as_slice() else {
        return None;
    };
    let flags = u32::from_str_radix(flags, 16).ok()?;
    let is_default = *prefix == "00" && destination.bytes().all(|byte| byte == b'0');
    if !is_default || flags & UP == 0 || flags & REJECT != 0 || *interface == "lo" {
        return None;
    }
    let gateway = Ipv6Addr::from(u128::from_str_radix(gateway, 16).ok()?);
    Some(DefaultRoute {
        gateway: (!gateway.is_unspecified()).then_some(IpAddr::V6(gateway)),
        is_ipv6: true,
        interface: (*interface).to_owned(),
        metric: u32::from_str_radix(metric, 16).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const V4: &str = "\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlp2s0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0
wlp2s0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0
";
    const V6: &str = "\
fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000002 00000000 00000003     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
";

    #[test]
    fn a_tunnel_without_gateway_and_a_router_are_both_ways_out() {
        let routes = parse_v4(V4);
        check(&routes, &[("wlp2s0", Some("192.168.1.1"), 600), ("tun0", None, 50)]);
    }

    #[test]
    fn the_kernels_own_unreachable_route_is_no_way_out() {
        check(&parse_v6(V6), &[("eth0", Some("fd00::1"), 1024)]);
    }

    #[test]
    fn damaged_and_empty_tables_have_no_routes() {
        for text in ["", "header only\n", "header\nx y z\n", "header\neth0 0 0 zz 0 0 0 0\n"] {
            assert_eq!((parse_v4(text), parse_v6(text)), (vec![], vec![]), "{text}");
        }
    }

    /// Under Wine and on Windows and macOS, too.
    #[test]
    fn this_machines_ways_out_are_by_its_interfaces_and_in_order() {
        let found = default_routes(Path::new("/")).unwrap();
        assert!(found.iter().all(|it| !it.interface.is_empty()), "{found:?}");
        assert!(found.is_sorted_by_key(|it| (it.is_ipv6, it.metric)), "{found:?}");
        assert!(found.iter().filter_map(|it| it.gateway).all(|it| !it.is_unspecified()), "{found:?}");
    }

    #[track_caller]
    fn check(routes: &[DefaultRoute], expected: &[(&str, Option<&str>, u32)]) {
        let found: Vec<_> = routes
            .iter()
            .map(|it| (it.interface.as_str(), it.gateway.map(|it| it.to_string()), it.metric))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, gateway, metric)| (*name, gateway.map(str::to_owned), *metric))
            .collect();
        assert_eq!(found, expected);
    }
}
