//! Link, address and route: is there a network at all?

use nightline_types::{Culprit, Grade};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "interfaces";
const LEASE: &str = "dhcp";
/// Below this voice and video break off (voice designs ask for -67 dBm; 13 dB less is unusable).
const WIFI_BAD_DBM: f64 = -80.0;
/// Below this the radio is worth a look.
const WIFI_WEAK_DBM: f64 = -70.0;

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let Some(links_up) = seen.number(CHECK, "link_up_count") else { return };
    // Something behind the router answered: whatever the interfaces look like, there is a network.
    if seen.off_link_success().is_none() {
        claims.extend(no_network(seen, links_up));
    }
    claims.extend(wifi(seen));
    if seen.flag(CHECK, "vpn_is_way_out") == Some(true) {
        claims.push(
            claim(Layer::Link, "finding-vpn-way-out", Grade::Notice, Culprit::None, 0.9)
                .seen_in(CHECK, "vpn_is_way_out"),
        );
    }
    if seen.flag(LEASE, "expired") == Some(true) {
        claims.push(
            claim(Layer::Link, "finding-lease-expired", Grade::Notice, Culprit::Router, 0.6)
                .advice("advice-no-address")
                .seen_in(LEASE, "expired"),
        );
    }
}

fn no_network(seen: Seen<'_>, links_up: f64) -> Option<Claim> {
    let confirmed = !seen.off_link_failures().is_empty();
    let confidence = if confirmed { 0.95 } else { 0.8 };
    let addresses = seen.number(CHECK, "address_count").unwrap_or_default();
    if links_up < 1.0 && seen.flag(CHECK, "cable_out") == Some(true) {
        return Some(
            claim(Layer::Link, "finding-cable-out", Grade::Broken, Culprit::Cable, confidence)
                .arg("interface", seen.text(CHECK, "cable_out_interface").unwrap_or_default())
                .advice("advice-cable-out")
                .seen_in(CHECK, "cable_out"),
        );
    }
    let (id, advice, key) = if links_up < 1.0 {
        ("finding-no-link", "advice-no-link", "link_up_count")
    } else if addresses < 1.0 {
        ("finding-no-address", "advice-no-address", "address_count")
    } else if seen.flag(CHECK, "default_route") == Some(false) {
        // Without a default route a machine may still have all it wants on its own link.
        if ["target-reach", "desk-reach"].into_iter().any(|id| reached_on_link(seen, id)) {
            return Some(
                claim(Layer::Link, "finding-no-route", Grade::Notice, Culprit::NoNetwork, 0.6)
                    .seen_in(CHECK, "default_route"),
            );
        }
        ("finding-no-route", "advice-no-route", "default_route")
    } else {
        return None;
    };
    let mut no_network = claim(Layer::Link, id, Grade::Broken, Culprit::NoNetwork, confidence)
        .advice(advice)
        .seen_in(CHECK, key);
    for check in seen.off_link_failures() {
        no_network = no_network.seen_by(check);
    }
    Some(no_network)
}

fn reached_on_link(seen: Seen<'_>, check: &str) -> bool {
    seen.reached(check) == Some(true) && seen.flag(check, "loopback") == Some(false)
}

fn wifi(seen: Seen<'_>) -> Option<Claim> {
    let dbm = seen.number(CHECK, "wifi_signal_dbm")?;
    let suffers = seen.number("gateway", "echo_loss_pct").is_some_and(|loss| loss >= 20.0)
        || seen.number("gateway", "echo_median_ms").is_some_and(|ms| ms > 100.0)
        || seen.off_link_success().is_none();
    let (severity, confidence) = match (dbm, suffers) {
        (..WIFI_BAD_DBM, true) => (Grade::Broken, 0.8),
        (..WIFI_BAD_DBM, false) => (Grade::Degraded, 0.6),
        (..WIFI_WEAK_DBM, true) => (Grade::Degraded, 0.6),
        (..WIFI_WEAK_DBM, false) => (Grade::Notice, 0.5),
        _ => return None,
    };
    Some(
        claim(Layer::Link, "finding-wifi-weak", severity, Culprit::Wifi, confidence)
            .arg("dbm", dbm)
            .advice("advice-wifi-weak")
            .seen_in(CHECK, "wifi_signal_dbm"),
    )
}
