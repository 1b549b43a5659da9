//! The address of a desk: an origin, encrypted unless it is this very machine. Talks to nobody.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// A desk's origin: `https://desk.example.com`, or `http://` on a loopback address. Prints without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "describe", ts(type = "string"), schemars(with = "String"))]
pub struct DeskUrl(Url);

/// Why a text is no desk's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskUrlError {
    /// No `https://host` or `http://host` in it.
    #[error("a desk's address looks like https://desk.example.com")]
    Shape,
    /// Plain HTTP to another machine.
    #[error("a desk on another machine needs https")]
    NotEncrypted,
    /// A path, a query, a fragment or a user name.
    #[error("a desk's address ends after the host and port")]
    NotAnOrigin,
}

impl DeskUrl {
    /// The origin as both sides sign it: `https://desk.example.com`, with the port where it is not the usual one.
    pub fn origin(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }

    /// The URL of a path at this desk. `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// The host name or address, IPv6 in brackets.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, also where the address leaves it out.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// Whether it is this very machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Whether it speaks TLS.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl FromStr for DeskUrl {
    type Err = DeskUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text.trim()).map_err(|_| DeskUrlError::Shape)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(DeskUrlError::Shape);
        }
        let extra = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        if extra || !url.username().is_empty() || url.password().is_some() {
            return Err(DeskUrlError::NotAnOrigin);
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(DeskUrlError::NotEncrypted);
        }
        Ok(Self(url))
    }
}

impl fmt::Display for DeskUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

impl TryFrom<String> for DeskUrl {
    type Error = DeskUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DeskUrl> for String {
    fn from(desk: DeskUrl) -> Self {
        desk.origin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_origin_and_prints_it_without_a_slash() {
        check("https://desk.example.com", Ok("https://desk.example.com"));
        check(" HTTPS://Desk.Example.com:443/ ", Ok("https://desk.example.com"));
        check("https://desk.example.com:8443", Ok("https://desk.example.com:8443"));
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://[::1]:8080/", Ok("http://[::1]:8080"));
        check("http://localhost", Ok("http://localhost"));
    }

    #[test]
    fn refuses_plain_http_elsewhere_and_everything_but_an_origin() {
        check("http://desk.example.com", Err(DeskUrlError::NotEncrypted));
        check("http://localhost.example.com", Err(DeskUrlError::NotEncrypted));
        check("http://10.0.0.1", Err(DeskUrlError::NotEncrypted));
        check("desk.example.com", Err(DeskUrlError::Shape));
        check("ftp://desk.example.com", Err(DeskUrlError::Shape));
        check("", Err(DeskUrlError::Shape));
        check("https://", Err(DeskUrlError::Shape));
        check("https://desk.example.com/console", Err(DeskUrlError::NotAnOrigin));
        check("https://desk.example.com/?a", Err(DeskUrlError::NotAnOrigin));
        check("https://me:secret@desk.example.com", Err(DeskUrlError::NotAnOrigin));
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, DeskUrlError>) {
        assert_eq!(text.parse::<DeskUrl>().map(|it| it.to_string()), expected.map(str::to_owned), "{text}");
    }
}
