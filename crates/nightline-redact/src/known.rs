//! What is known to be private on this machine, and what the person chose to leave readable.

use std::collections::BTreeSet;

use nightline_types::{Fact, Machine, Privacy, Report, Target, Value};

/// Values learned before the first line is read. Prints nothing of itself.
#[derive(Clone, Default)]
pub struct Known {
    /// Account names.
    pub users: Vec<String>,
    /// Home folders, as full paths.
    pub homes: Vec<String>,
    /// Host names, short or full.
    pub hosts: Vec<String>,
    /// Domains of the organisation, without a leading dot.
    pub domains: Vec<String>,
    /// Serial numbers, asset tags, cloud instance ids.
    pub serials: Vec<String>,
    /// E-mail addresses of the accounts.
    pub emails: Vec<String>,
    /// Hardware addresses in any form.
    pub macs: Vec<String>,
    /// Names of wireless networks.
    pub ssids: Vec<String>,
    /// Tokens and keys that the program itself holds.
    pub secrets: Vec<String>,
    /// What stays as it is, because the person typed it or everybody knows it: target hosts, the desk's host.
    pub readable: Vec<String>,
    /// Hosts that the person took back: replaced wherever they stand, also where a name or an address of this form
    /// would identify nobody. Filled by [`Known::withdraw_target`].
    pub withdrawn: Vec<String>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").finish_non_exhaustive()
    }
}

impl Known {
    /// What a report's typed facts and machine tell.
    pub fn learn(report: &Report) -> Self {
        let mut known = Self::default();
        known.learn_machine(&report.machine);
        for fact in report.checks.iter().flat_map(|check| &check.facts) {
            known.learn_fact(fact);
        }
        known
    }

    /// Adds what a machine's identity tells.
    pub fn learn_machine(&mut self, machine: &Machine) {
        if let Some(host) = &machine.host_name {
            self.learn_host(host);
        }
        self.users.extend(machine.user_name.clone());
        self.serials.extend(machine.serial.clone());
        self.serials.extend(machine.asset_tag.clone());
        self.serials.extend(machine.cloud_instance.clone());
    }

    /// Adds a host's own name: the full name, its first label, and its domain where it has one of two labels or more.
    pub fn learn_host(&mut self, name: &str) {
        let name = name.trim().trim_end_matches('.');
        self.hosts.push(name.to_owned());
        if let Some((label, domain)) = name.split_once('.') {
            self.hosts.push(label.to_owned());
            if domain.contains('.') {
                self.domains.push(domain.to_owned());
            }
        }
    }

    /// Adds the texts of a typed fact.
    pub fn learn_fact(&mut self, fact: &Fact) {
        let domain = fact.key.as_str().contains("domain");
        let ssid = fact.key.as_str().contains("ssid");
        each_text(&fact.value, &mut |text| match fact.privacy {
            _ if ssid && fact.privacy != Privacy::Mac => self.ssids.push(text.to_owned()),
            Privacy::Host if domain && text.contains('.') => {
                self.domains.push(text.trim_matches('.').to_owned())
            }
            // An address is found by its form.
            Privacy::Host
                if split_port(text).0.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok() => {}
            Privacy::Host => self.hosts.push(split_port(text).0.trim_end_matches('.').to_owned()),
            Privacy::User => self.users.push(text.to_owned()),
            Privacy::Mac => self.macs.push(text.to_owned()),
            Privacy::Serial => self.serials.push(text.to_owned()),
            Privacy::Public | Privacy::Ip | Privacy::Path | Privacy::Text => {}
        });
    }

    /// Adds what the person typed as their target to what stays readable.
    pub fn disclose_target(&mut self, target: &Target) {
        self.readable.push(target.host().to_owned());
    }

    /// Takes a disclosed target back: from now on its host is replaced in every form, whatever it is.
    pub fn withdraw_target(&mut self, target: &Target) {
        for host in forms(target) {
            self.readable.retain(|it| it.to_lowercase() != host);
            self.withdrawn.push(host);
        }
    }

    pub(crate) fn readable_set(&self) -> BTreeSet<String> {
        let always = ["localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"];
        always
            .into_iter()
            .map(str::to_owned)
            .chain(self.readable.iter().map(|it| it.trim().to_lowercase()))
            .filter(|it| !self.withdrawn.contains(it))
            .collect()
    }
}

