//! Faults of links, routes and addresses, and somebody else at home who fills a link.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use nightline_testkit::netns::Namespace;

use super::rules::table;
use crate::desk::Running;
use crate::network::Lab;
use crate::world::PROXY_HOP;

/// Where what fills a link ends (RFC 863).
const DISCARD: u16 = 9;
/// A link without a queue takes at least a packet with its segments.
const BURST_BYTES: u32 = 8 * 1_024;
/// So long a router has its way, and so long it has lost it.
const FLAP_S: &str = "0.6";

pub(super) fn gateway_dead(lab: &Lab) {
    lab.at(1).ip("address flush dev near").unwrap();
    // It has been so for a while.
    lab.at(0).ip("neigh flush all").unwrap();
}

pub(super) fn ipv6_broken(lab: &Lab) {
    // An address that the world could answer; only from such a one IPv6 is preferred (RFC 6724).
    lab.at(0).ip("-6 address add 2a00:1::2/64 dev far nodad").unwrap();
    lab.at(1).ip("-6 address add 2a00:1::1/64 dev near nodad").unwrap();
    lab.at(PROXY_HOP).nft(&table("hole", "forward", "meta nfproto ipv6 drop")).unwrap();
}

pub(super) fn small_mtu(lab: &Lab, link: u8, mtu: u32, silent: bool) {
    for (at, interface) in [(link - 1, "far"), (link, "near")] {
        lab.at(at).ip(&format!("link set {interface} mtu {mtu}")).unwrap();
        if silent {
            let rules = "icmp type destination-unreachable icmp code frag-needed drop\nicmpv6 type packet-too-big drop";
            lab.at(at).nft(&table("mute", "output", rules)).unwrap();
        }
    }
}

/// A second router beside the third. IPv4 only.
pub(super) fn two_ways(lab: &Lab, share_pct: u32) {
    const NEAR: &str = "20.1.9";
    const FAR: &str = "20.2.9";
    let (before, beside, behind) = (lab.at(2), Namespace::new().unwrap(), lab.at(4));
    for (near, interface, far, net) in [(before, "other", &beside, NEAR), (&beside, "far", behind, FAR)] {
        let there = if interface == "far" { "other" } else { "near" };
        near.cable((interface, &format!("{net}.1/24")), far, (there, &format!("{net}.2/24"))).unwrap();
    }
    beside.set("net/ipv4/ip_forward", "1").unwrap();
    beside.set("net/ipv4/icmp_ratelimit", "0").unwrap();
    beside.ip(&format!("route add default via {FAR}.2")).unwrap();
    beside.ip(&format!("route add 192.168.1.0/24 via {NEAR}.1")).unwrap();
    // Answers go back by the first way.
    behind.set("net/ipv4/conf/all/rp_filter", "0").unwrap();
    behind.set("net/ipv4/conf/other/rp_filter", "0").unwrap();
    if share_pct > 0 {
        super::packets::loss_beside(lab, &beside, share_pct);
    }
    // Addresses and ports choose, as in large networks.
    before.set("net/ipv4/fib_multipath_hash_policy", "1").unwrap();
    let first = crate::network::address(4, 2, 2);
    before.ip(&format!("route replace default nexthop via {first} nexthop via {NEAR}.2")).unwrap();
    lab.keep(beside);
}

pub(super) fn circle(lab: &Lab, hop: u8) {
    let before = crate::network::address(4, hop - 1, 1);
    // More exact than any other way there.
    lab.at(hop).ip(&format!("route add {}/32 via {before}", lab.target_address())).unwrap();
}

pub(super) fn flapping(lab: &Lab, hop: u8) {
    // More exact than any other way there.
    let route = format!("blackhole {}/32", lab.target_address());
    let script =
        format!("while ip route add {route}; do sleep {FLAP_S}; ip route del {route}; sleep {FLAP_S}; done");
    let child = lab.at(hop).command("sh").args(["-c", &script]).stdin(Stdio::null()).spawn().unwrap();
    lab.keep(Running(child));
}

pub(super) fn slow_line(lab: &Lab, link: u8, kbit: u32, queue_ms: u32) {
    let words =
        format!("qdisc add dev far root tbf rate {kbit}kbit burst {BURST_BYTES} latency {queue_ms}ms");
    lab.at(link - 1).run("tc", &words.split(' ').collect::<Vec<_>>()).unwrap();
}

pub(super) fn bufferbloat(lab: &Lab, link: u8, kbit: u32, queue_ms: u32) {
    slow_line(lab, link, kbit, queue_ms);
    let home = lab.at(link - 1);
    // The default here backs off as soon as the queue grows.
    home.set("net/ipv4/tcp_congestion_control", "reno").unwrap();
    let target = SocketAddr::new(lab.target_address().parse().unwrap(), DISCARD);
    lab.at(lab.target()).inside(move |listening| discard(target, listening)).unwrap();
    let ended = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&ended);
    let thread = home.inside(move |running| fill(target, &flag, running)).unwrap();
    lab.keep(Load { ended, thread: Some(thread) });
}

/// Somebody who sends as much as the link takes.
struct Load {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Drop for Load {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn fill(target: SocketAddr, ended: &AtomicBool, running: &dyn Fn()) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(target)?;
    running();
    while !ended.load(Ordering::Relaxed) {
        stream.write_all(&[0; 4_096])?;
    }
    Ok(())
}

fn discard(address: SocketAddr, listening: &dyn Fn()) -> std::io::Result<()> {
    let listener = TcpListener::bind(address)?;
    listening();
    let (mut stream, _) = listener.accept()?;
    let mut buffer = [0; 16 * 1_024];
    while stream.read(&mut buffer)? > 0 {}
    Ok(())
}
