//! What two hosts meet that have nothing to do with each other lies between them and this machine, and in neither.

use nightline_types::{Culprit, Grade, HopPlace, Outcome, PathReport};

use crate::claim::{Claim, Layer, claim};
use crate::path::{last_answer, stretch};
use crate::seen::{DESK, Seen, TARGET, THIS_MACHINE};

const BELOW: &[Layer] =
    &[Layer::Link, Layer::Gateway, Layer::Path, Layer::Provider, Layer::Interception, Layer::Proxy];

pub(crate) fn look(seen: Seen<'_>, path: Option<&PathReport>, claims: &mut Vec<Claim>) {
    claims.extend(nothing_beyond_router(seen));
    claims.extend(line_without_router(seen));
    claims.extend(both_silent(seen, path));
    claims.extend(ports_closed(seen));
    claims.extend(encryption_cut(seen));
    claims.extend(answers_stall(seen));
}

/// Whether the target and the desk, at different addresses and asked directly, both failed in the same way.
fn both(seen: Seen<'_>, failed: impl Fn(&str, &str, &'static str) -> bool) -> bool {
    let fails = |check| {
        let how = seen.text(check, "failed_phase").zip(seen.text(check, "failure"));
        how.is_some_and(|(phase, failure)| failed(phase, failure, check))
            && seen.reached(check) == Some(false)
            && seen.flag(check, "via_proxy") != Some(true)
            && seen.flag(check, "loopback") != Some(true)
            && seen.text(check, "refused_by") != Some(THIS_MACHINE)
    };
    seen.text(TARGET, "address") != seen.text(DESK, "address") && fails(TARGET) && fails(DESK)
}

/// Starts a claim about both.
fn of_both(seen: Seen<'_>, id: &'static str, (culprit, confidence): (Culprit, f64), key: &str) -> Claim {
    claim(Layer::Between, id, Grade::Broken, culprit, confidence)
        .arg("target", seen.text(TARGET, "endpoint").unwrap_or_default())
        .arg("desk", seen.text(DESK, "endpoint").unwrap_or_default())
        .seen_in(TARGET, key)
        .seen_in(DESK, key)
        .explained_by(BELOW)
}

/// The router answers and at least two independent destinations behind it do not; or the name servers are all that can
/// be asked, and nobody on the way to them answers either.
fn nothing_beyond_router(seen: Seen<'_>) -> Option<Claim> {
    let way_silent = seen.flag("dns-direct", "way_answered") == Some(false);
    if seen.flag("gateway", "answered") != Some(true) {
        return None;
    }
    let confidence = match (silent_by_address(seen)?, way_silent) {
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
    Some(silent(seen).into_iter().fold(provider, Claim::seen_by))
}

/// A modem's line, or a tunnel: there is no router whose answer could tell it from what is behind.
fn line_without_router(seen: Seen<'_>) -> Option<Claim> {
    let has_line = seen.flag("interfaces", "default_route") == Some(true);
    let way_silent = seen.flag("dns-direct", "way_answered") == Some(false);
    if !has_line
        || seen.outcome("gateway") != Some(Outcome::Skipped)
        || !(silent_by_address(seen)? || way_silent)
    {
        return None;
    }
    let interface = seen.text("interfaces", "default_interface").unwrap_or_default();
    let line = if seen.flag("interfaces", "vpn_is_way_out") == Some(true) {
        claim(Layer::Provider, "finding-vpn-dead", Grade::Broken, Culprit::Interception, 0.7)
            .arg("interface", interface)
            .advice("advice-vpn-dead")
            .verdict("verdict-vpn-dead")
    } else {
        claim(Layer::Provider, "finding-line-dead", Grade::Broken, Culprit::Provider, 0.7)
            .arg("interface", interface)
            .advice("advice-line-dead")
            .verdict("verdict-line-dead")
    };
    let line = line.explained_by(&[Layer::Link]).seen_in("interfaces", "default_route");
    Some(silent(seen).into_iter().fold(line, Claim::seen_by))
}

fn silent(seen: Seen<'_>) -> Vec<&'static str> {
    seen.off_link_failures().into_iter().filter(|id| *id != "path").collect()
}

/// Whether two were asked in vain, one of them by its address: otherwise it may be the names alone. `None` if anybody
/// behind the router answered.
fn silent_by_address(seen: Seen<'_>) -> Option<bool> {
    if seen.off_link_success().is_some() {
        return None;
    }
    let silent = silent(seen);
    let by_address = |id: &&str| silent.contains(id) && seen.text(id, "failed_phase") == Some("tcp");
    Some(silent.len() >= 2 && [TARGET, DESK].iter().any(by_address))
}

/// Name servers answer, which stand close by, and whoever stands farther away does not.
fn both_silent(seen: Seen<'_>, path: Option<&PathReport>) -> Option<Claim> {
    let silent = both(seen, |phase, failure, check| {
        phase == "tcp"
            && matches!(failure, "timeout" | "unreachable" | "no-route")
            && seen.flag(check, "host_answers") == Some(false)
    });
    let somebody = seen.off_link_success().is_some();
    if !silent || !somebody || seen.flag("important-targets", "off_link_answered") == Some(true) {
        return None;
    }
    let Some((path, last)) = path.zip(path.and_then(last_answer)) else {
        let found = of_both(seen, "finding-both-silent", (Culprit::Unknown, 0.5), "failure");
        return Some(found.advice("advice-beyond"));
    };
    let blamed = match last.place {
        Some(HopPlace::Home | HopPlace::Provider) => (Culprit::Provider, 0.65),
        Some(HopPlace::Transit) => (Culprit::FarNetwork, 0.55),
        _ => (Culprit::Unknown, 0.5),
    };
    let mut found = of_both(seen, "finding-both-silent-behind", blamed, "failure");
    for (name, value) in stretch(path, last.ttl, last.ttl.saturating_add(1)).1 {
        found = found.arg(name, value);
    }
    let advice = if blamed.0 == Culprit::Provider { "advice-provider" } else { "advice-beyond" };
    Some(found.advice(advice).seen_in("path", "hops"))
}

/// Two hosts are alive and neither answers on its port: it is not the services, something on the way lets only some
/// ports through.
fn ports_closed(seen: Seen<'_>) -> Option<Claim> {
    let closed = both(seen, |phase, failure, check| {
        (phase, failure) == ("tcp", "timeout") && seen.flag(check, "host_answers") == Some(true)
    });
    closed.then(|| {
        let blamed = (Culprit::Interception, 0.75);
        of_both(seen, "finding-ports-closed", blamed, "host_answers")
            .advice("advice-ports-closed")
            .verdict("verdict-ports-closed")
    })
}

/// Connections come up, and both are cut where the encryption begins: by somebody who reads what it begins with.
fn encryption_cut(seen: Seen<'_>) -> Option<Claim> {
    let cut = both(seen, |phase, failure, _| phase == "tls" && matches!(failure, "cut" | "not-tls"));
    cut.then(|| {
        let blamed = (Culprit::Interception, 0.7);
        of_both(seen, "finding-encryption-cut", blamed, "failure")
            .advice("advice-ports-closed")
            .verdict("verdict-ports-closed")
    })
}

/// Connections come up, and then nothing more comes from either: what sets them up is small, the answers are not.
fn answers_stall(seen: Seen<'_>) -> Option<Claim> {
    let stall = both(seen, |phase, failure, _| matches!(phase, "tls" | "http") && failure == "timeout");
    stall.then(|| {
        of_both(seen, "finding-answers-stall", (Culprit::Unknown, 0.5), "failure")
            .advice("advice-mtu")
            .verdict("verdict-answers-stall")
    })
}
