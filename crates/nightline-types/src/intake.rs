//! The customer's own words: `nightline.intake/1`. Every character is kept.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Target, Timestamp};

/// The name of this format.
pub const INTAKE_SCHEMA: &str = "nightline.intake/1";

/// What the person says about the fault. Only `what` is required; every other question may be skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Always [`INTAKE_SCHEMA`] when we write it; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub schema: Option<String>,
    /// What is wrong, in their own words.
    pub what: String,
    /// The exact error, every character kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub error: Option<String>,
    /// When it happened or began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub when: Option<Timestamp>,
    /// When it ended, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub until: Option<Timestamp>,
    /// How to make it happen again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub steps: Option<String>,
    /// What should have happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub expected: Option<String>,
    /// Constant, or now and then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub pattern: Option<Pattern>,
    /// What they want to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub target: Option<Target>,
    /// This machine or another.
    #[serde(default)]
    pub machine: WhichMachine,
    /// The other machine, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub other_machine: Option<OtherMachine>,
    /// Who else is hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub scope: Option<Scope>,
    /// What it stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub impact: Option<Impact>,
    /// How to reach them: a name, a number, an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub contact: Option<String>,
    /// Files to send along, by path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "describe", ts(type = "Array<string>"), schemars(with = "Vec<String>"))]
    pub attachments: Vec<PathBuf>,
}

/// Where an intake document is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct IntakeError {
    /// From 1.
    pub line: usize,
    /// From 1; in bytes, as every editor's "go to byte column" counts.
    pub column: usize,
    /// The parser's words, for the details.
    pub problem: String,
}

impl Intake {
    /// The shortest intake: only what is wrong.
    pub fn about(what: &str) -> Self {
        Self {
            schema: Some(INTAKE_SCHEMA.to_owned()),
            what: what.to_owned(),
            error: None,
            when: None,
            until: None,
            steps: None,
            expected: None,
            pattern: None,
            target: None,
            machine: WhichMachine::This,
            other_machine: None,
            scope: None,
            impact: None,
            contact: None,
            attachments: Vec::new(),
        }
    }

    /// Reads a document; unknown keys, wrong types and an empty `what` are errors with their place.
    pub fn parse(text: &str) -> Result<Self, IntakeError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let intake: Self = serde_json::from_str(text).map_err(|error| IntakeError {
            line: error.line().max(1),
            column: error.column().max(1),
            problem: without_place(&error.to_string()),
        })?;
        let wrong = |problem: &str, key: &str| {
            let (line, column) = place_of_key(text, key);
            IntakeError { line, column, problem: problem.to_owned() }
        };
        if intake.schema.as_deref().is_some_and(|schema| schema != INTAKE_SCHEMA) {
            return Err(wrong("`schema` is not `nightline.intake/1`", "schema"));
        }
        if intake.what.trim().is_empty() {
            return Err(wrong("`what` is empty", "what"));
        }
        if intake.until.zip(intake.when).is_some_and(|(until, when)| until < when) {
            return Err(wrong("`until` is before `when`", "until"));
        }
        Ok(intake)
    }
}

fn without_place(text: &str) -> String {
    text.rfind(" at line ").map_or_else(|| text.to_owned(), |cut| text[..cut].to_owned())
}

fn place_of_key(text: &str, key: &str) -> (usize, usize) {
    let at = text.find(&format!("\"{key}\"")).unwrap_or(0);
    let line = text[..at].matches('\n').count() + 1;
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1) + 1;
    (line, column)
}

/// Whether the fault is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// Always.
    Constant,
    /// Now and then.
    Intermittent,
}

/// Which machine the fault is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum WhichMachine {
    /// The one Nightline runs on.
    #[default]
    This,
    /// A server, a printer, a colleague's laptop.
    Other,
}

/// Who is hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Only the person.
    Me,
    /// Some others too.
    Some,
    /// Everyone they know of.
    All,
}

/// What the fault stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Work is not possible.
    Stopped,
    /// An important part does not work.
    Severe,
    /// It works, with trouble.
    Limited,
    /// Nothing; it is a question.
    Question,
}

/// Facts of a machine that Nightline cannot look into. All disclosed by the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct OtherMachine {
    /// The owner's number on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub asset_tag: Option<String>,
    /// The maker's number on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub serial: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub model: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub location: Option<String>,
    /// The support contract that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub contract: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_character_of_the_error() {
        let intake =
            Intake::parse("{\"what\":\"rdp\",\"error\":\" 0x80090302\\t\\u0000\\n 认证 \"}").unwrap();
        assert_eq!(intake.error.as_deref(), Some(" 0x80090302\t\0\n 认证 "));
    }

    #[test]
    fn names_the_place_of_a_mistake() {
        check("{\n  \"what\": 7\n}", 2, "invalid type");
        check("{\n  \"what\": \"x\",\n  \"wath\": 1\n}", 3, "unknown field `wath`");
        check("{\n \"schema\": \"nightline.intake/9\",\n \"what\":\"x\"}", 2, "`schema` is not");
        check("{\n\n \"what\": \"  \"}", 3, "`what` is empty");
        check("", 1, "EOF");
        check("{\"what\":\"x\",\n\"target\":\"a b\"}", 2, "not a host");
        check(
            "{\"what\":\"x\",\n\"when\":\"2026-01-01T00:00:00Z\",\n\"until\":\"2025-01-01T00:00:00Z\"}",
            3,
            "before",
        );
    }

    #[track_caller]
    fn check(text: &str, line: usize, problem: &str) {
        let error = Intake::parse(text).unwrap_err();
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(error.line, line, "{error}");
    }
}
