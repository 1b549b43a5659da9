//! Faults by name, as packet filter rules, packet queues and kernel settings. A link that loses packets counts them.

mod links;
mod packets;
mod rules;

use nightline_testkit::tiny_proxy::Manner;
use serde::Deserialize;

use crate::certificates::Problem;
use crate::network::Lab;
use crate::world::Services;

use rules::table;

/// A fault.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// A link (the hop behind it) loses packets.
    Loss {
        link: u8,
        share_pct: u32,
        #[serde(default)]
        way: Way,
    },
    /// The target loses what is meant for it, and nothing else is lost.
    LossToTarget { share_pct: u32 },
    /// A router says nothing about itself.
    Silent { hop: u8 },
    /// A router answers only some probes.
    Busy { hop: u8, unanswered_pct: u32 },
    /// A router keeps Linux's limit of one complaint a second.
    Limited { hop: u8 },
    /// A router passes nothing on.
    BlackHole { hop: u8 },
    /// A router forbids the way and says so.
    Prohibits { hop: u8 },
    /// A port of the target is closed without a word.
    PortDropped { port: u16 },
    /// A port of the target is closed and says so.
    PortRefused { port: u16 },
    /// A link loses packets in bursts.
    Bursts { link: u8, share_pct: u32, mean_packets: u32 },
    /// A link holds packets for a time, and for a chance time more.
    Delay {
        link: u8,
        ms: u32,
        #[serde(default)]
        jitter_ms: u32,
    },
    /// A slow link with a long queue, which somebody else at home fills.
    Bufferbloat { link: u8, kbit: u32, queue_ms: u32 },
    /// A link carries only small packets; its routers say so, unless they are silent.
    SmallMtu {
        link: u8,
        mtu: u32,
        #[serde(default)]
        silent: bool,
    },
    /// A router quotes only 28 bytes of what it complains about, as RFC 792 asks.
    QuotesLittle { hop: u8 },
    /// From the second router to the fourth there are two ways, chosen by the flow, and the new one loses packets.
    TwoWays { share_pct: u32 },
    /// A router sends what is for the target back to the one before it.
    Circle { hop: u8 },
    /// A router loses its way to the target again and again.
    Flapping { hop: u8 },
    /// The router at home is gone.
    GatewayDead,
    /// A rule of a machine's packet filter, where only one case has it.
    Filter { hop: u8, hook: String, rule: String },
    /// An address or a route of a machine, as `ip` has it, where only one case has it.
    Ip { hop: u8, command: String },
    /// The client's hosts file has this line.
    Hosts { line: String },
    /// Name servers stay silent, by their place: 1 is the first.
    DnsDead { servers: Vec<u8> },
    /// All name servers take their time.
    DnsSlow { ms: u32 },
    /// All name servers have an address for names that do not exist.
    DnsHijacked,
    /// Somebody at the router at home answers questions for the target's name before the name servers do.
    DnsInjected,
    /// The name servers check signatures, and those of these names do not hold.
    DnsChecked { unproven: Vec<String> },
    /// The router at home says by itself whether it wants a sign-in.
    PortalSays { captive: bool },
    /// A slow link with a long queue, which nobody fills.
    SlowLine { link: u8, kbit: u32, queue_ms: u32 },
    /// Web pages without encryption lead to a sign-in page, and nothing else but names passes.
    PortalRedirect,
    /// All names have the address of a sign-in page.
    PortalDns,
    /// The target's port 80 leads to its encrypted one.
    LeadsToEncrypted,
    /// The target's certificate is bad.
    BadCertificate { problem: Problem },
    /// The router at home opens what is encrypted and signs it anew; the client may trust it.
    Interception { trusted: bool },
    /// The provider passes nothing to web servers that does not come from its proxy.
    ProxyNeeded,
    /// Nothing listens where the proxy should be.
    ProxyDead,
    /// The proxy opens tunnels to port 443 only, as most do.
    ProxyTunnelsToWeb,
    /// The proxy forbids everything.
    ProxyForbids,
    /// The proxy wants a sign-in that the system does by itself.
    ProxySystemsSignIn,
    /// The proxy takes connections and says nothing.
    ProxyHangs,
    /// What listens where the proxy should be speaks another protocol.
    ProxyGreets,
    /// The client has an address of IPv6, and nothing comes back.
    Ipv6Broken,
    /// The provider passes no UDP but questions for names.
    UdpBlocked,
    /// The target's web server answers with this status.
    HttpStatus { status: u16 },
    /// The target's web server takes its time.
    SlowAnswer { port: u16, ms: u32 },
    /// The client's clock is behind by so much, or ahead if negative.
    ClockBehind { seconds: i32 },
}

/// In which direction.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    /// From the client to the target.
    #[default]
    There,
    /// From the target to the client.
    Back,
}

/// What a link that loses packets counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) link: u8,
    pub(crate) seen: u32,
    pub(crate) dropped: u32,
}

