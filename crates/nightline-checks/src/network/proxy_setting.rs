//! What proxy settings mean: how a proxy is spoken to, which hosts are excepted, and which of several settings holds
//! for an address. Reads no settings, and connects to nothing.

use std::net::IpAddr;

use nightline_platform::network::{ProxySetting, ProxySource};
use url::Url;

use super::endpoint::{Endpoint, bare, label};
use super::local::contains;

/// A proxy to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Via {
    /// Without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) speaks: Speaks,
}

/// How a proxy is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// HTTP in the clear.
    Http,
    /// HTTP over TLS.
    Https,
    /// SOCKS, which is not spoken here.
    Socks,
}

impl Via {
    /// `host:port`, IPv6 in brackets.
    pub(crate) fn label(&self) -> String {
        label(&self.host, self.port)
    }

    /// As a URL, as [`parse_proxy`] reads it.
    pub(crate) fn url(&self) -> String {
        let scheme = match self.speaks {
            Speaks::Http => "http",
            Speaks::Https => "https",
            Speaks::Socks => "socks",
        };
        format!("{scheme}://{}", self.label())
    }
}

/// `host:port` or a URL. A proxy without a port has its scheme's, as browsers, Go and Python have it; curl alone takes
/// 1080.
pub(crate) fn parse_proxy(text: &str) -> Option<Via> {
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
    let url = url.ok()?;
    let (speaks, usual) = match url.scheme() {
        "http" => (Speaks::Http, 80),
        "https" => (Speaks::Https, 443),
        "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" => (Speaks::Socks, 1080),
        _ => return None,
    };
    let host = url.host_str().filter(|it| !it.is_empty())?;
    Some(Via { host: bare(host), port: url.port().unwrap_or(usual), speaks })
}

/// The settings that hold: those of one source, because another source's exceptions are not for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) source: ProxySource,
    /// For encrypted addresses.
    pub(crate) https: Option<String>,
    /// For addresses in the clear.
    pub(crate) http: Option<String>,
    pub(crate) exceptions: Vec<String>,
}

impl Rules {
    /// Of the first source that sets up a proxy and does not except everything from it.
    pub(crate) fn of(settings: &[ProxySetting]) -> Option<Self> {
        let sources = settings.iter().map(|it| it.source);
        sources.map(|source| Self::of_source(settings, source)).find(|rules| {
            let in_use = !rules.exceptions.iter().any(|it| it == "*");
            in_use && (rules.https.is_some() || rules.http.is_some())
        })
    }

    fn of_source(settings: &[ProxySetting], source: ProxySource) -> Self {
        let value = |scheme: &str| {
            let its = |it: &&ProxySetting| it.source == source && it.scheme == scheme && !it.value.is_empty();
            settings.iter().find(its).map(|it| it.value.as_str())
        };
        let either = |scheme| value(scheme).or_else(|| value("all")).map(str::to_owned);
        let exceptions = value("no").unwrap_or_default();
        let exceptions = exceptions.split(|it: char| it == ',' || it == ';' || it.is_whitespace());
        let exceptions = exceptions.filter(|it| !it.is_empty()).map(str::to_owned).collect();
        Self { source, https: either("https"), http: either("http"), exceptions }
    }

    /// The proxy that programs take to an endpoint.
    pub(crate) fn setting(&self, endpoint: &Endpoint) -> Option<&str> {
        endpoint.http.as_ref()?;
        let exceptions = self.exceptions.iter().map(String::as_str);
        let setting = if endpoint.tls { &self.https } else { &self.http };
        setting.as_deref().filter(|_| !is_excepted(endpoint, exceptions))
    }
}

/// Whether an endpoint is on the list of exceptions; loopback always is.
pub(crate) fn is_excepted<'a>(endpoint: &Endpoint, exceptions: impl Iterator<Item = &'a str>) -> bool {
    let host = endpoint.host.to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let mut exceptions = exceptions.map(|it| it.trim().to_ascii_lowercase());
    loopback || exceptions.any(|exception| covers(&exception, host, endpoint))
}

fn covers(exception: &str, host: &str, endpoint: &Endpoint) -> bool {
    let address = host.parse::<IpAddr>().ok();
    // Windows lets a scheme stand before the host.
    let exception = match exception.split_once("://") {
        Some((scheme, rest)) if (scheme == "https") == endpoint.tls => rest,
        Some(_) => return false,
        None => exception,
    };
    if exception == "<local>" {
        return address.is_none() && !host.contains('.');
    }
    if exception.contains('/') {
        return address.is_some_and(|it| contains(&whole_network(exception), it));
    }
    if let Ok(excepted) = bare(exception).parse::<IpAddr>() {
        return address == Some(excepted);
    }
    let (name, port) = match exception.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (exception, None),
    };
    if port.is_some_and(|it| it.parse() != Ok(endpoint.port)) {
        return false;
    }
    let name = bare(name);
    if let Ok(excepted) = name.parse::<IpAddr>() {
        return address == Some(excepted);
    }
    let domain = name.strip_prefix('*').filter(|it| it.starts_with('.')).unwrap_or(&name);
    if domain.contains('*') {
        return matches(domain, host);
    }
    let domain = domain.trim_start_matches('.');
    !domain.is_empty() && (host == domain || host.ends_with(&format!(".{domain}")))
}

/// macOS leaves out what is zero: `169.254/16`.
fn whole_network(text: &str) -> String {
    let Some((base, bits)) = text.split_once('/') else { return text.to_owned() };
    let parts = base.split('.').count();
    let missing = if base.contains(':') { 0 } else { 4_usize.saturating_sub(parts) };
    format!("{base}{}/{bits}", ".0".repeat(missing))
}

