//! The clock: a wrong one breaks certificates and sign-ins.

use std::time::Duration;

use nightline_types::{Culprit, Grade, Timestamp};

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
    if desk_is_wrong(seen, offset) {
        let (count, unit) = in_words(offset.abs());
        claims.push(
            claim(Layer::Desk, "finding-desk-clock-off", Grade::Notice, Culprit::Service, 0.8)
                .arg("count", count)
                .arg("unit", unit)
                .seen_in(CHECK, "offset_s"),
        );
        return;
    }
    let dates_complain = ["desk-reach", "target-reach"]
        .into_iter()
        .any(|id| matches!(seen.text(id, "cert_problem"), Some("expired" | "not-yet-valid")));
    let severity = if size > BROKEN_S { Grade::Broken } else { Grade::Degraded };
    let confidence = if dates_complain { 0.95 } else { 0.85 };
    let ahead = offset > 0.0;
    let id = if ahead { "finding-clock-ahead" } else { "finding-clock-behind" };
    let (count, unit) = in_words(offset.abs());
    let mut wrong = claim(Layer::Clock, id, severity, Culprit::Device, confidence)
        .arg("count", count)
        .arg("unit", unit)
        .advice("advice-clock")
        .explained_by(&[Layer::Interception])
        .seen_in(CHECK, "offset_s");
    if dates_complain {
        wrong = wrong.seen_by("desk-reach");
    }
    claims.push(wrong);
}

/// Whether certificates that hold by this machine's clock would not by the desk's: their issuers' clocks are a third.
fn desk_is_wrong(seen: Seen<'_>, offset_s: f64) -> bool {
    let Some(ours) = seen.check(CHECK).map(|it| it.started_at) else { return false };
    let by = Duration::from_secs_f64(offset_s.abs());
    let theirs = if offset_s > 0.0 { ours.minus(by) } else { ours.plus(by) };
    ["desk-reach", "target-reach"].into_iter().any(|id| {
        let time = |key| seen.text(id, key)?.parse::<Timestamp>().ok();
        let Some((from, until)) = time("cert_not_before").zip(time("cert_not_after")) else { return false };
        let holds = |now: Timestamp| (from..=until).contains(&now);
        seen.text(id, "cert_problem") == Some("none") && holds(ours) && !holds(theirs)
    })
}

/// A difference in the largest unit that says it well.
fn in_words(seconds: f64) -> (f64, &'static str) {
    const HOUR: f64 = 3_600.0;
    const DAY: f64 = 24.0 * HOUR;
    const YEAR: f64 = 365.25 * DAY;
    let (unit_s, unit) = match seconds {
        ..7_200.0 => (60.0, "minutes"),
        ..172_800.0 => (HOUR, "hours"),
        ..63_115_200.0 => (DAY, "days"),
        _ => (YEAR, "years"),
    };
    ((seconds / unit_s).round(), unit)
}
