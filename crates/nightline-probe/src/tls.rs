//! TLS handshakes that finish even if the certificate is bad, so that the chain can be read. A connection whose
//! certificate is bad is closed at once; nothing is ever sent over it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
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
        Self { provider, verifier }
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
    let (chain, problem) = seen.unwrap_or_else(|| (Vec::new(), Some(Problem::Other)));
    Ok(Handshake { stream: problem.is_none().then_some(stream), took, chain, problem })
}

type Seen = (Vec<Certificate>, Option<Problem>);

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
                .map(|error| Problem::of(&error, chain.first())),
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((chain, problem));
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
