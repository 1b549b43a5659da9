//! A finding in the making: its layer, and which lower layers would explain it.

use nightline_types::{CheckId, Confidence, Culprit, EvidenceRef, Finding, Grade, Message, MessageId, Value};

use crate::seen::evidence;

/// From the bottom up: a fault in one explains faults above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
    Link,
    Gateway,
    Path,
    Provider,
    Dns,
    Interception,
    Proxy,
    /// What independent hosts meet alike, whoever does it.
    Between,
    Clock,
    Target,
    Important,
    Desk,
    Machine,
    Change,
}

/// Everything that a failed connection can be explained by.
pub(crate) const BELOW_CONNECTION: &[Layer] = &[
    Layer::Link,
    Layer::Gateway,
    Layer::Path,
    Layer::Interception,
    Layer::Proxy,
    Layer::Provider,
    Layer::Between,
];

/// Everything that an answer can be explained by that came and is wrong: loss alters none.
pub(crate) const BELOW_ANSWER: &[Layer] =
    &[Layer::Link, Layer::Gateway, Layer::Interception, Layer::Proxy, Layer::Provider];

/// Everything that a name which is not looked up, or a host behind a proxy, can be explained by.
pub(crate) const BELOW_NAME: &[Layer] = &[
    Layer::Link,
    Layer::Gateway,
    Layer::Path,
    Layer::Provider,
    Layer::Dns,
    Layer::Interception,
    Layer::Proxy,
];

/// A finding in the making.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) layer: Layer,
    /// Layers whose fault would explain this one, mostly lower ones; never in a circle.
    pub(crate) explained_by: &'static [Layer],
    /// The sentence of the verdict, where the culprit's own would mislead.
    pub(crate) verdict: Option<&'static str>,
    pub(crate) finding: Finding,
}

/// Starts a claim. `confidence` is how sure the methods behind it are together, never 1.
pub(crate) fn claim(
    layer: Layer,
    id: &'static str,
    severity: Grade,
    culprit: Culprit,
    confidence: f64,
) -> Claim {
    Claim {
        layer,
        explained_by: &[],
        verdict: None,
        finding: Finding {
            id: MessageId::new(id),
            severity,
            confidence: Confidence::new(confidence),
            message: Message::new(id),
            advice: None,
            culprit,
            evidence: Vec::new(),
        },
    }
}

impl Claim {
    /// Whether the target itself said it: then the path is not what stops it.
    pub(crate) fn came_over_the_path(&self) -> bool {
        self.layer == Layer::Target && !self.explained_by.contains(&Layer::Path)
    }

    pub(crate) fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.finding.message = self.finding.message.arg(name, value);
        self
    }

    /// What the person can do; takes the finding's arguments along.
    pub(crate) fn advice(mut self, id: &'static str) -> Self {
        let mut advice = Message::new(id);
        advice.args = self.finding.message.args.clone();
        self.finding.advice = Some(advice);
        self
    }

    pub(crate) fn explained_by(mut self, layers: &'static [Layer]) -> Self {
        self.explained_by = layers;
        self
    }

    pub(crate) fn verdict(mut self, id: &'static str) -> Self {
        self.verdict = Some(id);
        self
    }

    pub(crate) fn seen_in(mut self, check: &'static str, key: &str) -> Self {
        self.finding.evidence.push(evidence(check, key));
        self
    }

    pub(crate) fn seen_by(mut self, check: &'static str) -> Self {
        self.finding.evidence.push(EvidenceRef::check(&CheckId::new(check)));
        self
    }

    pub(crate) fn seen_at(mut self, event: usize) -> Self {
        self.finding.evidence.push(EvidenceRef::event(event));
        self
    }
}

/// Turns what a lower fault explains into consequences: still told, no longer blamed.
pub(crate) fn silence(claims: &mut [Claim]) {
    let faults: Vec<(Layer, Culprit)> = claims
        .iter()
        .filter(|it| it.finding.severity == Grade::Broken)
        .map(|it| (it.layer, it.finding.culprit))
        .collect();
    for claim in claims.iter_mut() {
        let cause = faults
            .iter()
            .filter(|(layer, _)| *layer != claim.layer && claim.explained_by.contains(layer))
            .min_by_key(|(layer, _)| *layer);
        if let Some((_, culprit)) = cause {
            claim.finding.severity = Grade::Notice;
            claim.finding.culprit = *culprit;
            claim.finding.advice = None;
        }
    }
}
