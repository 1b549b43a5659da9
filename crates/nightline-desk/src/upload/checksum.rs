//! `Upload-Checksum`: what a chunk is checked with.

use data_encoding::BASE64;
use nightline_protocol::tus;
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};

use crate::error::ApiFailure;

/// A running checksum and what it has to become.
#[derive(Clone)]
pub(crate) struct Checksum {
    expected: Vec<u8>,
    running: Context,
}

impl Checksum {
    /// Reads the header: an algorithm, a space, the digest in base64.
    pub(crate) fn of_headers(headers: &axum::http::HeaderMap) -> Result<Option<Self>, ApiFailure> {
        let Some(value) = headers.get(tus::CHECKSUM) else { return Ok(None) };
        let wrong = || ApiFailure::bad_request("Upload-Checksum is no `sha256 …` or `sha1 …` in base64");
        let (name, digest) = value.to_str().ok().and_then(|it| it.split_once(' ')).ok_or_else(wrong)?;
        let expected = BASE64.decode(digest.trim().as_bytes()).map_err(|_| wrong())?;
        let algorithm = match name {
            "sha256" => &SHA256,
            "sha1" => &SHA1_FOR_LEGACY_USE_ONLY,
            _ => return Err(wrong()),
        };
        if expected.len() != algorithm.output_len() {
            return Err(wrong());
        }
        Ok(Some(Self { expected, running: Context::new(algorithm) }))
    }

    /// Takes the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.running.update(bytes);
    }

    /// Whether the bytes were those that were announced.
    pub(crate) fn fits(self) -> bool {
        self.running.finish().as_ref() == self.expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests_fit_and_others_do_not() {
        // NIST's test vector "abc".
        check("sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", Some(true));
        check("sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", Some(true));
        check("sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Some(false));
        for text in ["", "sha256", "sha256 ***", "md5 kAFQmDzST7DWlj99KOF/cg==", "sha1 AAAA", "SHA256 AAAA"] {
            check(text, None);
        }
    }

    #[track_caller]
    fn check(header: &'static str, expected: Option<bool>) {
        let mut headers = axum::http::HeaderMap::new();
        headers.insert(tus::CHECKSUM, axum::http::HeaderValue::from_static(header));
        let fits = Checksum::of_headers(&headers).ok().flatten().map(|mut it| {
            it.update(b"a");
            it.update(b"bc");
            it.fits()
        });
        assert_eq!(fits, expected, "{header}");
    }
}
