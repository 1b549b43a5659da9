//! Names and numbers of tus 1.0.0 with the extensions creation (also with upload), expiration, checksum and termination.
//!
//! Source: <https://tus.io/protocols/resumable-upload>. Holds names only; both ends are written against them.

use data_encoding::BASE64;

/// The protocol's version, sent and required in both directions.
pub const VERSION: &str = "1.0.0";
/// What our desk offers.
pub const EXTENSIONS: &str = "creation,creation-with-upload,expiration,checksum,termination";
/// What our desk checks chunks with.
pub const CHECKSUM_ALGORITHMS: &str = "sha256,sha1";
/// The body type of every PATCH.
pub const CONTENT_TYPE: &str = "application/offset+octet-stream";

/// `Tus-Resumable`.
pub const RESUMABLE: &str = "tus-resumable";
/// `Upload-Offset`.
pub const OFFSET: &str = "upload-offset";
/// `Upload-Length`.
pub const LENGTH: &str = "upload-length";
/// `Upload-Metadata`.
pub const METADATA: &str = "upload-metadata";
/// `Upload-Checksum`.
pub const CHECKSUM: &str = "upload-checksum";
/// `Upload-Expires`.
pub const EXPIRES: &str = "upload-expires";

/// The status of a chunk whose checksum does not fit (460 in the specification).
pub const STATUS_CHECKSUM_MISMATCH: u16 = 460;

/// Writes `Upload-Metadata` from pairs of a key without spaces or commas and any value.
pub fn metadata<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    pairs
        .into_iter()
        .map(|(key, value)| format!("{key} {}", BASE64.encode(value.as_bytes())))
        .collect::<Vec<_>>()
        .join(",")
}

/// Reads one value of `Upload-Metadata`; `None` if it is absent or not UTF-8 in base64.
pub fn metadata_value(header: &str, key: &str) -> Option<String> {
    header.split(',').find_map(|pair| {
        let (name, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        if name != key {
            return None;
        }
        String::from_utf8(BASE64.decode(value.trim().as_bytes()).ok()?).ok()
    })
}

/// Writes `Upload-Checksum` for a SHA-256.
pub fn sha256_checksum(digest: &[u8]) -> String {
    format!("sha256 {}", BASE64.encode(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_survives_commas_spaces_and_chinese() {
        let header = metadata([("ticket", "NL-1, 2"), ("filename", "日志 a.zip")]);
        assert_eq!(metadata_value(&header, "ticket").as_deref(), Some("NL-1, 2"));
        assert_eq!(metadata_value(&header, "filename").as_deref(), Some("日志 a.zip"));
        assert_eq!(metadata_value(&header, "other"), None);
        assert_eq!(metadata_value("broken ***", "broken"), None);
    }
}
