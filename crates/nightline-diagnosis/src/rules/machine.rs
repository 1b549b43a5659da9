//! The machine itself: full disks, no memory left, a processor that cannot keep up.

use std::time::Duration;

use nightline_types::{Culprit, Grade, Outcome, Timestamp};

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

/// For this long what filled the memory is likely still running, and the program that was ended still missed. What
/// happened earlier in the day is over.
const RECENT: Duration = Duration::from_hours(1);

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    claims.extend(out_of_memory(seen));
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

/// The system ended a program because there was no memory left.
fn out_of_memory(seen: Seen<'_>) -> Option<Claim> {
    const CHECK: &str = "system-log";
    let at: Timestamp = seen.text(CHECK, "memory_ended_at")?.parse().ok()?;
    let recent = seen.check(CHECK)?.started_at.since(at) <= RECENT;
    // A program that went over its own share says nothing about the rest of the machine.
    let own_limit = seen.flag(CHECK, "memory_own_limit") == Some(true);
    let id = if own_limit { "finding-memory-limit" } else { "finding-out-of-memory" };
    let severity = if recent && !own_limit { Grade::Degraded } else { Grade::Notice };
    let ended = claim(Layer::Machine, id, severity, Culprit::Device, 0.9)
        .arg("time", seen.text(CHECK, "memory_ended_clock").unwrap_or_default())
        .arg("program", seen.text(CHECK, "memory_ended_program").unwrap_or_default());
    // What is over needs nothing done.
    let ended = if severity == Grade::Notice { ended } else { ended.advice("advice-memory-pressure") };
    Some(ended.seen_in(CHECK, "memory_ended_at").seen_in(CHECK, "memory_ended_program"))
}
