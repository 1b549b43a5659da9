//! The agent console's pages, built into the program. Serves files and nothing else: no data, no secrets, so that
//! everyone may load them.

mod assets;

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::error::ApiFailure;

/// What the console's pages may do: load their own files and talk to their own desk. No inline script, no frame.
/// `blob:` is for pictures that the console has read with the session's right.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The name of a built file changes with its content, so browsers may keep it for ever (a year is for ever, RFC 9111).
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The page itself is asked for anew each time, and answered by its tag.
const ASK_AGAIN: &str = "no-cache";
const INDEX: &str = "index.html";
const NOT_BUILT: &str = include_str!("not_built.html");

/// Everything that is no route of the API: the console's files, and its one page for every address in it.
pub async fn fallback(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) || is_api(uri.path()) {
        return ApiFailure::not_found().into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let name = if path.is_empty() { INDEX } else { path };
    if let Some(asset) = assets::get(name) {
        return answer(asset, name, &headers);
    }
    if is_page(path) {
        return match assets::get(INDEX) {
            Some(index) => answer(index, INDEX, &headers),
            None => not_built(),
        };
    }
    ApiFailure::not_found().into_response()
}

/// The API's own paths, however they are spelled: a wrong one of them is never answered with a page.
fn is_api(path: &str) -> bool {
    let first = path.split(['/', '\\']).find(|it| !it.is_empty()).unwrap_or_default();
    first.eq_ignore_ascii_case("api") || first.contains('%')
}

/// An address inside the console: letters, digits and dashes, no file name.
fn is_page(path: &str) -> bool {
    path.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'/' | b'-' | b'_'))
        && !path.contains("//")
}

fn answer(asset: assets::Asset, name: &str, asked: &HeaderMap) -> Response {
    let tag = asset.tag();
    let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|it| has_tag(it, &tag));
    let cache = if is_hashed(name) { FOR_EVER } else { ASK_AGAIN };
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type(name))], asset.bytes()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn not_built() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    (headers, NOT_BUILT).into_response()
}

fn has_tag(value: &HeaderValue, tag: &str) -> bool {
    value.to_str().is_ok_and(|text| text.split(',').any(|it| it.trim().trim_start_matches("W/") == tag))
}

/// Vite puts everything whose name carries a hash of its content into this folder, and nothing else.
fn is_hashed(name: &str) -> bool {
    name.starts_with("assets/")
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_the_console_are_pages_and_nothing_else_is() {
        for path in ["", "setup", "sign-in", "tickets/NL-7Q2K-4M9X-C", "tickets/NL-7Q2K-4M9X-C/files/3"] {
            assert!(is_page(path) && !is_api(path), "{path}");
        }
        for path in ["assets/gone.js", "a//b", "..", "tickets/%2e%2e", "favicon.ico", "a\\b", "x;y", "日志"]
        {
            assert!(!is_page(path), "{path}");
        }
        for path in
            ["/api", "/api/agent/v1/setup/", "//api/x", "/API/agent/v1/setup", "/%61pi/agent", "\\api"]
        {
            assert!(is_api(path), "{path}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("assets/index-4f3a9c.js"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("favicon.svg"));
    }

    #[tokio::test]
    async fn a_tag_that_the_browser_has_saves_the_body() {
        let first = fallback(Method::GET, Uri::from_static("/"), HeaderMap::new()).await;
        assert_eq!(first.status(), StatusCode::OK);
        // Without a built console there is only the page that says so, which has no tag.
        let Some(tag) = first.headers().get(header::ETAG).cloned() else { return };
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, tag);
        let again = fallback(Method::GET, Uri::from_static("/tickets"), asked).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }
}
