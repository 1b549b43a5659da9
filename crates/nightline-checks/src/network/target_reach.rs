//! `target-reach`: can what the person wants be reached, phase by phase? Sends a plain GET where the web is expected
//! and nothing elsewhere.

use std::time::Duration;

use nightline_probe::tls::Roots;
use nightline_types::{CheckId, Message, Target, TargetProbe};

use super::endpoint::{Endpoint, via};
use super::phases::{Phases, attempt, failure_message};
use super::reach_facts::{self, roots};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// One attempt, for a bare host a second, and the question whether the host is alive.
const LIMIT: Duration = Duration::from_millis(9_500);

/// The check.
pub(crate) struct TargetReach;

impl Check for TargetReach {
    fn id(&self) -> CheckId {
        CheckId::new("target-reach")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces", "proxy"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        reach_facts::FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(target) = &context.target else {
        return Found::skipped(Message::new("skip-no-target"));
    };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return Found::unknown(Message::new("network-roots-unreadable"), Vec::new());
    };
    let at = (context.clock)();
    let (endpoint, mut phases, proxied) = try_all(target, context, &roots).await;
    let mut probe = phases.probe(at);
    if !phases.is_reached() && target.port().is_none() && is_alive(&phases).await {
        // Nothing was said about a port: a host that is alive is what was asked for.
        phases.failure = None;
        probe = phases.probe(at);
    }
    let mut notes = Notes::new(reach_facts::FACTS, at);
    reach_facts::note(&mut notes, context, &endpoint, &phases, proxied).await;
    let status = phases.answer.as_ref().map(|it| it.status);
    let mut found = match (phases.failure, status) {
        (Some((phase, code)), _) => Found::broken(failure_message(phase, code), notes.take()),
        (None, Some(status @ 500..)) => {
            Found::degraded(Message::new("network-server-error").arg("status", status), notes.take())
        }
        _ => Found::healthy(notes.take()),
    };
    found.probes = vec![probe];
    found
}

/// One attempt to reach the target, for repeating until the ticket is sent.
pub async fn probe_target(target: &Target, context: &Context) -> TargetProbe {
    let at = (context.clock)();
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return TargetProbe { at: Some(at), ..TargetProbe::default() };
    };
    let (_, mut phases, _) = try_all(target, context, &roots).await;
    if !phases.is_reached() && target.port().is_none() && is_alive(&phases).await {
        phases.failure = None;
    }
    phases.probe(at)
}

/// Tries the target's endpoints until one is reached; the first that failed otherwise.
async fn try_all(target: &Target, context: &Context, roots: &Roots) -> (Endpoint, Phases, bool) {
    let mut first = None;
    for endpoint in Endpoint::of_target(target) {
        let via = via(context, &endpoint).await;
        let phases = attempt(&endpoint, via.as_ref(), roots, &[]).await;
        let name_failed = matches!(phases.failure, Some(("dns", _)));
        // A port that stays silent took all the time there is; the second would too.
        let silent = phases.failure == Some(("tcp", "timeout"));
        if phases.is_reached() {
            return (endpoint, phases, via.is_some());
        }
        first.get_or_insert((endpoint, phases, via.is_some()));
        if name_failed || silent {
            break;
        }
    }
    // `of_target` names at least one endpoint; an empty answer would only say that nothing was tried.
    first.unwrap_or_else(|| {
        let nowhere = Endpoint { host: target.host().to_owned(), port: 0, tls: false, http: None };
        (nowhere, Phases::default(), false)
    })
}

async fn is_alive(phases: &Phases) -> bool {
    match (phases.failure, phases.addresses.first()) {
        (Some(("tcp", _)), Some(address)) => reach_facts::is_alive(*address).await,
        _ => false,
    }
}
