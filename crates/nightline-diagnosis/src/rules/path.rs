//! Loss on the way. Named only when the target itself loses packets; see [`crate::path`].

use nightline_types::{Culprit, Grade, Value};

use crate::claim::{BELOW_CONNECTION, Claim, Layer, claim};
use crate::path::{HopCount, Loss, place};
use crate::seen::Seen;

const CHECK: &str = "path";

pub(crate) fn look(seen: Seen<'_>, claims: &mut Vec<Claim>) {
    let count = |key| seen.number(CHECK, key).map(whole);
    let (Some(sent), Some(received)) = (count("end_sent"), count("end_received")) else { return };
    if received == 0 {
        // A target that never answers is a matter of reach, not of loss.
        return;
    }
    let hops = seen.fact(CHECK, "hops").map(|fact| fact.value.items()).unwrap_or_default();
    let hops: Vec<HopCount> = hops.iter().filter_map(hop).collect();
    let Some(loss) = place(&hops, HopCount { ttl: u8::MAX, sent, received }) else { return };
    claims.push(lossy(seen, loss, sent, received));
}

fn lossy(seen: Seen<'_>, loss: Loss, sent: u32, received: u32) -> Claim {
    let (id, culprit, confidence) = match loss.after {
        None => ("finding-path-lossy", Culprit::Unknown, 0.5),
        Some(0) => ("finding-path-lossy-at-home", Culprit::Router, 0.6),
        Some(1) => ("finding-path-lossy-after", Culprit::Provider, 0.6),
        Some(_) => ("finding-path-lossy-after", Culprit::FarNetwork, 0.55),
    };
    claim(Layer::Path, id, Grade::Degraded, culprit, confidence)
        .arg("loss_pct", loss.pct.round())
        .arg("lost", sent.saturating_sub(received))
        .arg("sent", sent)
        .arg("hop", i64::from(loss.after.unwrap_or_default()))
        .arg("next", i64::from(loss.after.unwrap_or_default()) + 1)
        .arg("host", seen.text(CHECK, "target").unwrap_or_default())
        .advice("advice-path-lossy")
        .explained_by(BELOW_CONNECTION)
        .seen_in(CHECK, "end_loss_pct")
        .seen_in(CHECK, "hops")
}

fn hop(value: &Value) -> Option<HopCount> {
    let Value::Map(map) = value else { return None };
    let count = |key: &str| map.get(key).and_then(Value::as_f64).map(whole);
    Some(HopCount {
        ttl: u8::try_from(count("ttl")?).ok()?,
        sent: count("sent")?,
        received: count("received")?,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of packets, cut to their range"
)]
fn whole(number: f64) -> u32 {
    number.clamp(0.0, f64::from(u32::MAX)) as u32
}
