//! IPv6 that does not work where IPv4 does. One host proves nothing about the network.

use nightline_types::{Culprit, Grade};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "ipv6";
/// Longer than a browser's head start (RFC 8305, 5) is felt.
const SLOWER_MS: f64 = 300.0;
const BELOW: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Path];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let failed = seen.texts(CHECK, "failed");
    let works = seen.number(CHECK, "v6_count").is_some_and(|count| count > 0.0);
    let start = |id, grade, culprit, confidence| {
        claim(Layer::Provider, id, grade, culprit, confidence).explained_by(BELOW)
    };
    // A tunnel that carries IPv4 alone often shuts IPv6 on purpose.
    let tunnelled = seen.flag("interfaces", "vpn_up") == Some(true);
    if failed.len() > 1 && !works && !tunnelled {
        claims.push(
            start("finding-ipv6-broken", Grade::Degraded, Culprit::Provider, 0.8)
                .arg("hosts", failed.join(", "))
                .advice("advice-ipv6")
                .verdict("verdict-ipv6")
                .seen_in(CHECK, "failed"),
        );
    } else if !failed.is_empty() {
        claims.push(
            start("finding-ipv6-host", Grade::Notice, Culprit::Service, 0.5)
                .arg("hosts", failed.join(", "))
                .seen_in(CHECK, "failed"),
        );
    } else if let Some(ms) = seen.number(CHECK, "slower_ms").filter(|ms| *ms > SLOWER_MS) {
        claims.push(
            start("finding-ipv6-slow", Grade::Notice, Culprit::Provider, 0.5)
                .arg("ms", ms.round())
                .seen_in(CHECK, "slower_ms"),
        );
    }
}
