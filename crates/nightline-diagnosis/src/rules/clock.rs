//! The clock: a wrong one breaks certificates and sign-ins.

use nightline_types::{Culprit, Grade};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const CHECK: &str = "clock";
/// Kerberos refuses from here on (its default).
const BROKEN_S: f64 = 300.0;
/// Worth a warning.
const WARN_S: f64 = 60.0;

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let Some(offset) = seen.number(CHECK, "offset_s") else { return };
    let bound = seen.number(CHECK, "bound_s").unwrap_or_default();
    // Only what the measurement's own error cannot explain.
    let size = offset.abs() - bound;
    if size <= WARN_S {
        return;
    }
    let dates_complain = ["desk-reach", "target-reach"]
        .into_iter()
        .any(|id| matches!(seen.text(id, "cert_problem"), Some("expired" | "not-yet-valid")));
    let severity = if size > BROKEN_S { Grade::Broken } else { Grade::Degraded };
    let confidence = if dates_complain { 0.95 } else { 0.85 };
    let ahead = offset > 0.0;
    let id = if ahead { "finding-clock-ahead" } else { "finding-clock-behind" };
    let mut wrong = claim(Layer::Clock, id, severity, Culprit::Device, confidence)
        .arg("minutes", (offset.abs() / 60.0).round())
        .advice("advice-clock")
        .explained_by(&[Layer::Interception])
        .seen_in(CHECK, "offset_s");
    if dates_complain {
        wrong = wrong.seen_by("desk-reach");
    }
    claims.push(wrong);
}
