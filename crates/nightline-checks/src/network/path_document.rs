//! A trace as the document `nightline.path/1`. Sends nothing, and judges nothing.

use nightline_probe::path::{HopTrace, Trace, wilson};
use nightline_types::{HopRtt, Millis, PATH_SCHEMA, PathHop, PathReport};

/// The document of a trace, still without a verdict.
pub fn path_document(trace: &Trace, target: &str) -> PathReport {
    PathReport {
        schema: PATH_SCHEMA.to_owned(),
        target: target.to_owned(),
        address: trace.address.to_string(),
        method: trace.method_code().to_owned(),
        rounds: trace.rounds,
        reached: trace.reached,
        hops: trace.hops.iter().map(hop).collect(),
        fault: None,
        verdict: None,
    }
}

fn hop(hop: &HopTrace) -> PathHop {
    let (sent, received) = (hop.sent(), hop.received());
    let lost = sent.saturating_sub(received);
    let (low, high) = wilson(lost, sent);
    let share = if sent == 0 { 0.0 } else { 100.0 * f64::from(lost) / f64::from(sent) };
    PathHop {
        ttl: hop.ttl,
        addresses: hop.addresses.iter().map(ToString::to_string).collect(),
        name: None,
        owner: None,
        place: None,
        sent,
        received,
        loss_pct: tenth(share),
        loss_interval: [tenth(low), tenth(high)],
        answers: hop.answers.iter().map(|it| it.map(Into::into)).collect(),
        rtt: HopRtt::of(hop.rtts().map(|it| Millis::from(it).0)),
        excused: None,
        forward_lost: (hop.forward_lost > 0).then_some(hop.forward_lost),
        changed_in: hop.changed_in,
        remarks: Vec::new(),
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_silent_hop_has_no_round_trip_time() {
        let silent = hop(&HopTrace { ttl: 2, answers: vec![None; 4], ..HopTrace::default() });
        assert_eq!((silent.rtt, silent.loss_pct, silent.received), (None, 100.0, 0));
        let answers = vec![Some(Duration::from_millis(3)); 2];
        let answering = hop(&HopTrace { ttl: 1, answers, ..HopTrace::default() });
        assert_eq!(answering.loss_pct, 0.0);
        assert_eq!(answering.rtt.map(|it| it.median.0), Some(3.0));
    }
}
