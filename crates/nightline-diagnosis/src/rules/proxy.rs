//! The proxy: does it answer, does it let this machine through, and would the way without it? What failed on the way
//! through it is its own affair before it is the target's.

use nightline_types::{Culprit, Grade};

use crate::claim::{BELOW_CONNECTION, BELOW_NAME, Claim, Layer, claim};
use crate::seen::{DESK, Seen, TARGET};

const CHECK: &str = "proxy";
const BELOW: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Dns];
/// "Proxy authentication required" (RFC 9110, 15.5.8).
const SIGN_IN_NEEDED: f64 = 407.0;
/// It tried, and got no answer that it could pass on (RFC 9110, 15.6.3 to 15.6.5).
const NOT_REACHED: std::ops::RangeInclusive<f64> = 502.0..=504.0;
/// Ways in which the system signs its own programs in, and which Nightline does not use.
const SYSTEMS_OWN: [&str; 3] = ["kerberos", "negotiate", "ntlm"];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    claims.extend(script(seen));
    claims.extend(not_spoken(seen));
    claims.extend(itself(seen));
    claims.extend(refused(seen, TARGET));
    claims.extend(refused(seen, DESK).filter(|_| !is_in_the_way(seen)));
}

/// Whether what failed did so at the proxy, or nobody knows on which side of it.
pub(super) fn is_on_the_way(seen: Seen<'_>, check: &str) -> bool {
    let is_plain = seen.fact(check, "tls_ms").is_none();
    seen.flag(check, "via_proxy") == Some(true)
        && match seen.text(check, "failed_phase") {
            Some("dns" | "tcp") => true,
            Some("http") => is_plain || how(seen, check).starts_with("proxy-"),
            _ => false,
        }
}

/// What is said of a target or desk behind the proxy that was not reached, where [`is_on_the_way`].
pub(super) fn behind(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    let about = |id, culprit, confidence| {
        claim(layer, id, Grade::Broken, culprit, confidence)
            .arg("host", host)
            .arg("address", address(seen, check))
            .arg("status", status(seen, check).unwrap_or_default())
            .explained_by(BELOW_NAME)
            .seen_in(check, "failure")
            .seen_in(check, "via_proxy")
    };
    let others_pass = carries(seen, check);
    Some(match how(seen, check) {
        "proxy-refused" if status(seen, check).is_some_and(|it| NOT_REACHED.contains(&it)) => {
            let (culprit, confidence) =
                if others_pass { (Culprit::Service, 0.75) } else { (Culprit::Interception, 0.6) };
            about("finding-proxy-cannot-reach", culprit, confidence)
                .advice("advice-proxy-cannot-reach")
                .verdict("verdict-proxy-cannot-reach")
                .seen_in(check, "proxy_status")
        }
        // Said of the proxy itself.
        "proxy-refused" | "proxy-other-kind" => return None,
        "timeout" | "cut" | "proxy-timeout" | "proxy-cut" if passes(seen, check) => {
            let confidence = if others_pass { 0.7 } else { 0.6 };
            about("finding-silent-behind-proxy", Culprit::Service, confidence).advice("advice-service")
        }
        "timeout" | "cut" if seen.text(check, "failed_phase") == Some("http") => {
            about("finding-silent-behind-proxy", Culprit::Unknown, 0.5)
        }
        _ => about("finding-behind-proxy", Culprit::Interception, 0.7)
            .advice("advice-proxy-dead")
            .verdict("verdict-proxy"),
    })
}

/// Whether an error in the clear may as well be the proxy's, which does not always sign what it says.
pub(super) fn may_have_said(seen: Seen<'_>, check: &str, status: f64) -> bool {
    let is_plain = seen.fact(check, "tls_ms").is_none();
    NOT_REACHED.contains(&status) && is_plain && seen.flag(check, "via_proxy") == Some(true)
}

/// The claim about such an error.
pub(super) fn unsigned_error(
    seen: Seen<'_>,
    check: &'static str,
    layer: Layer,
    host: &str,
    status: f64,
) -> Claim {
    claim(layer, "finding-error-through-proxy", Grade::Broken, Culprit::Unknown, 0.5)
        .arg("host", host)
        .arg("address", address(seen, check))
        .arg("status", status)
        .explained_by(BELOW_CONNECTION)
        .seen_in(check, "http_status")
        .seen_in(check, "via_proxy")
}

