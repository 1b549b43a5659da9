//! TLS for the calls to a desk: the system's verifier, extra roots beside it, never instead of it. Trusts nobody itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::PrepareError;
use crate::disk;

/// A file of a few organization's roots has some kilobytes.
const MAX_EXTRA_BYTES: u64 = 1 << 20;

/// The TLS settings for a desk. `encrypted` says whether it speaks TLS at all: a machine without a store of
/// certificates can still talk to a desk on itself.
pub(crate) fn client_config(extra: Option<&Path>, encrypted: bool) -> Result<ClientConfig, PrepareError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(PrepareError::Verifier)?;
    if !encrypted {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let roots = extra.map(extra_roots).transpose()?.unwrap_or_default();
    let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(PrepareError::Verifier)?;
    let verifier: Arc<dyn ServerCertVerifier> = Arc::new(verifier);
    // "Dangerous" is rustls's word for any verifier that is not its own; this one is the system's.
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn extra_roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, PrepareError> {
    let pem = disk::read_limited(path, MAX_EXTRA_BYTES)
        .map_err(|source| PrepareError::ReadExtra { path: path.to_owned(), source })?;
    let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let path = || PathBuf::from(path);
    match roots {
        Ok(roots) if !roots.is_empty() => Ok(roots),
        _ => Err(PrepareError::NoCertificate { path: path() }),
    }
}
