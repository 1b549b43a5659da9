//! Can the target, the desk and the organisation's important targets be reached? If not: which phase, whose fault?

use nightline_types::{Culprit, Grade, Outcome};

use super::tls;
use crate::claim::{BELOW_ANSWER, BELOW_CONNECTION, Claim, Layer, claim};
use crate::seen::Seen;

/// "Poor" from here on for the first byte (web.dev, "Time to First Byte").
const SLOW_ANSWER_MS: f64 = 1_800.0;
/// A way that takes longer is slow itself.
const SLOW_WAY_MS: f64 = 300.0;
const BELOW_NAME: &[Layer] = &[
    Layer::Link,
    Layer::Gateway,
    Layer::Path,
    Layer::Provider,
    Layer::Dns,
    Layer::Interception,
    Layer::Proxy,
];
const BELOW_ANY: &[Layer] = &[
    Layer::Link,
    Layer::Gateway,
    Layer::Path,
    Layer::Dns,
    Layer::Interception,
    Layer::Proxy,
    Layer::Clock,
    Layer::Provider,
];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    claims.extend(nothing_beyond_router(seen));
    for (check, layer) in [("target-reach", Layer::Target), ("desk-reach", Layer::Desk)] {
        let host = seen.text(check, "endpoint").unwrap_or_default();
        match seen.reached(check) {
            Some(false) => claims.extend(failed(seen, check, layer, host)),
            Some(true) => {
                claims.extend(answer_is_an_error(seen, check, layer, host));
                claims.extend(answer_is_slow(seen, check, layer, host));
                claims.extend(tls::expires_soon(seen, check, layer, host));
                // A company's own desk has a company's own certificate.
                if layer == Layer::Target {
                    claims.extend(tls::trusted_only_here(seen, check, layer, host));
                }
            }
            None => {}
        }
    }
    claims.extend(important(seen));
    claims.extend(ports_closed(seen));
}

/// Two hosts are alive and neither answers on its port: it is not the services, something on the way lets only some
/// ports through.
fn ports_closed(seen: Seen<'_>) -> Option<Claim> {
    let silent = |check| {
        seen.text(check, "failed_phase") == Some("tcp")
            && seen.text(check, "failure") == Some("timeout")
            && seen.flag(check, "host_answers") == Some(true)
            && seen.flag(check, "via_proxy") == Some(false)
            && seen.flag(check, "loopback") == Some(false)
    };
    let differ = seen.text("target-reach", "address") != seen.text("desk-reach", "address");
    if !(differ && silent("target-reach") && silent("desk-reach")) {
        return None;
    }
    Some(
        claim(Layer::Interception, "finding-ports-closed", Grade::Broken, Culprit::Interception, 0.75)
            .arg("target", seen.text("target-reach", "endpoint").unwrap_or_default())
            .arg("desk", seen.text("desk-reach", "endpoint").unwrap_or_default())
            .advice("advice-ports-closed")
            .verdict("verdict-ports-closed")
            .explained_by(&[Layer::Link, Layer::Gateway, Layer::Path, Layer::Provider])
            .seen_in("target-reach", "host_answers")
            .seen_in("desk-reach", "host_answers"),
    )
}

/// The router answers and at least two independent destinations behind it do not; or the name servers are all that can
/// be asked, and nobody on the way to them answers either.
fn nothing_beyond_router(seen: Seen<'_>) -> Option<Claim> {
    let silent: Vec<_> = seen.off_link_failures().into_iter().filter(|id| *id != "path").collect();
    // Without an address that was tried, it may be the names alone.
    let by_address = ["target-reach", "desk-reach"]
        .into_iter()
        .any(|id| silent.contains(&id) && seen.text(id, "failed_phase") == Some("tcp"));
    let way_silent = seen.flag("dns-direct", "way_answered") == Some(false);
    let router_answers = seen.flag("gateway", "answered") == Some(true);
    if !router_answers || seen.off_link_success().is_some() {
        return None;
    }
    let confidence = match (by_address && silent.len() >= 2, way_silent) {
        (true, true) => 0.8,
        (true, false) => 0.7,
        // Some networks hide all their routers; a name server that is gone behind such a one looks alike.
        (false, true) => 0.65,
        (false, false) => return None,
    };
    let mut provider =
        claim(Layer::Provider, "finding-nothing-beyond-router", Grade::Broken, Culprit::Provider, confidence)
            .arg("address", seen.text("gateway", "address").unwrap_or_default())
            .advice("advice-provider")
            .explained_by(&[Layer::Link, Layer::Gateway])
            .seen_in("gateway", "answered");
    if way_silent {
        provider = provider.seen_in("dns-direct", "way_answered");
    }
    for check in silent {
        provider = provider.seen_by(check);
    }
    Some(provider)
}

fn failed(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    match seen.text(check, "failed_phase")? {
        "dns" => Some(name(seen, check, layer)),
        "tcp" => Some(connection(seen, check, layer, host)),
        "tls" => Some(tls::failed(seen, check, layer, host)),
        _ => Some(
            claim(layer, "finding-http-silent", Grade::Broken, Culprit::Service, 0.7)
                .arg("host", host)
                .advice("advice-service")
                .explained_by(BELOW_CONNECTION)
                .seen_in(check, "failure"),
        ),
    }
}