/// A proxy that programs can use and Nightline cannot: nothing is known to be wrong.
fn not_spoken(seen: Seen<'_>) -> Option<Claim> {
    let skipped = [TARGET, DESK].into_iter().find(|id| how(seen, id) == "proxy-other-kind");
    let not_asked = seen.fact(CHECK, "answers").is_none() && seen.fact(CHECK, "address").is_some();
    let (id, at, key) = match (skipped, not_asked) {
        (Some(check), _) => ("finding-proxy-other-kind", check, "proxy"),
        (None, true) => ("finding-proxy-other-kind", CHECK, "address"),
        (None, false) => ("finding-proxy-sign-in-system", systems_sign_in(seen)?, "sign_in_schemes"),
    };
    Some(
        claim(Layer::Proxy, id, Grade::Notice, Culprit::None, 0.9)
            .arg("address", address(seen, at))
            .seen_in(at, key),
    )
}

/// Who saw that the proxy asks for a sign-in, if it is one that the system does by itself.
fn systems_sign_in(seen: Seen<'_>) -> Option<&'static str> {
    let at = sign_in(seen)?;
    let schemes = seen.texts(at, "sign_in_schemes");
    (!schemes.is_empty() && schemes.iter().all(|it| SYSTEMS_OWN.contains(it))).then_some(at)
}

/// Who saw that the proxy asks for a sign-in.
fn sign_in(seen: Seen<'_>) -> Option<&'static str> {
    let asked = (seen.flag(CHECK, "sign_in_needed") == Some(true)).then_some(CHECK);
    asked.or_else(|| [TARGET, DESK].into_iter().find(|id| status(seen, id) == Some(SIGN_IN_NEEDED)))
}

/// What is wrong with the proxy for everybody who goes through it.
fn itself(seen: Seen<'_>) -> Option<Claim> {
    let mute = mute(seen);
    let at = mute.or_else(|| sign_in(seen)).unwrap_or(CHECK);
    let address = Some(address(seen, at)).filter(|it| !it.is_empty())?;
    // A proxy that nothing goes through is to blame for nothing.
    let needed = [DESK, TARGET]
        .into_iter()
        .any(|id| seen.reached(id) == Some(false) && seen.flag(id, "via_proxy") != Some(false));
    let severity = if needed { Grade::Broken } else { Grade::Degraded };
    let about = |id, confidence| {
        claim(Layer::Proxy, id, severity, Culprit::Interception, confidence)
            .arg("address", address)
            .explained_by(BELOW)
    };
    let answers = seen.flag(CHECK, "answers");
    let direct = seen.flag(CHECK, "direct_answers");
    if let Some(at) = sign_in(seen) {
        return systems_sign_in(seen).is_none().then(|| {
            let key = if at == CHECK { "status" } else { "proxy_status" };
            about("finding-proxy-sign-in", 0.9).advice("advice-proxy-sign-in").seen_in(at, key)
        });
    }
    if is_in_the_way(seen) {
        let shut = about("finding-proxy-in-the-way", 0.85)
            .advice("advice-proxy-dead")
            .verdict("verdict-proxy-in-the-way");
        return Some(shut.seen_in(CHECK, "answers").seen_in(CHECK, "direct_answers"));
    }
    if answers == Some(false) {
        // The check asks twice; a desk or target that fails too is the second method.
        let dead = about("finding-proxy-dead", if needed { 0.85 } else { 0.7 });
        return Some(dead.advice("advice-proxy-dead").verdict("verdict-proxy").seen_in(CHECK, "answers"));
    }
    if let Some(at) = mute {
        let mute = about("finding-proxy-mute", if needed { 0.8 } else { 0.6 });
        let key = if at == CHECK { "tunnel" } else { "failure" };
        return Some(mute.advice("advice-proxy-mute").verdict("verdict-proxy-mute").seen_in(at, key));
    }
    let is_only_way = seen.text(CHECK, "source") == Some("script") && direct == Some(false);
    (is_only_way && !is_shut(seen)).then(|| {
        claim(Layer::Proxy, "finding-proxy-needed", Grade::Notice, Culprit::None, 0.75)
            .arg("address", address)
            .explained_by(BELOW)
            .seen_in(CHECK, "status")
            .seen_in(CHECK, "direct_answers")
    })
}

/// What the proxy does not let through, in its own words. That it could not get there itself is another thing.
fn refused(seen: Seen<'_>, check: &'static str) -> Option<Claim> {
    let status = status(seen, check).filter(|it| *it != SIGN_IN_NEEDED && !NOT_REACHED.contains(it))?;
    (how(seen, check) == "proxy-refused").then(|| {
        claim(Layer::Proxy, "finding-proxy-refuses", Grade::Broken, Culprit::Interception, 0.8)
            .arg("address", address(seen, check))
            .arg("host", seen.text(check, "endpoint").unwrap_or_default())
            .arg("status", status)
            .advice("advice-proxy-refuses")
            .verdict("verdict-proxy-refuses")
            .explained_by(BELOW)
            .seen_in(check, "failure")
            .seen_in(check, "proxy_status")
    })
}

/// Whether the desk is reached without it alone.
fn is_in_the_way(seen: Seen<'_>) -> bool {
    sign_in(seen).is_none() && is_shut(seen) && seen.flag(CHECK, "direct_answers") == Some(true)
}

/// Whether nobody gets through it; a sign-in that it wants is said apart.
fn is_shut(seen: Seen<'_>) -> bool {
    let refuses = seen.number(CHECK, "status").is_some_and(|it| !(200.0..300.0).contains(&it));
    seen.flag(CHECK, "answers") == Some(false) || !carries(seen, "") && (refuses || mute(seen).is_some())
}

/// Who saw that it takes connections and does not speak as a proxy. A silence while it looks for one host is no such
/// thing if another was reached through it, and what answered the check has spoken.
fn mute(seen: Seen<'_>) -> Option<&'static str> {
    let is_mute = |it: &str| matches!(it, "timeout" | "cut" | "not-http" | "tls");
    let check = seen.text(CHECK, "tunnel").filter(|it| is_mute(it)).map(|_| CHECK);
    let has_spoken = seen.number(CHECK, "status").is_some();
    let reached = [TARGET, DESK].into_iter().find(|id| {
        let mute = how(seen, id).strip_prefix("proxy-").is_some_and(is_mute);
        mute && !(has_spoken && address(seen, id) == address(seen, CHECK))
    });
    check.or(reached).filter(|_| !carries(seen, ""))
}

/// Whether something else than `check` was reached through it.
fn carries(seen: Seen<'_>, check: &str) -> bool {
    let reached = |id: &&str| seen.reached(id) == Some(true) && seen.flag(id, "via_proxy") == Some(true);
    [TARGET, DESK].iter().filter(|id| **id != check).any(reached)
}

/// Whether the proxy of `check` is known to let something through.
fn passes(seen: Seen<'_>, check: &str) -> bool {
    let is_asked = address(seen, check) == address(seen, CHECK);
    carries(seen, check) || is_asked && seen.text(CHECK, "tunnel") == Some("open")
}

fn how<'a>(seen: Seen<'a>, check: &str) -> &'a str {
    seen.text(check, "failure").unwrap_or_default()
}

/// What the proxy said to an attempt to reach something.
fn status(seen: Seen<'_>, check: &str) -> Option<f64> {
    seen.number(check, "proxy_status")
}

/// The proxy that it is about.
fn address<'a>(seen: Seen<'a>, check: &str) -> &'a str {
    seen.text(check, "proxy").or_else(|| seen.text(CHECK, "address")).unwrap_or_default()
}

/// The script that says which proxy to take: programs wait for it before they connect at all.
fn script(seen: Seen<'_>) -> Option<Claim> {
    let problem = seen.text(CHECK, "script_problem").filter(|it| *it != "none")?;
    let address = seen.text(CHECK, "script").unwrap_or_default();
    // Away from the office it is not there, programs go on without it, and nothing suffers.
    let suffers = ["desk-reach", "target-reach"].into_iter().any(|id| seen.reached(id) == Some(false));
    // A slow one delays, and nothing fails by it.
    let grade = if suffers && problem != "slow" { Grade::Degraded } else { Grade::Notice };
    Some(
        claim(Layer::Proxy, "finding-proxy-script", grade, Culprit::Interception, 0.75)
            .arg("address", address)
            .arg("problem", problem)
            .advice("advice-proxy-dead")
            .verdict("verdict-proxy-script")
            .explained_by(&[Layer::Link, Layer::Gateway, Layer::Dns])
            .seen_in(CHECK, "script_problem"),
    )
}
