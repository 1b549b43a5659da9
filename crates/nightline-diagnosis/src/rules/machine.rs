//! The machine itself: full disks, no memory left, a processor that cannot keep up.

use nightline_types::{Culprit, Grade, Outcome};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

/// Check, its reason, finding, advice and the fact it rests on.
const PRESSURES: [(&str, &str, &str, &str, &str); 4] = [
    (
        "disk-pressure",
        "reason-disk-waiting",
        "finding-disk-slow",
        "advice-cpu-pressure",
        "all_waiting_60s_pct",
    ),
    ("disk-pressure", "", "finding-disk-full", "advice-disk-full", "least_available_pct"),
    ("memory-pressure", "", "finding-memory-pressure", "advice-memory-pressure", "available_pct"),
    ("cpu-pressure", "", "finding-cpu-pressure", "advice-cpu-pressure", "waiting_60s_pct"),
];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let mut told: Vec<&str> = Vec::new();
    for (check, wanted, id, advice, key) in PRESSURES {
        let reason = seen.check(check).and_then(|it| it.reason.as_ref());
        if told.contains(&check) || (!wanted.is_empty() && reason.is_none_or(|it| it.id.as_str() != wanted)) {
            continue;
        }
        // A busy processor is what a processor is for: worth knowing, seldom the cause.
        let busy = check == "cpu-pressure";
        let (severity, confidence) = match seen.outcome(check) {
            Some(Outcome::Broken) if !busy => (Grade::Broken, 0.9),
            Some(Outcome::Degraded) if !busy => (Grade::Degraded, 0.7),
            Some(Outcome::Broken | Outcome::Degraded) => (Grade::Notice, 0.7),
            _ => continue,
        };
        told.push(check);
        let mut pressure = claim(Layer::Machine, id, severity, Culprit::Device, confidence);
        // The check's own line names what is short; its arguments are the finding's.
        if let Some(reason) = reason {
            pressure.finding.message.args.clone_from(&reason.args);
        }
        pressure = pressure.advice(advice);
        claims.push(match seen.fact(check, key) {
            Some(_) => pressure.seen_in(check, key),
            None => pressure.seen_by(check),
        });
    }
}