fn name(seen: Seen<'_>, check: &'static str, layer: Layer) -> Claim {
    let host = seen.text(check, "host").unwrap_or_default();
    let denied = seen.texts("dns-direct", "denied_names").contains(&host);
    if denied || seen.text(check, "failure") == Some("not-found") {
        // A resolver that says so itself, or that knows other names, works: whoever runs the service has no such
        // name, or it was misspelt. Where neither was seen, name resolution stays the suspect.
        let others_resolve = seen.outcome("dns-system") == Some(Outcome::Healthy);
        let (culprit, confidence) = match (denied, others_resolve) {
            (true, _) => (Culprit::Service, 0.9),
            (false, true) => (Culprit::Service, 0.7),
            (false, false) => (Culprit::Dns, 0.6),
        };
        let unknown = claim(layer, "finding-name-unknown", Grade::Broken, culprit, confidence)
            .arg("host", host)
            .advice("advice-name-unknown")
            .explained_by(BELOW_NAME)
            .seen_in(check, "failure")
            .seen_by("dns-direct");
        // Nobody answers for a name that does not exist, so "the other side does not answer" would be odd.
        return if culprit == Culprit::Service { unknown.verdict("verdict-name-unknown") } else { unknown };
    }
    claim(layer, "finding-name-not-resolved", Grade::Broken, Culprit::Dns, 0.6)
        .arg("host", host)
        .advice("advice-dns-dead")
        .explained_by(BELOW_NAME)
        .seen_in(check, "failure")
        .seen_by("dns-system")
}

fn connection(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Claim {
    // Anything else that answered through the same network shows that the network works.
    let loopback = seen.flag(check, "loopback") == Some(true);
    let others_work = seen.off_link_success().is_some_and(|other| other != check) || loopback;
    let host_answers = seen.flag(check, "host_answers") == Some(true);
    if loopback && layer == Layer::Target {
        return claim(layer, "finding-local-program-silent", Grade::Broken, Culprit::Device, 0.85)
            .arg("host", host)
            .advice("advice-local-program")
            // "It is this computer" would alarm somebody whose one program is not running.
            .verdict("verdict-local-program")
            .seen_in(check, "failure")
            .seen_in(check, "loopback");
    }
    let (id, culprit, confidence) = match (seen.text(check, "failure"), host_answers, others_work) {
        (Some("refused"), ..) => ("finding-port-refused", Culprit::Service, 0.9),
        (Some("reset"), ..) => ("finding-connection-reset", Culprit::Service, 0.6),
        (Some("unreachable" | "no-route"), _, true) => ("finding-host-unreachable", Culprit::Service, 0.7),
        (Some("unreachable" | "no-route"), ..) => ("finding-host-unreachable", Culprit::Unknown, 0.5),
        (_, true, _) => ("finding-port-blocked", Culprit::Service, 0.85),
        (_, false, true) => ("finding-host-silent", Culprit::Service, 0.7),
        (_, false, false) => ("finding-host-silent", Culprit::Unknown, 0.4),
    };
    let is_refused = seen.text(check, "failure") == Some("refused");
    claim(layer, id, Grade::Broken, culprit, confidence)
        .arg("host", host)
        .advice(if layer == Layer::Desk { "advice-desk" } else { "advice-service" })
        .explained_by(if is_refused { BELOW_ANSWER } else { BELOW_CONNECTION })
        .seen_in(check, "failure")
        .seen_in(check, "host_answers")
}

fn answer_is_an_error(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    let status = seen.number(check, "http_status").filter(|status| *status >= 500.0)?;
    Some(
        claim(layer, "finding-http-error", Grade::Broken, Culprit::Service, 0.85)
            .arg("host", host)
            .arg("status", status)
            .advice("advice-service")
            .explained_by(BELOW_ANSWER)
            .seen_in(check, "http_status"),
    )
}

/// The server thinks for long: what the way itself takes is known from the connection.
fn answer_is_slow(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    let way = seen.number(check, "tcp_ms").unwrap_or_default();
    let thought = seen.number(check, "http_ms")? - way;
    // Through a proxy only the way to the proxy is known, and on a slow way a lost packet takes as long.
    let is_direct = seen.flag(check, "via_proxy") != Some(true) && way < SLOW_WAY_MS;
    (is_direct && thought > SLOW_ANSWER_MS).then(|| {
        claim(layer, "finding-http-slow", Grade::Degraded, Culprit::Service, 0.7)
            .arg("host", host)
            .arg("seconds", (thought / 100.0).round() / 10.0)
            .advice("advice-service")
            .explained_by(BELOW_CONNECTION)
            .seen_in(check, "http_ms")
            .seen_in(check, "tcp_ms")
    })
}

fn important(seen: Seen<'_>) -> Option<Claim> {
    const CHECK: &str = "important-targets";
    let failed = seen.texts(CHECK, "failed");
    if failed.is_empty() || seen.outcome(CHECK) == Some(Outcome::Healthy) {
        return None;
    }
    Some(
        claim(Layer::Important, "finding-important-unreachable", Grade::Degraded, Culprit::Service, 0.7)
            .arg("targets", failed.join(", "))
            .arg("count", failed.len())
            .explained_by(BELOW_ANY)
            .seen_in(CHECK, "failed"),
    )
}
