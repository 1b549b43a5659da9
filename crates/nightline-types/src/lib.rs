//! The words that every part of Nightline shares: ids, units, facts, events, findings, reports.
//!
//! No I/O, no async, no clock: `now` is always an argument.
//! JSON keys in this crate are formats for ever (`docs/formats/`).

mod desk;
mod error;
mod event;
mod fact;
mod finding;
mod id;
mod intake;
mod machine;
mod message;
mod outcome;
mod path;
mod report;
mod severity;
mod target;
mod time;
mod value;

pub use desk::{DeskUrl, DeskUrlError};
pub use error::chain;
pub use event::{Event, EventKind, EventSource};
pub use fact::{Fact, Privacy, Unit};
pub use finding::{Confidence, Culprit, EvidenceRef, Finding, Grade, Verdict};
pub use id::{CheckId, FactKey, MessageId};
pub use intake::{INTAKE_SCHEMA, Impact, Intake, IntakeError, OtherMachine, Pattern, Scope, WhichMachine};
pub use machine::{Machine, Withheld};
pub use message::Message;
pub use outcome::{CheckResult, Outcome};
pub use path::{FaultKind, HopPlace, HopRtt, PATH_SCHEMA, PathFault, PathHop, PathReport};
pub use report::{REPORT_SCHEMA, Report, TargetProbe, TargetReport};
pub use severity::{Severity, SeverityRule, SeverityTable};
pub use target::{Target, TargetError};
pub use time::{Millis, Timestamp};
pub use value::Value;
