//! `target-reach`: can what the person wants be reached, phase by phase? Sends a plain GET where the web is expected
//! and nothing elsewhere.

use std::time::Duration;

use nightline_probe::tls::Roots;
use nightline_types::{CheckId, Message, Target, TargetProbe};
use url::Url;

use super::endpoint::{Endpoint, via};
use super::phases::{Phases, attempt, failure_message};
use super::reach_facts::{self, roots};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// One attempt, for a bare host a second, and the questions who refuses and whether the host is alive.
const LIMIT: Duration = Duration::from_millis(9_500);
/// A browser that met silence tries the other port beside it.
const HEAD_START: Duration = Duration::from_millis(1_000);

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
    let Tried { endpoint, phases, proxied, web_ports_closed } = try_all(target, context, &roots).await;
    let probe = phases.probe(at);
    let mut notes = Notes::new(reach_facts::FACTS, at);
    reach_facts::note(&mut notes, context, &endpoint, &phases, proxied).await;
    notes.put_some("web_ports_closed", web_ports_closed.then_some(true), "tcp-connect");
    let status = phases.answer.as_ref().map(|it| it.status);
    let mut found = match (phases.failure, status) {
        (Some((phase, code)), _) => Found::broken(failure_message(phase, code), notes.take()),
        (None, Some(status @ 500..)) => {
            Found::degraded(Message::new("network-server-error").arg("status", status), notes.take())
        }
        _ if web_ports_closed => Found::degraded(Message::new("network-no-web-port"), notes.take()),
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
    try_all(target, context, &roots).await.phases.probe(at)
}

/// What became of trying to reach the target.
struct Tried {
    endpoint: Endpoint,
    phases: Phases,
    proxied: bool,
    /// Nobody named a port, and the host says that it has none of the web's.
    web_ports_closed: bool,
}

/// Tries the target's endpoint; for a bare host, those of the web.
async fn try_all(target: &Target, context: &Context, roots: &Roots) -> Tried {
    let mut endpoints = Endpoint::of_target(target).into_iter();
    let Some(first) = endpoints.next() else {
        // `of_target` names at least one endpoint; an empty answer would only say that nothing was tried.
        let nowhere = Endpoint { host: target.host().to_owned(), port: 0, tls: false, http: None };
        return Tried {
            endpoint: nowhere,
            phases: Phases::default(),
            proxied: false,
            web_ports_closed: false,
        };
    };
    let Some(second) = endpoints.next() else { return try_one(first, context, roots).await };
    let host = first.host.clone();
    let mut tried = Box::pin(try_one(first, context, roots));
    // A port that stays silent takes all the time there is.
    let (encrypted, plain) = match tokio::time::timeout(HEAD_START, &mut tried).await {
        Ok(encrypted) if !is_tcp_failure(&encrypted.phases) => return encrypted,
        Ok(encrypted) => (encrypted, try_one(second, context, roots).await),
        Err(_) => tokio::join!(tried, try_one(second, context, roots)),
    };
    of_both(encrypted, plain, &host)
}

async fn try_one(endpoint: Endpoint, context: &Context, roots: &Roots) -> Tried {
    let via = via(context, &endpoint).await;
    let phases = attempt(&endpoint, via.as_ref(), roots, &[]).await;
    Tried { endpoint, phases, proxied: via.is_some(), web_ports_closed: false }
}

/// What a browser shows that tries encrypted first: a port that took the connection is the one that counts, whatever
/// came of it, and one that only leads back to the other helps nobody.
fn of_both(encrypted: Tried, plain: Tried, host: &str) -> Tried {
    let refused = |it: &Tried| it.phases.failure == Some(("tcp", "refused"));
    if !is_tcp_failure(&encrypted.phases) {
        return encrypted;
    }
    if plain.phases.is_reached() && !leads_to_encrypted(&plain.phases, host) {
        return plain;
    }
    // A host that says so is alive, which may be all that was asked.
    if refused(&encrypted) && refused(&plain) && !encrypted.proxied {
        let phases = Phases { failure: None, ..encrypted.phases };
        return Tried { phases, web_ports_closed: true, ..encrypted };
    }
    encrypted
}

fn is_tcp_failure(phases: &Phases) -> bool {
    matches!(phases.failure, Some(("tcp", _)))
}

/// Whether the answer is a redirect to the encrypted port of the same host.
fn leads_to_encrypted(phases: &Phases, host: &str) -> bool {
    let Some(answer) = phases.answer.as_ref().filter(|it| (300..400).contains(&it.status)) else {
        return false;
    };
    let location = answer.header("location").and_then(|it| Url::parse(it).ok());
    location.is_some_and(|it| {
        let there = it.host_str().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        it.scheme() == "https" && it.port().is_none() && there == host.to_ascii_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use nightline_probe::http::Answer;

    use super::*;

    fn tried(port: u16, failure: Option<(&'static str, &'static str)>, location: Option<&str>) -> Tried {
        let endpoint = Endpoint { host: "files.test".to_owned(), port, tls: port == 443, http: None };
        let answer = failure.is_none().then(|| Answer {
            status: if location.is_some() { 301 } else { 200 },
            headers: location.map(|it| ("location".to_owned(), it.to_owned())).into_iter().collect(),
            body: Vec::new(),
            first_byte: Duration::ZERO,
        });
        let phases = Phases { failure, answer, ..Phases::default() };
        Tried { endpoint, phases, proxied: false, web_ports_closed: false }
    }

    #[test]
    fn of_two_ports_the_one_counts_that_a_browser_would_show() {
        const SILENT: Option<(&str, &str)> = Some(("tcp", "timeout"));
        const REFUSED: Option<(&str, &str)> = Some(("tcp", "refused"));
        let check = |encrypted, plain, location, expected: (u16, bool, bool)| {
            let both = of_both(tried(443, encrypted, None), tried(80, plain, location), "files.test");
            let seen = (both.endpoint.port, both.phases.is_reached(), both.web_ports_closed);
            assert_eq!(seen, expected, "{encrypted:?} {plain:?} {location:?}");
        };
        check(Some(("tls", "expired")), None, None, (443, false, false));
        check(REFUSED, None, None, (80, true, false));
        check(SILENT, None, None, (80, true, false));
        check(SILENT, None, Some("https://files.test/"), (443, false, false));
        check(REFUSED, None, Some("https://other.test/"), (80, true, false));
        check(REFUSED, REFUSED, None, (443, true, true));
        check(SILENT, REFUSED, None, (443, false, false));
        check(SILENT, SILENT, None, (443, false, false));
    }
}
