//! Where to go, through what, and what is expected there. Connects to nothing.

use std::time::Duration;

use nightline_platform::network::{ProxyChoice, run_script_again};
use nightline_types::{Target, Value};
use url::{Position, Url};

use super::proxy_setting::{Via, is_excepted, parse_proxy};
use crate::Context;

/// The script answered the check `proxy` before, and is in the memory of whoever runs it.
const SCRIPT_LIMIT: Duration = Duration::from_millis(400);

/// Where to go and what is expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// Without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: bool,
    /// The path of the request, where HTTP is expected.
    pub(crate) http: Option<String>,
}

impl Endpoint {
    /// A path at the desk.
    pub(crate) fn desk(desk: &Url, path: &str) -> Option<Self> {
        Some(Self { http: Some(path.to_owned()), ..Self::of_url(desk)? })
    }

    /// What a whole address names.
    pub(crate) fn of_url(url: &Url) -> Option<Self> {
        Some(Self {
            host: bare(url.host_str()?),
            port: url.port_or_known_default()?,
            tls: url.scheme() == "https",
            http: Some(url[Position::BeforePath..Position::AfterQuery].to_owned()),
        })
    }

    /// What to try for a target, in this order: its port, or the ports of the web for a bare host.
    pub(crate) fn of_target(target: &Target) -> Vec<Self> {
        let host = target.host().to_owned();
        let at = |port, tls, http: bool| Self {
            host: host.clone(),
            port,
            tls,
            http: http.then(|| "/".to_owned()),
        };
        match target.port() {
            Some(port) => vec![at(port, target.expects_tls(), target.expects_http())],
            None => vec![at(443, true, true), at(80, false, true)],
        }
    }

    /// `host:port`, IPv6 in brackets.
    pub(crate) fn label(&self) -> String {
        label(&self.host, self.port)
    }

    /// What a proxy script is asked about: nothing of the path, as browsers do it.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}/", if self.tls { "https" } else { "http" }, self.host_header())
    }

    /// The value of the Host header: without the port where it is the usual one.
    pub(crate) fn host_header(&self) -> String {
        let label = self.label();
        let usual = if self.tls { ":443" } else { ":80" };
        label.strip_suffix(usual).map_or(label.clone(), str::to_owned)
    }
}

/// The proxy for an endpoint, as the check `proxy` found it. Only what speaks HTTP goes through a proxy.
pub(crate) async fn via(context: &Context, endpoint: &Endpoint) -> Option<Via> {
    endpoint.http.as_ref()?;
    if context.known_fact("proxy", "script_by").is_some() {
        return by_script(context, endpoint).await;
    }
    let setting = context.known_text("proxy", if endpoint.tls { "https_proxy" } else { "http_proxy" })?;
    let exceptions = context.known_fact("proxy", "exceptions");
    let exceptions = exceptions.iter().flat_map(|fact| fact.value.items()).filter_map(Value::as_str);
    if is_excepted(endpoint, exceptions) { None } else { parse_proxy(&setting) }
}

/// Those endpoints that are not behind a proxy.
pub(crate) async fn without_proxy(
    context: &Context,
    endpoints: impl Iterator<Item = Endpoint>,
) -> Vec<Endpoint> {
    let asked = endpoints.map(async |endpoint| via(context, &endpoint).await.is_none().then_some(endpoint));
    futures_util::future::join_all(asked).await.into_iter().flatten().collect()
}

/// A script says something else for each endpoint; where it does not answer any more, what it said for the desk holds.
async fn by_script(context: &Context, endpoint: &Endpoint) -> Option<Via> {
    let address = context.known_text("proxy", "address");
    if is_excepted(endpoint, std::iter::empty()) {
        return None;
    }
    let script = context.known_text("proxy", "script")?;
    match run_script_again(&script, &endpoint.origin(), &context.environment, SCRIPT_LIMIT).await {
        Ok(answer) => {
            let is_silent = context.known_flag("proxy", "answers") == Some(false);
            let silent = address.filter(|_| is_silent);
            taken(&answer.choices, silent.as_deref())
        }
        Err(_) => {
            let said = |key| context.known_text("proxy", key);
            said("https_proxy").or_else(|| said("http_proxy")).as_deref().and_then(parse_proxy)
        }
    }
}

