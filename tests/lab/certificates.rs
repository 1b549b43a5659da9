//! The lab's issuers, and certificates that are bad in one way each. Keys live as long as the test.

use rcgen::{BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::Deserialize;

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Problem {
    Expired,
    NotYetValid,
    WrongName,
    SelfSigned,
    /// Signed by somebody whose own certificate is not sent along.
    MissingIntermediate,
    /// Signed by a root of an organisation that this client knows nothing of.
    PrivateRoot,
}

/// Somebody who signs.
pub(crate) struct Authority {
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A server's certificate, those that it sends along, and its key.
pub(crate) struct Identity {
    chain: Vec<rcgen::Certificate>,
    key: KeyPair,
}

impl Authority {
    /// A root.
    pub(crate) fn new(name: &str) -> Self {
        let (params, key) = (Self::params(name), KeyPair::generate().unwrap());
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    /// Somebody who signs in this one's name.
    fn deputy(&self, name: &str) -> Self {
        let (params, key) = (Self::params(name), KeyPair::generate().unwrap());
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
    }

    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.certificate.der().clone()
    }

    /// A good certificate for these names.
    pub(crate) fn signs(&self, names: &[&str]) -> Identity {
        let key = KeyPair::generate().unwrap();
        let chain = vec![leaf(names).signed_by(&key, &self.issuer).unwrap()];
        Identity { chain, key }
    }

    /// A certificate for a name that is bad in this way.
    pub(crate) fn signs_badly(&self, name: &str, problem: Problem) -> Identity {
        let mut params = leaf(&[name]);
        let key = KeyPair::generate().unwrap();
        let certificate = match problem {
            Problem::Expired => {
                params.not_before = rcgen::date_time_ymd(2001, 1, 1);
                params.not_after = rcgen::date_time_ymd(2002, 1, 1);
                params.signed_by(&key, &self.issuer)
            }
            Problem::NotYetValid => {
                params.not_before = rcgen::date_time_ymd(2090, 1, 1);
                params.not_after = rcgen::date_time_ymd(2091, 1, 1);
                params.signed_by(&key, &self.issuer)
            }
            Problem::WrongName => leaf(&["other.test"]).signed_by(&key, &self.issuer),
            Problem::SelfSigned => params.self_signed(&key),
            Problem::MissingIntermediate => {
                params.custom_extensions.push(issuer_address());
                params.signed_by(&key, &self.deputy("Lab Intermediate").issuer)
            }
            Problem::PrivateRoot => return Self::new("Some Company Root").signs(&[name]),
        };
        Identity { chain: vec![certificate.unwrap()], key }
    }
}

impl Identity {
    pub(crate) fn chain(&self) -> Vec<CertificateDer<'static>> {
        self.chain.iter().map(|it| it.der().clone()).collect()
    }

    pub(crate) fn key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::try_from(self.key.serialize_der()).unwrap()
    }

    pub(crate) fn chain_pem(&self) -> String {
        self.chain.iter().map(rcgen::Certificate::pem).collect()
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }
}

fn leaf(names: &[&str]) -> CertificateParams {
    let mut params =
        CertificateParams::new(names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name.push(DnType::CommonName, names.first().copied().unwrap_or_default());
    params
}

/// Where the issuer's certificate is kept, as public issuers write it (RFC 5280, 4.2.2.1).
fn issuer_address() -> CustomExtension {
    const ACCESS: [u64; 9] = [1, 3, 6, 1, 5, 5, 7, 1, 1];
    const CA_ISSUERS: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 2];
    const SEQUENCE: u8 = 0x30;
    const URI: u8 = 0x86;
    let address = b"http://issuer.test/lab.der";
    let tagged = |tag: u8, content: &[u8]| {
        let mut whole = vec![tag, u8::try_from(content.len()).unwrap()];
        whole.extend(content);
        whole
    };
    let mut description = CA_ISSUERS.to_vec();
    description.extend(tagged(URI, address));
    CustomExtension::from_oid_content(&ACCESS, tagged(SEQUENCE, &tagged(SEQUENCE, &description)))
}
