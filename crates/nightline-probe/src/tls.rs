//! TLS handshakes that finish even if the certificate is bad, so that the chain can be read. A connection whose
//! certificate is bad is closed at once; nothing is ever sent over it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::certificate::{Certificate, Problem};

/// Whom this system trusts, and whom the organisation added.
#[derive(Clone, Debug)]
pub struct Roots {
    provider: Arc<CryptoProvider>,
    /// Absent where the system has no list at all.
    verifier: Option<Arc<Verifier>>,
    /// Whom everybody trusts: Mozilla's list. It decides nothing; a chain that only this system trusts is told apart.
    public: Option<Arc<WebPkiServerVerifier>>,
}

impl Roots {
    /// Reads the system's roots, and those in the PEM file `extra`, which are added and never replace. A file that is
    /// not to be read adds nothing. Reads files: call it where blocking is allowed.
    pub fn load(extra: Option<&Path>) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let added: Vec<CertificateDer<'static>> = extra
            .and_then(|path| CertificateDer::pem_file_iter(path).ok())
            .map(|certificates| certificates.filter_map(Result::ok).collect())
            .unwrap_or_default();
        let verifier = Verifier::new_with_extra_roots(added, Arc::clone(&provider)).ok().map(Arc::new);
        let mozilla = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let public = WebPkiServerVerifier::builder_with_provider(Arc::new(mozilla), Arc::clone(&provider));
        Self { provider, verifier, public: public.build().ok() }
    }
}

/// What a handshake showed.
#[derive(Debug)]
pub struct Handshake<S> {
    /// The encrypted connection; absent if the certificate is bad.
    pub stream: Option<TlsStream<S>>,
    /// How long it took.
    pub took: Duration,
    /// The chain as it was sent, the server's own certificate first.
    pub chain: Vec<Certificate>,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// Whether everybody's list of issuers knows the chain, where this system's does.
    pub is_public: Option<bool>,
}

/// Why there was no handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// Nothing came in time.
    #[error("no answer in time")]
    TimedOut,
    /// The connection ended in the middle.
    #[error("the connection ended in the handshake")]
    Cut,
    /// The other side speaks another protocol, or refused.
    #[error("no common way to encrypt")]
    NotTls,
}

impl TlsError {
    /// Kebab-case, as in facts.
    pub fn code(self) -> &'static str {
        match self {
            Self::TimedOut => "timeout",
            Self::Cut => "cut",
            Self::NotTls => "not-tls",
        }
    }
}

/// Shakes hands with `host` on a connection that is up.
pub async fn handshake<S>(
    stream: S,
    host: &str,
    roots: &Roots,
    limit: Duration,
) -> Result<Handshake<S>, TlsError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let name = ServerName::try_from(host.to_owned()).map_err(|_| TlsError::NotTls)?;
    let reader = Arc::new(ChainReader { roots: roots.clone(), seen: Mutex::new(None) });
    let config = ClientConfig::builder_with_provider(Arc::clone(&roots.provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| TlsError::NotTls)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&reader) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    let started = Instant::now();
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
    let ended = tokio::time::timeout(limit, connecting).await.map_err(|_| TlsError::TimedOut)?;
    let took = started.elapsed();
    let seen = reader.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
    let stream = ended.map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof
        | std::io::ErrorKind::ConnectionReset
        | std::io::ErrorKind::BrokenPipe => TlsError::Cut,
        _ => TlsError::NotTls,
    })?;
    let Seen { chain, problem, is_public } =
        seen.unwrap_or_else(|| Seen { chain: Vec::new(), problem: Some(Problem::Other), is_public: None });
    Ok(Handshake { stream: problem.is_none().then_some(stream), took, chain, problem, is_public })
}

#[derive(Debug)]
struct Seen {
    chain: Vec<Certificate>,
    problem: Option<Problem>,
    is_public: Option<bool>,
}

/// Keeps the chain and the verdict of the real verifier, and lets the handshake finish.
#[derive(Debug)]
struct ChainReader {
    roots: Roots,
    seen: Mutex<Option<Seen>>,
}

impl ServerCertVerifier for ChainReader {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain: Vec<Certificate> =
            std::iter::once(leaf).chain(others).filter_map(|der| Certificate::read(der)).collect();
        let problem = match &self.roots.verifier {
            None => Some(Problem::NoRoots),
            Some(verifier) => verifier
                .verify_server_cert(leaf, others, name, ocsp, now)
                .err()
                .map(|error| Problem::of(&error, &chain)),
        };
        let public = self.roots.public.as_ref().filter(|_| problem.is_none());
        let is_public = public.and_then(|public| {
            match public.verify_server_cert(leaf, others, name, ocsp, now) {
                Ok(_) => Some(true),
                // Systems fetch or remember what the server left out; this list does not.
                Err(error) if Problem::of(&error, &chain) == Problem::UnknownIssuer => Some(false),
                Err(_) => None,
            }
        });
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Seen { chain, problem, is_public });
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.roots.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.roots.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.roots.provider.signature_verification_algorithms.supported_schemes()
    }
}
