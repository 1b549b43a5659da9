//! The probes against servers of our own on loopback: what works, and each way of failing. Reaches nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its server has failed")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use nightline_probe::certificate::Problem;
use nightline_probe::connect::{ConnectError, connect};
use nightline_probe::dns::{DnsError, RecordType, ask};
use nightline_probe::http::{HttpError, get};
use nightline_probe::resolve::{ResolveError, resolve};
use nightline_probe::tls::{Handshake, Roots, TlsError, handshake};
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

/// Long enough for a busy machine; nothing here waits for it unless it fails.
const LIMIT: Duration = Duration::from_secs(20);
/// For what must stay silent.
const SHORT: Duration = Duration::from_millis(50);
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test]
async fn an_open_port_connects_and_a_closed_one_refuses() {
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    assert_eq!(connect(&[HERE], port, LIMIT).await.unwrap().peer.ip(), HERE);
    drop(listener);
    assert_eq!(connect(&[HERE], port, LIMIT).await.unwrap_err(), ConnectError::Refused);
    assert_eq!(connect(&[], port, LIMIT).await.unwrap_err(), ConnectError::NoRoute);
}

#[tokio::test]
async fn an_address_is_its_own_name_and_invalid_names_are_not_known() {
    assert_eq!(resolve("127.0.0.1", LIMIT).await.unwrap().addresses, [HERE]);
    assert!(resolve("localhost", LIMIT).await.unwrap().addresses.iter().all(IpAddr::is_loopback));
    // Refused without a question: a name must not contain this.
    let error = resolve("no name", LIMIT).await.unwrap_err();
    assert!(
        matches!(error, ResolveError::NotFound | ResolveError::System | ResolveError::TryAgain),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_is_read_with_status_headers_and_body() {
    let answer = served("HTTP/1.1 204 No Content\r\nX-Nightline-Challenge: abc\r\n\r\n").await.unwrap();
    assert_eq!((answer.status, answer.header("x-nightline-challenge")), (204, Some("abc")));
    let answer = served("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokmore").await.unwrap();
    assert_eq!(answer.body, b"ok");
}

#[tokio::test]
async fn what_is_no_answer_is_told_apart() {
    assert_eq!(served("").await.unwrap_err(), HttpError::Cut);
    assert_eq!(served("SSH-2.0-OpenSSH_9.2\r\n").await.unwrap_err(), HttpError::NotHttp);
    assert_eq!(served("HTTP/1.1 abc\r\n\r\n").await.unwrap_err(), HttpError::NotHttp);
    assert_eq!(served(&"x".repeat(40_000)).await.unwrap_err(), HttpError::NotHttp);
}

async fn served(answer: &str) -> Result<nightline_probe::http::Answer, HttpError> {
    let (mut client, mut server) = tokio::io::duplex(64 * 1024);
    let answer = answer.to_owned();
    tokio::spawn(async move {
        let mut head = [0_u8; 1024];
        let _ = server.read(&mut head).await;
        let _ = server.write_all(answer.as_bytes()).await;
    });
    get(&mut client, "desk.test", "/", &[], LIMIT).await
}

#[tokio::test]
async fn who_greets_in_another_protocol_and_waits_is_not_silent() {
    let (mut client, mut server) = tokio::io::duplex(1024);
    server.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await.unwrap();
    assert_eq!(get(&mut client, "desk.test", "/", &[], LIMIT).await.unwrap_err(), HttpError::NotHttp);
    drop(server);
}

#[tokio::test]
async fn a_silent_name_server_and_a_closed_port_are_told_apart() {
    let socket = UdpSocket::bind((HERE, 0)).await.unwrap();
    let server: SocketAddr = socket.local_addr().unwrap();
    assert_eq!(ask(server, "files.test", RecordType::A, SHORT).await.unwrap_err(), DnsError::TimedOut);
    drop(socket);
    assert_eq!(ask(server, "files.test", RecordType::A, LIMIT).await.unwrap_err(), DnsError::PortClosed);
    let long = "x".repeat(300);
    assert_eq!(ask(server, &long, RecordType::A, LIMIT).await.unwrap_err(), DnsError::BadName);
}

#[tokio::test]
async fn a_certificate_that_the_organization_trusts_is_good() {
    let shaken = shake(&Signed::by_our_own(|_| {}), "desk.test").await;
    assert_eq!(shaken.problem, None);
    assert!(shaken.stream.is_some());
    assert_eq!(shaken.chain[0].names, ["desk.test"]);
}

#[tokio::test]
async fn bad_certificates_are_told_apart_and_nothing_is_sent_over_them() {
    let old = |params: &mut CertificateParams| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    };
    let future = |params: &mut CertificateParams| {
        params.not_before = rcgen::date_time_ymd(2090, 1, 1);
        params.not_after = rcgen::date_time_ymd(2091, 1, 1);
    };
    check(Signed::by_our_own(old), "desk.test", Problem::Expired).await;
    check(Signed::by_our_own(future), "desk.test", Problem::NotYetValid).await;
    check(Signed::by_our_own(|_| {}), "other.test", Problem::WrongName).await;
    check(Signed::by_itself(), "desk.test", Problem::SelfSigned).await;
    check(Signed::by_a_stranger(), "desk.test", Problem::UnknownIssuer).await;
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_told_apart() {
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"220 mail.test ESMTP\r\n").await;
        }
    });
    let stream = TcpStream::connect(address).await.unwrap();
    let error = handshake(stream, "desk.test", &Roots::load(None), LIMIT).await.unwrap_err();
    assert_eq!(error, TlsError::NotTls);
}

