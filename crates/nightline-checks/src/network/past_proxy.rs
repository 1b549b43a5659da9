//! The part of an attempt that a proxy has in it: programs ask it for a tunnel to what is encrypted, and for the page
//! itself in the clear. Tells what the proxy said from what came from behind it, and signs in nowhere.

use std::time::Duration;

use nightline_probe::http::{Answer, HttpError, get, open_tunnel};
use nightline_probe::tls::{Roots, handshake};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use super::endpoint::Endpoint;
use super::phases::{HTTP_LIMIT, Phases};
use super::proxy_setting::{Speaks, Via};

/// "Proxy authentication required" (RFC 9110, 15.5.8).
pub(crate) const SIGN_IN_NEEDED: u16 = 407;

/// Ways in which the system signs its own programs in, and which are not used here.
const SYSTEMS_OWN: [&str; 3] = ["kerberos", "negotiate", "ntlm"];

/// A connection, encrypted or not.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Wire for S {}

/// A connection on which the proxy can be asked; `None` where it wants TLS and its handshake or certificate is bad.
pub(crate) async fn ready(
    stream: TcpStream,
    via: &Via,
    roots: &Roots,
    limit: Duration,
) -> Option<Box<dyn Wire>> {
    match via.speaks {
        Speaks::Http => Some(Box::new(stream)),
        Speaks::Https => Some(Box::new(handshake(stream, &via.host, roots, limit).await.ok()?.stream?)),
        Speaks::Socks => None,
    }
}

/// Asks for a tunnel; false where there is none.
pub(super) async fn tunnelled(endpoint: &Endpoint, stream: &mut Box<dyn Wire>, phases: &mut Phases) -> bool {
    match open_tunnel(stream, &endpoint.label(), HTTP_LIMIT).await {
        Ok(answer) if (200..300).contains(&answer.status) => phases.proxy_status = Some(answer.status),
        Ok(answer) => refused(&answer, phases),
        Err(error) => phases.failure = Some(("http", code(error))),
    }
    phases.failure.is_none()
}

/// Asks for a page by its whole address (RFC 9112, 3.2.2): many proxies open tunnels to port 443 alone.
pub(super) async fn request(
    endpoint: &Endpoint,
    stream: &mut Box<dyn Wire>,
    headers: &[(&str, &str)],
    phases: &mut Phases,
) {
    let Some(path) = &endpoint.http else { return };
    let host = endpoint.host_header();
    let proxy = phases.via.as_ref().map(|it| it.host.clone()).unwrap_or_default();
    match get(stream, &host, &format!("http://{host}{path}"), headers, HTTP_LIMIT).await {
        Ok(answer) if is_the_proxys_own(&answer, &proxy) => refused(&answer, phases),
        Ok(answer) => phases.answer = Some(answer),
        // A proxy answers in HTTP even if the server behind it does not.
        Err(HttpError::NotHttp) => phases.failure = Some(("http", code(HttpError::NotHttp))),
        // Whether the proxy or the server is silent cannot be seen from here.
        Err(error) => phases.failure = Some(("http", error.code())),
    }
}

fn refused(answer: &Answer, phases: &mut Phases) {
    phases.proxy_status = Some(answer.status);
    phases.sign_in_schemes = sign_in_schemes(answer);
    phases.failure = Some(("http", "proxy-refused"));
}

/// The code of a proxy that did not answer as one.
pub(super) fn code(error: HttpError) -> &'static str {
    match error {
        HttpError::TimedOut => "proxy-timeout",
        HttpError::Cut => "proxy-cut",
        HttpError::NotHttp => "proxy-not-http",
    }
}

