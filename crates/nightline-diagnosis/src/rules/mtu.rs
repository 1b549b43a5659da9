//! Large packets that vanish without a word. Where they end is known only on the way that was traced.

use nightline_types::{Culprit, Grade, PathReport};

use crate::claim::{Claim, Layer, claim};
use crate::path::stretch;
use crate::seen::Seen;

const CHECK: &str = "mtu";

pub(crate) fn look(seen: Seen<'_>, path: Option<&PathReport>, claims: &mut Vec<Claim>) {
    if seen.flag(CHECK, "black_hole") != Some(true) {
        return;
    }
    // What small packets set up stalls with the first large one: a certificate, or a page.
    let stalls = ["target-reach", "desk-reach"].into_iter().any(|id| {
        matches!(seen.text(id, "failed_phase"), Some("tls" | "http"))
            && matches!(seen.text(id, "failure"), Some("timeout" | "cut"))
    });
    let (grade, confidence) = if stalls { (Grade::Broken, 0.9) } else { (Grade::Degraded, 0.8) };
    let placed = path.and_then(|path| placed(seen, path));
    let (id, culprit, ends) = match placed {
        Some((culprit, ends)) => ("finding-mtu-black-hole-between", culprit, ends),
        None => ("finding-mtu-black-hole", Culprit::Unknown, Vec::new()),
    };
    let mut hole = claim(Layer::Path, id, grade, culprit, confidence)
        .arg("host", seen.text(CHECK, "host").unwrap_or_default())
        .arg("bytes", seen.number(CHECK, "smallest_lost").unwrap_or_default())
        .advice("advice-mtu")
        .explained_by(&[Layer::Link, Layer::Gateway])
        .seen_in(CHECK, "black_hole")
        .seen_in(CHECK, "smallest_lost");
    for (name, value) in ends {
        hole = hole.arg(name, value);
    }
    claims.push(hole);
}

/// The stretch behind the last router that had a large packet, on the same way.
fn placed(
    seen: Seen<'_>,
    path: &PathReport,
) -> Option<(Culprit, Vec<(&'static str, nightline_types::Value)>)> {
    let after = seen.number(CHECK, "last_hop")?;
    let next = path.hops.iter().find(|hop| f64::from(hop.ttl) > after && hop.received > 0)?;
    let near = path.hops.iter().rev().find(|hop| f64::from(hop.ttl) <= after)?;
    Some(stretch(path, near.ttl, next.ttl))
}
