//! `proxy`: is this machine set up with a proxy, does it answer, and does it let us through to the desk? Sends no
//! password, and leaves a proxy script to the system, which runs it for every other program too.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use nightline_platform::network::{
    DETECT, ProxyChoice, ProxySetting, ScriptAnswer, ScriptError, proxies, run_script,
};
use nightline_probe::connect::connect;
use nightline_probe::http::{MOST_BODY_BYTES, open_tunnel};
use nightline_probe::resolve::resolve;
use nightline_types::{CheckId, Message, Outcome, Privacy, Unit};
use url::Url;

use super::endpoint::{Endpoint, Via, parse_proxy};
use super::phases::attempt;
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A proxy stands in the same building or one city away. Others wait for this check.
const STEP_LIMIT: Duration = Duration::from_millis(1_200);
/// The settings; a script that comes and runs; name, two connections and an answer.
const LIMIT: Duration = Duration::from_millis(9_000);
/// Programs wait for a script before they connect at all, and this check for no more than this.
const SCRIPT_LIMIT: Duration = Duration::from_millis(1_500);
/// Whoever runs it fetches it again, and may have to be started.
const RUN_LIMIT: Duration = Duration::from_millis(2_500);
/// Every program waits so long before each new host: a person notices.
const SLOW: Duration = Duration::from_secs(2);
/// Every proxy script has this function.
const SCRIPT_ENTRY: &str = "FindProxyForURL";
/// "Proxy authentication required" (RFC 9110, 15.5.8).
const SIGN_IN_NEEDED: u16 = 407;

const FACTS: &[FactSpec] = &[
    FactSpec::new("configured", "a proxy is set up, or a script names one for the desk"),
    FactSpec::new("source", "where it is set up: environment, gnome, windows, macos or script"),
    FactSpec::new("address", "the proxy that is used").private(Privacy::Host),
    FactSpec::new("exceptions", "hosts that are reached without it").private(Privacy::Host),
    FactSpec::new("script", "the address of a proxy script; wpad: where the network is asked for one")
        .private(Privacy::Host),
    FactSpec::new("script_ms", "how long the script took to come").unit(Unit::Ms),
    FactSpec::new(
        "script_problem",
        "none, unreachable, missing, not-a-script, slow or fails; absent for a script that nobody fetched or ran",
    ),
    FactSpec::new("script_by", "who ran it: pacrunner, winhttp or cfnetwork"),
    FactSpec::new("script_run_ms", "how long it took to say something about the desk, or else the target")
        .unit(Unit::Ms),
    FactSpec::new("script_ways", "what it says about it, in its order: direct, http, https or socks"),
    FactSpec::new("script_proxies", "the proxies that it names there").private(Privacy::Host),
    FactSpec::new("answers", "it takes connections"),
    FactSpec::new("status", "what it said to a tunnel to the desk"),
    FactSpec::new("sign_in_needed", "it wants a sign-in"),
    FactSpec::new("direct_answers", "the desk takes a connection without it"),
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
    let script = settings.iter().find(|it| it.scheme == "pac").map(|it| it.value.as_str());
    notes.put_some("script", script, "settings");
    let fetched = match script {
        Some(script) => fetch(context, script, &mut notes).await,
        None => Fetched::default(),
    };
    let Some(setting) = preferred(&settings) else {
        return match script {
            Some(script) => by_script(context, script, fetched, notes).await,
            None => {
                notes.put("configured", false, "settings");
                Found::healthy(notes.take())
            }
        };
    };
    notes.put_some("script_problem", fetched.problem, "http-get");
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
    ask_proxy(context, &setting.value, "settings", notes).await
}

/// What became of fetching a script.
#[derive(Default)]
struct Fetched {
    took: Duration,
    /// Absent where nobody tried.
    problem: Option<&'static str>,
}

/// Fetches the script: programs wait for it before they connect at all.
async fn fetch(context: &Context, address: &str, notes: &mut Notes) -> Fetched {
    let url = Url::parse(address).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    let Some(endpoint) = url.as_ref().and_then(Endpoint::of_url) else { return Fetched::default() };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else { return Fetched::default() };
    let begun = Instant::now();
    let asking = attempt(&endpoint, None, &roots, &[]);
    let answer = tokio::time::timeout(SCRIPT_LIMIT, asking).await.ok().and_then(|it| it.answer);
    let took = begun.elapsed();
    notes.put_ms("script_ms", took, "http-get");
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
    Fetched { took, problem: Some(problem) }
}