/// Whether a page surely comes from the proxy and not from behind it. Its status alone says so of 407 only: a server's
/// own gateway sends 403, 502, 503 and 504 too, and Squid puts itself in `Via` whether it forwards or complains. So a
/// complaint is the proxy's if it bears the proxy's name, or Squid's mark and nobody's name but one.
fn is_the_proxys_own(answer: &Answer, proxy: &str) -> bool {
    let all = |name: &str| {
        let values = answer.headers.iter().filter(|(it, _)| it == name);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(",")
    };
    let passed_by = all("via").split(',').filter(|it| !it.trim().is_empty()).count();
    // RFC 9209, 2: the last one is nearest to us, and `error` is of whoever made the answer.
    let status = all("proxy-status");
    let mut last = status.rsplit(',').next().unwrap_or_default().split(';').map(str::trim);
    let is_named = last.next().is_some_and(|it| it.trim_matches('"').eq_ignore_ascii_case(proxy));
    let complains = is_named && last.any(|it| it.starts_with("error="));
    let is_squids = answer.header("x-squid-error").is_some() && passed_by <= 1;
    answer.status == SIGN_IN_NEEDED || answer.status >= 400 && (complains || is_squids)
}

/// The schemes by which a proxy lets people sign in (RFC 9110, 11.7.1), in small letters: each may have a header of its
/// own, and parameters, which have an equals sign.
pub(crate) fn sign_in_schemes(answer: &Answer) -> Vec<String> {
    let values = answer.headers.iter().filter(|(it, _)| it == "proxy-authenticate");
    let words = values.flat_map(|(_, value)| value.split(',')).filter_map(|it| it.split_whitespace().next());
    let is_token = |it: &&str| it.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let mut schemes: Vec<String> = words.filter(is_token).map(str::to_ascii_lowercase).collect();
    schemes.sort();
    schemes.dedup();
    schemes
}

/// Whether the system's own programs get through a sign-in that Nightline does not do.
pub(crate) fn is_systems_own(schemes: &[String]) -> bool {
    !schemes.is_empty() && schemes.iter().all(|it| SYSTEMS_OWN.contains(&it.as_str()))
}

