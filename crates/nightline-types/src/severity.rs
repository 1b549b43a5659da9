//! How urgent a ticket is, by a table that policy can replace.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Impact, Intake, Pattern, Scope};

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum Severity {
    /// Nothing works.
    P0,
    /// An important part is broken.
    P1,
    /// It works, badly.
    P2,
    /// A question.
    P3,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// One row of the table. An absent condition fits everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// What it stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// Who else is hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Constant or now and then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
    /// What follows.
    pub severity: Severity,
}

/// From the person's answers to a severity, and from a severity to the time within which somebody answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SeverityTable {
    /// The first row that fits decides.
    pub rules: Vec<SeverityRule>,
    /// Minutes until a first answer.
    pub response_minutes: BTreeMap<Severity, u32>,
}

impl Default for SeverityTable {
    /// The organisation's practice where policy says nothing: 15 min, 30 min, 4 h, 24 h.
    fn default() -> Self {
        let rule = |impact, scope, pattern, severity| SeverityRule {
            impact: Some(impact),
            scope,
            pattern,
            severity,
        };
        let me_now_and_then = (Some(Scope::Me), Some(Pattern::Intermittent));
        Self {
            rules: vec![
                rule(Impact::Question, None, None, Severity::P3),
                rule(Impact::Stopped, me_now_and_then.0, me_now_and_then.1, Severity::P1),
                rule(Impact::Stopped, None, None, Severity::P0),
                rule(Impact::Severe, me_now_and_then.0, me_now_and_then.1, Severity::P2),
                rule(Impact::Severe, None, None, Severity::P1),
                rule(Impact::Limited, Some(Scope::All), None, Severity::P1),
                rule(Impact::Limited, None, None, Severity::P2),
            ],
            response_minutes: [
                (Severity::P0, 15),
                (Severity::P1, 30),
                (Severity::P2, 240),
                (Severity::P3, 1_440),
            ]
            .into(),
        }
    }
}

impl SeverityTable {
    /// The severity that follows from the answers. With no answers it is P2: somebody asked for help.
    pub fn severity(&self, intake: &Intake) -> Severity {
        self.rules
            .iter()
            .find(|rule| {
                rule.impact.is_none_or(|it| intake.impact == Some(it))
                    && rule.scope.is_none_or(|it| intake.scope == Some(it))
                    && rule.pattern.is_none_or(|it| intake.pattern == Some(it))
            })
            .map_or(Severity::P2, |rule| rule.severity)
    }

    /// Within what time somebody answers.
    pub fn response(&self, severity: Severity) -> Duration {
        let minutes = self.response_minutes.get(&severity).copied().unwrap_or(1_440);
        Duration::from_secs(u64::from(minutes) * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_answers_and_not_the_shouting() {
        check(Some(Impact::Stopped), None, None, Severity::P0);
        check(Some(Impact::Stopped), Some(Scope::Me), Some(Pattern::Constant), Severity::P0);
        check(Some(Impact::Stopped), Some(Scope::Me), Some(Pattern::Intermittent), Severity::P1);
        check(Some(Impact::Severe), Some(Scope::Some), None, Severity::P1);
        check(Some(Impact::Limited), Some(Scope::All), None, Severity::P1);
        check(Some(Impact::Limited), Some(Scope::Me), None, Severity::P2);
        check(Some(Impact::Question), Some(Scope::All), None, Severity::P3);
        check(None, None, None, Severity::P2);
    }

    #[track_caller]
    fn check(impact: Option<Impact>, scope: Option<Scope>, pattern: Option<Pattern>, expected: Severity) {
        let intake = Intake { impact, scope, pattern, ..Intake::about("x") };
        assert_eq!(SeverityTable::default().severity(&intake), expected);
    }
}
