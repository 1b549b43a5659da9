//! Faults that are packet filter rules. They drop, refuse, redirect or count, and hold nothing.

use nightline_testkit::netns::Namespace;

use super::NEIGHBORS;
use crate::network::Lab;
use crate::world::{INTERCEPTOR_PORT, NAME_SERVERS, PORTAL_PORT, PROXY_HOP};

/// Counts what comes and what goes on, before and behind what may lose it.
pub(super) fn count(at: &Namespace, hook: &str, what: &str) {
    let chain = |name: &str, priority: i32| {
        format!(
            "counter {name} {{ }}\nchain c-{name} {{\ntype filter hook {hook} priority {priority};\n\
             {NEIGHBORS} accept\n{what} counter name {name}\n}}"
        )
    };
    at.nft(&format!("table inet fault {{\n{}\n{}\n}}", chain("seen", -300), chain("passed", -100))).unwrap();
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
        "table inet {name} {{\nchain c {{\n\
         type filter hook {hook} priority -300;\n{rules}\n}}\n}}"
    )
}
