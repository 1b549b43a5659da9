//! Answers "is it me?" from the claims, from the bottom up. A notice is never an answer.

use nightline_types::{
    CheckId, Confidence, Culprit, EvidenceRef, Grade, Message, MessageId, Outcome, Timestamp, Verdict,
};

use crate::claim::{Claim, Layer};
use crate::seen::Seen;

/// Checks without which "nothing is wrong" would be a guess.
const GROUND: [&str; 3] = ["interfaces", "gateway", "dns-direct"];
/// Checks that prove that the network carries something.
const PROOF: [&str; 3] = ["target-reach", "desk-reach", "important-targets"];

/// The verdict: the lowest unexplained fault; failing that, the lowest trouble; failing that, nothing or unknown. A path
/// that carried the target's refusal is not what stops it, however many packets it loses.
pub(crate) fn answer(seen: Seen<'_>, claims: &[Claim], complete: bool, now: Timestamp) -> Verdict {
    for grade in [Grade::Broken, Grade::Degraded] {
        let of_grade: Vec<&Claim> = claims.iter().filter(|it| it.finding.severity == grade).collect();
        let path_carries = of_grade.iter().any(|it| it.came_over_the_path());
        let stops = |it: &&&Claim| !(path_carries && it.layer == Layer::Path);
        if let Some(root) = of_grade.iter().filter(stops).min_by_key(|it| it.layer) {
            let finding = &root.finding;
            let mut message = Message::new(root.verdict.unwrap_or_else(|| id(finding.culprit)));
            message.args = finding.message.args.clone();
            return Verdict {
                id: message.id.clone(),
                culprit: finding.culprit,
                confidence: finding.confidence,
                message,
                measured_at: seen.measured_at(&finding.evidence).unwrap_or(now),
                evidence: finding.evidence.clone(),
            };
        }
    }
    without_fault(seen, claims, complete, now)
}

fn without_fault(seen: Seen<'_>, claims: &[Claim], complete: bool, now: Timestamp) -> Verdict {
    let unclear: Vec<EvidenceRef> = seen
        .all()
        .iter()
        .filter(|check| is_network(check.id.as_str()) && check.outcome == Outcome::Broken)
        // A rule that looked at it and made only a notice of it has judged it.
        .filter(|check| !claims.iter().any(|claim| rests_on(claim, check.id.as_str())))
        // Packets pass it.
        .filter(|check| check.id.as_str() != "gateway" || seen.off_link_success().is_none())
        .map(|check| EvidenceRef::check(&check.id))
        .collect();
    if !unclear.is_empty() {
        return verdict(seen, Culprit::Unknown, 0.4, unclear, now);
    }
    let healthy = |id: &&str| seen.outcome(id) == Some(Outcome::Healthy);
    let ground = GROUND.iter().filter(|id| healthy(id)).count();
    let proof = PROOF.iter().any(&healthy);
    let evidence: Vec<_> = GROUND
        .into_iter()
        .chain(PROOF)
        .filter(|id| healthy(id))
        .map(|id| EvidenceRef::check(&CheckId::new(id)))
        .collect();
    // What has not answered by now is not called fine.
    let target_is_open = seen.outcome("target-reach") == Some(Outcome::Unknown);
    if evidence.is_empty() || !complete && (!proof || target_is_open) {
        return verdict(seen, Culprit::Unknown, 0.2, evidence, now);
    }
    let confidence = match (proof, ground) {
        (true, 2..) => 0.9,
        (true, _) => 0.75,
        (false, 2..) => 0.6,
        (false, _) => 0.4,
    };
    let none = verdict(seen, Culprit::None, confidence, evidence, now);
    let reached = PROOF.iter().any(|id| seen.reached(id) == Some(true));
    if proof || reached {
        return none;
    }
    let by_names = healthy(&"dns-direct");
    let near = Message::new(if by_names { "verdict-none-near" } else { "verdict-none-checked" });
    Verdict { id: near.id.clone(), message: near, ..none }
}

fn verdict(
    seen: Seen<'_>,
    culprit: Culprit,
    confidence: f64,
    evidence: Vec<EvidenceRef>,
    now: Timestamp,
) -> Verdict {
    Verdict {
        id: MessageId::new(id(culprit)),
        culprit,
        confidence: Confidence::new(confidence),
        message: Message::new(id(culprit)),
        measured_at: seen.measured_at(&evidence).unwrap_or(now),
        evidence,
    }
}

fn rests_on(claim: &Claim, check: &str) -> bool {
    claim.finding.evidence.iter().any(|it| it.as_str().split('#').next() == Some(check))
}

fn is_network(id: &str) -> bool {
    GROUND.contains(&id)
        || PROOF.contains(&id)
        || ["dns-system", "proxy", "captive-portal", "clock", "path"].contains(&id)
}

/// One sentence per culprit.
fn id(culprit: Culprit) -> &'static str {
    match culprit {
        Culprit::None => "verdict-none",
        Culprit::Device => "verdict-device",
        Culprit::NoNetwork => "verdict-no-network",
        Culprit::Wifi => "verdict-wifi",
        Culprit::Cable => "verdict-cable",
        Culprit::Router => "verdict-router",
        Culprit::Provider => "verdict-provider",
        Culprit::FarNetwork => "verdict-far-network",
        Culprit::Dns => "verdict-dns",
        Culprit::Service => "verdict-service",
        Culprit::Interception => "verdict-interception",
        Culprit::Unknown => "verdict-unknown",
    }
}
