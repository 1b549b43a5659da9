//! The machine itself: full disks, no memory left, a processor that cannot keep up.

use nightline_types::{Culprit, Grade, Outcome};

use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

/// Check, finding, advice and the fact it rests on.
const PRESSURES: [(&str, &str, &str, &str); 3] = [
    ("disk", "finding-disk-full", "advice-disk-full", "fullest_free_bytes"),
    ("memory", "finding-memory-pressure", "advice-memory-pressure", "available_bytes"),
    ("cpu", "finding-cpu-pressure", "advice-cpu-pressure", "load_1"),
];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    for (check, id, advice, key) in PRESSURES {
        let (severity, confidence) = match seen.outcome(check) {
            Some(Outcome::Broken) => (Grade::Broken, 0.9),
            Some(Outcome::Degraded) => (Grade::Degraded, 0.7),
            _ => continue,
        };
        let mut pressure = claim(Layer::Machine, id, severity, Culprit::Device, confidence);
        // The check's own line names what is short; its arguments are the finding's.
        if let Some(reason) = seen.check(check).and_then(|it| it.reason.as_ref()) {
            pressure.finding.message.args.clone_from(&reason.args);
        }
        pressure = pressure.advice(advice);
        claims.push(match seen.fact(check, key) {
            Some(_) => pressure.seen_in(check, key),
            None => pressure.seen_by(check),
        });
    }
}
