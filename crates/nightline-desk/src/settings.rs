//! What the operator decided at start: names, limits, addresses. Reads neither files nor the environment.

use std::net::IpAddr;
use std::path::PathBuf;

use nightline_protocol::WhoMayOpen;
use nightline_text::Language;
use nightline_types::DeskUrl;

/// A bundle's largest size unless the operator says otherwise: an hour of logs and a few pictures take 5 to 50 MB.
pub const DEFAULT_MAX_BUNDLE_BYTES: u64 = 512 * 1024 * 1024;

/// The desk's settings, fixed while it runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that holds everything.
    pub data_dir: PathBuf,
    /// Shown to customers and agents.
    pub organisation: String,
    /// The address that devices and browsers use; without it only loopback addresses are answered.
    pub public_url: Option<DeskUrl>,
    /// Whether this process speaks TLS itself.
    pub tls: bool,
    /// Whose forwarded headers are believed.
    pub proxy: Option<ProxyNet>,
    /// A DNS name whose signature is good.
    pub signed_name: Option<String>,
    /// One whose signature is broken on purpose.
    pub broken_name: Option<String>,
    /// Who may open tickets.
    pub who_may_open: WhoMayOpen,
    /// The largest bundle.
    pub max_bundle_bytes: u64,
    /// How often things may be done.
    pub rates: Rates,
    /// The language of what the program prints.
    pub language: Language,
}

/// How often things may be done, before the desk says "wait".
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Tickets of one device within an hour. A person in trouble opens one or two.
    pub tickets_per_hour: u32,
    /// Enrolments from one address within a minute. A company's machines share one.
    pub enrolments_per_minute: u32,
    /// Requests from one address within a second. A busy client makes under ten.
    pub requests_per_second: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { tickets_per_hour: 30, enrolments_per_minute: 120, requests_per_second: 500 }
    }
}

impl Settings {
    /// The settings of a desk on loopback, as the demo and the tests use it.
    pub fn loopback(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            organisation: "Nightline".to_owned(),
            public_url: None,
            tls: false,
            proxy: None,
            signed_name: None,
            broken_name: None,
            who_may_open: WhoMayOpen::Anyone,
            max_bundle_bytes: DEFAULT_MAX_BUNDLE_BYTES,
            rates: Rates::default(),
            language: Language::English,
        }
    }

    /// Whether browsers reach this desk only over TLS, so that cookies may insist on it.
    pub fn is_encrypted(&self) -> bool {
        self.tls || self.public_url.as_ref().is_some_and(DeskUrl::is_encrypted)
    }
}

/// The address or block of the proxy that the desk stands behind: `10.0.0.7`, `10.0.0.0/24`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyNet {
    address: IpAddr,
    prefix: u8,
}

/// The text is no address and no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a block such as 10.0.0.0/24")]
pub struct ProxyNetError;

impl std::str::FromStr for ProxyNet {
    type Err = ProxyNetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| ProxyNetError)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), |it| it.parse().map_err(|_| ProxyNetError))?;
        if prefix > longest { Err(ProxyNetError) } else { Ok(Self { address, prefix }) }
    }
}

impl ProxyNet {
    /// Whether `peer` is in the block.
    pub fn contains(&self, peer: IpAddr) -> bool {
        match (self.address, peer.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(peer)) => {
                let shift = u32::from(32 - self.prefix);
                u32::from(net).checked_shr(shift) == u32::from(peer).checked_shr(shift)
            }
            (IpAddr::V6(net), IpAddr::V6(peer)) => {
                let shift = u32::from(128 - self.prefix);
                u128::from(net).checked_shr(shift) == u128::from(peer).checked_shr(shift)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_its_own_addresses_and_no_others() {
        check("10.0.0.0/24", "10.0.0.200", true);
        check("10.0.0.0/24", "10.0.1.1", false);
        check("10.0.0.7", "10.0.0.7", true);
        check("10.0.0.7", "10.0.0.8", false);
        check("0.0.0.0/0", "203.0.113.9", true);
        check("0.0.0.0/0", "fd00::1", false);
        check("fd00::/8", "fd12::1", true);
        check("fd00::/8", "fe80::1", false);
        check("10.0.0.0/24", "::ffff:10.0.0.3", true);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0/24", "10.0.0.1/", "fd00::/129"] {
            assert_eq!(text.parse::<ProxyNet>(), Err(ProxyNetError), "{text}");
        }
    }

    #[track_caller]
    fn check(net: &str, peer: &str, expected: bool) {
        assert_eq!(
            net.parse::<ProxyNet>().unwrap().contains(peer.parse().unwrap()),
            expected,
            "{net} {peer}"
        );
    }
}
