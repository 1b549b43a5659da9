//! Reads certificates as they were sent. Trusts nothing: trust is the verifier's business.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::oid_registry::OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

/// What stands in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it names, as a short text: the common name where there is one.
    pub subject: String,
    /// Who signed it, likewise.
    pub issuer: String,
    /// Names and addresses it is for.
    pub names: Vec<String>,
    /// From when on it is valid.
    pub not_before: SystemTime,
    /// Until when.
    pub not_after: SystemTime,
    /// Whether subject and issuer are the same.
    pub is_self_issued: bool,
    /// Whether it says where its issuer's certificate is kept (RFC 5280, 4.2.2.1): a browser fetches it, others do not.
    pub names_issuer_address: bool,
}

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Its time is over.
    Expired,
    /// Its time has not begun; often our clock is wrong.
    NotYetValid,
    /// It is for other names.
    WrongName,
    /// Nobody but itself vouches for it.
    SelfSigned,
    /// Whoever signed it is not trusted here.
    UnknownIssuer,
    /// The server sent its own certificate and none of those between it and a trusted issuer.
    Incomplete,
    /// This system has no list of trusted issuers.
    NoRoots,
    /// Something else.
    Other,
}

impl Problem {
    /// Kebab-case, as in facts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongName => "wrong-name",
            Self::SelfSigned => "self-signed",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Incomplete => "incomplete",
            Self::NoRoots => "no-roots",
            Self::Other => "other",
        }
    }

    /// From the verifier's error and the chain itself: the verifier says "unknown issuer" for self-signed, incomplete
    /// and foreign chains alike.
    pub(crate) fn of(error: &rustls::Error, chain: &[Certificate]) -> Self {
        use rustls::CertificateError as E;
        let rustls::Error::InvalidCertificate(error) = error else { return Self::Other };
        let self_issued = chain.first().is_some_and(|it| it.is_self_issued);
        let alone = matches!(chain, [leaf] if leaf.names_issuer_address);
        match error {
            E::Expired | E::ExpiredContext { .. } => Self::Expired,
            E::NotValidYet | E::NotValidYetContext { .. } => Self::NotYetValid,
            E::NotValidForName | E::NotValidForNameContext { .. } => Self::WrongName,
            _ if self_issued => Self::SelfSigned,
            E::UnknownIssuer if alone => Self::Incomplete,
            E::UnknownIssuer => Self::UnknownIssuer,
            _ => Self::Other,
        }
    }
}

impl Certificate {
    /// Reads one; `None` if it is not to be read.
    pub fn read(der: &[u8]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(der).ok()?;
        let validity = parsed.validity();
        let names = parsed
            .subject_alternative_name()
            .ok()
            .flatten()
            .map(|it| it.value.general_names.iter().filter_map(name).collect())
            .unwrap_or_default();
        Some(Self {
            subject: short(parsed.subject()),
            issuer: short(parsed.issuer()),
            names,
            not_before: at(validity.not_before.timestamp()),
            not_after: at(validity.not_after.timestamp()),
            is_self_issued: parsed.subject() == parsed.issuer(),
            names_issuer_address: names_issuer_address(&parsed),
        })
    }
}

/// Seconds since 1970. A year that this system cannot tell is taken for 1970.
fn at(seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    time.unwrap_or(UNIX_EPOCH)
}

fn names_issuer_address(certificate: &X509Certificate<'_>) -> bool {
    certificate.extensions().iter().any(|extension| match extension.parsed_extension() {
        ParsedExtension::AuthorityInfoAccess(access) => {
            access.accessdescs.iter().any(|it| it.access_method == OID_PKIX_ACCESS_DESCRIPTOR_CA_ISSUERS)
        }
        _ => false,
    })
}

fn short(name: &X509Name<'_>) -> String {
    let common = name.iter_common_name().find_map(|it| it.as_str().ok().map(str::to_owned));
    common.unwrap_or_else(|| name.to_string())
}

fn name(general: &GeneralName<'_>) -> Option<String> {
    match general {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|it| std::net::Ipv4Addr::from(it).to_string()),
            16 => <[u8; 16]>::try_from(*bytes).ok().map(|it| std::net::Ipv6Addr::from(it).to_string()),
            _ => None,
        },
        _ => None,
    }
}
