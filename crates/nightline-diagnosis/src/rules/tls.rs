//! What is wrong with a certificate, and whose fault that is.

use nightline_types::{Culprit, Grade};

use crate::claim::{BELOW_ANSWER, BELOW_CONNECTION, Claim, Layer, claim};
use crate::seen::Seen;

/// Soon enough to act, late enough not to nag.
const EXPIRES_SOON_DAYS: f64 = 14.0;
const BELOW_DATES: &[Layer] =
    &[Layer::Link, Layer::Gateway, Layer::Interception, Layer::Proxy, Layer::Provider, Layer::Clock];

/// The claim about a handshake that failed in the phase `tls`.
pub(super) fn failed(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Claim {
    let problem = seen.text(check, "cert_problem").unwrap_or("none");
    // The chain is read twice: by the verifier, and by our own parser.
    let (id, advice, culprit, confidence) = match problem {
        "expired" => ("finding-cert-expired", "advice-cert-expired", Culprit::Service, 0.9),
        "not-yet-valid" => ("finding-cert-not-yet-valid", "advice-clock", Culprit::Service, 0.7),
        "wrong-name" => ("finding-cert-wrong-name", "advice-cert-unknown", Culprit::Service, 0.7),
        "self-signed" => ("finding-cert-self-signed", "advice-cert-unknown", Culprit::Service, 0.7),
        // Somebody between would sign for every server anew, not for this one alone.
        "unknown-issuer" if another_is_trusted(seen, check) => {
            ("finding-cert-unknown-issuer", "advice-cert-unknown", Culprit::Service, 0.7)
        }
        "unknown-issuer" => {
            ("finding-cert-unknown-issuer", "advice-cert-unknown", Culprit::Interception, 0.6)
        }
        "incomplete" => ("finding-cert-incomplete", "advice-service", Culprit::Service, 0.6),
        _ => ("finding-tls-failed", "advice-service", Culprit::Service, 0.6),
    };
    let below = match problem {
        "expired" | "not-yet-valid" => BELOW_DATES,
        "none" => BELOW_CONNECTION,
        _ => BELOW_ANSWER,
    };
    claim(layer, id, Grade::Broken, culprit, confidence)
        .arg("host", host)
        .arg("issuer", seen.text(check, "cert_issuer").unwrap_or("?"))
        .arg("until", seen.text(check, "cert_not_after").unwrap_or("?"))
        .arg("from", seen.text(check, "cert_not_before").unwrap_or("?"))
        .advice(advice)
        .explained_by(below)
        .seen_in(check, "cert_problem")
        .seen_in(check, "failed_phase")
}

fn another_is_trusted(seen: Seen<'_>, check: &str) -> bool {
    ["desk-reach", "target-reach"]
        .into_iter()
        .filter(|it| *it != check)
        .any(|other| seen.text(other, "cert_problem") == Some("none"))
}

/// A certificate that works and will not for long.
pub(super) fn expires_soon(seen: Seen<'_>, check: &'static str, layer: Layer, host: &str) -> Option<Claim> {
    let days =
        seen.number(check, "cert_days_left").filter(|days| (0.0..=EXPIRES_SOON_DAYS).contains(days))?;
    if seen.text(check, "cert_problem") != Some("none") {
        return None;
    }
    Some(
        claim(layer, "finding-cert-expires-soon", Grade::Notice, Culprit::Service, 0.95)
            .arg("host", host)
            .arg("days", days.floor())
            .seen_in(check, "cert_days_left"),
    )
}

/// A certificate that this machine trusts and nobody else does: a company's own, or one that was made on the way by a
/// firewall or an antivirus program that reads along.
pub(super) fn trusted_only_here(
    seen: Seen<'_>,
    check: &'static str,
    layer: Layer,
    host: &str,
) -> Option<Claim> {
    if seen.flag(check, "cert_public") != Some(false) {
        return None;
    }
    let issuer = seen.text(check, "cert_issuer").unwrap_or("?");
    Some(
        claim(layer, "finding-cert-private", Grade::Notice, Culprit::Interception, 0.6)
            .arg("host", host)
            .arg("issuer", issuer)
            .seen_in(check, "cert_public")
            .seen_in(check, "cert_issuer"),
    )
}
