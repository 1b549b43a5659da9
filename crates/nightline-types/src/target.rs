//! What the person wants to reach: a host, a host and port, or a URL.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The longest target anyone types on purpose (RFC 2083 names no limit for URLs; browsers cut at about this).
const MAX_LENGTH: usize = 2_048;
/// The longest DNS name (RFC 1035, 2.3.4).
const MAX_HOST_LENGTH: usize = 253;

/// Where services listen that are named by the scheme of a URL (IANA, "Service Name and Transport Protocol Port Number
/// Registry").
const PORTS: &[(&str, u16)] = &[
    ("ftp", 21),
    ("ftps", 990),
    ("git", 9418),
    ("http", 80),
    ("https", 443),
    ("imap", 143),
    ("imaps", 993),
    ("ipp", 631),
    ("ipps", 631),
    ("ldap", 389),
    ("ldaps", 636),
    ("mqtt", 1883),
    ("mqtts", 8883),
    ("mysql", 3306),
    ("nfs", 2049),
    ("pop3", 110),
    ("pop3s", 995),
    ("postgres", 5432),
    ("postgresql", 5432),
    ("rdp", 3389),
    ("redis", 6379),
    ("rtsp", 554),
    ("sftp", 22),
    ("sip", 5060),
    ("sips", 5061),
    ("smb", 445),
    ("smtp", 25),
    ("smtps", 465),
    ("ssh", 22),
    ("telnet", 23),
    ("vnc", 5900),
    ("ws", 80),
    ("wss", 443),
    ("xmpp", 5222),
];

/// Schemes and ports that speak TLS from the first byte and whose programs refuse a bad certificate: the web, mail
/// (RFC 8314) and directories. Printers and brokers often have one that nobody else trusts, and work.
const ENCRYPTED: &[&str] = &["https", "imaps", "ldaps", "pop3s", "smtps", "wss"];
const ENCRYPTED_PORTS: &[u16] = &[443, 465, 636, 993, 995, 3269, 8443];

/// What the person wants to reach. Prints as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "describe", ts(type = "string"), schemars(with = "String"))]
pub struct Target {
    given: String,
    host: String,
    port: Option<u16>,
    scheme: Option<String>,
}

/// Why a text is no target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing was given.
    #[error("the target is empty")]
    Empty,
    /// Longer than any address.
    #[error("the target is longer than {MAX_LENGTH} characters")]
    TooLong,
    /// No host in it, or one that no network knows.
    #[error("`{0}` is not a host, a host and port, or a URL")]
    NotAHost(String),
    /// The port is not a number from 1 to 65535.
    #[error("`{0}` is not a port from 1 to 65535")]
    BadPort(String),
    /// A scheme that says nothing about where to connect, and no port.
    #[error("what `{0}` means is not known without a port")]
    NoPort(String),
}

impl Target {
    /// As it was given.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The host name or address, without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port that was given, or the scheme's own; none for a bare host.
    pub fn port(&self) -> Option<u16> {
        self.port.or_else(|| usual_port(self.scheme.as_deref()?))
    }

    /// The scheme of a URL, in lower case.
    pub fn scheme(&self) -> Option<&str> {
        self.scheme.as_deref()
    }

    /// The same place without what may be secret in a URL: a name and password, a query, a fragment.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let Ok(mut url) = Url::parse(&self.given) else { return self.clone() };
        let plain = url.username().is_empty() && url.password().is_none();
        if self.scheme.is_none() || (plain && url.query().is_none() && url.fragment().is_none()) {
            return self.clone();
        }
        url.set_query(None);
        url.set_fragment(None);
        if url.set_username("").and_then(|()| url.set_password(None)).is_err() {
            return self.clone();
        }
        Self { given: url.into(), ..self.clone() }
    }

    /// Whether TLS is expected there: by scheme, or by a port that always speaks it.
    pub fn expects_tls(&self) -> bool {
        match (self.scheme(), self.port) {
            (Some(scheme), _) => ENCRYPTED.contains(&scheme),
            (None, Some(port)) => ENCRYPTED_PORTS.contains(&port),
            (None, None) => true,
        }
    }

    /// Whether HTTP is expected there.
    pub fn expects_http(&self) -> bool {
        match self.scheme() {
            Some("http" | "https") => true,
            Some(_) => false,
            None => matches!(self.port, None | Some(80 | 443 | 8080 | 8443)),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let given = text.trim();
        if given.is_empty() {
            return Err(TargetError::Empty);
        }
        if given.len() > MAX_LENGTH {
            return Err(TargetError::TooLong);
        }
        let not_a_host = || TargetError::NotAHost(shown(given));
        if given.contains("://") {
            let url = Url::parse(given).map_err(|_| not_a_host())?;
            let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(not_a_host)?;
            let host = host.trim_start_matches('[').trim_end_matches(']');
            let host =
                if host.contains('%') { in_ascii(host).ok_or_else(not_a_host)? } else { host.to_owned() };
            if url.port() == Some(0) {
                return Err(TargetError::BadPort("0".to_owned()));
            }
            if url.port().or_else(|| usual_port(url.scheme())).is_none() {
                return Err(TargetError::NoPort(format!("{}://{host}", url.scheme())));
            }
            return Ok(Self {
                given: given.to_owned(),
                host,
                port: url.port(),
                scheme: Some(url.scheme().to_owned()),
            });
        }
        let (host, port) = split(given)?;
        let host = host.trim_end_matches('.');
        let host = in_ascii(host).filter(|host| is_host(host)).ok_or_else(not_a_host)?;
        Ok(Self { given: given.to_owned(), host, port, scheme: None })
    }
}