/// The first way that can be taken from here, past a proxy that is known to be silent; that one if there is no other.
fn taken(choices: &[ProxyChoice], silent: Option<&str>) -> Option<Via> {
    let speaks = |it: &&ProxyChoice| it.place().is_none_or(|place| Some(place) != silent);
    let own = |it: &&ProxyChoice| !matches!(it, ProxyChoice::Socks(_));
    let own_that_speaks = choices.iter().filter(own).find(speaks);
    chosen(own_that_speaks.or_else(|| choices.iter().find(own)).or(choices.first())?)
}

/// The proxy of a way; none for the direct one.
pub(crate) fn chosen(choice: &ProxyChoice) -> Option<Via> {
    let (scheme, place) = match choice {
        ProxyChoice::Direct => return None,
        ProxyChoice::Http(place) => ("http", place),
        ProxyChoice::Https(place) => ("https", place),
        ProxyChoice::Socks(place) => ("socks", place),
    };
    parse_proxy(&format!("{scheme}://{place}"))
}

/// `host:port`, IPv6 in brackets.
pub(super) fn label(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Without brackets.
pub(super) fn bare(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches(']').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_host_is_tried_as_a_web_server() {
        check("files.example.com", &[("files.example.com:443", true), ("files.example.com:80", false)]);
        check("files.example.com:445", &[("files.example.com:445", false)]);
        check("https://intra.example.com:8443/x", &[("intra.example.com:8443", true)]);
        check("[2001:db8::7]:22", &[("[2001:db8::7]:22", false)]);
        check("imaps://mail.example.com", &[("mail.example.com:993", true)]);
    }

    #[test]
    fn a_script_says_the_way_and_a_silent_proxy_is_passed_over() {
        let http = |place: &str| ProxyChoice::Http(place.to_owned());
        let socks = ProxyChoice::Socks("s.test:1080".to_owned());
        let both = [http("a.test:1"), http("b.test:2"), ProxyChoice::Direct];
        let taken = |choices: &[ProxyChoice], silent| super::taken(choices, silent).map(|it| it.url());
        let url = |text: &str| Some(text.to_owned());
        assert_eq!(taken(&both, None), url("http://a.test:1"));
        assert_eq!(taken(&both, Some("a.test:1")), url("http://b.test:2"));
        assert_eq!(taken(&[http("a.test:1"), ProxyChoice::Direct], Some("a.test:1")), None);
        assert_eq!(taken(&[http("a.test:1")], Some("a.test:1")), url("http://a.test:1"));
        assert_eq!(taken(&[ProxyChoice::Direct, http("a.test:1")], None), None);
        assert_eq!(taken(&[socks.clone(), http("a.test:1")], None), url("http://a.test:1"));
        assert_eq!(taken(&[socks], None), url("socks://s.test:1080"));
        let encrypted = ProxyChoice::Https("p.test:443".to_owned());
        assert_eq!(taken(&[encrypted], None), url("https://p.test:443"));
    }

    #[test]
    fn a_script_learns_the_origin_and_nothing_more() {
        let origin = |url: &str| Endpoint::of_url(&url.parse().unwrap()).unwrap().origin();
        assert_eq!(origin("https://desk.test/api/v1/profile?who=me"), "https://desk.test/");
        assert_eq!(origin("http://[2001:db8::7]:8080/x"), "http://[2001:db8::7]:8080/");
    }

    #[track_caller]
    fn check(target: &str, expected: &[(&str, bool)]) {
        let found = Endpoint::of_target(&target.parse().unwrap());
        let found: Vec<_> = found.iter().map(|it| (it.label(), it.tls)).collect();
        let expected: Vec<_> = expected.iter().map(|(label, tls)| ((*label).to_owned(), *tls)).collect();
        assert_eq!(found, expected);
    }
}