/// A server's certificate and key, and the roots that the client has.
struct Signed {
    chain: Vec<rcgen::Certificate>,
    key: KeyPair,
    trusted: rcgen::Certificate,
}

impl Signed {
    fn new(change: impl FnOnce(&mut CertificateParams), self_signed: bool, trust_issuer: bool) -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca_params = CertificateParams::default();
        ca_params.distinguished_name.push(rcgen::DnType::CommonName, "Test Root");
        ca_params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let ca = ca_params.self_signed(&ca_key).unwrap();
        let issuer = rcgen::Issuer::new(ca_params, ca_key);
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["desk.test".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "desk.test");
        change(&mut params);
        let leaf =
            if self_signed { params.self_signed(&key) } else { params.signed_by(&key, &issuer) }.unwrap();
        let stranger_key = KeyPair::generate().unwrap();
        let mut stranger = CertificateParams::default();
        stranger.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let trusted = if trust_issuer { ca } else { stranger.self_signed(&stranger_key).unwrap() };
        Self { chain: vec![leaf], key, trusted }
    }

    fn by_our_own(change: impl FnOnce(&mut CertificateParams)) -> Self {
        Self::new(change, false, true)
    }

    fn by_itself() -> Self {
        Self::new(|_| {}, true, false)
    }

    fn by_a_stranger() -> Self {
        Self::new(|_| {}, false, false)
    }
}

async fn check(signed: Signed, name: &str, expected: Problem) {
    let shaken = shake(&signed, name).await;
    assert_eq!(shaken.problem, Some(expected), "{name}");
    assert!(shaken.stream.is_none(), "nothing may be sent: {expected:?}");
    assert!(!shaken.chain.is_empty(), "the chain is read all the same");
}

async fn shake(signed: &Signed, name: &str) -> Handshake<TcpStream> {
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    std::fs::write(&roots, signed.trusted.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::try_from(signed.key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(signed.chain.iter().map(|it| it.der().clone()).collect(), key)
        .unwrap();
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        if let Ok((stream, _)) = listener.accept().await
            && let Ok(mut stream) = acceptor.accept(stream).await
        {
            // Open until the client has looked.
            let _ = stream.read(&mut [0_u8; 1]).await;
        }
    });
    let stream = TcpStream::connect(address).await.unwrap();
    handshake(stream, name, &Roots::load(Some(&roots)), LIMIT).await.unwrap()
}

#[cfg(windows)]
#[tokio::test]
async fn a_trace_of_loopback_is_made_of_the_systems_echoes() {
    use nightline_probe::path::{Method, TracePlan, trace};
    let plan = TracePlan { address: HERE, method: Method::Udp, rounds: 3, interval: SHORT, patience: LIMIT };
    let traced = trace(plan).await.unwrap();
    assert!(traced.reached, "{traced:?}");
    assert_eq!((traced.method, traced.hops.len()), (Method::Icmp, 1), "{traced:?}");
    assert_eq!((traced.hops[0].sent(), traced.hops[0].received()), (3, 3), "{traced:?}");
    assert_eq!(traced.hops[0].addresses, [HERE]);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_trace_of_loopback_ends_at_once_and_one_without_a_way_says_so() {
    use nightline_probe::path::{Method, TracePlan, trace};
    let plan = TracePlan { address: HERE, method: Method::Udp, rounds: 2, interval: SHORT, patience: LIMIT };
    let traced = trace(plan).await.unwrap();
    assert!(traced.reached);
    assert_eq!(traced.hops.len(), 1);
    assert_eq!((traced.hops[0].sent(), traced.hops[0].received()), (2, 2));
    let listener = TcpListener::bind((HERE, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for port in [port, 1] {
        let traced = trace(TracePlan { method: Method::Tcp(port), ..plan }).await.unwrap();
        assert!(traced.reached, "{port}");
    }
}
