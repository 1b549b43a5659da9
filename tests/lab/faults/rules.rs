//! Faults that are packet filter rules. They drop, refuse or redirect, and hold nothing.

use super::{NEIGHBORS, Way};
use crate::network::Lab;
use crate::world::{INTERCEPTOR_PORT, NAME_SERVERS, PORTAL_PORT, PROXY_HOP};

pub(super) fn loss(lab: &Lab, link: u8, share_pct: u32, way: Way) {
    // Where the packets of that direction come in.
    let (at, interface) = match way {
        Way::There => (link, "near"),
        Way::Back => (link - 1, "far"),
    };
    let rules = format!(
        "{NEIGHBORS} accept\n\
         iifname \"{interface}\" counter name seen\n\
         iifname \"{interface}\" numgen random mod 100 < {share_pct} counter name dropped drop"
    );
    lab.at(at).nft(&table("fault", "prerouting", &rules)).unwrap();
}

pub(super) fn loss_to_target(lab: &Lab, share_pct: u32) {
    let rules = format!(
        "meta l4proto udp counter name seen\n\
         meta l4proto udp numgen random mod 100 < {share_pct} counter name dropped drop"
    );
    lab.at(lab.target()).nft(&table("fault", "input", &rules)).unwrap();
}

pub(super) fn at_target(lab: &Lab, port: u16, fate: &str) {
    let rule = format!("tcp dport {port} {fate}");
    lab.at(lab.target()).nft(&table("shut", "input", &rule)).unwrap();
}

pub(super) fn dead_name_servers(lab: &Lab, servers: &[u8]) {
    for server in servers {
        let (hop, _) = NAME_SERVERS[usize::from(*server) - 1];
        let rule = "meta l4proto { tcp, udp } th dport 53 drop";
        lab.at(hop).nft(&table("mute", "input", rule)).unwrap();
    }
}

pub(super) fn portal(lab: &Lab) {
    let router = lab.at(1);
    router.nft(&redirect(80, PORTAL_PORT)).unwrap();
    router
        .nft(&table(
            "closed",
            "forward",
            "meta l4proto { tcp, udp } th dport 53 accept\nth sport 53 accept\ndrop",
        ))
        .unwrap();
}

pub(super) fn interception(lab: &Lab) {
    lab.at(1).nft(&redirect(443, INTERCEPTOR_PORT)).unwrap();
}

pub(super) fn no_web_but_by_proxy(lab: &Lab) {
    lab.at(PROXY_HOP).nft(&table("closed", "forward", "tcp dport { 80, 443, 8080 } drop")).unwrap();
}

pub(super) fn no_udp(lab: &Lab) {
    let rule = "udp dport 53 accept\nudp sport 53 accept\nmeta l4proto udp drop";
    lab.at(PROXY_HOP).nft(&table("closed", "forward", rule)).unwrap();
}

pub(super) fn hosts(lab: &Lab, line: &str) {
    // The client's machine keeps its mounts to itself, and the file lives as long as the mount.
    let script = "file=$(mktemp) && chmod 644 \"$file\" && echo \"$1\" > \"$file\" && \
                  mount --bind \"$file\" /etc/hosts && rm \"$file\"";
    lab.at(0).run("sh", &["-c", script, "sh", line]).unwrap();
}

/// What the home sends to a port ends at the router itself.
fn redirect(from: u16, to: u16) -> String {
    format!(
        "table inet detour {{\nchain c {{\ntype nat hook prerouting priority -100;\n\
         iifname \"near\" tcp dport {from} redirect to :{to}\n}}\n}}"
    )
}

pub(super) fn table(name: &str, hook: &str, rules: &str) -> String {
    format!(
        "table inet {name} {{\ncounter seen {{ }}\ncounter dropped {{ }}\nchain c {{\n\
         type filter hook {hook} priority -300;\n{rules}\n}}\n}}"
    )
}
