//! `desk-reach`: can the desk be reached, phase by phase? Asks for its public profile and sends nothing about anyone.

use std::time::Duration;

use nightline_types::{CheckId, Message, Value};

use super::endpoint::{Endpoint, via};
use super::phases::{Phases, attempt, failure_message};
use super::reach_facts::{self, roots};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// One attempt, and the question whether the host is alive.
const LIMIT: Duration = Duration::from_millis(8_500);

/// The check.
pub(crate) struct DeskReach;

impl Check for DeskReach {
    fn id(&self) -> CheckId {
        CheckId::new("desk-reach")
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
    let Some(endpoint) = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/api/v1/profile"))
    else {
        return Found::skipped(Message::new("skip-no-desk"));
    };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else {
        return Found::unknown(Message::new("network-roots-unreadable"), Vec::new());
    };
    let via = via(context, &endpoint).await;
    let phases = attempt(&endpoint, via.as_ref(), &roots, &[]).await;
    let mut notes = Notes::new(reach_facts::FACTS, (context.clock)());
    reach_facts::note(&mut notes, context, &endpoint, &phases, via.is_some()).await;
    let profile = profile(&phases);
    for key in ["absent_name", "signed_name", "broken_name"] {
        notes.put_some(key, profile.as_ref().and_then(|it| it.get(key)?.as_str()), "http-get");
    }
    notes.put("udp_ports", profile.as_ref().map(udp_ports).unwrap_or_default(), "http-get");
    let status = phases.answer.as_ref().map(|it| it.status);
    match (phases.failure, status) {
        (Some((phase, code)), _) => Found::broken(failure_message(phase, code), notes.take()),
        (None, Some(200)) => Found::healthy(notes.take()),
        (None, status) => {
            let reason = Message::new("network-desk-strange").arg("status", status.unwrap_or_default());
            Found::degraded(reason, notes.take())
        }
    }
}

fn profile(phases: &Phases) -> Option<serde_json::Value> {
    serde_json::from_slice(&phases.answer.as_ref()?.body).ok()
}

/// A desk that says more is not believed.
const MOST_PORTS: usize = 4;

fn udp_ports(profile: &serde_json::Value) -> Vec<Value> {
    let ports = profile.get("udp_ports").and_then(|it| it.as_array());
    let ports = ports.into_iter().flatten().filter_map(|it| u16::try_from(it.as_u64()?).ok());
    ports.filter(|port| *port > 0).take(MOST_PORTS).map(Value::from).collect()
}
