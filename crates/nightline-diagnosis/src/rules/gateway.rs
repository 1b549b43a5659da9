//! The router: does it answer? A router that drops echoes is fine as long as packets pass it.

use nightline_types::{Culprit, Grade, Outcome};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "gateway";
/// A wireless hop answers within this, power saving included.
const SLOW_MS: f64 = 100.0;
/// Two of five echoes lost.
const LOSSY_PCT: f64 = 40.0;

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let Some(address) = seen.text(CHECK, "address") else { return };
    if seen.texts("interfaces", "addresses").contains(&address) {
        claims.push(own_address(seen, address));
        return;
    }
    let answered = seen.flag(CHECK, "answered") == Some(true);
    if answered {
        claims.extend(poor(seen, address));
        return;
    }
    if seen.off_link_success().is_some() {
        return;
    }
    let neighbour_dead = matches!(seen.text(CHECK, "neighbour_state"), Some("failed" | "incomplete"));
    let echo_dead = seen.number(CHECK, "echo_sent").is_some_and(|sent| sent > 0.0)
        && seen.number(CHECK, "echo_received") == Some(0.0);
    let beyond_dead = seen.off_link_failures();
    // Each pair is two methods that do not share a cause of error.
    let confidence = match (neighbour_dead, echo_dead, beyond_dead.is_empty()) {
        (true, true, _) => 0.95,
        (true, false, false) => 0.85,
        (false, true, false) => 0.6,
        _ => return,
    };
    let mut dead = claim(Layer::Gateway, "finding-gateway-dead", Grade::Broken, Culprit::Router, confidence)
        .arg("address", address)
        .advice("advice-gateway-dead")
        .explained_by(&[Layer::Link])
        .seen_in(CHECK, "neighbour_state");
    if echo_dead {
        dead = dead.seen_in(CHECK, "echo_received");
    }
    for check in beyond_dead {
        dead = dead.seen_by(check);
    }
    claims.push(dead);
}

/// Whoever asks the router asks itself, and nothing leaves the machine.
fn own_address(seen: Seen<'_>, address: &str) -> Claim {
    let severity = if seen.off_link_success().is_some() { Grade::Notice } else { Grade::Broken };
    claim(Layer::Gateway, "finding-address-of-router", severity, Culprit::Device, 0.9)
        .arg("address", address)
        .advice("advice-address-of-router")
        .verdict("verdict-address-of-router")
        .explained_by(&[Layer::Link])
        .seen_in("interfaces", "addresses")
        .seen_in(CHECK, "address")
}

fn poor(seen: Seen<'_>, address: &str) -> Option<Claim> {
    if seen.outcome(CHECK) != Some(Outcome::Degraded) {
        return None;
    }
    // Some routers answer echoes late or seldom on purpose; it matters only if what is behind them suffers too.
    let suffers = seen.number("path", "end_loss_pct").is_some_and(|loss| loss > 5.0);
    let severity = if suffers { Grade::Degraded } else { Grade::Notice };
    let confidence = if suffers { 0.7 } else { 0.4 };
    let start = |id| {
        claim(Layer::Gateway, id, severity, Culprit::Router, confidence)
            .arg("address", address)
            .explained_by(&[Layer::Link])
    };
    if let Some(loss) = seen.number(CHECK, "echo_loss_pct").filter(|loss| *loss >= LOSSY_PCT) {
        return Some(
            start("finding-gateway-lossy")
                .arg("loss_pct", loss.round())
                .advice("advice-gateway-poor")
                .seen_in(CHECK, "echo_loss_pct"),
        );
    }
    let delay = seen.number(CHECK, "echo_median_ms").filter(|ms| *ms > SLOW_MS)?;
    Some(
        start("finding-gateway-slow")
            .arg("rtt_ms", delay.round())
            .advice("advice-gateway-poor")
            .seen_in(CHECK, "echo_median_ms"),
    )
}
