//! Whether a request that changes something comes from the desk's own pages. Refuses what it cannot tell.

use axum::http::{HeaderMap, Method, header};

use crate::secret;

/// The header that carries the session's own value.
pub(super) const CSRF_HEADER: &str = "x-nightline-csrf";

/// Whether a method only reads (RFC 9110, 9.2.1).
pub(super) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether the request comes from the desk's own origin: by `Sec-Fetch-Site`, which no page can set; where a
/// browser does not send it, `Origin` must name the same host and port as `Host`. Neither of them is a no.
pub(super) fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    authority.is_some_and(|authority| !authority.is_empty() && authority.eq_ignore_ascii_case(host))
}

/// Whether the request carries the session's value, compared in constant time.
pub(super) fn carries(headers: &HeaderMap, csrf: &str) -> bool {
    let given = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    !csrf.is_empty() && secret::same(given, csrf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_desks_own_pages() {
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("origin", "https://desk.example.com"), ("host", "desk.example.com")], true);
        check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true);
    }

    #[test]
    fn refuses_other_pages_and_what_it_cannot_tell() {
        check(&[], false);
        check(&[("host", "desk.example.com")], false);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "")], false);
        // A foreign page cannot talk its way in by an Origin that fits.
        check(
            &[("sec-fetch-site", "cross-site"), ("origin", "https://a.example"), ("host", "a.example")],
            false,
        );
        check(&[("origin", "https://evil.example"), ("host", "desk.example.com")], false);
        check(&[("origin", "https://desk.example.com.evil.example"), ("host", "desk.example.com")], false);
        check(&[("origin", "https://desk.example.com:8443"), ("host", "desk.example.com")], false);
        check(&[("origin", "null"), ("host", "desk.example.com")], false);
        check(&[("origin", "https://"), ("host", "")], false);
        check(&[("origin", "file://desk"), ("host", "desk")], false);
    }

    #[test]
    fn the_sessions_value_must_fit_exactly() {
        let mut headers = HeaderMap::new();
        assert!(!carries(&headers, "abc"));
        headers.insert(CSRF_HEADER, "abc".parse().unwrap());
        assert!(carries(&headers, "abc"));
        assert!(!carries(&headers, "abd"));
        assert!(!carries(&headers, "ab"));
        headers.insert(CSRF_HEADER, "".parse().unwrap());
        assert!(!carries(&headers, ""));
    }

    #[track_caller]
    fn check(headers: &[(&'static str, &str)], expected: bool) {
        let map: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        assert_eq!(is_own(&map), expected, "{headers:?}");
    }
}
