//! From a private value to its stable replacement. Keyed and not counted, so it needs no shared state.

use std::net::IpAddr;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::address::Addresses;
use crate::known::split_port;
use crate::{Class, RedactionKey};

/// No vowels, so that no pseudonym reads as a name or a word; no 1 and l, no 0 and o.
const ALPHABET: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";
/// 28^8 is 3.8 * 10^11: ten thousand values of one ticket share a pseudonym with a chance of about 1 in 7,500.
pub(crate) const BODY: usize = 8;

/// Makes pseudonyms under one key.
pub(crate) struct Pseudonyms {
    mac: Hmac<Sha256>,
    addresses: Addresses,
    domains: Vec<String>,
}

impl Pseudonyms {
    pub(crate) fn new(key: &RedactionKey, mut domains: Vec<String>) -> Self {
        // The longest first, so that the most exact domain is cut off.
        domains.sort_by_key(|domain| std::cmp::Reverse(domain.len()));
        Self { mac: key.mac(), addresses: Addresses::new(key), domains }
    }

    /// The replacement for `value`, which is of this class.
    pub(crate) fn of(&self, class: Class, value: &str) -> String {
        match class {
            Class::Ipv4 | Class::Ipv6 => match value.parse::<IpAddr>() {
                Ok(address) => ip_token(self.addresses.pseudonym(address)),
                // Two finders claimed overlapping pieces: nothing of either may survive.
                Err(_) => self.token(Class::Secret, value),
            },
            Class::Host => self.host(value),
            // The same person is the same pseudonym in a path, in a log and in a field.
            Class::Home if !value.contains(['/', '\\']) => self.token(Class::User, &value.to_lowercase()),
            Class::Mac => self.token(class, &bare_mac(value)),
            Class::Secret | Class::Ssid => self.token(class, value),
            Class::Home => self.token(class, &value.to_lowercase()),
            Class::User | Class::Domain | Class::Email | Class::Serial => {
                self.token(class, &value.to_lowercase())
            }
        }
    }

    /// `laptop-7` and `laptop-7.corp.example.com` share their first half.
    fn host(&self, value: &str) -> String {
        let name = split_port(value).0.trim_matches(['[', ']']).trim_end_matches('.').to_lowercase();
        for domain in &self.domains {
            if name == *domain {
                return self.token(Class::Domain, domain);
            }
            if let Some(host) = name.strip_suffix(domain.as_str()).and_then(|it| it.strip_suffix('.')) {
                return format!("{}.{}", self.token(Class::Host, host), self.token(Class::Domain, domain));
            }
        }
        self.token(Class::Host, &name)
    }

    fn token(&self, class: Class, normalized: &str) -> String {
        format!("<{}-{}>", class.label(), self.body(class, normalized))
    }

    /// Without the brackets, for places where a name has to stay a name.
    pub(crate) fn bare_host(&self, host: &str) -> String {
        format!("host-{}", self.body(Class::Host, &host.trim_end_matches('.').to_lowercase()))
    }

    fn body(&self, class: Class, normalized: &str) -> String {
        let mut mac = self.mac.clone();
        mac.update(class.label().as_bytes());
        mac.update(&[0]);
        mac.update(normalized.as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut rest = digest.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let mut body = String::with_capacity(BODY);
        for _ in 0..BODY {
            let digit = usize::try_from(rest % 28).unwrap_or(0);
            body.push(char::from(ALPHABET[digit]));
            rest /= 28;
        }
        body
    }
}

fn ip_token(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => format!("<ipv4-{v4}>"),
        IpAddr::V6(v6) => format!("<ipv6-{v6}>"),
    }
}

fn bare_mac(value: &str) -> String {
    value.chars().filter(char::is_ascii_hexdigit).map(|c| c.to_ascii_lowercase()).collect()
}

/// The length of the pseudonym that `text` begins with, where it begins with one.
pub(crate) fn pseudonym_length(text: &str) -> Option<usize> {
    // The longest is `<ipv6-` with 39 characters and the bracket.
    let window = text.as_bytes().get(..text.len().min(48))?;
    let close = window.iter().position(|byte| *byte == b'>')?;
    let (label, body) = text.get(1..close)?.split_once('-')?;
    let class = Class::ALL.into_iter().find(|class| class.label() == label)?;
    let fits = match class {
        Class::Ipv4 | Class::Ipv6 => body.parse::<IpAddr>().is_ok(),
        _ => body.len() == BODY && body.bytes().all(|byte| ALPHABET.contains(&byte)),
    };
    fits.then_some(close + 1)
}

/// Whether `host` is what [`Pseudonyms::bare_host`] makes.
pub(crate) fn is_bare_host(host: &str) -> bool {
    host.strip_prefix("host-")
        .is_some_and(|body| body.len() == BODY && body.bytes().all(|it| ALPHABET.contains(&it)))
}
