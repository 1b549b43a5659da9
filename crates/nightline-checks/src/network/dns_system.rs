//! `dns-system`: are names turned into addresses, asked the way every program asks? Asks only for names that this
//! diagnosis is about.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use nightline_probe::resolve::{ResolveError, resolve};
use nightline_types::{CheckId, Message, Privacy, Unit};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// The system asks a silent server for 5 s and then the next; a person has given up by then.
const NAME_LIMIT: Duration = Duration::from_millis(4_500);
const LIMIT: Duration = Duration::from_secs(5);
/// A page waits for the slowest of its names; ChromiumOS calls this significantly slow.
const SLOW: Duration = Duration::from_millis(500);
/// Each costs a thread; more names say nothing new.
const MOST_NAMES: usize = 8;

const FACTS: &[FactSpec] = &[
    FactSpec::new("resolved_count", "names with an address").unit(Unit::Count),
    FactSpec::new("failed_names", "names without one").private(Privacy::Host),
    FactSpec::new("resolve_ms", "the slowest name").unit(Unit::Ms),
    FactSpec::new("error", "how it failed: not-found, try-again, timeout, system"),
];

/// The check.
pub(crate) struct DnsSystem;

impl Check for DnsSystem {
    fn id(&self) -> CheckId {
        CheckId::new("dns-system")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let names = names(context);
    if names.is_empty() {
        return Found::skipped(Message::new("skip-no-name"));
    }
    let mut notes = Notes::new(FACTS, (context.clock)());
    let answers = futures_util::future::join_all(names.iter().map(|name| resolve(name, NAME_LIMIT))).await;
    let mut failed = Vec::new();
    let mut worst: Option<ResolveError> = None;
    let mut slowest = None;
    for (name, answer) in names.iter().zip(answers) {
        match answer {
            Ok(resolved) => slowest = slowest.max(Some(resolved.took)),
            Err(error) => {
                failed.push(name.clone());
                // A name that is not known says that the resolvers work; anything else weighs more.
                if worst.is_none_or(|it| it == ResolveError::NotFound) {
                    worst = Some(error);
                }
            }
        }
    }
    notes.put("resolved_count", names.len() - failed.len(), "getaddrinfo");
    if let Some(slowest) = slowest {
        notes.put_ms("resolve_ms", slowest, "getaddrinfo");
    }
    notes.put_some("error", worst.map(ResolveError::code), "getaddrinfo");
    let count = failed.len();
    notes.put("failed_names", failed, "getaddrinfo");
    let reason = |id| Message::new(id).arg("count", count);
    match worst {
        Some(ResolveError::NotFound) => Found::degraded(reason("network-names-unknown"), notes.take()),
        Some(_) => Found::broken(reason("network-names-failed"), notes.take()),
        None if slowest.is_some_and(|it| it > SLOW) => {
            Found::degraded(reason("network-names-slow"), notes.take())
        }
        None => Found::healthy(notes.take()),
    }
}

/// Names that this diagnosis is about, without addresses and without this machine itself.
pub(super) fn names(context: &Context) -> Vec<String> {
    let desk = context.desk.iter().filter_map(|desk| desk.host_str()).map(str::to_owned);
    let targets = context.target.iter().chain(&context.important).map(|it| it.host().to_owned());
    let mut seen = BTreeSet::new();
    desk.chain(targets)
        .filter(|name| !name.starts_with('[') && name.parse::<IpAddr>().is_err() && name != "localhost")
        .filter(|name| seen.insert(name.clone()))
        .take(MOST_NAMES)
        .collect()
}
