//! `target-reach`: can what the person wants be reached, phase by phase? Sends a plain GET where the web is expected
//! and nothing elsewhere.

use std::net::SocketAddr;
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
    let mut tried = Box::pin(try_one(first, context, roots));
    // A port that stays silent takes all the time there is.
    let (encrypted, plain) = match tokio::time::timeout(HEAD_START, &mut tried).await {
        Ok(encrypted) if !is_not_taken(&encrypted.phases) => return encrypted,
        Ok(encrypted) => (encrypted, try_one(second, context, roots).await),
        Err(_) => tokio::join!(tried, try_one(second, context, roots)),
    };
    if let Some(there) = leads_to_encrypted(&plain.phases, &encrypted.endpoint)
        && (there == encrypted.endpoint || is_not_taken(&try_one(there, context, roots).await.phases))
    {
        return encrypted;
    }
    let both = of_both(encrypted, plain);
    let peer = both.phases.addresses.first().map(|it| SocketAddr::new(*it, both.endpoint.port));
    match peer.filter(|it| both.web_ports_closed && !it.ip().is_loopback()) {
        // It was not the host that said so.
        Some(peer) if reach_facts::who_refuses(context, peer).await.is_some() => {
            let phases = Phases { failure: Some(("tcp", "refused")), ..both.phases };
            Tried { phases, web_ports_closed: false, ..both }
        }
        _ => both,
    }
}

async fn try_one(endpoint: Endpoint, context: &Context, roots: &Roots) -> Tried {
    let via = via(context, &endpoint).await;
    let phases = attempt(&endpoint, via.as_ref(), roots, &[]).await;
    Tried { endpoint, phases, proxied: via.is_some(), web_ports_closed: false }
}

/// What a browser shows that tries encrypted first: a port that took the connection is the one that counts, whatever
/// came of it.
fn of_both(encrypted: Tried, plain: Tried) -> Tried {
    let refused = |it: &Tried| it.phases.failure == Some(("tcp", "refused"));
    if !is_not_taken(&encrypted.phases) {
        return encrypted;
    }
    if plain.phases.is_reached() {
        return plain;
    }
    // A host that says so is alive, which may be all that was asked.
    if refused(&encrypted) && refused(&plain) && !encrypted.proxied {
        let phases = Phases { failure: None, ..encrypted.phases };
        return Tried { phases, web_ports_closed: true, ..encrypted };
    }
    encrypted
}

/// Whether nobody took the connection, as this machine saw it or as its proxy says (RFC 9110, 15.6.3 to 15.6.5).
fn is_not_taken(phases: &Phases) -> bool {
    match phases.failure {
        Some(("tcp", _)) => true,
        Some((_, "proxy-refused")) => matches!(phases.proxy_status, Some(502..=504)),
        _ => false,
    }
}

/// Where a redirect to the encrypted port of the same site leads; it helps nobody if that takes no connection.
fn leads_to_encrypted(plain: &Phases, encrypted: &Endpoint) -> Option<Endpoint> {
    let answer = plain.answer.as_ref().filter(|it| (300..400).contains(&it.status))?;
    let there = answer.header("location").and_then(|it| Url::parse(it).ok());
    let there = there.as_ref().and_then(Endpoint::of_url).filter(|it| it.tls)?;
    let site = |host: &str| host.to_ascii_lowercase().trim_start_matches("www.").to_owned();
    (site(&there.host) == site(&encrypted.host)).then(|| {
        let is_same = there.host.eq_ignore_ascii_case(&encrypted.host) && there.port == encrypted.port;
        if is_same { encrypted.clone() } else { there }
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
        let check = |encrypted, plain, expected: (u16, bool, bool)| {
            let both = of_both(tried(443, encrypted, None), tried(80, plain, None));
            let seen = (both.endpoint.port, both.phases.is_reached(), both.web_ports_closed);
            assert_eq!(seen, expected, "{encrypted:?} {plain:?}");
        };
        check(Some(("tls", "expired")), None, (443, false, false));
        check(REFUSED, None, (80, true, false));
        check(SILENT, None, (80, true, false));
        check(REFUSED, REFUSED, (443, true, true));
        check(SILENT, REFUSED, (443, false, false));
        check(SILENT, SILENT, (443, false, false));
    }

    #[test]
    fn a_plain_port_that_leads_back_to_the_encrypted_one_is_known() {
        let encrypted = tried(443, None, None).endpoint;
        let leads = |location| {
            let there = leads_to_encrypted(&tried(80, None, location).phases, &encrypted);
            there.map(|it| it.host)
        };
        assert_eq!(leads(Some("https://Files.test/")).as_deref(), Some("files.test"));
        assert_eq!(leads(Some("https://www.files.test/x")).as_deref(), Some("www.files.test"));
        for elsewhere in [None, Some("https://other.test/"), Some("http://files.test/x"), Some("/x")] {
            assert_eq!(leads(elsewhere), None, "{elsewhere:?}");
        }
    }
}
