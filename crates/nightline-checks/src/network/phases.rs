//! One attempt to reach an endpoint, phase by phase: name, connection, encryption, answer. Judges nothing, and sends
//! nothing over a connection whose certificate is bad.

use std::net::IpAddr;
use std::time::Duration;

use nightline_probe::certificate::{Certificate, Problem};
use nightline_probe::connect::{ConnectError, Connected, connect};
use nightline_probe::http::{Answer, get};
use nightline_probe::resolve::resolve;
use nightline_probe::tls::{Roots, handshake};
use nightline_types::{Message, TargetProbe, Timestamp};
use tokio::net::TcpStream;

use super::endpoint::Endpoint;
use super::past_proxy::{self, Wire};
use super::proxy_setting::{Speaks, Via};

/// Half of what a resolver library waits for one server; longer is broken for a person.
const NAME_LIMIT: Duration = Duration::from_millis(3_500);
/// Three packets of a handshake (at 0, 1 and 3 s) fit in.
pub(crate) const CONNECT_LIMIT: Duration = Duration::from_millis(3_000);
/// A slow server on a slow line.
pub(super) const TLS_LIMIT: Duration = Duration::from_millis(3_000);
/// To the end of a small answer.
pub(super) const HTTP_LIMIT: Duration = Duration::from_millis(3_000);
/// The longest that one attempt may take together.
pub(crate) const LONGEST: Duration = Duration::from_millis(6_500);

/// What an attempt showed. A phase that was not reached is absent.
#[derive(Debug, Default)]
pub(crate) struct Phases {
    pub(crate) addresses: Vec<IpAddr>,
    /// Which address took the connection.
    pub(crate) peer: Option<IpAddr>,
    pub(crate) name: Option<Duration>,
    pub(crate) connect: Option<Duration>,
    pub(crate) encrypt: Option<Duration>,
    pub(crate) answer: Option<Answer>,
    pub(crate) chain: Vec<Certificate>,
    pub(crate) problem: Option<Problem>,
    /// Whether everybody's list of issuers knows the chain; absent where nobody's does.
    pub(crate) is_public: Option<bool>,
    /// Phase and code of the failure.
    pub(crate) failure: Option<(&'static str, &'static str)>,
    /// The proxy that it went through; name and connection are the proxy's then.
    pub(crate) via: Option<Via>,
    /// What the proxy itself said, if it said something.
    pub(crate) proxy_status: Option<u16>,
    /// How it lets people sign in, in small letters, where it asks for that.
    pub(crate) sign_in_schemes: Vec<String>,
}

impl Phases {
    /// Whether everything that was expected there answered.
    pub(crate) fn is_reached(&self) -> bool {
        self.failure.is_none()
    }

    /// The attempt in the form of the report.
    pub(crate) fn probe(&self, at: Timestamp) -> TargetProbe {
        TargetProbe {
            at: Some(at),
            reached: self.is_reached(),
            failed_phase: self.failure.map(|(phase, _)| phase.to_owned()),
            failure: self.failure.map(|(phase, code)| failure_message(phase, code)),
            dns_ms: self.name.map(Into::into),
            tcp_ms: self.connect.map(Into::into),
            tls_ms: self.encrypt.map(Into::into),
            http_ms: self.answer.as_ref().map(|it| it.first_byte.into()),
            http_status: self.answer.as_ref().map(|it| it.status),
        }
    }
}

/// The failure in words.
pub(crate) fn failure_message(phase: &str, code: &str) -> Message {
    let id = match (phase, code) {
        ("dns", "not-found") => "failure-dns-not-found",
        ("dns", "timeout") => "failure-dns-timeout",
        ("dns", _) => "failure-dns",
        ("tcp", "refused") => "failure-tcp-refused",
        ("tcp", "reset") => "failure-tcp-reset",
        ("tcp", "timeout") => "failure-tcp-timeout",
        ("tcp", "unreachable") => "failure-tcp-unreachable",
        ("tcp", "not-allowed") => "failure-tcp-not-allowed",
        ("tcp", "no-route") => "failure-tcp-no-route",
        ("tcp", _) => "failure-tcp",
        ("tls", "expired") => "failure-tls-expired",
        ("tls", "not-yet-valid") => "failure-tls-not-yet-valid",
        ("tls", "wrong-name") => "failure-tls-wrong-name",
        ("tls", "self-signed") => "failure-tls-self-signed",
        ("tls", "incomplete") => "failure-tls-incomplete",
        ("tls", "unknown-issuer" | "no-roots") => "failure-tls-unknown-issuer",
        ("tls", _) => "failure-tls",
        (_, "proxy-refused") => "failure-proxy",
        (_, "proxy-other-kind") => "failure-proxy-other-kind",
        (_, code) if code.starts_with("proxy-") => "failure-proxy-mute",
        _ => "failure-http",
    };
    Message::new(id)
}

