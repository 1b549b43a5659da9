//! Who answers name lookups, and which domains are appended. Looks nothing up.

#[cfg(any(windows, target_os = "macos", test))]
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

use crate::source::{SourceState, read_small};

/// What `systemd-resolved` listens on (systemd-resolved.service(8)).
const STUBS: [&str; 2] = ["127.0.0.53", "127.0.0.54"];

/// The resolvers in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolvers {
    /// What programs ask: the addresses in `/etc/resolv.conf`, or what the system says.
    pub asked: Vec<IpAddr>,
    /// Who is behind a local stub, if one is asked; otherwise the same as `asked`.
    pub upstream: Vec<IpAddr>,
    /// Domains that are appended to short names.
    pub search: Vec<String>,
    /// Whether a local stub is asked.
    pub is_stub: bool,
}

/// Who tells the resolvers of this machine, for facts.
pub const RESOLVERS_BY: &str = if cfg!(windows) {
    "iphlpapi"
} else if cfg!(target_os = "macos") {
    "system-configuration"
} else {
    "resolv-conf"
};

#[cfg(any(windows, target_os = "macos", test))]
impl Resolvers {
    /// Where programs ask the servers themselves: each once. One of a single link cannot be asked without naming the
    /// link: it counts only where there is no other.
    pub(super) fn without_stub(mut asked: Vec<IpAddr>, search: Vec<String>) -> Self {
        let is_of_link = |it: &IpAddr| matches!(it, IpAddr::V6(it) if it.is_unicast_link_local());
        if !asked.iter().all(is_of_link) {
            asked.retain(|it| !is_of_link(it));
        }
        let mut seen = BTreeSet::new();
        asked.retain(|it| seen.insert(*it));
        Self { upstream: asked.clone(), asked, search, is_stub: false }
    }
}

/// The resolvers of this machine. `root` is `/` or a recorded machine, which is always one of Linux.
///
/// # Errors
/// When the system cannot be asked or `/etc/resolv.conf` cannot be read; a missing one means that nobody is asked.
pub fn resolvers(root: &Path) -> Result<Resolvers, SourceState> {
    #[cfg(windows)]
    if root == Path::new("/") {
        let adapters = super::iphlpapi::adapters().map_err(|error| SourceState::from(&error))?;
        return Ok(super::windows::resolvers(adapters));
    }
    #[cfg(target_os = "macos")]
    if root == Path::new("/") {
        return Ok(super::darwin::Store::open()?.resolvers());
    }
    let mut found = parse(&read_small(&root.join("etc/resolv.conf"))?);
    found.is_stub = found.asked.iter().any(|ip| STUBS.contains(&ip.to_string().as_str()));
    found.upstream.clone_from(&found.asked);
    if found.is_stub {
        // systemd-resolved writes down whom it asks itself.
        let behind = read_small(&root.join("run/systemd/resolve/resolv.conf")).map(|text| parse(&text));
        found.upstream = behind.map(|it| it.asked).unwrap_or_default();
    }
    Ok(found)
}

/// resolv.conf(5): the last `search` or `domain` counts; a scope after `%` is not part of the address.
fn parse(text: &str) -> Resolvers {
    let mut found = Resolvers::default();
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        match words.next() {
            Some("nameserver") => {
                let address: Option<IpAddr> =
                    words.next().and_then(|word| word.split('%').next()?.parse().ok());
                found.asked.extend(address);
            }
            Some("search" | "domain") => found.search = words.map(str::to_owned).collect(),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_servers_and_the_last_search_list() {
        let text = "# by hand\nsearch old.example\nnameserver 10.0.0.53\nnameserver fe80::1%eth0\n\
                    nameserver nonsense\noptions edns0\nsearch corp.example lab.example\n";
        let found = parse(text);
        assert_eq!(found.asked.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.0.0.53", "fe80::1"]);
        assert_eq!(found.search, ["corp.example", "lab.example"]);
    }

    #[test]
    fn behind_a_stub_stand_those_whom_it_asks() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "etc/resolv.conf", "nameserver 127.0.0.53\n");
        let stub = resolvers(root.path()).unwrap();
        assert!(stub.is_stub && stub.upstream.is_empty(), "{stub:?}");
        write(root.path(), "run/systemd/resolve/resolv.conf", "nameserver 192.0.2.53\n");
        assert_eq!(resolvers(root.path()).unwrap().upstream, ["192.0.2.53".parse::<IpAddr>().unwrap()]);
    }

    #[test]
    fn without_the_file_that_is_said() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(resolvers(root.path()), Err(SourceState::Absent));
    }

    /// Under Wine and on Windows and macOS.
    #[cfg(not(target_os = "linux"))]
    #[test]
    fn this_machines_name_servers_are_asked_once_each() {
        let found = resolvers(Path::new("/")).unwrap();
        let once: BTreeSet<_> = found.asked.iter().collect();
        assert_eq!(once.len(), found.asked.len(), "{found:?}");
    }

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
