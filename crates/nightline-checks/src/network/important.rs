//! `important-targets`: can the targets that the organisation finds important be reached? Contacts nothing else.

use std::time::Duration;

use nightline_types::{CheckId, Message, Privacy, Unit, Value};

use super::endpoint::{Endpoint, via};
use super::local::{Distance, distance};
use super::past_proxy::is_not_told;
use super::phases::{LONGEST, Phases, attempt};
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// All at the same time.
const LIMIT: Duration = Duration::from_millis(7_000);
/// A policy with more is cut: each costs a connection from every machine that diagnoses itself.
const MOST_TARGETS: usize = 8;

const FACTS: &[FactSpec] = &[
    FactSpec::new("total", "how many were tried").unit(Unit::Count),
    FactSpec::new("reached_count", "how many were reached").unit(Unit::Count),
    FactSpec::new("failed", "those that were not").private(Privacy::Host),
    FactSpec::new("connect_ms", "how long each connection took").private(Privacy::Host),
    FactSpec::new("off_link_answered", "one behind the router answered; absent if there is none"),
];

/// The check.
pub(crate) struct ImportantTargets;

impl Check for ImportantTargets {
    fn id(&self) -> CheckId {
        CheckId::new("important-targets")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces", "proxy"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

const _: () = assert!(LONGEST.as_millis() < LIMIT.as_millis(), "an attempt ends before the check does");

async fn look(context: &Context) -> Found {
    let endpoints: Vec<Endpoint> = context
        .important
        .iter()
        .take(MOST_TARGETS)
        .filter_map(|target| Endpoint::of_target(target).into_iter().next())
        .collect();
    if endpoints.is_empty() {
        return Found::skipped(Message::new("skip-no-important-targets"));
    }
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return Found::unknown(Message::new("network-roots-unreadable"), Vec::new());
    };
    let attempts = endpoints.iter().map(|endpoint| async {
        let via = via(context, endpoint).await;
        attempt(endpoint, via.as_ref(), &roots, &[]).await
    });
    let results = futures_util::future::join_all(attempts).await;
    let told = endpoints.into_iter().zip(results).filter(|(_, phases)| !is_not_told(phases));
    let (endpoints, results): (Vec<Endpoint>, Vec<Phases>) = told.unzip();
    if endpoints.is_empty() {
        return Found::unknown(Message::new("network-important-not-told"), Vec::new());
    }
    let mut notes = Notes::new(FACTS, (context.clock)());
    let failed: Vec<String> = endpoints
        .iter()
        .zip(&results)
        .filter(|(_, phases)| !phases.is_reached())
        .map(|(endpoint, _)| endpoint.label())
        .collect();
    notes.put("total", endpoints.len(), "connect");
    notes.put("reached_count", endpoints.len() - failed.len(), "connect");
    notes.put("failed", failed.clone(), "connect");
    let rows: Vec<Value> = endpoints.iter().zip(&results).map(|(it, phases)| row(it, phases)).collect();
    notes.put("connect_ms", rows, "tcp-connect");
    let far: Vec<bool> = results.iter().filter_map(|it| off_link(context, it)).collect();
    if !far.is_empty() {
        notes.put("off_link_answered", far.contains(&true), "tcp-connect");
    }
    let reason = |id| Message::new(id).arg("count", failed.len());
    match failed.len() {
        0 => Found::healthy(notes.take()),
        count if count == endpoints.len() => Found::broken(reason("network-important-failed"), notes.take()),
        _ => Found::degraded(reason("network-important-failed"), notes.take()),
    }
}

fn row(endpoint: &Endpoint, phases: &Phases) -> Value {
    let mut row = std::collections::BTreeMap::from([("target".to_owned(), Value::from(endpoint.label()))]);
    if let Some(took) = phases.connect {
        row.insert("ms".to_owned(), nightline_types::Millis::from(took).into());
    }
    Value::Map(row)
}

/// Whether an attempt behind the router was answered; `None` if it did not lead there.
fn off_link(context: &Context, phases: &Phases) -> Option<bool> {
    let address = phases.peer.or(phases.addresses.first().copied())?;
    (distance(context, address) == Distance::OffLink)
        .then(|| phases.connect.is_some() || phases.failure == Some(("tcp", "refused")))
}