/// Whether an attempt says nothing about what lies behind the proxy: other programs get through it.
pub(crate) fn is_not_told(phases: &Phases) -> bool {
    let needs_sign_in = phases.proxy_status == Some(SIGN_IN_NEEDED);
    phases.failure == Some(("http", "proxy-other-kind"))
        || needs_sign_in && is_systems_own(&phases.sign_in_schemes)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::super::phases::attempt;
    use super::*;

    #[tokio::test]
    async fn a_page_in_the_clear_is_asked_for_by_its_whole_address() {
        let (asked, phases) = past("http://files.test:8080", Speaks::Http, "HTTP/1.1 200 OK\r\n\r\n").await;
        assert!(
            asked.starts_with("GET http://files.test:8080/ HTTP/1.1\r\nhost: files.test:8080\r\n"),
            "{asked}"
        );
        assert_eq!((phases.failure, phases.answer.map(|it| it.status)), (None, Some(200)));
        let (asked, _) = past("https://files.test", Speaks::Http, "HTTP/1.1 403 No\r\n\r\n").await;
        assert!(asked.starts_with("CONNECT files.test:443 HTTP/1.1\r\n"), "{asked}");
    }

    #[tokio::test]
    async fn what_a_proxy_says_itself_is_not_the_servers_answer() {
        let refused = Some(("http", "proxy-refused"));
        for (target, answer, status) in [
            ("https://files.test", "HTTP/1.1 403 No\r\n\r\n", 403),
            ("https://files.test", "HTTP/1.1 407 No\r\nproxy-authenticate: NTLM\r\n\r\n", 407),
            ("http://files.test", "HTTP/1.1 407 No\r\nproxy-authenticate: NTLM\r\n\r\n", 407),
            ("http://files.test", "HTTP/1.1 403 No\r\nx-squid-error: ERR_ACCESS_DENIED 0\r\n\r\n", 403),
        ] {
            let (_, phases) = past(target, Speaks::Http, answer).await;
            assert_eq!((phases.failure, phases.proxy_status), (refused, Some(status)), "{target} {answer}");
            assert_eq!(phases.sign_in_schemes.len(), usize::from(status == 407));
            assert!(phases.answer.is_none());
            assert_eq!(is_not_told(&phases), status == 407);
        }
        let (_, phases) = past("http://files.test", Speaks::Http, "HTTP/1.1 403 No\r\n\r\n").await;
        assert_eq!((phases.failure, phases.proxy_status), (None, None));
    }

    #[tokio::test]
    async fn a_proxy_that_does_not_answer_as_one_is_told_from_the_server() {
        for (target, answer, code) in [
            ("https://files.test", "220 mail.test\r\n", "proxy-not-http"),
            ("http://files.test", "220 mail.test\r\n", "proxy-not-http"),
            ("https://files.test", "", "proxy-cut"),
            ("http://files.test", "", "cut"),
        ] {
            let (_, phases) = past(target, Speaks::Http, answer).await;
            assert_eq!(phases.failure, Some(("http", code)), "{target} {answer}");
        }
    }

    #[tokio::test]
    async fn a_proxy_that_wants_tls_is_told_nothing_in_the_clear_and_socks_nothing_at_all() {
        // The first byte of a handshake (RFC 8446, 5.1).
        let (asked, phases) = past("https://files.test", Speaks::Https, "HTTP/1.1 400 No\r\n\r\n").await;
        assert_eq!((asked.as_bytes().first(), phases.failure), (Some(&22), Some(("http", "proxy-tls"))));
        let via = Via { host: "127.0.0.1".to_owned(), port: 1, speaks: Speaks::Socks };
        let phases = attempt(&endpoint("https://files.test"), Some(&via), &Roots::load(None), &[]).await;
        assert_eq!((phases.failure, phases.name), (Some(("http", "proxy-other-kind")), None));
        assert!(is_not_told(&phases));
    }

    /// What a proxy was asked that gives one answer and ends, and what came of it.
    async fn past(target: &str, speaks: Speaks, answer: &'static str) -> (String, Phases) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = async {
            let (mut client, _) = listener.accept().await.unwrap();
            let mut asked = vec![0_u8; 4096];
            let count = client.read(&mut asked).await.unwrap();
            client.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&asked[..count]).into_owned()
        };
        let via = Via { host: "127.0.0.1".to_owned(), port, speaks };
        let (endpoint, roots) = (endpoint(target), Roots::load(None));
        tokio::join!(proxy, attempt(&endpoint, Some(&via), &roots, &[]))
    }

    fn endpoint(target: &str) -> Endpoint {
        Endpoint::of_target(&target.parse().unwrap()).swap_remove(0)
    }

    #[test]
    fn only_what_is_surely_the_proxys_own_is_called_so() {
        own(407, &[], true);
        own(403, &[("x-squid-error", "ERR_ACCESS_DENIED 0"), ("via", "1.1 proxy (squid/5.7)")], true);
        own(504, &[("proxy-status", "proxy.test; error=connection_timeout")], true);
        for status in [403, 502, 503, 504] {
            own(status, &[], false);
            own(status, &[("via", "1.1 proxy (squid/5.7)")], false);
        }
        // What the server's own gateway says, and the proxy passes on.
        own(503, &[("x-squid-error", "ERR_CONNECT_FAIL 110"), ("via", "1.1 far, 1.1 near")], false);
        own(502, &[("proxy-status", "cdn.test; error=dns_error, near.test; received-status=502")], false);
        own(502, &[("proxy-status", "cdn.test; error=dns_error")], false);
        own(200, &[("x-squid-error", "none")], false);
    }

    #[test]
    fn schemes_of_a_sign_in_are_told_without_their_parameters() {
        let schemes = |headers: &[(&str, &str)]| sign_in_schemes(&answer(407, headers));
        let one = "proxy-authenticate";
        assert_eq!(schemes(&[(one, "NTLM"), (one, "Negotiate")]), ["negotiate", "ntlm"]);
        assert_eq!(schemes(&[(one, "Negotiate, Basic realm=\"a, b\"")]), ["basic", "negotiate"]);
        assert_eq!(schemes(&[(one, "Digest realm=\"x\", nonce=\"y\"")]), ["digest"]);
        assert_eq!(schemes(&[]), [""; 0]);
    }

    #[track_caller]
    fn own(status: u16, headers: &[(&str, &str)], expected: bool) {
        assert_eq!(
            is_the_proxys_own(&answer(status, headers), "proxy.test"),
            expected,
            "{status} {headers:?}"
        );
    }

    fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Answer { status, headers, body: Vec::new(), first_byte: Duration::ZERO }
    }
}
