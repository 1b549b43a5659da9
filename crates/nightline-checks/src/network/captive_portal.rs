//! `captive-portal`: does something answer in the desk's place? Asks the network itself where its DHCP server says how
//! (RFC 8910, RFC 8908), and the desk's own empty page with a fresh challenge; a page that is not empty, or does not
//! know the challenge, is somebody else's. Asks no third party.

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
    FactSpec::new(
        "network_says",
        "what the network itself says: captive or open; absent where it does not say",
    ),
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
        LIMIT * 2 + Duration::from_millis(250)
    }

    fn after(&self) -> &'static [&'static str] {
        &["desk-reach", "dhcp"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

async fn look(context: &Context) -> Found {
    let mut notes = Notes::new(FACTS, (context.clock)());
    if let Some(says) = network_says(context).await {
        notes.put("network_says", if says.captive { "captive" } else { "open" }, "capport-api");
        if says.captive {
            notes.put("intercepted", true, "capport-api");
            notes.put_some("location", says.portal, "capport-api");
            return Found::broken(Message::new("network-portal-says"), notes.take());
        }
    }
    let Some(desk) = &context.desk else { return Found::skipped(Message::new("skip-no-desk")) };
    let encrypted = desk.scheme() == "https";
    let trusted =
        context.known_fact("desk-reach", "cert_problem").is_some_and(|it| it.value == "none".into());
    if encrypted && trusted {
        // Only the desk itself can show this certificate.
        notes.put("intercepted", false, "tls-chain");
        return Found::healthy(notes.take());
    }
    if context.known_fact("desk-reach", "failed_phase").is_some_and(|it| it.value == "dns".into()) {
        // A name without an address was waited for once; a second time takes as long and says no more.
        return Found::unknown(Message::new("network-portal-unclear"), notes.take());
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

/// What a network says about itself (RFC 8908, 5).
#[derive(Debug, PartialEq, Eq)]
struct Says {
    captive: bool,
    /// The host of its sign-in page.
    portal: Option<String>,
}

async fn network_says(context: &Context) -> Option<Says> {
    let api = context.known_fact("dhcp", "portal_api")?;
    let url = Url::parse(api.value.as_str()?).ok().filter(|it| it.scheme() == "https")?;
    let endpoint = Endpoint::of_url(&url)?;
    let roots = roots(context.extra_roots_path.clone()).await?;
    let asking = attempt(&endpoint, None, &roots, &[("accept", "application/captive+json")]);
    let answer = tokio::time::timeout(LIMIT, asking).await.ok()?.answer?;
    (answer.status == 200).then(|| read_says(&answer.body)).flatten()
}

fn read_says(body: &[u8]) -> Option<Says> {
    let says: serde_json::Value = serde_json::from_slice(body).ok()?;
    let portal = says.get("user-portal-url").and_then(|it| it.as_str());
    let portal = portal.and_then(|it| Url::parse(it).ok()?.host_str().map(str::to_owned));
    Some(Says { captive: says.get("captive")?.as_bool()?, portal })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_that_says_so_is_believed_and_nonsense_is_not() {
        let says = |captive, portal: Option<&str>| Some(Says { captive, portal: portal.map(str::to_owned) });
        check(
            r#"{"captive": true, "user-portal-url": "https://login.example/start"}"#,
            says(true, Some("login.example")),
        );
        check(r#"{"captive": false, "seconds-remaining": 300}"#, says(false, None));
        check(r#"{"captive": "yes"}"#, None);
        check("<html>", None);
    }

    #[track_caller]
    fn check(body: &str, expected: Option<Says>) {
        assert_eq!(read_says(body.as_bytes()), expected, "{body}");
    }
}
