//! `proxy`: is this machine set up with a proxy, does it answer, and does it let us through to the desk? Sends no
//! password.

use std::time::{Duration, Instant};

use nightline_platform::network::{ProxySetting, proxies};
use nightline_probe::connect::connect;
use nightline_probe::http::{MOST_BODY_BYTES, open_tunnel};
use nightline_probe::resolve::resolve;
use nightline_types::{CheckId, Message, Privacy, Unit};
use url::Url;

use super::endpoint::{Endpoint, parse_proxy};
use super::phases::attempt;
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A proxy stands in the same building or one city away. Others wait for this check.
const STEP_LIMIT: Duration = Duration::from_millis(1_200);
/// A script, or name, two connections and an answer.
const LIMIT: Duration = Duration::from_millis(7_500);
/// Programs wait for a script before they connect at all, and this check for no more than this.
const SCRIPT_LIMIT: Duration = Duration::from_millis(1_500);
/// Every proxy script has this function.
const SCRIPT_ENTRY: &str = "FindProxyForURL";
/// "Proxy authentication required" (RFC 9110, 15.5.8).
const SIGN_IN_NEEDED: u16 = 407;

const FACTS: &[FactSpec] = &[
    FactSpec::new("configured", "a proxy is set up"),
    FactSpec::new("source", "where it is set up"),
    FactSpec::new("address", "the proxy that is used").private(Privacy::Host),
    FactSpec::new("exceptions", "hosts that are reached without it").private(Privacy::Host),
    FactSpec::new("script", "the address of a proxy script, which is not run").private(Privacy::Host),
    FactSpec::new("script_ms", "how long the script took to come").unit(Unit::Ms),
    FactSpec::new(
        "script_problem",
        "none, unreachable, missing or not-a-script; absent for a script in a file",
    ),
    FactSpec::new("answers", "it takes connections"),
    FactSpec::new("status", "what it said to a tunnel to the desk"),
    FactSpec::new("sign_in_needed", "it wants a sign-in"),
];

/// The check.
pub(crate) struct Proxy;

impl Check for Proxy {
    fn id(&self) -> CheckId {
        CheckId::new("proxy")
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
    let settings = proxies(&context.environment).await.settings;
    let mut notes = Notes::new(FACTS, (context.clock)());
    let script = settings.iter().find(|it| it.scheme == "pac");
    notes.put_some("script", script.map(|it| it.value.as_str()), "settings");
    let script_works = match script {
        Some(script) => ask_script(context, &script.value, &mut notes).await,
        None => true,
    };
    let Some(setting) = preferred(&settings) else {
        notes.put("configured", false, "settings");
        return match script {
            Some(_) if !script_works => {
                Found::broken(Message::new("network-proxy-script-missing"), notes.take())
            }
            Some(_) => Found::unknown(Message::new("network-proxy-script"), notes.take()),
            None => Found::healthy(notes.take()),
        };
    };
    notes.put("configured", true, "settings");
    notes.put("source", setting.source.as_str(), "settings");
    let exceptions: Vec<String> = settings
        .iter()
        .filter(|it| it.scheme == "no" && it.source == setting.source)
        .flat_map(|it| it.value.split(','))
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    notes.put("exceptions", exceptions, "settings");
    let Some(via) = parse_proxy(&setting.value) else {
        return Found::unknown(Message::new("network-proxy-unreadable"), notes.take());
    };
    let label = Endpoint { host: via.host.clone(), port: via.port, tls: false, http: None }.label();
    notes.put("address", label, "settings");
    ask_proxy(context, &via.host, via.port, notes).await
}

/// Fetches the script. Programs wait for it before they connect at all; what it says is not run.
async fn ask_script(context: &Context, address: &str, notes: &mut Notes) -> bool {
    let url = Url::parse(address).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    let Some(endpoint) = url.as_ref().and_then(Endpoint::of_url) else { return true };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else { return true };
    let begun = Instant::now();
    let asking = attempt(&endpoint, None, &roots, &[]);
    let answer = tokio::time::timeout(SCRIPT_LIMIT, asking).await.ok().and_then(|it| it.answer);
    notes.put_ms("script_ms", begun.elapsed(), "http-get");
    let problem = match answer {
        None => "unreachable",
        // Programs follow; where it leads is not looked at.
        Some(answer) if (300..400).contains(&answer.status) => "none",
        Some(answer) if answer.status != 200 => "missing",
        // What is cut off may be what is looked for.
        Some(answer) if answer.body.len() < MOST_BODY_BYTES && !says(&answer.body, SCRIPT_ENTRY) => {
            "not-a-script"
        }
        Some(_) => "none",
    };
    notes.put("script_problem", problem, "http-get");
    problem == "none"
}

fn says(body: &[u8], word: &str) -> bool {
    String::from_utf8_lossy(body).contains(word)
}

async fn ask_proxy(context: &Context, host: &str, port: u16, mut notes: Notes) -> Found {
    let addresses = resolve(host, STEP_LIMIT).await.map(|it| it.addresses).unwrap_or_default();
    let mut connected = connect(&addresses, port, STEP_LIMIT).await;
    if connected.is_err() {
        connected = connect(&addresses, port, STEP_LIMIT).await;
    }
    notes.put("answers", connected.is_ok(), "tcp-connect");
    let Ok(mut connected) = connected else {
        return Found::broken(Message::new("network-proxy-silent"), notes.take());
    };
    let desk = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/"));
    let Some(desk) = desk else { return Found::healthy(notes.take()) };
    let status =
        open_tunnel(&mut connected.stream, &desk.label(), STEP_LIMIT).await.ok().map(|answer| answer.status);
    notes.put_some("status", status, "http-connect");
    notes.put("sign_in_needed", status == Some(SIGN_IN_NEEDED), "http-connect");
    match status {
        Some(200..300) => Found::healthy(notes.take()),
        Some(SIGN_IN_NEEDED) => Found::broken(Message::new("network-proxy-sign-in"), notes.take()),
        _ => Found::degraded(Message::new("network-proxy-strange"), notes.take()),
    }
}

/// What the desk and most of the web are reached by: for `https`, else for everything, else for `http`.
fn preferred(settings: &[ProxySetting]) -> Option<&ProxySetting> {
    ["https", "all", "http"]
        .into_iter()
        .find_map(|scheme| settings.iter().find(|it| it.scheme == scheme && !it.value.is_empty()))
}
