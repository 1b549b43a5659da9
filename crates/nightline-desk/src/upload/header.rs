//! Reads the headers of tus. Refuses what it does not understand instead of guessing.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use nightline_protocol::{ErrorCode, tus};
use nightline_types::Timestamp;

use crate::error::ApiFailure;

/// Longer metadata is refused: a ticket's number and a file name need under 300 bytes.
const MAX_METADATA: usize = 2 * 1024;

/// Refuses another protocol version (412, with ours).
pub(crate) fn check_version(headers: &HeaderMap) -> Result<(), ApiFailure> {
    if headers.get(tus::RESUMABLE).is_some_and(|it| it == tus::VERSION) {
        return Ok(());
    }
    Err(ApiFailure::bad_request("Tus-Resumable has to be 1.0.0")
        .with_status(StatusCode::PRECONDITION_FAILED)
        .with_header(header::HeaderName::from_static("tus-version"), HeaderValue::from_static(tus::VERSION)))
}

/// A header that holds a number; `None` where it is absent.
pub(crate) fn number(headers: &HeaderMap, name: &'static str) -> Result<Option<u64>, ApiFailure> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let digits =
        value.to_str().ok().filter(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|it| it.parse().ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(ApiFailure::bad_request(format!("{name} is no number"))),
    }
}

/// `Upload-Metadata` as it came; empty where it is absent.
pub(crate) fn metadata(headers: &HeaderMap) -> Result<&str, ApiFailure> {
    let Some(value) = headers.get(tus::METADATA) else { return Ok("") };
    let text = value.to_str().map_err(|_| ApiFailure::bad_request("Upload-Metadata is not ASCII"))?;
    if text.len() > MAX_METADATA {
        return Err(ApiFailure::new(ErrorCode::TooLarge, "Upload-Metadata has at most 2 KiB"));
    }
    Ok(text)
}

/// Whether the body is a part of a file.
pub(crate) fn has_content(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|it| it == tus::CONTENT_TYPE)
}

/// Adds what every answer about an upload carries.
pub(crate) fn answer(status: StatusCode, offset: Option<u64>, expires: Option<Timestamp>) -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(tus::RESUMABLE, HeaderValue::from_static(tus::VERSION));
    if let Some(offset) = offset {
        headers.insert(tus::OFFSET, HeaderValue::from(offset));
    }
    if let Some(date) = expires.and_then(|it| HeaderValue::from_str(&http_date(it)).ok()) {
        headers.insert(tus::EXPIRES, date);
    }
    response
}

/// A date as HTTP writes it (RFC 9110, 5.6.7): `Sun, 22 Nov 2026 02:03:04 GMT`.
fn http_date(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // RFC 3339 begins with `2026-11-22T02:03:04`.
    let text = at.to_string();
    let days = usize::try_from(at.unix_ms().div_euclid(86_400_000).rem_euclid(7)).unwrap_or(0);
    let month = text.get(5..7).and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let name = MONTHS.get(month.saturating_sub(1)).unwrap_or(&MONTHS[0]);
    format!("{}, {} {name} {} {} GMT", DAYS[days], part(8..10), part(0..4), part(11..19))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        assert_eq!(http_date(Timestamp::from_unix_ms(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(http_date(Timestamp::from_unix_ms(1_795_312_984_056)), "Sun, 22 Nov 2026 02:03:04 GMT");
    }

    #[test]
    fn numbers_are_digits_and_nothing_else() {
        check("0", Some(0));
        check("18446744073709551615", Some(u64::MAX));
        for text in ["", "-1", "+1", "1.0", " 1", "0x1", "18446744073709551616", "1,1"] {
            check(text, None);
        }
    }

    #[track_caller]
    fn check(text: &'static str, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(tus::OFFSET, HeaderValue::from_static(text));
        assert_eq!(number(&headers, tus::OFFSET).ok().flatten(), expected, "{text}");
    }
}
