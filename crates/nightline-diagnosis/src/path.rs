//! Where on a path the loss begins. A middle hop that loses packets which later hops do not lose is only busy.

use nightline_types::{Confidence, Culprit, EvidenceRef, Message, MessageId, PathReport, Timestamp, Verdict};

/// Loss below this share is not told from chance in short runs.
const BASELINE_PCT: f64 = 5.0;
/// 95 % of a normal distribution lies within this many standard errors.
const Z: f64 = 1.96;

/// What one hop, or the target, answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HopCount {
    pub(crate) ttl: u8,
    pub(crate) sent: u32,
    pub(crate) received: u32,
}

/// Loss that the target itself shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Loss {
    /// Share lost at the target, in percent.
    pub(crate) pct: f64,
    /// The last hop before it begins: 0 is this machine. `None` if the hops do not tell.
    pub(crate) after: Option<u8>,
}

/// Where the loss begins, or `None` if the target loses nothing that chance does not explain.
pub(crate) fn place(hops: &[HopCount], end: HopCount) -> Option<Loss> {
    if !lossy(end) {
        return None;
    }
    let pct = loss_pct(end);
    let answering: Vec<&HopCount> = hops.iter().filter(|hop| hop.received > 0).collect();
    // The first hop from which on every answering hop loses packets too.
    let clean = answering.iter().rposition(|hop| !lossy(**hop));
    let after = match clean {
        _ if answering.is_empty() => None,
        None => Some(0),
        Some(last) if last + 1 < answering.len() => Some(answering[last].ttl),
        // Every answering hop is clean: it begins behind the last of them.
        Some(last) => Some(answering[last].ttl),
    };
    Some(Loss { pct, after })
}

/// Judges a traced path: excuses busy hops, and says where the loss begins.
pub fn judge_path(path: &mut PathReport, now: Timestamp) {
    let counts: Vec<HopCount> = path
        .hops
        .iter()
        .map(|hop| HopCount { ttl: hop.ttl, sent: hop.sent, received: hop.received })
        .collect();
    let end = counts.last().copied().filter(|_| path.reached);
    for (index, hop) in path.hops.iter_mut().enumerate() {
        let later_clean = counts[index + 1..].iter().any(|later| later.received > 0 && !lossy(*later));
        if hop.received == 0 {
            hop.excused = Some(Message::new("excuse-silent"));
        } else if lossy(counts[index]) && later_clean {
            hop.excused = Some(Message::new("excuse-rate-limited"));
        }
    }
    let loss = end.and_then(|end| place(&counts[..counts.len() - 1], end));
    path.verdict = Some(verdict(path, loss, now));
}

fn verdict(path: &PathReport, loss: Option<Loss>, now: Timestamp) -> Verdict {
    let (id, culprit, confidence) = match loss {
        None if path.reached => ("path-clean", Culprit::None, 0.7),
        None if path.hops.iter().all(|hop| hop.received == 0) => ("path-silent", Culprit::Unknown, 0.3),
        None => ("path-not-reached", Culprit::Unknown, 0.3),
        Some(Loss { after: Some(0), .. }) => ("path-lossy-at-home", Culprit::Router, 0.6),
        Some(Loss { after: Some(1), .. }) => ("path-lossy-after", Culprit::Provider, 0.6),
        Some(Loss { after: Some(_), .. }) => ("path-lossy-after", Culprit::FarNetwork, 0.5),
        Some(Loss { after: None, .. }) => ("path-lossy", Culprit::Unknown, 0.4),
    };
    let last = path.hops.iter().rev().find(|hop| hop.received > 0).map_or(0, |hop| hop.ttl);
    let after = loss.and_then(|it| it.after).unwrap_or(last);
    let message = Message::new(id)
        .arg("target", path.target.as_str())
        .arg("loss_pct", loss.map_or(0.0, |it| it.pct.round()))
        .arg("hop", i64::from(after))
        .arg("next", i64::from(after) + 1);
    Verdict {
        id: MessageId::new(id),
        culprit,
        confidence: Confidence::new(confidence),
        message,
        measured_at: now,
        evidence: Vec::<EvidenceRef>::new(),
    }
}

fn loss_pct(count: HopCount) -> f64 {
    if count.sent == 0 {
        return 0.0;
    }
    100.0 * f64::from(count.sent.saturating_sub(count.received)) / f64::from(count.sent)
}

/// Whether chance does not explain the loss: the Wilson interval (1927) at 95 % lies above the baseline.
fn lossy(count: HopCount) -> bool {
    if count.sent == 0 {
        return false;
    }
    let n = f64::from(count.sent);
    let p = loss_pct(count) / 100.0;
    let middle = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    100.0 * (middle - spread) / (1.0 + Z * Z / n) > BASELINE_PCT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_that_does_not_reach_the_target_is_no_loss() {
        check(&[(20, 20), (20, 4), (20, 20)], (20, 20), None);
        check(&[(20, 20), (20, 0), (20, 20)], (20, 19), None);
    }

    #[test]
    fn one_lost_packet_is_chance() {
        check(&[(4, 4), (4, 4)], (4, 3), None);
        check(&[], (10, 9), None);
    }

    #[test]
    fn loss_begins_behind_the_last_clean_hop() {
        check(&[(20, 20), (20, 9), (20, 10)], (20, 10), Some(Some(1)));
        check(&[(20, 20), (20, 20), (20, 10)], (20, 10), Some(Some(2)));
        check(&[(20, 20), (20, 20), (20, 20)], (20, 10), Some(Some(3)));
    }

    #[test]
    fn a_busy_hop_before_a_clean_one_is_not_where_it_begins() {
        check(&[(20, 8), (20, 20), (20, 10)], (20, 10), Some(Some(2)));
    }

    #[test]
    fn loss_at_every_hop_begins_at_home_and_silent_hops_say_nothing() {
        check(&[(20, 10), (20, 11)], (20, 9), Some(Some(0)));
        check(&[(20, 0), (20, 0)], (20, 9), Some(None));
    }

    #[track_caller]
    fn check(hops: &[(u32, u32)], end: (u32, u32), expected: Option<Option<u8>>) {
        let hops: Vec<HopCount> = (1..)
            .zip(hops)
            .map(|(ttl, (sent, received))| HopCount { ttl, sent: *sent, received: *received })
            .collect();
        let found = place(&hops, HopCount { ttl: 99, sent: end.0, received: end.1 });
        assert_eq!(found.map(|it| it.after), expected, "{hops:?}");
    }
}
