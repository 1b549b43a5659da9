//! Addresses that a DHCP server gave: what systemd-networkd, dhclient, NetworkManager, macOS and Windows keep about
//! them. Asks no server and renews nothing.

#[cfg(windows)]
mod adapters;

use std::net::IpAddr;
use std::path::Path;
#[cfg(not(windows))]
use std::time::Duration;

#[cfg(windows)]
use super::iphlpapi;
#[cfg(any(windows, test))]
use super::windows::Adapter;
#[cfg(not(windows))]
use crate::command::Command;
use crate::source::read_small;

/// Both tools read what is in memory; more than this means a hung bus.
#[cfg(not(windows))]
const TOOL_LIMIT: Duration = Duration::from_secs(1);
/// A folder with more is not read to its end.
const MOST_FILES: usize = 32;

/// A lease.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lease {
    /// Whose address it is, where that is said.
    pub interface: Option<String>,
    /// Who keeps it: `networkd`, `dhclient`, `network-manager`, `ipconfig` or `iphlpapi`.
    pub source: &'static str,
    /// The address that was given, where that is said.
    pub address: Option<IpAddr>,
    /// The server that gave it.
    pub server: Option<IpAddr>,
    /// For how long, in seconds.
    pub lifetime_s: Option<u64>,
    /// Until when, in seconds of Unix.
    pub expires_unix_s: Option<i64>,
    /// Whether the system that keeps it says that it is in force; files may outlive their lease.
    pub is_in_force: bool,
    /// Where the network says whether it wants a sign-in (option 114, RFC 8910).
    pub portal_api: Option<String>,
}

/// All leases that can be read. `interface` is asked about where a tool wants to know.
pub async fn leases(root: &Path, interface: Option<&str>) -> Vec<Lease> {
    let mut found = networkd(root);
    found.extend(dhclient(root));
    // A recorded machine has files and no tools.
    if root == Path::new("/") {
        found.extend(by_tool(interface).await);
    }
    found
}

/// One file for each interface, named by its index (`sd-dhcp-lease`); not part of its interface, so only what is
/// known is read.
fn networkd(root: &Path) -> Vec<Lease> {
    let files = files(&root.join("run/systemd/netif/leases"), |_| true);
    let read = |file: std::path::PathBuf| {
        let text = read_small(&file).ok()?;
        let index = file.file_name()?.to_str()?.to_owned();
        let value = |key: &str| {
            text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).map(str::to_owned)
        };
        Some(Lease {
            interface: interface_of(root, &index),
            source: "networkd",
            address: value("ADDRESS").and_then(|it| it.parse().ok()),
            server: value("SERVER_ADDRESS").and_then(|it| it.parse().ok()),
            lifetime_s: value("LIFETIME").and_then(|it| it.parse().ok()),
            portal_api: value("CAPTIVE_PORTAL"),
            ..Lease::default()
        })
    };
    files.into_iter().filter_map(read).collect()
}

/// dhclient.leases(5): blocks, of which the last counts; there is a file for each interface.
fn dhclient(root: &Path) -> Vec<Lease> {
    let folder = root.join("var/lib/dhcp");
    let is_lease = |name: &str| name.starts_with("dhclient") && name.ends_with(".leases");
    let read = |file: std::path::PathBuf| read_small(&file).ok().and_then(|text| last_block(&text));
    files(&folder, is_lease).into_iter().filter_map(read).collect()
}

fn last_block(text: &str) -> Option<Lease> {
    let block = text.rsplit("lease {").next().filter(|_| text.contains("lease {"))?;
    let value = |key: &str| {
        block.lines().find_map(|line| {
            let rest = line.trim().strip_prefix(key)?.trim();
            Some(rest.trim_end_matches(';').trim_matches('"').to_owned())
        })
    };
    Some(Lease {
        interface: value("interface "),
        source: "dhclient",
        address: value("fixed-address ").and_then(|it| it.parse().ok()),
        server: value("option dhcp-server-identifier ").and_then(|it| it.parse().ok()),
        lifetime_s: value("option dhcp-lease-time ").and_then(|it| it.parse().ok()),
        expires_unix_s: value("expire ").and_then(|it| expiry(&it)),
        portal_api: value("option default-url ").or_else(|| value("option v4-captive-portal ")),
        is_in_force: false,
    })
}

