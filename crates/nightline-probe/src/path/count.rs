//! What a trace counted, and how sure a share of loss is. Sends nothing.

use std::net::IpAddr;
use std::time::Duration;

use super::Method;

/// A traced path.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Where to.
    pub address: IpAddr,
    /// What kind of packets.
    pub method: Method,
    /// How often each hop was asked.
    pub rounds: u32,
    /// Whether the address itself answered.
    pub reached: bool,
    /// Packets are spread over several ways, so all probes were of one flow and took one of them.
    pub one_flow: bool,
    /// From the nearest to the farthest that answered.
    pub hops: Vec<HopTrace>,
}

/// One distance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HopTrace {
    /// Routers away, from 1.
    pub ttl: u8,
    /// Who answered; who answered most comes first.
    pub addresses: Vec<IpAddr>,
    /// What became of each probe of the rounds, in their order: how long its answer took, if one came. The sweep is
    /// not counted.
    pub answers: Vec<Option<Duration>>,
    /// Why nothing goes farther, where somebody here says so.
    pub unreachable: Option<Unreachable>,
    /// Rounds in which this hop, every hop behind it and the target stayed silent, and no hop before it did: what was
    /// sent was lost on its way there (trippy's forward loss).
    pub forward_lost: u32,
    /// The nearest hop where the way changed: the round, from 1, from which on another router answers.
    pub changed_in: Option<u32>,
}

/// Why a packet will never arrive (codes of RFC 792, RFC 1812 and RFC 4443).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// No way to that network.
    Network,
    /// The host does not answer its neighbor.
    Host,
    /// Nobody listens there.
    Port,
    /// A rule forbids it.
    Prohibited,
    /// Another code.
    Other,
}

impl HopTrace {
    /// Packets sent whose answer came or is lost.
    pub fn sent(&self) -> u32 {
        u32::try_from(self.answers.len()).unwrap_or(u32::MAX)
    }

    /// Answers received.
    pub fn received(&self) -> u32 {
        u32::try_from(self.rtts().count()).unwrap_or(u32::MAX)
    }

    /// How long the answers took, in the order of their probes.
    pub fn rtts(&self) -> impl Iterator<Item = Duration> {
        self.answers.iter().copied().flatten()
    }
}

impl Trace {
    /// How it was traced, as in the format.
    pub fn method_code(&self) -> &'static str {
        if self.one_flow { "udp-ttl-one-flow" } else { self.method.code() }
    }

    /// Whether somebody behind the first router answered. A router that complains about its own way out answers for
    /// farther hops too, and proves nothing.
    pub fn answered_beyond_first(&self) -> bool {
        let Some((first, beyond)) = self.hops.split_first() else { return false };
        beyond.iter().any(|hop| hop.addresses.iter().any(|it| !first.addresses.contains(it)))
    }
}

/// Where the true share of `lost` among `sent` lies at 95 %, in percent (Wilson 1927). With nothing sent: anywhere.
pub fn wilson(lost: u32, sent: u32) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    if sent == 0 {
        return (0.0, 100.0);
    }
    let n = f64::from(sent);
    let p = f64::from(lost.min(sent)) / n;
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let middle = p + Z * Z / (2.0 * n);
    let scale = 100.0 / (1.0 + Z * Z / n);
    (((middle - spread) * scale).max(0.0), ((middle + spread) * scale).min(100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Values of a published table of the score interval, to a tenth.
        check(0, 10, (0.0, 27.8));
        check(5, 10, (23.7, 76.3));
        check(10, 10, (72.2, 100.0));
        check(24, 30, (62.7, 90.5));
        check(0, 0, (0.0, 100.0));
    }

    #[test]
    fn a_router_that_complains_for_farther_hops_is_nobody_beyond_itself() {
        let hop = |ttl: u8, host: Option<u8>| HopTrace {
            ttl,
            addresses: host.map(|it| std::net::Ipv4Addr::new(10, 0, 0, it).into()).into_iter().collect(),
            ..HopTrace::default()
        };
        let beyond = |hosts: &[Option<u8>]| {
            let hops = (1..).zip(hosts).map(|(ttl, host)| hop(ttl, *host)).collect();
            let address = std::net::Ipv4Addr::LOCALHOST.into();
            Trace { address, method: Method::Udp, rounds: 1, reached: false, one_flow: false, hops }
                .answered_beyond_first()
        };
        assert!(!beyond(&[]));
        assert!(!beyond(&[Some(1), None]));
        assert!(!beyond(&[Some(1), Some(1)]));
        assert!(beyond(&[Some(1), None, Some(3)]));
        assert!(beyond(&[None, Some(2)]));
    }

    #[track_caller]
    fn check(lost: u32, sent: u32, expected: (f64, f64)) {
        let (low, high) = wilson(lost, sent);
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        assert_eq!((tenth(low), tenth(high)), expected, "{lost} of {sent}");
    }
}
