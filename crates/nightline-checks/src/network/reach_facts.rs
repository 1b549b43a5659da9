//! The facts of one attempt to reach an endpoint, shared by the desk's and the target's check. Connects to nothing
//! but, where a connection failed, asks whether the host itself is alive.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use nightline_probe::certificate::Certificate;
use nightline_probe::echo::echo;
use nightline_probe::path::{HopTrace, Method, Trace, TraceError, TracePlan, Unreachable, trace};
use nightline_probe::tls::Roots;
use nightline_types::{Privacy, Timestamp, Unit};

use super::endpoint::Endpoint;
use super::local::{Distance, distance, is_own};
use super::phases::Phases;
use crate::notes::Notes;
use crate::{Context, FactSpec};

/// A host in the same country answers in a fifth of this.
const ALIVE_LIMIT: Duration = Duration::from_millis(1_000);
/// Refuses by a route or a firewall of its own.
const THIS_MACHINE: &str = "this-machine";
const SECONDS_A_DAY: f64 = 86_400.0;

pub(super) const FACTS: &[FactSpec] = &[
    FactSpec::new("endpoint", "where the attempt went, with the port").private(Privacy::Host),
    FactSpec::new("host", "the name or address that was asked for").private(Privacy::Host),
    FactSpec::new("reached", "everything that is expected there answered"),
    FactSpec::new("failed_phase", "dns, tcp, tls or http"),
    FactSpec::new("failure", "how the phase failed"),
    FactSpec::new("address", "the address that was used").private(Privacy::Ip),
    FactSpec::new("loopback", "it is this very machine"),
    FactSpec::new(
        "off_link_answered",
        "something behind the router answered; absent where nothing behind it was asked",
    ),
    FactSpec::new(
        "host_answers",
        "the host itself is alive: by echo, by its own complaint, or because it refused",
    ),
    FactSpec::new(
        "refused_by",
        "who lets no connection get there, where it is not the host: this-machine, or a router's address",
    )
    .private(Privacy::Ip),
    FactSpec::new(
        "web_ports_closed",
        "nobody named a port, the host is alive, and it takes no web connection",
    ),
    FactSpec::new("via_proxy", "the attempt went through the proxy"),
    FactSpec::new("proxy", "the proxy that it went through").private(Privacy::Host),
    FactSpec::new("proxy_status", "what the proxy itself said"),
    FactSpec::new("sign_in_schemes", "the ways of signing in that the proxy names, in small letters"),
    FactSpec::new("dns_ms", "name to address").unit(Unit::Ms),
    FactSpec::new("tcp_ms", "handshake of the connection").unit(Unit::Ms),
    FactSpec::new("tls_ms", "handshake of the encryption").unit(Unit::Ms),
    FactSpec::new("http_ms", "request to first byte").unit(Unit::Ms),
    FactSpec::new("http_status", "the answer's status"),
    FactSpec::new("cert_problem", "what is wrong with the certificate, or none"),
    FactSpec::new("cert_subject", "whom the certificate names").private(Privacy::Host),
    FactSpec::new("cert_issuer", "who signed it").private(Privacy::Text),
    FactSpec::new("cert_names", "names and addresses it is for").private(Privacy::Host),
    FactSpec::new("cert_not_before", "valid from"),
    FactSpec::new("cert_not_after", "valid until"),
    FactSpec::new("cert_days_left", "days until it expires").unit(Unit::Days),
    FactSpec::new("cert_chain", "subjects of the chain as it was sent").private(Privacy::Text),
    FactSpec::new("cert_public", "everybody's list of issuers knows the chain, not only this machine's"),
    FactSpec::new("cert_root", "who stands at the end of the chain as it was sent").private(Privacy::Text),
    FactSpec::new("udp_ports", "ports of the desk that answer UDP, as it says"),
    FactSpec::new("signed_name", "a DNS name with a good signature, as the desk says").private(Privacy::Host),
    FactSpec::new("broken_name", "one whose signature is broken on purpose").private(Privacy::Host),
    FactSpec::new("absent_name", "a name that the desk says does not exist").private(Privacy::Host),
];