/// One attempt. `headers` are sent with the request.
pub(crate) async fn attempt(
    endpoint: &Endpoint,
    via: Option<&Via>,
    roots: &Roots,
    headers: &[(&str, &str)],
) -> Phases {
    let mut phases = Phases { via: via.cloned(), ..Phases::default() };
    if via.is_some_and(|it| it.speaks == Speaks::Socks) {
        phases.failure = Some(("http", "proxy-other-kind"));
        return phases;
    }
    let work = run(endpoint, via, roots, headers, &mut phases);
    if tokio::time::timeout(LONGEST, work).await.is_err() {
        let is_tunnel_missing = via.is_some() && endpoint.tls && phases.proxy_status.is_none();
        phases.failure = Some(match (phases.name, phases.connect, phases.encrypt) {
            (None, ..) => ("dns", "timeout"),
            (_, None, _) => ("tcp", "timeout"),
            _ if is_tunnel_missing => ("http", "proxy-timeout"),
            (_, _, None) if endpoint.tls => ("tls", "timeout"),
            _ => ("http", "timeout"),
        });
    }
    phases
}

async fn run(
    endpoint: &Endpoint,
    via: Option<&Via>,
    roots: &Roots,
    headers: &[(&str, &str)],
    phases: &mut Phases,
) {
    let (host, port) =
        via.map_or((endpoint.host.as_str(), endpoint.port), |via| (via.host.as_str(), via.port));
    match resolve(host, NAME_LIMIT).await {
        Ok(resolved) => {
            phases.name = Some(resolved.took);
            phases.addresses = resolved.addresses;
        }
        Err(error) => {
            phases.failure = Some(("dns", error.code()));
            return;
        }
    }
    let Some(stream) = connected(phases, port).await else { return };
    let mut stream: Box<dyn Wire> = match via {
        Some(via) => match past_proxy::ready(stream, via, roots, TLS_LIMIT).await {
            Some(stream) => stream,
            None => {
                phases.failure = Some(("http", "proxy-tls"));
                return;
            }
        },
        None => Box::new(stream),
    };
    match (via.is_some(), endpoint.tls) {
        (false, false) => return request(endpoint, &mut stream, headers, phases).await,
        (true, false) => return past_proxy::request(endpoint, &mut stream, headers, phases).await,
        (true, true) if !past_proxy::tunnelled(endpoint, &mut stream, phases).await => return,
        (_, true) => {}
    }
    match handshake(stream, &endpoint.host, roots, TLS_LIMIT).await {
        Err(error) => phases.failure = Some(("tls", error.code())),
        Ok(shaken) => {
            phases.encrypt = Some(shaken.took);
            phases.chain = shaken.chain;
            phases.problem = shaken.problem;
            phases.is_public = shaken.is_public;
            match shaken.stream {
                Some(mut stream) => request(endpoint, &mut stream, headers, phases).await,
                None => phases.failure = Some(("tls", shaken.problem.unwrap_or(Problem::Other).code())),
            }
        }
    }
}

async fn connected(phases: &mut Phases, port: u16) -> Option<TcpStream> {
    match connect(&phases.addresses, port, CONNECT_LIMIT).await {
        Ok(Connected { stream, peer, took }) => {
            phases.connect = Some(took);
            phases.peer = Some(peer.ip());
            Some(stream)
        }
        Err(error) => {
            let code = if error == ConnectError::System { "other" } else { error.code() };
            phases.failure = Some(("tcp", code));
            None
        }
    }
}

async fn request<S>(endpoint: &Endpoint, stream: &mut S, headers: &[(&str, &str)], phases: &mut Phases)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let Some(path) = &endpoint.http else { return };
    match get(stream, &endpoint.host_header(), path, headers, HTTP_LIMIT).await {
        Ok(answer) => phases.answer = Some(answer),
        Err(error) => phases.failure = Some(("http", error.code())),
    }
}
