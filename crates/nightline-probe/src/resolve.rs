//! Names to addresses, the system's own way (`getaddrinfo`), so that hosts file, VPN and policy apply.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::path::is_one_machine;

/// Stack of a resolving thread; glibc's resolver needs far less.
const STACK_BYTES: usize = 256 * 1024;

/// Addresses of a name.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// In the system's order of preference, without repeats.
    pub addresses: Vec<IpAddr>,
    /// How long it took.
    pub took: Duration,
}

impl Resolved {
    /// The first address that a path can be traced to, or else the first.
    pub fn to_trace(&self) -> Option<IpAddr> {
        let traceable = self.addresses.iter().find(|it| is_one_machine(**it));
        traceable.or(self.addresses.first()).copied()
    }
}

/// Why a name has no addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// The name does not exist, or has no address.
    #[error("the name is not known")]
    NotFound,
    /// The resolvers gave no usable answer.
    #[error("the name servers gave no usable answer")]
    TryAgain,
    /// No answer within the limit; the system goes on by itself for a while.
    #[error("no answer in time")]
    TimedOut,
    /// The system refused to ask.
    #[error("the system could not ask")]
    System,
}

impl ResolveError {
    /// Kebab-case, as in facts.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::TryAgain => "try-again",
            Self::TimedOut => "timeout",
            Self::System => "system",
        }
    }
}

/// Asks the system for the addresses of `host`. An address is its own answer.
///
/// `getaddrinfo` cannot be stopped, so it runs in a thread of its own that nobody waits for: the program may end
/// while it still hangs.
pub async fn resolve(host: &str, limit: Duration) -> Result<Resolved, ResolveError> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(Resolved { addresses: vec![address], took: Duration::ZERO });
    }
    let started = Instant::now();
    let (sender, receiver) = oneshot::channel();
    let name = host.to_owned();
    std::thread::Builder::new()
        .name("resolve".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let answer = if ends_the_program() {
                Err(io::Error::other("a search domain is too long"))
            } else {
                (name.as_str(), 0_u16).to_socket_addrs().map(Iterator::collect::<Vec<_>>)
            };
            // Nobody may be waiting any more; then the answer is not needed.
            let _unheard = sender.send(answer);
        })
        .map_err(|_| ResolveError::System)?;
    let answer = tokio::time::timeout(limit, receiver).await.map_err(|_| ResolveError::TimedOut)?;
    let sockets: Vec<SocketAddr> =
        answer.map_err(|_| ResolveError::System)?.map_err(|error| why(&error.to_string()))?;
    let mut addresses: Vec<IpAddr> = Vec::new();
    for socket in sockets {
        if !addresses.contains(&socket.ip()) {
            addresses.push(socket.ip());
        }
    }
    if addresses.is_empty() {
        Err(ResolveError::NotFound)
    } else {
        Ok(Resolved { addresses, took: started.elapsed() })
    }
}

/// Whether asking would end this program: glibc's `update_from_conf` aborts where a search domain is longer than names
/// can be.
#[cfg(target_os = "linux")]
fn ends_the_program() -> bool {
    std::fs::read("/etc/resolv.conf").is_ok_and(|text| has_long_domain(&String::from_utf8_lossy(&text)))
}

#[cfg(not(target_os = "linux"))]
fn ends_the_program() -> bool {
    false
}

#[cfg(any(target_os = "linux", test))]
fn has_long_domain(text: &str) -> bool {
    const LONGEST: usize = 253;
    let mut lines = text.lines().map(str::split_whitespace);
    lines.any(|mut words| {
        matches!(words.next(), Some("search" | "domain")) && words.any(|domain| domain.len() > LONGEST)
    })
}

/// The standard library gives only the text of `gai_strerror`, which is English as long as nobody sets a locale.
fn why(text: &str) -> ResolveError {
    let not_found =
        ["not known", "No address associated", "does not resolve", "no such host", "nodename nor servname"];
    let try_again = ["Temporary failure", "Try again", "Non-recoverable"];
    if not_found.iter().any(|it| text.contains(it)) {
        ResolveError::NotFound
    } else if try_again.iter().any(|it| text.contains(it)) {
        ResolveError::TryAgain
    } else {
        ResolveError::System
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_addresses_one_is_traced_that_can_be() {
        let traced = |all: &[&str]| {
            let addresses = all.iter().map(|it| it.parse().unwrap()).collect();
            Resolved { addresses, took: Duration::ZERO }.to_trace().map(|it| it.to_string())
        };
        assert_eq!(traced(&["fe80::1", "192.168.1.7"]).as_deref(), Some("192.168.1.7"));
        assert_eq!(traced(&["0.0.0.0"]).as_deref(), Some("0.0.0.0"));
        assert_eq!(traced(&[]), None);
    }

    #[test]
    fn a_search_domain_that_ends_programs_is_seen() {
        let long = "a".repeat(254);
        assert!(has_long_domain(&format!("nameserver 127.0.0.1\nsearch a.test {long}\n")));
        assert!(!has_long_domain(&format!("# search {long}\nsearch a.test b.test\n")));
    }
}