/// `2 2026/11/24 01:02:03` (the day of the week first, in UTC), or `epoch 1795…; # comment`.
fn expiry(text: &str) -> Option<i64> {
    if let Some(seconds) = text.strip_prefix("epoch ") {
        return seconds.split([';', ' ']).next()?.parse().ok();
    }
    let (_, text) = text.split_once(' ')?;
    let time = jiff::civil::DateTime::strptime("%Y/%m/%d %H:%M:%S", text).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

fn interface_of(root: &Path, index: &str) -> Option<String> {
    files(&root.join("sys/class/net"), |_| true).into_iter().find_map(|folder| {
        let own = std::fs::read_to_string(folder.join("ifindex")).ok()?;
        (own.trim() == index).then(|| Some(folder.file_name()?.to_str()?.to_owned())).flatten()
    })
}

fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().and_then(|it| it.to_str()).is_some_and(&wanted))
        .take(MOST_FILES)
        .collect();
    files.sort();
    files
}

#[cfg(target_os = "macos")]
async fn by_tool(interface: Option<&str>) -> Option<Lease> {
    let interface = interface?;
    let output = Command::new("ipconfig", TOOL_LIMIT).args(["getpacket", interface]).run().await.ok()?;
    let lease = packet(&String::from_utf8_lossy(&output.stdout));
    lease.server.is_some().then(|| Lease { interface: Some(interface.to_owned()), ..lease })
}

#[cfg(windows)]
async fn by_tool(_interface: Option<&str>) -> Vec<Lease> {
    // Both calls may wait for a driver.
    let asked = tokio::task::spawn_blocking(|| {
        of_adapters(&iphlpapi::adapters().unwrap_or_default(), &adapters::given())
    });
    // A panic in there is no missing lease: it goes on here, and whoever asked is told.
    asked.await.unwrap_or_else(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Vec::new(),
    })
}

#[cfg(not(any(target_os = "macos", windows)))]
async fn by_tool(interface: Option<&str>) -> Option<Lease> {
    let interface = interface?;
    let words = ["--terse", "--escape", "no", "--fields", "DHCP4", "device", "show", interface];
    let output = Command::new("nmcli", TOOL_LIMIT).args(words).run().await.ok()?;
    let lease = options(&String::from_utf8_lossy(&output.stdout));
    lease.server.is_some().then(|| Lease { interface: Some(interface.to_owned()), ..lease })
}

/// What was given to an adapter, and by whom; times in seconds of Unix.
#[cfg(any(windows, test))]
struct Given {
    index: u32,
    by_dhcp: bool,
    address: Option<IpAddr>,
    gateway: Option<IpAddr>,
    server: Option<IpAddr>,
    obtained_unix_s: i64,
    expires_unix_s: i64,
}

/// The lease of the way out: among the adapters that are up and have a router the one that Windows prefers. Where none
/// has a router, all of them.
#[cfg(any(windows, test))]
fn of_adapters(adapters: &[Adapter], given: &[Given]) -> Vec<Lease> {
    let mut up: Vec<(&Adapter, &Given)> = adapters
        .iter()
        .filter(|it| it.is_up())
        .filter_map(|it| Some((it, given.iter().find(|given| given.index == it.index)?)))
        .collect();
    up.sort_by_key(|(adapter, _)| adapter.metric);
    if let Some(way_out) = up.iter().find(|(_, given)| given.gateway.is_some()).copied() {
        up = vec![way_out];
    }
    up.into_iter().filter_map(|(adapter, given)| lease_of(adapter, given)).collect()
}

