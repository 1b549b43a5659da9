//! The proxy: does it answer, does it let this machine through, and would the way without it?

use nightline_types::{Culprit, Grade};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "proxy";

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    claims.extend(script(seen));
    let Some(address) = seen.text(CHECK, "address") else { return };
    let below: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Dns];
    // A proxy that nothing goes through is to blame for nothing.
    let needed = ["desk-reach", "target-reach"]
        .into_iter()
        .any(|id| seen.reached(id) == Some(false) && seen.flag(id, "via_proxy") != Some(false));
    let severity = if needed { Grade::Broken } else { Grade::Degraded };
    if seen.flag(CHECK, "sign_in_needed") == Some(true) {
        claims.push(
            claim(Layer::Proxy, "finding-proxy-sign-in", severity, Culprit::Interception, 0.9)
                .arg("address", address)
                .advice("advice-proxy-sign-in")
                .explained_by(below)
                .seen_in(CHECK, "status"),
        );
    } else if is_shut(seen) && seen.flag(CHECK, "direct_answers") == Some(true) {
        claims.push(
            claim(Layer::Proxy, "finding-proxy-in-the-way", severity, Culprit::Interception, 0.85)
                .arg("address", address)
                .advice("advice-proxy-dead")
                .verdict("verdict-proxy-in-the-way")
                .explained_by(below)
                .seen_in(CHECK, "answers")
                .seen_in(CHECK, "direct_answers"),
        );
    } else if seen.flag(CHECK, "answers") == Some(false) {
        // The check asks twice; a desk or target that fails too is the second method.
        let confidence = if needed { 0.85 } else { 0.7 };
        claims.push(
            claim(Layer::Proxy, "finding-proxy-dead", severity, Culprit::Interception, confidence)
                .arg("address", address)
                .advice("advice-proxy-dead")
                .verdict("verdict-proxy")
                .explained_by(below)
                .seen_in(CHECK, "answers"),
        );
    } else if seen.text(CHECK, "source") == Some("script")
        && !is_shut(seen)
        && seen.flag(CHECK, "direct_answers") == Some(false)
    {
        claims.push(
            claim(Layer::Proxy, "finding-proxy-needed", Grade::Notice, Culprit::None, 0.75)
                .arg("address", address)
                .explained_by(below)
                .seen_in(CHECK, "status")
                .seen_in(CHECK, "direct_answers"),
        );
    }
}

/// Whether nobody gets through it; a sign-in that it wants is said apart.
fn is_shut(seen: Seen<'_>) -> bool {
    let refuses = seen.number(CHECK, "status").is_some_and(|it| !(200.0..300.0).contains(&it));
    seen.flag(CHECK, "answers") == Some(false) || refuses
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
