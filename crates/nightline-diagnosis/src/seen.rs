//! Looks facts up by check and key. Knows no rule.

use nightline_types::{CheckId, CheckResult, EvidenceRef, Fact, Outcome, Timestamp};

/// What the person wants to reach, and the desk beside it for comparison.
pub(crate) const TARGET: &str = "target-reach";
pub(crate) const DESK: &str = "desk-reach";
/// Who stopped a connection, where it is this very machine.
pub(crate) const THIS_MACHINE: &str = "this-machine";

/// Everything that the checks found.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    checks: &'a [CheckResult],
}

/// Checks that reach out; each says in `off_link_answered` whether something behind the router answered. One that met
/// silence may say in `way_answered` whether somebody else there did.
const REACHING: [&str; 5] = ["target-reach", "desk-reach", "important-targets", "dns-direct", "path"];

impl<'a> Seen<'a> {
    pub(crate) fn new(checks: &'a [CheckResult]) -> Self {
        Self { checks }
    }

    pub(crate) fn check(&self, id: &str) -> Option<&'a CheckResult> {
        self.checks.iter().find(|check| check.id.as_str() == id)
    }

    pub(crate) fn all(&self) -> &'a [CheckResult] {
        self.checks
    }

    pub(crate) fn outcome(&self, id: &str) -> Option<Outcome> {
        self.check(id).map(|check| check.outcome)
    }

    pub(crate) fn fact(&self, id: &str, key: &str) -> Option<&'a Fact> {
        self.check(id)?.fact(key)
    }

    /// A yes-or-no fact; `None` if the check did not say.
    pub(crate) fn flag(&self, id: &str, key: &str) -> Option<bool> {
        self.fact(id, key)?.value.as_bool()
    }

    pub(crate) fn number(&self, id: &str, key: &str) -> Option<f64> {
        self.fact(id, key)?.value.as_f64()
    }

    pub(crate) fn text(&self, id: &str, key: &str) -> Option<&'a str> {
        self.fact(id, key)?.value.as_str()
    }

    /// The texts of a list; empty if the check did not say.
    pub(crate) fn texts(&self, id: &str, key: &str) -> Vec<&'a str> {
        self.fact(id, key)
            .map(|fact| fact.value.items().iter().filter_map(|item| item.as_str()).collect())
            .unwrap_or_default()
    }

    /// The check that reached something behind the router, if any did.
    pub(crate) fn off_link_success(&self) -> Option<&'static str> {
        let answered = |id: &&str, key| self.flag(id, key) == Some(true);
        REACHING.into_iter().find(|id| answered(id, "off_link_answered") || answered(id, "way_answered"))
    }

    /// The checks that tried to reach something behind the router and got no answer at all.
    pub(crate) fn off_link_failures(&self) -> Vec<&'static str> {
        REACHING.into_iter().filter(|id| self.flag(id, "off_link_answered") == Some(false)).collect()
    }

    /// Whether a check could reach what it asked for; `None` if it did not run.
    pub(crate) fn reached(&self, id: &str) -> Option<bool> {
        self.flag(id, "reached")
    }

    /// When the facts behind this evidence were measured: the oldest of them.
    pub(crate) fn measured_at(&self, evidence: &[EvidenceRef]) -> Option<Timestamp> {
        evidence
            .iter()
            .filter_map(|reference| {
                let id = reference.as_str().split('#').next()?;
                self.check(id).map(|check| check.started_at)
            })
            .min()
    }
}

/// Points at a fact by names that the code knows.
pub(crate) fn evidence(check: &'static str, key: &str) -> EvidenceRef {
    EvidenceRef::fact(&CheckId::new(check), key)
}