fn usual_port(scheme: &str) -> Option<u16> {
    PORTS.iter().find(|(name, _)| *name == scheme).map(|(_, port)| *port)
}

/// As name servers know it (RFC 5891). Names of the local link stay as they are written (RFC 6762, 16).
fn in_ascii(host: &str) -> Option<String> {
    let is_coded = host.to_ascii_lowercase().split('.').any(|label| label.starts_with("xn--"));
    let is_local = host.to_ascii_lowercase().ends_with(".local");
    if is_local || (host.is_ascii() && !is_coded && !host.contains('%')) {
        return Some(host.to_owned());
    }
    match Host::parse(host).ok()? {
        Host::Domain(name) => Some(name),
        address => Some(address.to_string()),
    }
}

/// What may be repeated of a text that was meant as an address: no name, no password, no query.
fn shown(text: &str) -> String {
    // A password may have any of the other marks in it.
    let place = match text.rsplit_once('@') {
        Some((before, place)) => match before.split_once("://") {
            Some((scheme, _)) => format!("{scheme}://{place}"),
            None => place.to_owned(),
        },
        None => text.to_owned(),
    };
    place.split(['?', '#']).next().unwrap_or_default().to_owned()
}

fn split(text: &str) -> Result<(&str, Option<u16>), TargetError> {
    if text.parse::<Ipv6Addr>().is_ok() {
        return Ok((text, None));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (host, after) = rest.split_once(']').ok_or_else(|| TargetError::NotAHost(shown(text)))?;
        return match after.strip_prefix(':') {
            Some(digits) => Ok((host, Some(port(digits)?))),
            None if after.is_empty() => Ok((host, None)),
            None => Err(TargetError::NotAHost(shown(text))),
        };
    }
    match text.split_once(':') {
        Some((host, digits)) => Ok((host, Some(port(digits)?))),
        None => Ok((text, None)),
    }
}

fn port(digits: &str) -> Result<u16, TargetError> {
    digits.parse().ok().filter(|port| *port != 0).ok_or_else(|| TargetError::BadPort(shown(digits)))
}

fn is_host(host: &str) -> bool {
    if host.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    !host.is_empty()
        && host.len() <= MAX_HOST_LENGTH
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.given)
    }
}

impl TryFrom<String> for Target {
    type Error = TargetError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hosts_ports_and_urls() {
        check("files.example.com", "files.example.com", None);
        check("files.example.com:445", "files.example.com", Some(445));
        check("https://intra.example.com/wiki?q=1", "intra.example.com", Some(443));
        check("http://10.0.0.1:8080/", "10.0.0.1", Some(8080));
        check("2001:db8::7", "2001:db8::7", None);
        check("[2001:db8::7]:22", "2001:db8::7", Some(22));
        check("rdp://server-7:3389", "server-7", Some(3389));
        check("打印机.local", "打印机.local", None);
        check("münchen.example", "xn--mnchen-3ya.example", None);
        check("例子.测试:8080", "xn--fsqu00a.xn--0zwm56d", Some(8080));
        check("http://例子.测试/", "xn--fsqu00a.xn--0zwm56d", Some(80));
        check("ssh://例子.测试", "xn--fsqu00a.xn--0zwm56d", Some(22));
        check("ftp://files.example.com", "files.example.com", Some(21));
        check("my_printer", "my_printer", None);
    }

    #[test]
    fn knows_what_is_encrypted_from_the_first_byte() {
        let expects = |text: &str| {
            let target: Target = text.parse().unwrap();
            (target.expects_tls(), target.expects_http())
        };
        for text in ["imaps://mail.example", "ldaps://directory.example:1636", "mail.example:465"] {
            assert_eq!(expects(text), (true, false), "{text}");
        }
        for text in ["smtp://mail.example", "ssh://host:443", "mail.example:587", "ipps://printer.example"] {
            assert_eq!(expects(text), (false, false), "{text}");
        }
        assert_eq!(expects("host"), (true, true));
        assert_eq!(expects("http://host:8443"), (false, true));
    }

    #[test]
    fn refuses_what_is_no_address() {
        for bad in [
            "",
            "  ",
            "a b",
            "host:0",
            "host:99999",
            "-x",
            "http://",
            "host:",
            "a..b",
            "[::1",
            "; rm",
            "xn--a.example",
            "foo://host",
            "http://host:0/",
        ] {
            assert!(bad.parse::<Target>().is_err(), "{bad:?}");
        }
        let long = format!("{}.example", "a".repeat(64));
        assert!(long.parse::<Target>().is_err() && format!("ü{long}").parse::<Target>().is_err());
    }

    #[test]
    fn what_may_be_secret_is_not_repeated() {
        for bad in [
            "https://bob:pw@host:99999/?token=pw",
            "bob:pw@host",
            "bob:pw@host:99999",
            "a b?token=pw",
            "https://bob:pw#w@h:0/",
            "bob:pw?x@h",
        ] {
            let error = bad.parse::<Target>().unwrap_err().to_string();
            assert!(!error.contains("pw"), "{error}");
        }
    }

    #[test]
    fn what_may_be_secret_in_a_url_can_be_left_behind() {
        for (given, kept) in [
            ("https://user:pw@host.example/p?token=x#y", "https://host.example/p"),
            ("https://host.example/wiki", "https://host.example/wiki"),
            ("rdp://bob@server-7:3389", "rdp://server-7:3389"),
            ("host.example:445", "host.example:445"),
        ] {
            assert_eq!(given.parse::<Target>().unwrap().without_secrets().given(), kept);
        }
    }

    #[track_caller]
    fn check(text: &str, host: &str, port: Option<u16>) {
        let target: Target = text.parse().unwrap();
        assert_eq!((target.host(), target.port()), (host, port), "{text}");
    }
}
