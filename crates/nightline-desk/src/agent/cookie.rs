//! The session cookie: its name, its attributes, how it is read. Knows no database.

use axum::http::{HeaderMap, header};
use cookie::{Cookie, SameSite};

/// Under TLS. The prefix makes browsers refuse it from another host, another path or without encryption.
const SECURE_NAME: &str = "__Host-nightline";
/// On loopback in the clear, where browsers take no `__Host-` cookie.
const PLAIN_NAME: &str = "nightline";
/// More cookies than this in one request are not ours to sift.
const MAX_HEADER_BYTES: usize = 8_192;

/// The cookie that carries `token`. It ends with the browser; the desk's own limits end it earlier.
pub(super) fn set(token: String, encrypted: bool) -> String {
    build(token, encrypted).build().to_string()
}

/// The cookie that takes the session away.
pub(super) fn clear(encrypted: bool) -> String {
    build(String::new(), encrypted).max_age(cookie::time::Duration::ZERO).build().to_string()
}

fn build(value: String, encrypted: bool) -> cookie::CookieBuilder<'static> {
    let name = if encrypted { SECURE_NAME } else { PLAIN_NAME };
    Cookie::build((name, value)).path("/").http_only(true).secure(encrypted).same_site(SameSite::Strict)
}

/// The session's token of a request. Under TLS the name without prefix means nothing; two cookies of the name mean
/// that somebody planted one, so neither counts.
pub(super) fn read(headers: &HeaderMap, encrypted: bool) -> Option<String> {
    let name = if encrypted { SECURE_NAME } else { PLAIN_NAME };
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter(|text| text.len() <= MAX_HEADER_BYTES)
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name);
    let token = found.next()?.value().to_owned();
    (found.next().is_none() && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_tls_the_cookie_is_bound_to_this_host() {
        let cookie = set("abc".to_owned(), true);
        assert_eq!(cookie, "__Host-nightline=abc; HttpOnly; SameSite=Strict; Secure; Path=/");
    }

    #[test]
    fn on_loopback_it_has_another_name_and_is_not_secure() {
        assert_eq!(set("abc".to_owned(), false), "nightline=abc; HttpOnly; SameSite=Strict; Path=/");
        assert!(clear(false).contains("Max-Age=0"));
    }

    #[test]
    fn reads_only_its_own_name_and_no_planted_second_one() {
        check("nightline=abc", false, Some("abc"));
        check("a=b; nightline=abc; c=d", false, Some("abc"));
        check("__Host-nightline=abc", true, Some("abc"));
        check("nightline=abc", true, None);
        check("__Host-nightline=abc", false, None);
        check("nightline=abc; nightline=def", false, None);
        check("nightline=", false, None);
        check("xnightline=abc", false, None);
        check("", false, None);
    }

    #[track_caller]
    fn check(text: &str, encrypted: bool, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, text.parse().unwrap());
        assert_eq!(read(&headers, encrypted).as_deref(), expected, "{text}");
    }
}