/// Notes what an attempt showed.
pub(super) async fn note(
    notes: &mut Notes,
    context: &Context,
    endpoint: &Endpoint,
    phases: &Phases,
    proxied: bool,
) {
    notes.put("endpoint", endpoint.label(), "given");
    notes.put("host", endpoint.host.as_str(), "given");
    notes.put("reached", phases.is_reached(), "connect");
    notes.put_some("failed_phase", phases.failure.map(|(phase, _)| phase), "connect");
    notes.put_some("failure", phases.failure.map(|(_, code)| code), "connect");
    notes.put("via_proxy", proxied, "connect");
    notes.put_some("proxy", phases.via.as_ref().map(|it| it.label()), "settings");
    notes.put_some("proxy_status", phases.proxy_status, "http-connect");
    if !phases.sign_in_schemes.is_empty() {
        notes.put("sign_in_schemes", phases.sign_in_schemes.clone(), "http-connect");
    }
    let timed = [
        ("dns_ms", phases.name, "getaddrinfo"),
        ("tcp_ms", phases.connect, "tcp-connect"),
        ("tls_ms", phases.encrypt, "tls-handshake"),
        ("http_ms", phases.answer.as_ref().map(|it| it.first_byte), "http-get"),
    ];
    for (key, took, method) in timed {
        if let Some(took) = took {
            notes.put_ms(key, took, method);
        }
    }
    notes.put_some("http_status", phases.answer.as_ref().map(|it| it.status), "http-get");
    note_certificate(notes, (context.clock)(), phases);
    let Some(address) = phases.peer.or(phases.addresses.first().copied()) else { return };
    notes.put("address", address.to_string(), "getaddrinfo");
    let peer = SocketAddr::new(address, endpoint.port);
    note_reach(notes, context, peer, phases, proxied).await;
}

async fn note_reach(notes: &mut Notes, context: &Context, peer: SocketAddr, phases: &Phases, proxied: bool) {
    let address = peer.ip();
    let distance = distance(context, address);
    // A proxy on this machine says nothing about where the host is.
    notes.put("loopback", distance == Distance::Loopback && !proxied, "netlink");
    let failed = matches!(phases.failure, Some(("tcp", _)));
    let asked = async {
        match failed && !proxied && distance == Distance::OffLink {
            true => who_refuses(context, peer).await,
            false => None,
        }
    };
    // Reached without a connection: both ports of the web were refused.
    let spoke = phases.connect.is_some() || phases.is_reached();
    let (refused_by, answers) = tokio::join!(asked, async { spoke || is_alive(address).await });
    notes.put_some("refused_by", refused_by.as_deref(), "trace");
    let refused = phases.failure == Some(("tcp", "refused")) && refused_by.is_none();
    let (spoke, alive) = (spoke || refused, answers || refused);
    notes.put("host_answers", alive, if spoke { "tcp-connect" } else { "icmp-echo" });
    if distance == Distance::OffLink {
        notes.put("off_link_answered", alive, "tcp-connect");
    }
}

/// Who it is that refuses connections in the host's place: this very machine, or a router. Only the packets that are
/// refused tell, so it asks by connections, and beside them by datagrams for comparison; `None` where the system traces
/// by others, or where the host itself refuses.
pub(super) async fn who_refuses(context: &Context, peer: SocketAddr) -> Option<String> {
    let plan = |method| TracePlan::once(peer.ip(), method, ALIVE_LIMIT);
    let (traced, compared) = tokio::join!(trace(plan(Method::Tcp(peer.port()))), trace(plan(Method::Udp)));
    let traced = match traced {
        Ok(traced) => traced,
        Err(TraceError::NoRoute | TraceError::Socket(_)) => return Some(THIS_MACHINE.to_owned()),
        Err(_) => return None,
    };
    if !matches!(traced.method, Method::Tcp(_)) {
        return None;
    }
    let refusing = match traced.hops.iter().find(|hop| hop.unreachable.is_some()) {
        Some(hop) => {
            let by = *hop.addresses.first()?;
            // The host's neighbor looked for it in vain: it is the host that is gone.
            let is_gone = hop.unreachable == Some(Unreachable::Host) && !is_own(context, by);
            Some(by).filter(|it| *it != peer.ip() && !is_gone)
        }
        None => compared.ok().and_then(|compared| in_its_name(&traced, &compared)),
    }?;
    Some(if is_own(context, refusing) { THIS_MACHINE.to_owned() } else { refusing.to_string() })
}