/// A target's host as it may stand in a text, in lower case: as a network knows it, as the person wrote it, and an
/// address also in its shortest form.
fn forms(target: &Target) -> BTreeSet<String> {
    let given = target.given().split_once("://").map_or(target.given(), |(_, rest)| rest);
    let given = given.split(['/', '?', '#']).next().unwrap_or_default();
    let given = given.rsplit_once('@').map_or(given, |(_, host)| host);
    let given = split_port(given).0.trim_matches(['[', ']']).trim_end_matches('.');
    let mut forms: BTreeSet<String> =
        [target.host(), given].into_iter().filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
    if let Ok(address) = target.host().parse::<std::net::IpAddr>() {
        forms.insert(address.to_string());
    }
    forms
}

fn each_text(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::Text(text) => take(text),
        Value::List(items) => items.iter().for_each(|item| each_text(item, take)),
        Value::Map(map) => map.values().for_each(|item| each_text(item, take)),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
    }
}

/// Accounts that every system has, and words that would blot out half a log. They name nobody.
pub(crate) fn is_common_account(name: &str) -> bool {
    const COMMON: [&str; 56] = [
        "root",
        "admin",
        "administrator",
        "administrators",
        "user",
        "users",
        "guest",
        "nobody",
        "nogroup",
        "daemon",
        "bin",
        "sys",
        "system",
        "local",
        "service",
        "services",
        "network",
        "operator",
        "backup",
        "mail",
        "news",
        "proxy",
        "www-data",
        "sshd",
        "ssh",
        "dbus",
        "messagebus",
        "systemd",
        "systemd-network",
        "systemd-resolve",
        "systemd-timesync",
        "ubuntu",
        "debian",
        "fedora",
        "centos",
        "vagrant",
        "docker",
        "git",
        "postgres",
        "mysql",
        "redis",
        "nginx",
        "apache",
        "public",
        "shared",
        "default",
        "defaultuser0",
        "all users",
        "default user",
        "home",
        "test",
        "tester",
        "runner",
        "unknown",
        "invalid",
        "none",
    ];
    let lower = name.to_lowercase();
    COMMON.contains(&lower.as_str())
}

/// Host names that say nothing about whose machine it is.
pub(crate) fn is_common_host(name: &str) -> bool {
    const COMMON: [&str; 44] = [
        "localhost",
        "localdomain",
        "localhost.localdomain",
        "host",
        "hostname",
        "server",
        "client",
        "desktop",
        "laptop",
        "computer",
        "machine",
        "linux",
        "debian",
        "ubuntu",
        "fedora",
        "centos",
        "windows",
        "macbook",
        "router",
        "gateway",
        "printer",
        "switch",
        "main",
        "master",
        "node",
        "worker",
        "mail",
        "proxy",
        "test",
        "home",
        "local",
        "lan",
        "internal",
        "network",
        "none",
        "unknown",
        "example",
        "kernel",
        "systemd",
        "docker",
        "container",
        "runner",
        "root",
        "user",
    ];
    let lower = name.to_lowercase();
    COMMON.contains(&lower.as_str())
}

/// A host and its port with the colon before it; no port where there is none. An IPv6 address without brackets is
/// one host.
pub(crate) fn split_port(text: &str) -> (&str, &str) {
    let Some(colon) = text.rfind(':') else { return (text, "") };
    let (host, port) = text.split_at(colon);
    let digits = port.len() > 1 && port[1..].bytes().all(|byte| byte.is_ascii_digit());
    let whole = !host.contains(':') || (host.starts_with('[') && host.ends_with(']'));
    if digits && whole { (host, port) } else { (text, "") }
}

#[cfg(test)]
mod tests {
    use super::split_port;

    #[test]
    fn a_port_is_told_from_an_address() {
        for (text, host, port) in [
            ("files.example.com:445", "files.example.com", ":445"),
            ("files.example.com", "files.example.com", ""),
            ("[2001:db8::7]:22", "[2001:db8::7]", ":22"),
            ("2001:db8::7", "2001:db8::7", ""),
            ("host:", "host:", ""),
        ] {
            assert_eq!(split_port(text), (host, port), "{text}");
        }
    }
}
