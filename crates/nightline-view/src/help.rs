//! The way through "Get help": the questions, what is found meanwhile, and where the person is on it.

use nightline_types::{
    CheckId, CheckResult, Finding, Impact, Message, OtherMachine, Outcome, PathReport, Pattern, Scope,
    TargetProbe, Timestamp, Verdict, WhichMachine,
};
use serde::{Deserialize, Serialize};

use crate::{Picture, Preview, Sending};

/// What one answer may hold: the exact error may be long, a whole log belongs into a file.
pub const MAX_TEXT_CHARS: usize = 200_000;

/// The way through "Get help".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Help {
    /// Where the person is.
    pub step: HelpStep,
    /// What can be done from here.
    pub way: Way,
    /// What they have answered so far. A window that opens again continues from here.
    pub answers: Answers,
    /// What is wrong with the target they gave.
    pub target_problem: Option<Message>,
    /// What they may want to reach.
    pub targets: Vec<TargetSuggestion>,
    /// When it may have happened.
    pub times: Vec<TimeSuggestion>,
    /// The checks, in the order in which they are shown.
    pub look: Look,
    /// What was found, once all checks have ended.
    pub found: Option<Found>,
    /// Pictures that the person made or added.
    pub pictures: Vec<Picture>,
    /// All that will leave, once it was put together.
    pub preview: Option<Preview>,
    /// The ticket on its way.
    pub sending: Option<Sending>,
}

/// One page of the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum HelpStep {
    /// What is wrong.
    #[default]
    What,
    /// What do you want to reach.
    Target,
    /// The exact error.
    Error,
    /// When.
    When,
    /// This computer or another.
    Machine,
    /// Constant or now and then.
    Pattern,
    /// Who else.
    Scope,
    /// What it stops.
    Impact,
    /// What we found.
    Found,
    /// Pictures.
    Pictures,
    /// All that will leave.
    Preview,
    /// On its way, or there.
    Sent,
}

/// What can be done from a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Way {
    /// Whether there is a page before.
    pub back: bool,
    /// Whether there is a page after, and nothing that it needs is missing.
    pub next: bool,
    /// Whether this page is a question that may be skipped.
    pub skip: bool,
    /// Which question this is, from 1. Nothing on pages that ask nothing.
    pub question: Option<u32>,
    /// How many questions there are.
    pub questions: u32,
}

/// The person's answers, as they stand in the fields. Empty means: not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
#[serde(default)]
pub struct Answers {
    /// What is wrong.
    pub what: String,
    /// What they want to reach: a host, a port, an address.
    pub target: String,
    /// The exact error, every character kept.
    pub error: String,
    /// When it happened or began.
    pub when: Option<Timestamp>,
    /// Which machine.
    pub machine: WhichMachine,
    /// The other machine's facts.
    pub other_machine: OtherMachine,
    /// Constant or now and then.
    pub pattern: Option<Pattern>,
    /// Who else.
    pub scope: Option<Scope>,
    /// What it stops.
    pub impact: Option<Impact>,
    /// How to make it happen again.
    pub steps: String,
    /// What should have happened.
    pub expected: String,
    /// How to reach them.
    pub contact: String,
}

/// Something that the person may want to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct TargetSuggestion {
    /// As it goes into the field.
    pub target: String,
    /// The program that has a connection there; nothing where the organisation named it.
    pub program: Option<String>,
}

/// When it may have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct TimeSuggestion {
    /// The minute.
    pub at: Timestamp,
    /// What was noticed then.
    pub message: Message,
}

/// The checks of this diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Look {
    /// One line for each check, in the order of the catalogue.
    pub checks: Vec<CheckLine>,
    /// The answer so far, once the network has answered.
    pub verdict: Option<Verdict>,
    /// Whether checks are still running.
    pub running: bool,
    /// Why nothing can be looked at; the way goes on without.
    pub failed: Option<Message>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct CheckLine {
    /// Which.
    pub id: CheckId,
    /// What is looked at.
    pub title: Message,
    /// What came of it; nothing while it runs.
    pub outcome: Option<Outcome>,
    /// One line about it.
    pub reason: Option<Message>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(ts_rs::TS))]
pub struct Found {
    /// "Is it me?"
    pub verdict: Verdict,
    /// Worst first.
    pub findings: Vec<Finding>,
    /// What was seen of the target, newest last.
    pub probes: Vec<TargetProbe>,
    /// How the desk was reached, if that was looked at: what the target is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub desk: Option<CheckResult>,
    /// The way to the target, if it was traced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub path: Option<PathReport>,
    /// Whether all checks ended in time.
    pub complete: bool,
}