impl Fault {
    /// Switches it on.
    pub(crate) fn apply(&self, lab: &Lab) {
        match self {
            Self::Loss { link, share_pct, way } => packets::loss(lab, *link, *share_pct, *way),
            Self::LossToTarget { share_pct } => packets::loss_to_target(lab, *share_pct),
            Self::Silent { hop } => {
                lab.at(*hop).nft(&table("quiet", "output", &format!("{COMPLAINTS} drop"))).unwrap();
            }
            Self::Busy { hop, unanswered_pct } => packets::busy(lab, *hop, *unanswered_pct),
            Self::Limited { hop } => lab.limit_complaints(*hop),
            Self::BlackHole { hop } => lab.at(*hop).nft(&table("hole", "forward", "drop")).unwrap(),
            Self::Prohibits { hop } => {
                let rule = "reject with icmpx type admin-prohibited";
                lab.at(*hop).nft(&table("hole", "forward", rule)).unwrap();
            }
            Self::PortDropped { port } => rules::at_target(lab, *port, "drop"),
            Self::PortRefused { port } => rules::at_target(lab, *port, "reject with tcp reset"),
            Self::Bursts { link, share_pct, mean_packets } => {
                packets::bursts(lab, *link, *share_pct, *mean_packets);
            }
            Self::Delay { link, ms, jitter_ms } => packets::delay(lab, *link, *ms, *jitter_ms),
            Self::DnsInjected => packets::injected_names(lab),
            Self::SlowLine { link, kbit, queue_ms } => links::slow_line(lab, *link, *kbit, *queue_ms),
            Self::DnsSlow { ms } => packets::slow_names(lab, *ms),
            Self::SlowAnswer { port, ms } => packets::slow_answer(lab, *port, *ms),
            Self::QuotesLittle { hop } => packets::quotes_little(lab, *hop),
            Self::Bufferbloat { link, kbit, queue_ms } => links::bufferbloat(lab, *link, *kbit, *queue_ms),
            Self::SmallMtu { link, mtu, silent } => links::small_mtu(lab, *link, *mtu, *silent),
            Self::TwoWays { share_pct } => links::two_ways(lab, *share_pct),
            Self::Circle { hop } => links::circle(lab, *hop),
            Self::Flapping { hop } => links::flapping(lab, *hop),
            Self::GatewayDead => links::gateway_dead(lab),
            Self::Filter { hop, hook, rule } => lab.at(*hop).nft(&table("one", hook, rule)).unwrap(),
            Self::Ip { hop, command } => lab.at(*hop).ip(command).unwrap(),
            Self::Hosts { line } => rules::hosts(lab, line),
            Self::Ipv6Broken => links::ipv6_broken(lab),
            Self::DnsDead { servers } => rules::dead_name_servers(lab, servers),
            Self::PortalRedirect => rules::portal(lab),
            Self::Interception { .. } => rules::interception(lab),
            Self::ProxyNeeded => rules::no_web_but_by_proxy(lab),
            Self::UdpBlocked => rules::no_udp(lab),
            // The services themselves are at fault.
            Self::DnsHijacked
            | Self::DnsChecked { .. }
            | Self::PortalDns
            | Self::PortalSays { .. }
            | Self::BadCertificate { .. }
            | Self::ProxyDead
            | Self::LeadsToEncrypted
            | Self::ProxyTunnelsToWeb
            | Self::ProxyForbids
            | Self::ProxySystemsSignIn
            | Self::ProxyHangs
            | Self::ProxyGreets
            | Self::HttpStatus { .. }
            | Self::ClockBehind { .. } => {}
        }
    }

    /// What it changes of the services, before they start.
    pub(crate) fn change(&self, services: &mut Services) {
        match self {
            Self::DnsHijacked => services.lies_about_absent_names = true,
            Self::DnsChecked { unproven } => services.unproven = Some(unproven.clone()),
            Self::PortalSays { captive } => services.portal_says = Some(*captive),
            Self::PortalDns => services.portal_has_all_names = true,
            Self::BadCertificate { problem } => services.bad_certificate = Some(*problem),
            Self::LeadsToEncrypted => services.leads_to_encrypted = true,
            Self::ProxyDead => services.proxy = None,
            Self::ProxyTunnelsToWeb => services.proxy = Some(Manner::TunnelsToWeb),
            Self::ProxyForbids => services.proxy = Some(Manner::Forbids),
            Self::ProxySystemsSignIn => services.proxy = Some(Manner::SystemsSignIn),
            Self::ProxyHangs => services.proxy = Some(Manner::Hangs),
            Self::ProxyGreets => services.proxy = Some(Manner::Greets),
            Self::HttpStatus { status } => services.status = *status,
            Self::ClockBehind { seconds } => services.desk_ahead_s = *seconds,
            Self::Interception { trusted } => services.interceptor = Some(*trusted),
            _ => {}
        }
    }

    /// The link that loses packets, and how many it dropped by its own counter.
    pub(crate) fn counted(&self, lab: &Lab) -> Option<Counted> {
        let (link, at) = match self {
            Self::Loss { link, way: Way::There, .. } => (*link, *link),
            Self::Loss { link, way: Way::Back, .. } => (*link, *link - 1),
            Self::LossToTarget { .. } => (lab.target(), lab.target()),
            _ => return None,
        };
        let (seen, passed) = (packets(lab, at, "seen"), packets(lab, at, "passed"));
        Some(Counted { link, seen, dropped: seen.saturating_sub(passed) })
    }
}

fn packets(lab: &Lab, at: u8, counter: &str) -> u32 {
    let output = lab.at(at).run("nft", &["list", "counter", "inet", "fault", counter]).unwrap().stdout;
    let text = String::from_utf8_lossy(&output).into_owned();
    let packets = text.split("packets ").nth(1).and_then(|it| it.split(' ').next());
    packets.and_then(|it| it.trim().parse().ok()).unwrap()
}

/// A neighbor that cannot be found is another fault.
const NEIGHBORS: &str = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert, mld2-listener-report }";
/// What a router says about a probe.
const COMPLAINTS: &str = "meta l4proto { icmp, ipv6-icmp } @th,0,8 { 3, 11 }";
