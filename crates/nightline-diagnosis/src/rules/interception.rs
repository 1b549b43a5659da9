//! Something between that answers in the service's place: a sign-in page of a hotel, a portal.

use nightline_types::{Culprit, Grade};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "captive-portal";

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    if seen.flag(CHECK, "intercepted") != Some(true) {
        return;
    }
    let desk_reached = seen.reached("desk-reach") == Some(true);
    let trusted = seen.text("desk-reach", "cert_problem") == Some("none");
    // A desk that is reached by a trusted certificate proves that nothing stands between.
    let (severity, confidence) = match (desk_reached, trusted, seen.flag("dns-absent-name", "forged")) {
        (true, true, _) => (Grade::Notice, 0.3),
        (true, false, _) => (Grade::Degraded, 0.6),
        (false, _, Some(true)) => (Grade::Broken, 0.95),
        (false, ..) => (Grade::Broken, 0.9),
    };
    let portal =
        claim(Layer::Interception, "finding-captive-portal", severity, Culprit::Interception, confidence)
            .advice("advice-captive-portal")
            .explained_by(&[Layer::Link, Layer::Gateway])
            .seen_in(CHECK, "intercepted")
            // The network's own word, or what answered in the desk's place.
            .seen_in(CHECK, if seen.fact(CHECK, "status").is_some() { "status" } else { "network_says" })
            .seen_by("desk-reach");
    claims.push(portal);
}