/// Has the script say how to reach the desk, or else the target, and asks the proxy that it names first.
async fn by_script(context: &Context, script: &str, fetched: Fetched, mut notes: Notes) -> Found {
    let target = context.target.iter().flat_map(Endpoint::of_target).find(|it| it.http.is_some());
    let endpoint = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/")).or(target);
    let is_there = fetched.problem.is_none_or(|it| it == "none");
    let Some(endpoint) = endpoint.filter(|_| is_there) else {
        notes.put_some("script_problem", fetched.problem, "http-get");
        notes.put("configured", false, "settings");
        return if is_there {
            Found::unknown(Message::new("network-proxy-script"), notes.take())
        } else {
            Found::broken(Message::new("network-proxy-script-missing"), notes.take())
        };
    };
    let begun = Instant::now();
    let answer = run_script(script, &endpoint.origin(), &context.environment, RUN_LIMIT).await;
    let took = begun.elapsed();
    let is_slow = fetched.took.max(took) > SLOW;
    let ScriptAnswer { choices, by } = match answer {
        Ok(answer) => answer,
        Err(error) => return not_run(&error, script, fetched, notes),
    };
    notes.put_some("script_problem", if is_slow { Some("slow") } else { fetched.problem }, by);
    notes.put("script_by", by, by);
    notes.put_ms("script_run_ms", took, by);
    notes.put("script_ways", choices.iter().map(|it| it.as_str().to_owned()).collect::<Vec<_>>(), by);
    let places: Vec<String> = choices.iter().filter_map(|it| it.place().map(str::to_owned)).collect();
    notes.put("script_proxies", places, by);
    let found = match choices.first() {
        Some(ProxyChoice::Http(place)) => {
            notes.put("configured", true, by);
            notes.put("source", "script", by);
            ask_proxy(context, place, by, notes).await
        }
        Some(ProxyChoice::Https(_) | ProxyChoice::Socks(_)) => {
            notes.put("configured", true, by);
            notes.put("source", "script", by);
            Found::unknown(Message::new("network-proxy-other-kind"), notes.take())
        }
        Some(ProxyChoice::Direct) | None => {
            notes.put("configured", false, by);
            Found::healthy(notes.take())
        }
    };
    match found.outcome {
        Some(Outcome::Healthy) if is_slow => {
            Found::degraded(Message::new("network-proxy-script-slow"), found.facts)
        }
        _ => found,
    }
}

fn not_run(error: &ScriptError, script: &str, fetched: Fetched, mut notes: Notes) -> Found {
    notes.put("configured", false, "settings");
    let (problem, reason) = match error {
        // A network without an answer is slow to say so, and programs go on without.
        ScriptError::Slow if script != DETECT => (Some("slow"), "network-proxy-script-slow"),
        ScriptError::Fails => (Some("fails"), "network-proxy-script-fails"),
        ScriptError::NoRunner | ScriptError::Slow => {
            notes.put_some("script_problem", fetched.problem, "http-get");
            return Found::unknown(Message::new("network-proxy-script"), notes.take());
        }
    };
    notes.put_some("script_problem", problem, "run-script");
    Found::degraded(Message::new(reason), notes.take())
}

fn says(body: &[u8], word: &str) -> bool {
    String::from_utf8_lossy(body).contains(word)
}

async fn ask_proxy(context: &Context, setting: &str, method: &str, mut notes: Notes) -> Found {
    let Some(Via { host, port }) = parse_proxy(setting) else {
        return Found::unknown(Message::new("network-proxy-unreadable"), notes.take());
    };
    let label = Endpoint { host: host.clone(), port, tls: false, http: None }.label();
    notes.put("address", label, method);
    let desk = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/"));
    let ((answers, status), direct) =
        tokio::join!(through(&host, port, desk.as_ref()), without(desk.as_ref()));
    notes.put("answers", answers, "tcp-connect");
    notes.put_some("direct_answers", direct, "tcp-connect");
    if !answers {
        return Found::broken(Message::new("network-proxy-silent"), notes.take());
    }
    if desk.is_none() {
        return Found::healthy(notes.take());
    }
    notes.put_some("status", status, "http-connect");
    notes.put("sign_in_needed", status == Some(SIGN_IN_NEEDED), "http-connect");
    match status {
        Some(200..300) => Found::healthy(notes.take()),
        Some(SIGN_IN_NEEDED) => Found::broken(Message::new("network-proxy-sign-in"), notes.take()),
        _ => Found::degraded(Message::new("network-proxy-strange"), notes.take()),
    }
}

/// Whether the proxy takes connections, and what it says to a tunnel to the desk.
async fn through(host: &str, port: u16, desk: Option<&Endpoint>) -> (bool, Option<u16>) {
    let addresses = addresses(host).await;
    let mut connected = connect(&addresses, port, STEP_LIMIT).await;
    if connected.is_err() {
        connected = connect(&addresses, port, STEP_LIMIT).await;
    }
    let answers = connected.is_ok();
    let (Ok(mut connected), Some(desk)) = (connected, desk) else { return (answers, None) };
    let answer = open_tunnel(&mut connected.stream, &desk.label(), STEP_LIMIT).await;
    (true, answer.ok().map(|it| it.status))
}

/// Whether the desk takes connections without the proxy.
async fn without(desk: Option<&Endpoint>) -> Option<bool> {
    let desk = desk?;
    Some(connect(&addresses(&desk.host).await, desk.port, STEP_LIMIT).await.is_ok())
}

async fn addresses(host: &str) -> Vec<IpAddr> {
    resolve(host, STEP_LIMIT).await.map(|it| it.addresses).unwrap_or_default()
}

/// What the desk and most of the web are reached by: for `https`, else for everything, else for `http`.
fn preferred(settings: &[ProxySetting]) -> Option<&ProxySetting> {
    ["https", "all", "http"]
        .into_iter()
        .find_map(|scheme| settings.iter().find(|it| it.scheme == scheme && !it.value.is_empty()))
}
