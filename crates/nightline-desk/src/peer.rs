//! Who is at the other end of the connection, and by which origin they reached the desk.
//!
//! Forwarded headers count only when they come from the named proxy, and then only the last hop that it added.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use nightline_types::DeskUrl;

use crate::app::App;

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its address, behind a named proxy the one that the proxy saw.
    pub address: IpAddr,
}

impl Peer {
    /// Reads the connection, and the named proxy's header.
    pub fn of(app: &App, request: &Request) -> Self {
        let connected = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip().to_canonical());
        let behind_proxy = app.settings.proxy.is_some_and(|proxy| proxy.contains(connected));
        let forwarded = behind_proxy.then(|| last_forwarded(request.headers())).flatten();
        Self { address: forwarded.unwrap_or(connected) }
    }
}

/// The last address of `X-Forwarded-For`: the one our proxy wrote; those before it are anyone's claims.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok().map(|it: IpAddr| it.to_canonical())
}

/// The origins by which this desk may be meant in a signed statement: the public one, and the loopback name that
/// this request used. Another name in `Host` is not believed, or one desk could pass statements on to another.
pub fn desk_origins(app: &App, headers: &HeaderMap) -> Vec<String> {
    let mut origins: Vec<String> = app.settings.public_url.iter().map(DeskUrl::origin).collect();
    let scheme = if app.settings.tls { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if let Ok(url) = format!("{scheme}://{host}").parse::<DeskUrl>()
        && url.is_loopback()
        && app.settings.proxy.is_none()
    {
        origins.push(url.origin());
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_forwarded_address_counts() {
        check(&["203.0.113.9"], Some("203.0.113.9"));
        check(&["198.51.100.1, 203.0.113.9"], Some("203.0.113.9"));
        check(&["198.51.100.1", "203.0.113.9"], Some("203.0.113.9"));
        check(&["203.0.113.9, unknown"], None);
        check(&[], None);
    }

    #[track_caller]
    fn check(values: &[&'static str], expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        assert_eq!(last_forwarded(&headers), expected.map(|it| it.parse().unwrap()));
    }
}
