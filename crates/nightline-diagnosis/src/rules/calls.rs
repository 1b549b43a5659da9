//! Datagrams: whether they pass, what the router does to them, and what a call would be like. A network may refuse
//! them on purpose, so this is told and blamed on nobody.

use nightline_types::{Culprit, Grade};

use crate::calls::{BAD, POOR, Way, call};
use crate::claim::{Claim, Layer, claim};
use crate::seen::Seen;

const UDP: &str = "udp";
const CALLS: &str = "calls";
const LOAD: &str = "load";
/// Fewer than 300 round trips a minute are poor (draft-ietf-ippm-responsiveness).
const BLOATED_MS: f64 = 200.0;
/// What the load itself must have added.
const ADDED_MS: f64 = 100.0;
const BELOW: &[Layer] = &[Layer::Link, Layer::Gateway, Layer::Path, Layer::Provider, Layer::Interception];

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    claims.extend(blocked(seen));
    if seen.flag(UDP, "mapping_varies") == Some(true) {
        claims.push(
            claim(Layer::Desk, "finding-nat-varies", Grade::Notice, Culprit::Router, 0.8)
                .explained_by(BELOW)
                .seen_in(UDP, "mapping_varies"),
        );
    }
    claims.extend(poor(seen));
    claims.extend(fills(seen));
}

/// Packets wait in a long queue while the line is busy. The line alone, not what is far away.
fn fills(seen: Seen<'_>) -> Option<Claim> {
    let idle = seen.number(LOAD, "idle_ms")?;
    let (key, loaded) = ["down_ms", "up_ms"]
        .into_iter()
        .filter_map(|key| Some((key, seen.number(LOAD, key)?)))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    if loaded <= BLOATED_MS || loaded - idle <= ADDED_MS {
        return None;
    }
    Some(
        claim(Layer::Provider, "finding-line-fills", Grade::Degraded, Culprit::Router, 0.7)
            .arg("idle_ms", idle.round())
            .arg("loaded_ms", loaded.round())
            .advice("advice-line-fills")
            .verdict("verdict-line-fills")
            .explained_by(&[Layer::Link, Layer::Gateway])
            .seen_in(LOAD, "idle_ms")
            .seen_in(LOAD, key),
    )
}

/// No server answers by UDP, and the desk answers by TCP through the same network.
fn blocked(seen: Seen<'_>) -> Option<Claim> {
    let answered = seen.number(UDP, "answered_count")?;
    if answered > 0.0 || seen.reached("desk-reach") != Some(true) {
        return None;
    }
    // The desk's own firewall may be what shuts it; with another server silent too it is hardly that.
    let others = seen.number(UDP, "named_count").is_some_and(|named| named > 0.0);
    let (id, culprit, confidence) = if others {
        ("finding-udp-blocked", Culprit::Interception, 0.7)
    } else {
        ("finding-udp-desk-silent", Culprit::Unknown, 0.5)
    };
    Some(
        claim(Layer::Desk, id, Grade::Notice, culprit, confidence)
            .explained_by(BELOW)
            .seen_in(UDP, "answered_count")
            .seen_by("desk-reach"),
    )
}

fn poor(seen: Seen<'_>) -> Option<Claim> {
    let known = |key| seen.number(CALLS, key).unwrap_or_default();
    let way = Way {
        rtt_ms: seen.number(CALLS, "rtt_ms")?,
        buffer_ms: known("buffer_ms"),
        loss_pct: known("loss_pct"),
        late_pct: known("late_pct"),
    };
    let (rating, opinion) = call(way);
    if rating >= POOR {
        return None;
    }
    // A single stall makes a fifth of a second's packets late, and may be this machine's own: that is told, not blamed.
    let (without_late, _) = call(Way { late_pct: 0.0, ..way });
    let grade = if without_late < BAD { Grade::Degraded } else { Grade::Notice };
    Some(
        claim(Layer::Desk, "finding-calls-poor", grade, Culprit::Unknown, 0.5)
            .arg("opinion", (opinion * 10.0).round() / 10.0)
            .arg("loss_pct", way.loss_pct.round())
            .arg("late_pct", way.late_pct.round())
            .arg("rtt_ms", way.rtt_ms.round())
            .arg("jitter_ms", known("jitter_ms").round())
            .explained_by(BELOW)
            .seen_in(CALLS, "loss_pct")
            .seen_in(CALLS, "late_pct")
            .seen_in(CALLS, "rtt_ms")
            .seen_in(CALLS, "jitter_ms"),
    )
}
