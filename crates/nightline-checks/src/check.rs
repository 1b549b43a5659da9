//! What a check is: an id, a time limit, and a question that cannot fail.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use nightline_types::{
    CheckId, Event, Fact, Machine, Message, Outcome, Privacy, Target, TargetProbe, Timestamp, Unit,
};
use url::Url;

/// One question to the machine or the network. How to add one: `docs/ARCHITECTURE.md`, "Where to put a new check".
pub trait Check: Send + Sync {
    /// Stable kebab-case name; part of the report's format.
    fn id(&self) -> CheckId;

    /// The longest it may take; the runner ends it then and says so.
    fn limit(&self) -> Duration;

    /// Checks that must have finished before this one starts, so that it can read their facts.
    fn after(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it runs only when somebody asks for it by name, because it loads the line.
    fn on_request(&self) -> bool {
        false
    }

    /// Every fact that it may find.
    fn facts(&self) -> &'static [FactSpec] {
        &[]
    }

    /// Asks. Dropping the future must stop the work.
    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a>;
}

/// What a check says about one of its facts; `docs/formats/facts.md` is generated from these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactSpec {
    /// Its snake-case name within the check.
    pub key: &'static str,
    /// What the number counts.
    pub unit: Option<Unit>,
    /// What kind of private value it holds.
    pub privacy: Privacy,
    /// What it means, in English, one line.
    pub meaning: &'static str,
}

impl FactSpec {
    /// A fact that holds nothing private and has no unit.
    pub const fn new(key: &'static str, meaning: &'static str) -> Self {
        Self { key, unit: None, privacy: Privacy::Public, meaning }
    }

    /// The same with a unit.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The same, marked as private.
    #[must_use]
    pub const fn private(mut self, privacy: Privacy) -> Self {
        self.privacy = privacy;
        self
    }
}

/// The future that a check returns.
pub type Answer<'a> = BoxFuture<'a, Found>;

/// Says what time it is. Given by the program's edge, so that tests own the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What finished checks found, for those that run after them.
pub type Known = Vec<(CheckId, Outcome, Vec<Fact>)>;

/// What a check found. The runner adds the id and the times.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What it says; `None` is filled by the runner as unknown.
    pub outcome: Option<Outcome>,
    /// One line about what is wrong, or why it could not tell or was not run.
    pub reason: Option<Message>,
    /// Measured values.
    pub facts: Vec<Fact>,
    /// Things that happened at a time.
    pub events: Vec<Event>,
    /// What it learned about the machine; the runner merges it.
    pub machine: Option<Machine>,
    /// Probes of the target, if this check makes them.
    pub probes: Vec<TargetProbe>,
}

impl Found {
    /// It works as it should.
    pub fn healthy(facts: Vec<Fact>) -> Self {
        Self { outcome: Some(Outcome::Healthy), facts, ..Self::default() }
    }

    /// It works, but not as it should.
    pub fn degraded(reason: Message, facts: Vec<Fact>) -> Self {
        Self { outcome: Some(Outcome::Degraded), reason: Some(reason), facts, ..Self::default() }
    }

    /// It does not work.
    pub fn broken(reason: Message, facts: Vec<Fact>) -> Self {
        Self { outcome: Some(Outcome::Broken), reason: Some(reason), facts, ..Self::default() }
    }

    /// It was not run.
    pub fn skipped(reason: Message) -> Self {
        Self { outcome: Some(Outcome::Skipped), reason: Some(reason), ..Self::default() }
    }

    /// It could not tell.
    pub fn unknown(reason: Message, facts: Vec<Fact>) -> Self {
        Self { outcome: Some(Outcome::Unknown), reason: Some(reason), facts, ..Self::default() }
    }
}

/// What a diagnosis knows before it starts.
#[derive(Clone)]
pub struct Context {
    /// The time.
    pub clock: Clock,
    /// What the person wants to reach.
    pub target: Option<Target>,
    /// Targets that the organisation finds important.
    pub important: Vec<Target>,
    /// STUN servers that the organisation named, beside the desk's own.
    pub stun: Vec<Target>,
    /// The desk, as far as it is known.
    pub desk: Option<Url>,
    /// More roots to trust, as PEM; added to the system's, never instead.
    pub extra_roots_path: Option<PathBuf>,
    /// Root of the file system to look at: `/`, or a recorded machine in tests.
    pub root_dir: PathBuf,
    /// Proxy settings and locale that the process was started with, read once in main.
    pub environment: Arc<std::collections::BTreeMap<String, String>>,
    /// Facts of the checks that have finished, for those that run after them.
    pub known: Arc<std::sync::Mutex<Known>>,
}

impl Context {
    /// A fact of a check that has finished.
    pub fn known_fact(&self, check: &str, key: &str) -> Option<Fact> {
        let known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (_, _, facts) = known.iter().find(|(id, ..)| id.as_str() == check)?;
        facts.iter().find(|fact| fact.key.as_str() == key).cloned()
    }

    /// Its text, if it is one.
    pub fn known_text(&self, check: &str, key: &str) -> Option<String> {
        self.known_fact(check, key)?.value.as_str().map(str::to_owned)
    }

    /// Its number, if it is one.
    pub fn known_number(&self, check: &str, key: &str) -> Option<f64> {
        self.known_fact(check, key)?.value.as_f64()
    }

    /// Its yes or no, if it is one.
    pub fn known_flag(&self, check: &str, key: &str) -> Option<bool> {
        self.known_fact(check, key)?.value.as_bool()
    }

    /// Its text as an address, if it is one.
    pub fn known_address(&self, check: &str, key: &str) -> Option<IpAddr> {
        self.known_fact(check, key)?.value.as_str()?.parse().ok()
    }

    /// The outcome of a check that has finished.
    pub fn known_outcome(&self, check: &str) -> Option<Outcome> {
        let known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.iter().find(|(id, ..)| id.as_str() == check).map(|(_, outcome, _)| *outcome)
    }
}
