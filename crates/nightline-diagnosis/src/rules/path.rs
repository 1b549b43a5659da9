//! Trouble on the way. Named only when the target itself suffers; see [`crate::path`].

use nightline_types::{Culprit, Grade, Millis, PATH_SCHEMA, PathHop, PathReport, Value};

use crate::Owners;
use crate::claim::{Claim, Layer, claim};
use crate::path::{End, Kind, Trouble, answers, judge};
use crate::seen::Seen;

const CHECK: &str = "path";
/// From here on, what should work over this path does not.
const BROKEN_FROM_PCT: f64 = 30.0;

/// The path that was traced, judged, and what is wrong with it.
pub(crate) fn judged(seen: Seen<'_>, owners: &Owners) -> (Option<PathReport>, Option<Trouble>) {
    let Some(mut path) = read(seen) else { return (None, None) };
    let count = |key| seen.number(CHECK, key).map(whole);
    let end = count("end_sent").zip(count("end_received")).map(|(sent, received)| End { sent, received });
    let trouble = judge(&mut path, end, owners);
    // A target that never answers is a matter of reach, not of loss.
    let answers = answers(&path, end);
    if !answers {
        path.fault = None;
    }
    (Some(path), trouble.filter(|it| answers || it.kind == Kind::Circle))
}

pub(crate) fn look(seen: Seen<'_>, trouble: &Trouble, claims: &mut Vec<Claim>) {
    let host = seen.text(CHECK, "target").unwrap_or_default();
    let (id, grade) = match trouble.kind {
        Kind::Loss(_) => ("finding-path-lossy", Grade::Degraded),
        Kind::LossAt(pct) if pct >= BROKEN_FROM_PCT => ("finding-path-lossy-between", Grade::Broken),
        Kind::LossAt(_) => ("finding-path-lossy-between", Grade::Degraded),
        Kind::DelayAt(_) => ("finding-path-slow-between", Grade::Degraded),
        Kind::Circle => ("finding-path-circle", Grade::Broken),
    };
    // What ails the target's own access explains nothing but the target.
    let layer = if trouble.culprit == Culprit::Service { Layer::Target } else { Layer::Path };
    let mut found = claim(layer, id, grade, trouble.culprit, trouble.confidence.min(0.95)).arg("host", host);
    found = match trouble.kind {
        Kind::Loss(pct) | Kind::LossAt(pct) => {
            let sent = seen.number(CHECK, "end_sent").map_or(0, whole);
            let received = seen.number(CHECK, "end_received").map_or(0, whole);
            found
                .arg("loss_pct", pct.round())
                .arg("lost", sent.saturating_sub(received))
                .arg("sent", sent)
                .seen_in(CHECK, "end_loss_pct")
        }
        Kind::DelayAt(ms) => found.arg("added_ms", ms.round()),
        Kind::Circle => found,
    };
    let advice = if trouble.kind == Kind::Circle { "advice-path-circle" } else { "advice-path-lossy" };
    for (name, value) in &trouble.ends {
        found = found.arg(name, value.clone());
    }
    claims.push(found.advice(advice).explained_by(&[Layer::Link, Layer::Gateway]).seen_in(CHECK, "hops"));
}

/// The path, out of the check's facts.
fn read(seen: Seen<'_>) -> Option<PathReport> {
    let hops: Vec<PathHop> = seen.fact(CHECK, "hops")?.value.items().iter().filter_map(hop).collect();
    Some(PathReport {
        schema: PATH_SCHEMA.to_owned(),
        target: seen.text(CHECK, "target").unwrap_or_default().to_owned(),
        address: seen.text(CHECK, "address").unwrap_or_default().to_owned(),
        method: seen.text(CHECK, "method").unwrap_or_default().to_owned(),
        rounds: seen.number(CHECK, "rounds").map_or(0, whole),
        reached: seen.flag(CHECK, "reached") == Some(true),
        hops,
        fault: None,
        verdict: None,
    })
}

fn hop(value: &Value) -> Option<PathHop> {
    let Value::Map(row) = value else { return None };
    // Distance and counts are needed; the rest may be absent.
    let count = |key: &str| row.get(key).and_then(Value::as_f64).map(whole);
    let texts = |key: &str| -> Vec<String> {
        row.get(key).map(Value::items).unwrap_or_default().iter().filter_map(text).collect()
    };
    let interval = row.get("loss_interval").map(Value::items).unwrap_or_default();
    let answers = row.get("answers_ms").map(Value::items).unwrap_or_default();
    let answers: Vec<Option<Millis>> =
        // A lost answer is -1: facts know no null.
        answers.iter().filter_map(Value::as_f64).map(|ms| (ms >= 0.0).then_some(Millis(ms))).collect();
    Some(PathHop {
        ttl: u8::try_from(count("ttl")?).ok()?,
        addresses: texts("addresses"),
        name: row.get("name").and_then(text),
        owner: None,
        place: None,
        sent: count("sent")?,
        received: count("received")?,
        loss_pct: row.get("loss_pct").and_then(Value::as_f64).unwrap_or_default(),
        loss_interval: [0, 1].map(|at| interval.get(at).and_then(Value::as_f64).unwrap_or_default()),
        rtt: nightline_types::HopRtt::of(answers.iter().flatten().map(|it| it.0)),
        answers,
        excused: None,
        forward_lost: count("forward_lost"),
        changed_in: count("changed_in"),
        remarks: Vec::new(),
    })
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of packets, cut to their range"
)]
fn whole(number: f64) -> u32 {
    number.clamp(0.0, f64::from(u32::MAX)) as u32
}