#[cfg(any(windows, test))]
fn lease_of(adapter: &Adapter, given: &Given) -> Option<Lease> {
    // Without a server the address is the machine's own makeshift.
    let server = given.server.filter(|_| given.by_dhcp)?;
    // A lease without an end has no sensible time there.
    let lifetime = given.expires_unix_s.checked_sub(given.obtained_unix_s);
    let lifetime = lifetime.and_then(|it| u64::try_from(it).ok());
    let lifetime = lifetime.filter(|it| given.obtained_unix_s > 0 && *it > 0 && *it < u64::from(u32::MAX));
    Some(Lease {
        interface: Some(adapter.name.clone()),
        source: "iphlpapi",
        address: given.address,
        server: Some(server),
        lifetime_s: lifetime,
        expires_unix_s: lifetime.map(|_| given.expires_unix_s),
        is_in_force: true,
        portal_api: None,
    })
}

/// `DHCP4.OPTION[3]:dhcp_lease_time = 86400`.
#[cfg(any(not(any(target_os = "macos", windows)), test))]
fn options(text: &str) -> Lease {
    let value = |key: &str| {
        text.lines().find_map(|line| {
            let (_, option) = line.split_once(':')?;
            let (name, value) = option.split_once(" = ")?;
            (name.trim() == key).then(|| value.trim().to_owned())
        })
    };
    Lease {
        source: "network-manager",
        address: value("ip_address").and_then(|it| it.parse().ok()),
        server: value("dhcp_server_identifier").and_then(|it| it.parse().ok()),
        lifetime_s: value("dhcp_lease_time").and_then(|it| it.parse().ok()),
        expires_unix_s: value("expiry").and_then(|it| it.parse().ok()),
        portal_api: value("captive_portal"),
        ..Lease::default()
    }
}