/// Whether a text is as a pattern with stars says.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            let starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            starts.into_iter().any(|at| rest.get(at..).is_some_and(|rest| matches(after, rest)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_of_a_proxy_are_hosts_domains_and_this_machine() {
        let list = "intra.example.com,.corp.example.com,*.lan";
        for yes in ["localhost", "127.0.0.1", "[::1]", "intra.example.com", "a.corp.example.com", "nas.lan"] {
            excepted(list, yes, true);
        }
        for no in ["example.com", "notintra.example.com", "10.0.0.1"] {
            excepted(list, no, false);
        }
        excepted("*", "anything", true);
        excepted("INTRA.example.com", "intra.EXAMPLE.com.", true);
    }

    #[test]
    fn exceptions_are_networks_patterns_short_names_and_ports_too() {
        excepted("20.3.0.0/24", "20.3.0.9", true);
        excepted("20.3.0.0/24", "20.3.1.9", false);
        excepted("20.3.0.0/24", "20.3.0.9.example.com", false);
        excepted("2001:db8::/32", "[2001:db8::7]", true);
        excepted("2001:db8::/32", "[2001:db9::7]", false);
        excepted("169.254/16", "169.254.7.7", true);
        excepted("[2001:db8::7]", "[2001:db8:0::7]", true);
        excepted("2001:db8::7", "[2001:db8::8]", false);
        excepted("192.168.*", "192.168.1.20", true);
        excepted("192.168.*", "10.192.168.1", false);
        excepted("web*.example.com", "web7.example.com", true);
        excepted("<local>", "intranet", true);
        excepted("<local>", "intranet.example.com", false);
        excepted("<local>", "[2001:db8::7]", false);
        excepted("files.test:8443", "https://files.test:8443", true);
        excepted("files.test:8443", "https://files.test", false);
        excepted("[2001:db8::7]:8443", "https://[2001:db8::7]:8443", true);
        excepted("http://files.test", "http://files.test", true);
        excepted("http://files.test", "https://files.test", false);
    }

    #[test]
    fn a_proxy_is_read_with_and_without_a_scheme() {
        reads("proxy.example.com:3128", Some("http://proxy.example.com:3128"));
        reads("http://10.0.0.3:8080/", Some("http://10.0.0.3:8080"));
        reads("http://[2001:db8::3]", Some("http://[2001:db8::3]:80"));
        reads("https://p.test", Some("https://p.test:443"));
        reads("https://p.test:443", Some("https://p.test:443"));
        reads("https://p.test:3129/", Some("https://p.test:3129"));
        reads("socks5://10.0.0.3:1080", Some("socks://10.0.0.3:1080"));
        reads("socks5h://p.test", Some("socks://p.test:1080"));
        reads("ftp://p.test", None);
        reads("socks5://", None);
        reads("", None);
    }

    #[test]
    fn a_setting_is_for_its_scheme_and_its_source() {
        let only_http = [("http", "p.test:1")];
        takes(&only_http, "http://files.test", Some("p.test:1"));
        takes(&only_http, "https://files.test", None);
        let only_https = [("https", "p.test:1")];
        takes(&only_https, "http://files.test", None);
        takes(&only_https, "https://files.test", Some("p.test:1"));
        let both = [("https", "p.test:1"), ("all", "socks5://s.test:2")];
        takes(&both, "https://files.test", Some("p.test:1"));
        takes(&both, "http://files.test", Some("socks5://s.test:2"));
        takes(&[("all", "p.test:1"), ("no", "a.test,files.test b.test")], "https://files.test", None);
        takes(&[("all", "p.test:1"), ("no", "*")], "https://files.test", None);
        // What speaks no HTTP goes through no proxy.
        takes(&[("all", "p.test:1")], "files.test:445", None);
    }

    #[test]
    fn a_source_that_excepts_everything_leaves_it_to_the_next() {
        let setting = |source, scheme: &str, value: &str| ProxySetting {
            source,
            scheme: scheme.to_owned(),
            value: value.to_owned(),
        };
        let settings = [
            setting(ProxySource::Environment, "https", "p.test:1"),
            setting(ProxySource::Environment, "no", "*"),
            setting(ProxySource::Gnome, "https", "q.test:2"),
            setting(ProxySource::Gnome, "no", "a.test"),
        ];
        assert_eq!(Rules::of(&settings[..2]), None);
        let rules = Rules::of(&settings).unwrap();
        assert_eq!((rules.https.as_deref(), rules.http), (Some("q.test:2"), None));
        assert_eq!(rules.exceptions, ["a.test"]);
    }

    #[track_caller]
    fn excepted(list: &str, target: &str, expected: bool) {
        let endpoint = endpoint(target);
        assert_eq!(is_excepted(&endpoint, list.split(',')), expected, "{target} by {list}");
    }

    #[track_caller]
    fn reads(text: &str, expected: Option<&str>) {
        let via = parse_proxy(text);
        assert_eq!(via.as_ref().map(Via::url).as_deref(), expected, "{text}");
        assert_eq!(via.as_ref().and_then(|it| parse_proxy(&it.url())), via);
    }

    #[track_caller]
    fn takes(settings: &[(&str, &str)], target: &str, expected: Option<&str>) {
        let settings: Vec<_> = settings
            .iter()
            .map(|(scheme, value)| ProxySetting {
                source: ProxySource::Environment,
                scheme: (*scheme).to_owned(),
                value: (*value).to_owned(),
            })
            .collect();
        let rules = Rules::of(&settings);
        let taken = rules.as_ref().and_then(|it| it.setting(&endpoint(target)));
        assert_eq!(taken, expected, "{target}");
    }

    fn endpoint(target: &str) -> Endpoint {
        Endpoint::of_target(&target.parse().unwrap()).swap_remove(0)
    }
}
