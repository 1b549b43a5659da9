//! Faults by name, as packet filter rules and kernel settings. Each counts what it does.

use serde::Deserialize;

use crate::network::Lab;

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
            Self::Loss { link, share_pct, way } => {
                // Where the packets of that direction come in.
                let (at, interface) = match way {
                    Way::There => (*link, "near"),
                    Way::Back => (*link - 1, "far"),
                };
                lab.at(at).nft(&table(
                    "fault",
                    "prerouting",
                    &format!(
                        "{NEIGHBORS} accept\n\
                         iifname \"{interface}\" counter name seen\n\
                         iifname \"{interface}\" numgen random mod 100 < {share_pct} counter name dropped drop"
                    ),
                ))
            }
            Self::LossToTarget { share_pct } => lab.at(lab.target()).nft(&table(
                "fault",
                "input",
                &format!(
                    "meta l4proto udp counter name seen\n\
                     meta l4proto udp numgen random mod 100 < {share_pct} counter name dropped drop"
                ),
            )),
            Self::Silent { hop } => lab.at(*hop).nft(&table("quiet", "output", &format!("{COMPLAINTS} drop"))),
            Self::Busy { hop, unanswered_pct } => lab.at(*hop).nft(&table(
                "quiet",
                "output",
                &format!("{COMPLAINTS} numgen random mod 100 < {unanswered_pct} drop"),
            )),
            Self::Limited { hop } => lab.limit_complaints(*hop),
            Self::BlackHole { hop } => lab.at(*hop).nft(&table("hole", "forward", "drop")),
            Self::Prohibits { hop } => {
                lab.at(*hop).nft(&table("hole", "forward", "reject with icmpx type admin-prohibited"))
            }
            Self::PortDropped { port } => {
                lab.at(lab.target()).nft(&table("shut", "input", &format!("tcp dport {port} drop")))
            }
        }
        .unwrap();
    }

    /// The link that loses packets, and how many it dropped by its own counter.
    pub(crate) fn counted(&self, lab: &Lab) -> Option<Counted> {
        let (link, at) = match self {
            Self::Loss { link, way: Way::There, .. } => (*link, *link),
            Self::Loss { link, way: Way::Back, .. } => (*link, *link - 1),
            Self::LossToTarget { .. } => (lab.target(), lab.target()),
            _ => return None,
        };
        let (seen, dropped) = (packets(lab, at, "seen"), packets(lab, at, "dropped"));
        Some(Counted { link, seen, dropped })
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

fn table(name: &str, hook: &str, rules: &str) -> String {
    format!(
        "table inet {name} {{\ncounter seen {{ }}\ncounter dropped {{ }}\nchain c {{\n\
         type filter hook {hook} priority -300;\n{rules}\n}}\n}}"
    )
}
