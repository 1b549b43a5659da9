//! Can the target, the desk and the organisation's important targets be reached? If not: which phase, whose fault?

use std::net::{IpAddr, Ipv4Addr};

use nightline_types::{Culprit, Grade, HopPlace, MessageId, Outcome, PathReport};

use super::{proxy, tls};
use crate::claim::{BELOW_ANSWER, BELOW_CONNECTION, BELOW_NAME, Claim, Layer, claim};
use crate::path::last_answer;
use crate::seen::{DESK, Seen, TARGET, THIS_MACHINE};

/// "Poor" from here on for the first byte (web.dev, "Time to First Byte").
const SLOW_ANSWER_MS: f64 = 1_800.0;
/// A way that takes longer is slow itself.
const SLOW_WAY_MS: f64 = 300.0;
/// Debian gives it to the machine's own name.
const OWN_NAME: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 1, 1));
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

/// A target or desk that was not reached, and what is known of the way there.
#[derive(Clone, Copy)]
struct Attempt<'a> {
    seen: Seen<'a>,
    path: Option<&'a PathReport>,
    check: &'static str,
    layer: Layer,
    host: &'a str,
}

pub(crate) fn look(seen: Seen<'_>, path: Option<&PathReport>, claims: &mut Vec<Claim>) {
    for (check, layer) in [(TARGET, Layer::Target), (DESK, Layer::Desk)] {
        let host = seen.text(check, "endpoint").unwrap_or_default();
        let begun = claims.len();
        match seen.reached(check) {
            Some(false) => claims.extend(failed(Attempt { seen, path, check, layer, host })),
            Some(true) => {
                claims.extend(no_web_port(seen, check, layer));
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
        if layer == Layer::Target && is_here(seen, check) {
            claims.iter_mut().skip(begun).filter(|it| it.verdict.is_none()).for_each(blame_this_machine);
        }
    }
    claims.extend(important(seen));
}

/// Whether what was tried is a program on this very machine.
fn is_here(seen: Seen<'_>, check: &str) -> bool {
    seen.flag(check, "loopback") == Some(true) && seen.flag(check, "via_proxy") != Some(true)
}

/// No other side has a part in it, and no network.
fn blame_this_machine(claim: &mut Claim) {
    let finding = &mut claim.finding;
    if !matches!(finding.culprit, Culprit::None) {
        finding.culprit = Culprit::Device;
        // "It is this computer" would alarm somebody whose one program is not running.
        claim.verdict = Some("verdict-local-program");
    }
    if let Some(advice) = finding.advice.as_mut().filter(|it| it.id.as_str() == "advice-service") {
        advice.id = MessageId::new("advice-local-program");
    }
}

fn failed(attempt: Attempt<'_>) -> Option<Claim> {
    let Attempt { seen, check, layer, host, .. } = attempt;
    let phase = seen.text(check, "failed_phase")?;
    if proxy::is_on_the_way(seen, check) {
        return proxy::behind(seen, check, layer, host);
    }
    if phase != "dns"
        && let Some(claim) = led_here(seen, check, layer)
    {
        return Some(claim);
    }
    match phase {
        "dns" => Some(name(seen, check, layer)),
        "tcp" => Some(refused_between(attempt).unwrap_or_else(|| connection(attempt))),
        "tls" => Some(tls::failed(seen, check, layer, host)),
        _ => {
            let is_strange = seen.text(check, "failure") == Some("not-http");
            let id = if is_strange { "finding-http-strange" } else { "finding-http-silent" };
            Some(
                claim(layer, id, Grade::Broken, Culprit::Service, 0.7)
                    .arg("host", host)
                    .advice("advice-service")
                    .explained_by(if is_strange { BELOW_ANSWER } else { BELOW_CONNECTION })
                    .seen_in(check, "failure"),
            )
        }
    }
}

/// A host that is alive was all that was asked for.
fn no_web_port(seen: Seen<'_>, check: &'static str, layer: Layer) -> Option<Claim> {
    (seen.flag(check, "web_ports_closed") == Some(true)).then(|| {
        claim(layer, "finding-no-web-port", Grade::Notice, Culprit::None, 0.85)
            .arg("host", seen.text(check, "host").unwrap_or_default())
            .advice("advice-name-the-port")
            .seen_in(check, "web_ports_closed")
    })
}

/// A name that a hosts file, or a name server that filters, leads to this machine or nowhere.
fn led_here(seen: Seen<'_>, check: &'static str, layer: Layer) -> Option<Claim> {
    let host = seen.text(check, "host")?;
    let text = seen.text(check, "address").filter(|_| seen.flag(check, "via_proxy") != Some(true))?;
    let address: IpAddr = text.parse().ok()?;
    let is_name = host.parse::<IpAddr>().is_err() && host != "localhost" && !host.ends_with(".localhost");
    if !is_name || !(address.is_loopback() || address.is_unspecified()) || address == OWN_NAME {
        return None;
    }
    let by_server = seen.texts("dns-direct", "led_here").contains(&host);
    let (id, culprit, advice, verdict) = match by_server {
        true => {
            ("finding-name-filtered", Culprit::Interception, "advice-name-filtered", "verdict-name-filtered")
        }
        false => ("finding-name-led-here", Culprit::Device, "advice-name-led-here", "verdict-name-led-here"),
    };
    let led = claim(layer, id, Grade::Broken, culprit, 0.8)
        .arg("host", host)
        .arg("address", text)
        .advice(advice)
        .verdict(verdict)
        .seen_in(check, "address");
    Some(if by_server { led.seen_in("dns-direct", "led_here") } else { led })
}

/// Somebody before the host says that no connection gets there: this very machine, or a router.
fn refused_between(attempt: Attempt<'_>) -> Option<Claim> {
    let Attempt { seen, path, check, layer, host } = attempt;
    let told = seen.text(check, "refused_by");
    // What the system forbids outright never left this machine, also where no trace can tell.
    let forbidden = seen.text(check, "failure") == Some("not-allowed");
    let by = told.or(forbidden.then_some(THIS_MACHINE))?;
    let is_v6 = seen.text(check, "address").is_some_and(|it| it.contains(':'));
    let refused = |id, culprit, confidence, advice| {
        claim(layer, id, Grade::Broken, culprit, confidence)
            .arg("host", host)
            .arg("router", by)
            .advice(advice)
            .explained_by(BELOW_CONNECTION)
            .seen_in(check, if told.is_some() { "refused_by" } else { "failure" })
    };
    Some(match by {
        THIS_MACHINE if is_v6 && seen.text(check, "failure") == Some("no-route") => {
            refused("finding-no-ipv6-way", Culprit::NoNetwork, 0.8, "advice-no-ipv6-way")
                .verdict("verdict-no-ipv6-way")
        }
        THIS_MACHINE => refused("finding-blocked-here", Culprit::Device, 0.85, "advice-blocked-here")
            .verdict("verdict-blocked-here"),
        _ if seen.text("gateway", "address") == Some(by) => {
            refused("finding-router-refuses", Culprit::Router, 0.75, "advice-router-refuses")
        }
        _ => {
            let (culprit, confidence) = match place_of(path, by) {
                Some(HopPlace::Home) => (Culprit::Router, 0.7),
                Some(HopPlace::Provider) => (Culprit::Provider, 0.6),
                Some(HopPlace::Transit) => (Culprit::FarNetwork, 0.5),
                Some(HopPlace::Destination) => (Culprit::Service, 0.7),
                None => (Culprit::Unknown, 0.5),
            };
            refused("finding-refused-on-the-way", culprit, confidence, "advice-beyond")
        }
    })
}

fn place_of(path: Option<&PathReport>, address: &str) -> Option<HopPlace> {
    path?.hops.iter().find(|hop| hop.addresses.iter().any(|it| it == address))?.place
}

fn name(seen: Seen<'_>, check: &'static str, layer: Layer) -> Claim {
    let host = seen.text(check, "host").unwrap_or_default();
    let said = |key| seen.texts("dns-direct", key).contains(&host);
    let not_found = seen.text(check, "failure") == Some("not-found");
    let of_its_owner = |id, verdict, confidence| {
        claim(layer, id, Grade::Broken, Culprit::Service, confidence)
            .arg("host", host)
            .verdict(verdict)
            .explained_by(BELOW_NAME)
            .seen_in(check, "failure")
            .seen_by("dns-direct")
            .seen_by("dns-system")
    };
    // Nobody answers for a name that does not exist, so "the other side does not answer" would be odd.
    if said("failing_names") && !not_found {
        return of_its_owner("finding-name-failing", "verdict-name-failing", 0.65)
            .advice("advice-name-failing");
    }
    if said("empty_names") && not_found {
        return of_its_owner("finding-name-empty", "verdict-name-empty", 0.8).advice("advice-name-unknown");
    }
    // A resolver that says so itself, or that knows other names, works: whoever runs the service has no such name, or
    // it was misspelt. Where neither was seen, name resolution stays the suspect.
    let denied = said("denied_names");
    let others_resolve = seen.outcome("dns-system") == Some(Outcome::Healthy)
        || seen.number("dns-system", "resolved_count").is_some_and(|count| count > 0.0);
    if denied || not_found && others_resolve {
        let confidence = if denied { 0.9 } else { 0.7 };
        return of_its_owner("finding-name-unknown", "verdict-name-unknown", confidence)
            .advice("advice-name-unknown");
    }
    let (id, advice) = match not_found {
        true => ("finding-name-unknown", "advice-name-unknown"),
        false => ("finding-name-not-resolved", "advice-dns-dead"),
    };
    claim(layer, id, Grade::Broken, Culprit::Dns, 0.6)
        .arg("host", host)
        .advice(advice)
        .explained_by(BELOW_NAME)
        .seen_in(check, "failure")
        .seen_by("dns-system")
}

fn connection(attempt: Attempt<'_>) -> Claim {
    let Attempt { seen, path, check, layer, host } = attempt;
    // Anything else that answered through the same network shows that the network works.
    let loopback = seen.flag(check, "loopback") == Some(true);
    let others_work = seen.off_link_success().is_some_and(|other| other != check) || loopback;
    let host_answers = seen.flag(check, "host_answers") == Some(true);
    if loopback && layer == Layer::Target {
        return claim(layer, "finding-local-program-silent", Grade::Broken, Culprit::Device, 0.85)
            .arg("host", host)
            .advice("advice-local-program")
            .seen_in(check, "failure")
            .seen_in(check, "loopback");
    }
    // Networks hide their routers, so a way that ends at the provider proves nothing; but then nothing proves that it is
    // the host either.
    let last = path.and_then(last_answer).and_then(|it| it.place);
    let ends_early =
        last == Some(HopPlace::Provider) && seen.text(check, "host") == seen.text("path", "target");
    let others_work = others_work && !ends_early;
    let (id, culprit, confidence) = match (seen.text(check, "failure"), host_answers, others_work) {
        (Some("refused"), ..) => ("finding-port-refused", Culprit::Service, 0.85),
        (Some("reset"), ..) => ("finding-connection-reset", Culprit::Service, 0.6),
        (Some("unreachable" | "no-route"), _, true) => ("finding-host-unreachable", Culprit::Service, 0.7),
        (Some("unreachable" | "no-route"), ..) => ("finding-host-unreachable", Culprit::Unknown, 0.5),
        (_, true, _) => ("finding-port-blocked", Culprit::Service, 0.85),
        (_, false, true) => ("finding-host-silent", Culprit::Service, 0.7),
        (_, false, false) => ("finding-host-silent", Culprit::Unknown, 0.4),
    };
    let is_refused = seen.text(check, "failure") == Some("refused");
    let advice = match (layer, culprit) {
        (Layer::Desk, _) => "advice-desk",
        (_, Culprit::Unknown) => "advice-beyond",
        _ => "advice-service",
    };
    claim(layer, id, Grade::Broken, culprit, confidence)
        .arg("host", host)
        .advice(advice)
        .explained_by(if is_refused { BELOW_ANSWER } else { BELOW_CONNECTION })
        .seen_in(check, "failure")
        .seen_in(check, "host_answers")
}

fn answer_is_an_error(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    let status = seen.number(check, "http_status").filter(|status| *status >= 500.0)?;
    if proxy::may_have_said(seen, check, status) {
        return Some(proxy::unsigned_error(seen, check, layer, host, status));
    }
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