/// Who answers in the host's name, or lets a connection vanish before the first router, where datagrams get farther:
/// the loopback address for this machine.
fn in_its_name(connections: &Trace, datagrams: &Trace) -> Option<IpAddr> {
    let own = IpAddr::from(std::net::Ipv4Addr::LOCALHOST);
    let is_router = |hop: Option<&HopTrace>| {
        hop.is_some_and(|hop| !hop.addresses.is_empty() && !hop.addresses.contains(&connections.address))
    };
    if connections.hops.iter().all(|hop| hop.addresses.is_empty()) {
        return is_router(datagrams.hops.first()).then_some(own);
    }
    let end = connections.hops.len().checked_sub(1).filter(|_| connections.reached)?;
    if !is_router(datagrams.hops.get(end)) {
        return None;
    }
    match end.checked_sub(1) {
        None => Some(own),
        Some(before) => connections.hops.get(before)?.addresses.first().copied(),
    }
}

/// Asks the host itself in two ways; the second needs no right.
async fn is_alive(address: IpAddr) -> bool {
    let plan = TracePlan::once(address, Method::Udp, ALIVE_LIMIT);
    let (echoes, complaint) =
        tokio::join!(echo(address, 2, Duration::from_millis(50), ALIVE_LIMIT), trace(plan));
    echoes.is_ok_and(|it| it.received() > 0) || complaint.is_ok_and(|it| it.reached)
}

fn note_certificate(notes: &mut Notes, now: Timestamp, phases: &Phases) {
    if phases.encrypt.is_none() {
        return;
    }
    const METHOD: &str = "tls-chain";
    notes.put("cert_problem", phases.problem.map_or("none", |it| it.code()), METHOD);
    let Some(leaf) = phases.chain.first() else { return };
    notes.put("cert_subject", leaf.subject.as_str(), METHOD);
    notes.put("cert_issuer", leaf.issuer.as_str(), METHOD);
    notes.put("cert_names", leaf.names.clone(), METHOD);
    notes.put("cert_not_before", Timestamp::from(leaf.not_before), METHOD);
    notes.put("cert_not_after", Timestamp::from(leaf.not_after), METHOD);
    notes.put("cert_days_left", days_left(leaf, now), METHOD);
    notes.put_some("cert_public", phases.is_public, METHOD);
    notes.put_some("cert_root", phases.chain.last().map(|it| it.issuer.as_str()), METHOD);
    notes.put("cert_chain", phases.chain.iter().map(|it| it.subject.clone()).collect::<Vec<_>>(), METHOD);
}

/// Negative once it has expired; to a tenth of a day.
fn days_left(leaf: &Certificate, now: Timestamp) -> f64 {
    let end = Timestamp::from(leaf.not_after);
    let seconds = if end >= now { end.since(now).as_secs_f64() } else { -now.since(end).as_secs_f64() };
    (seconds / SECONDS_A_DAY * 10.0).round() / 10.0
}

/// The trusted roots; read where blocking is allowed.
pub(super) async fn roots(extra: Option<PathBuf>) -> Option<Roots> {
    tokio::task::spawn_blocking(move || Roots::load(extra.as_deref())).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trace to 192.0.2.9 by who answered at each distance, 0 for nobody.
    fn trace_of(hosts: &[u8], reached: bool) -> Trace {
        let hops = (1..).zip(hosts).map(|(ttl, host)| HopTrace {
            ttl,
            addresses: (*host > 0).then(|| IpAddr::from([192, 0, 2, *host])).into_iter().collect(),
            ..HopTrace::default()
        });
        let address = IpAddr::from([192, 0, 2, 9]);
        Trace { address, method: Method::Udp, rounds: 1, reached, one_flow: false, hops: hops.collect() }
    }

    #[test]
    fn an_answer_from_nearer_than_the_host_is_not_the_hosts() {
        let way = trace_of(&[1, 2, 9], true);
        let by =
            |hosts: &[u8], reached| in_its_name(&trace_of(hosts, reached), &way).map(|it| it.to_string());
        assert_eq!(by(&[1, 2, 9], true), None);
        assert_eq!(by(&[9], true).as_deref(), Some("127.0.0.1"));
        assert_eq!(by(&[1, 9], true).as_deref(), Some("192.0.2.1"));
        assert_eq!(by(&[0, 9], true), None);
        // It vanished before the first router, or farther on.
        assert_eq!(by(&[0, 0], false).as_deref(), Some("127.0.0.1"));
        assert_eq!(by(&[1, 0], false), None);
        // The host stands on the link, or nobody answers datagrams.
        assert_eq!(in_its_name(&trace_of(&[9], true), &trace_of(&[9], true)), None);
        assert_eq!(in_its_name(&trace_of(&[9], true), &trace_of(&[0], false)), None);
    }
}