/// `server_identifier (ip): 10.0.0.1`, `lease_time (uint32): 0x15180`.
#[cfg(any(target_os = "macos", test))]
fn packet(text: &str) -> Lease {
    let value = |key: &str| {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once("):")?;
            (name.split(" (").next() == Some(key)).then(|| value.trim().to_owned())
        })
    };
    let hexadecimal = |it: String| u64::from_str_radix(it.strip_prefix("0x")?, 16).ok();
    Lease {
        source: "ipconfig",
        address: text.lines().find_map(|line| line.strip_prefix("yiaddr = ")?.trim().parse().ok()),
        server: value("server_identifier").and_then(|it| it.parse().ok()),
        lifetime_s: value("lease_time").and_then(hexadecimal),
        portal_api: value("captive_portal").or_else(|| value("url")),
        ..Lease::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leases_of_networkd_and_dhclient_are_read_from_their_files() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        write("sys/class/net/wlan0/ifindex", "3\n");
        write(
            "run/systemd/netif/leases/3",
            "# This is private data. Do not parse.\nADDRESS=10.0.0.7\nSERVER_ADDRESS=10.0.0.1\nLIFETIME=3600\n\
             CAPTIVE_PORTAL=https://portal.example/api\n",
        );
        write(
            "var/lib/dhcp/dhclient.eth0.leases",
            "lease {\n  interface \"eth0\";\n  option dhcp-server-identifier 192.0.2.9;\n  expire 1 2026/11/02 01:02:03;\n}\n\
             lease {\n  interface \"eth0\";\n  fixed-address 192.0.2.7;\n  option dhcp-server-identifier 192.0.2.1;\n  option dhcp-lease-time 600;\n\
             \x20 expire 2 2026/11/24 01:02:03;\n}\n",
        );
        write("var/lib/dhcp/dhclient.broken.leases", "lea");
        let found = [networkd(root.path()), dhclient(root.path())].concat();
        let networkd = Lease {
            interface: Some("wlan0".to_owned()),
            source: "networkd",
            address: "10.0.0.7".parse().ok(),
            server: "10.0.0.1".parse().ok(),
            lifetime_s: Some(3_600),
            portal_api: Some("https://portal.example/api".to_owned()),
            ..Lease::default()
        };
        let dhclient = Lease {
            interface: Some("eth0".to_owned()),
            source: "dhclient",
            address: "192.0.2.7".parse().ok(),
            server: "192.0.2.1".parse().ok(),
            lifetime_s: Some(600),
            expires_unix_s: Some(1_795_482_123),
            ..Lease::default()
        };
        assert_eq!(found, [networkd, dhclient]);
    }

    #[test]
    fn leases_are_read_from_what_tools_print() {
        let by_nmcli = options(
            "DHCP4.OPTION[1]:broadcast_address = 10.0.0.255\nDHCP4.OPTION[2]:dhcp_lease_time = 86400\n\
             DHCP4.OPTION[3]:dhcp_server_identifier = 10.0.0.1\nDHCP4.OPTION[4]:expiry = 1795312984\n",
        );
        assert_eq!(
            (by_nmcli.server, by_nmcli.lifetime_s, by_nmcli.expires_unix_s),
            ("10.0.0.1".parse().ok(), Some(86_400), Some(1_795_312_984))
        );
        let by_ipconfig = packet(
            "op = BOOTREPLY\noptions:\nserver_identifier (ip): 192.168.1.1\nlease_time (uint32): 0x15180\nend (none):\n",
        );
        assert_eq!((by_ipconfig.server, by_ipconfig.lifetime_s), ("192.168.1.1".parse().ok(), Some(86_400)));
        assert_eq!(options("Error: Device 'x' not found.\n").server, None);
    }

    #[test]
    fn windows_tells_the_lease_of_its_way_out() {
        let adapter = |index, name: &str, is_up, metric| {
            let state = if is_up { 1 } else { 2 };
            Adapter { index, name: name.to_owned(), state, metric, ..Adapter::default() }
        };
        let given = |index, by_dhcp, gateway: Option<&str>, expires| Given {
            index,
            by_dhcp,
            address: format!("10.0.{index}.7").parse().ok(),
            gateway: gateway.and_then(|it| it.parse().ok()),
            server: by_dhcp.then(|| format!("10.0.{index}.1").parse().ok()).flatten(),
            obtained_unix_s: 1_795_000_000,
            expires_unix_s: expires,
        };
        let adapters = [
            adapter(1, "Wi-Fi", true, 50),
            adapter(2, "Ethernet", true, 25),
            adapter(3, "Old", false, 1),
            adapter(4, "vEthernet", true, 5),
        ];
        let router = Some("10.0.0.1");
        let all = [
            given(1, true, router, 1_795_003_600),
            given(2, true, router, 1_795_086_400),
            given(3, true, router, 1_795_086_400),
            given(4, true, None, 1_795_086_400),
        ];
        let found = of_adapters(&adapters, &all);
        let expected = Lease {
            interface: Some("Ethernet".to_owned()),
            source: "iphlpapi",
            address: "10.0.2.7".parse().ok(),
            server: "10.0.2.1".parse().ok(),
            lifetime_s: Some(86_400),
            expires_unix_s: Some(1_795_086_400),
            is_in_force: true,
            portal_api: None,
        };
        assert_eq!(found, [expected]);
        let names = |given: &[Given]| {
            of_adapters(&adapters, given).into_iter().map(|it| it.interface.unwrap()).collect::<Vec<_>>()
        };
        // The way out has an address that somebody typed: what a virtual one was given is beside the point.
        assert!(names(&[given(2, false, router, 0), given(4, true, None, 1_795_086_400)]).is_empty());
        assert_eq!(names(&[given(1, true, None, 1), given(4, true, None, 1)]), ["vEthernet", "Wi-Fi"]);
        for endless in [0, -1, i64::MAX, i64::MIN] {
            let [lease] = of_adapters(&adapters, &[given(1, true, router, endless)]).try_into().unwrap();
            assert_eq!((lease.lifetime_s, lease.expires_unix_s), (None, None), "{endless}");
        }
    }

    /// Under Wine and on Windows: whatever there is can be read, and two reads agree.
    #[cfg(windows)]
    #[test]
    fn windows_gives_its_tables() {
        let adapters = iphlpapi::adapters().unwrap();
        let given = adapters::given();
        assert!(adapters.iter().all(|it| !it.name.is_empty()), "every adapter has a name");
        assert!(given.iter().all(|it| it.server.is_none() || it.by_dhcp), "who has a server, asked it");
        let again = iphlpapi::adapters().unwrap();
        assert_eq!(of_adapters(&adapters, &given), of_adapters(&again, &adapters::given()));
    }
}
