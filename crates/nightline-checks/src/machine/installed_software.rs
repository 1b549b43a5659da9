//! Proves which software is installed, as far as it decides how this machine reaches others.
//!
//! Method: the databases of dpkg, pacman and rpm. The report names only packages that a support agent asks about:
//! kernel, name lookup, encryption, network, VPN, remote desktop, browsers, security software.
//! No thresholds. False positives: none; but what was unpacked by hand, snaps and flatpaks are not seen.

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::software::{self, Package, Software};
use nightline_types::{CheckId, Message, Timestamp, Unit, Value};

use super::local::{names_of, not_on_this_system, source_list};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// `rpm` may take 5 s on a slow disk.
const LIMIT: Duration = Duration::from_secs(7);
/// The report stays readable on a machine that has everything.
const LISTED: usize = 60;
/// Names as they are in Debian, Fedora, Arch and SUSE, in small letters.
const NOTABLE: [&str; 42] = [
    "anyconnect",
    "bind9-host",
    "ca-certificates",
    "chromium",
    "cisco-secure-client-vpn",
    "citrix-workspace",
    "clamav",
    "crowdstrike-falcon",
    "curl",
    "falcon-sensor",
    "firefox",
    "firefox-esr",
    "forticlient",
    "freerdp2-x11",
    "freerdp3-x11",
    "globalprotect",
    "gnutls",
    "google-chrome-stable",
    "icaclient",
    "iwd",
    "libc6",
    "libgnutls30",
    "libssl3",
    "mdatp",
    "microsoft-edge-stable",
    "network-manager",
    "networkmanager",
    "nftables",
    "openconnect",
    "openssh-client",
    "openssl",
    "openvpn",
    "remmina",
    "strongswan",
    "sssd",
    "systemd",
    "systemd-resolved",
    "tailscale",
    "teams",
    "ufw",
    "wireguard-tools",
    "wpasupplicant",
];

const FACTS: &[FactSpec] = &[
    FactSpec::new("packages", "How many packages are installed").unit(Unit::Count),
    FactSpec::new("notable", "Those that a support agent asks about: rows of `name` and `version`"),
    FactSpec::new("sources", "Which databases were asked: rows of `name` and `state`"),
];

pub(super) struct InstalledSoftware;

impl Check for InstalledSoftware {
    fn id(&self) -> CheckId {
        CheckId::new("installed-software")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            if let Some(skipped) = not_on_this_system(context) {
                return skipped;
            }
            report(&software::installed(&context.root_dir).await, (context.clock)())
        }
        .boxed()
    }
}

fn report(software: &Software, now: Timestamp) -> Found {
    let mut notes = Notes::new(FACTS, now);
    notes.put("sources", source_list(&software.sources), "attempt");
    if !software.sources.iter().any(|source| source.state.is_read()) {
        let forbidden = names_of(&software.sources, &SourceState::NotAllowed);
        let reason = if forbidden.is_empty() {
            Message::new("check-unknown-no-package-database")
        } else {
            Message::new("check-unknown-not-allowed").arg("sources", forbidden)
        };
        return Found::unknown(reason, notes.take());
    }
    let notable = software.packages.iter().filter(|it| is_notable(&it.name)).take(LISTED).map(row).collect();
    notes.put("packages", software.packages.len(), "package-database");
    notes.put("notable", Value::List(notable), "package-database");
    Found::healthy(notes.take())
}

fn is_notable(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NOTABLE.contains(&name.as_str())
        || name.starts_with("linux-image-")
        || matches!(name.as_str(), "kernel" | "kernel-core" | "kernel-default" | "linux" | "linux-lts")
}

fn row(package: &Package) -> Value {
    Value::from([("name", package.name.clone().into()), ("version", package.version.clone().into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_agent_asks_about_is_named() {
        for name in ["openssl", "NetworkManager", "linux-image-6.1.0-18-amd64", "kernel-core"] {
            assert!(is_notable(name), "{name}");
        }
        for name in ["openssl-doc", "cowsay", "linux-libc-dev", "curlftpfs"] {
            assert!(!is_notable(name), "{name}");
        }
    }
}
