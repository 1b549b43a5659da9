//! `captive-portal`: does something answer in the desk's place? Asks the desk's own empty page with a fresh challenge;
//! a page that is not empty, or does not know the challenge, is somebody else's. Asks no third party.

use std::time::Duration;

use nightline_probe::dns::random_label;
use nightline_probe::http::Answer as HttpAnswer;
use nightline_probe::tls::Roots;
use nightline_types::{CheckId, Message, Privacy};
use url::Url;

use super::endpoint::Endpoint;
use super::phases::attempt;
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A portal is one hop away and answers at once; a desk's port 80 that is closed says so at once too.
const LIMIT: Duration = Duration::from_millis(2_500);
/// The page that answers 204.
const PAGE: &str = "/generate_204";
/// Sent and echoed, so that no cache can pretend.
const CHALLENGE: &str = "x-nightline-challenge";

const FACTS: &[FactSpec] = &[
    FactSpec::new("intercepted", "somebody else answered in the desk's place"),
    FactSpec::new("status", "the answer's status"),
    FactSpec::new("location", "where the answer wants to lead").private(Privacy::Host),
    FactSpec::new("challenge_echoed", "the answer knows the challenge"),
];

/// The check.
pub(crate) struct CaptivePortal;

impl Check for CaptivePortal {
    fn id(&self) -> CheckId {
        CheckId::new("captive-portal")
    }

    fn limit(&self) -> Duration {
        LIMIT + Duration::from_millis(250)
    }

    fn after(&self) -> &'static [&'static str] {
        &["desk-reach"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let Some(desk) = &context.desk else { return Found::skipped(Message::new("skip-no-desk")) };
    let mut notes = Notes::new(FACTS, (context.clock)());
    let encrypted = desk.scheme() == "https";
    let trusted =
        context.known_fact("desk-reach", "cert_problem").is_some_and(|it| it.value == "none".into());
    if encrypted && trusted {
        // Only the desk itself can show this certificate.
        notes.put("intercepted", false, "tls-chain");
        return Found::healthy(notes.take());
    }
    let Some(endpoint) = plain(desk) else { return Found::skipped(Message::new("skip-no-desk")) };
    if encrypted && context.known_fact("desk-reach", "loopback").is_some_and(|it| it.value == true.into()) {
        return Found::skipped(Message::new("skip-desk-on-this-machine"));
    }
    let Some(roots) = roots(None).await else {
        return Found::unknown(Message::new("network-portal-unclear"), notes.take());
    };
    let challenge = random_label();
    let Some(answer) = ask_page(&endpoint, &roots, &challenge).await else {
        return Found::unknown(Message::new("network-portal-unclear"), notes.take());
    };
    let echoed = answer.header(CHALLENGE) == Some(challenge.as_str());
    notes.put("status", answer.status, "http-get");
    notes.put("challenge_echoed", echoed, "http-get");
    notes.put_some("location", location_host(&answer), "http-get");
    let is_own = answer.status == 204 && echoed;
    let leads_home = encrypted && leads_to(&answer, &endpoint.host);
    let intercepted = !is_own && !leads_home;
    notes.put("intercepted", intercepted, "http-get");
    if intercepted {
        return Found::broken(Message::new("network-portal"), notes.take());
    }
    Found::healthy(notes.take())
}

async fn ask_page(endpoint: &Endpoint, roots: &Roots, challenge: &str) -> Option<HttpAnswer> {
    let headers = [(CHALLENGE, challenge)];
    let asking = attempt(endpoint, None, roots, &headers);
    tokio::time::timeout(LIMIT, asking).await.ok()?.answer
}

/// The desk's page in the clear: at its own port if it speaks so, else at the web's plain port, where a portal sits.
fn plain(desk: &Url) -> Option<Endpoint> {
    let mut endpoint = Endpoint::desk(desk, PAGE)?;
    if endpoint.tls {
        endpoint.tls = false;
        endpoint.port = 80;
    }
    Some(endpoint)
}

fn location_host(answer: &HttpAnswer) -> Option<String> {
    Url::parse(answer.header("location")?).ok()?.host_str().map(str::to_owned)
}

/// A plain port that only sends to the encrypted one is the desk's own.
fn leads_to(answer: &HttpAnswer, host: &str) -> bool {
    let location = answer.header("location").and_then(|it| Url::parse(it).ok());
    (300..400).contains(&answer.status)
        && location.is_some_and(|it| it.scheme() == "https" && it.host_str() == Some(host))
}
