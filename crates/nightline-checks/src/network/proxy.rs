//! `proxy`: is this machine set up with a proxy, does it answer, and does it let us through to the desk? Sends no
//! password, and leaves a proxy script to the system, which runs it for every other program too.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use futures_util::future::Either;
use nightline_platform::network::{DETECT, ScriptAnswer, ScriptError, proxies, run_script};
use nightline_probe::connect::{ConnectError, Connected, connect};
use nightline_probe::http::{Answer as HttpAnswer, HttpError, MOST_BODY_BYTES, open_tunnel};
use nightline_probe::resolve::resolve;
use nightline_types::{CheckId, Message, Outcome, Privacy, Unit};
use url::Url;

use super::endpoint::{Endpoint, chosen};
use super::past_proxy::{self, SIGN_IN_NEEDED, sign_in_schemes};
use super::phases::attempt;
use super::proxy_setting::{Rules, Speaks, Via, parse_proxy};
use super::reach_facts::roots;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A proxy stands in the same building or one city away. Others wait for this check.
const STEP_LIMIT: Duration = Duration::from_millis(1_200);
/// The second connection to a proxy does not wait for the first to give up, and ends with it.
const SECOND_AFTER: Duration = Duration::from_millis(300);
/// The settings; a script that comes while it is run; name, connection, encryption and an answer.
const LIMIT: Duration = Duration::from_millis(2_000 + 2_500 + 3 * 1_200 + 600);
/// Programs wait for a script before they connect at all, and this check for no more than this.
const SCRIPT_LIMIT: Duration = Duration::from_millis(1_500);
/// Whoever runs it fetches it again, and may have to be started.
const RUN_LIMIT: Duration = Duration::from_millis(2_500);
/// Every program waits so long before each new host: a person notices.
const SLOW: Duration = Duration::from_secs(2);
/// Every proxy script has this function.
const SCRIPT_ENTRY: &str = "FindProxyForURL";
/// A proxy in the next building; what is left of the step for its encryption.
const TLS_LIMIT: Duration = Duration::from_millis(600);

const FACTS: &[FactSpec] = &[
    FactSpec::new("configured", "a proxy is set up, or a script names one for the desk"),
    FactSpec::new("source", "where it is set up: environment, gnome, windows, macos or script"),
    FactSpec::new("address", "the proxy that is used").private(Privacy::Host),
    FactSpec::new("https_proxy", "the proxy for encrypted addresses").private(Privacy::Host),
    FactSpec::new("http_proxy", "the proxy for addresses in the clear").private(Privacy::Host),
    FactSpec::new("used", "something that is to be reached here goes through it"),
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
    FactSpec::new("tunnel", "what became of that: open, refused, timeout, cut, not-http or tls"),
    FactSpec::new("sign_in_needed", "it wants a sign-in"),
    FactSpec::new("sign_in_schemes", "the ways of signing in that it names, in small letters"),
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
    let Some(rules) = Rules::of(&settings) else {
        return match script {
            Some(script) => by_script(context, script, notes).await,
            None => {
                notes.put("configured", false, "settings");
                Found::healthy(notes.take())
            }
        };
    };
    if let Some(script) = script {
        let fetched = fetch(context, script).await;
        fetched.note(&mut notes);
        notes.put_some("script_problem", fetched.problem, "http-get");
    }
    by_rules(context, &rules, notes).await
}

/// Asks the proxy that the desk goes through, or else the target; one that nothing goes through is not asked.
async fn by_rules(context: &Context, rules: &Rules, mut notes: Notes) -> Found {
    notes.put("configured", true, "settings");
    notes.put("source", rules.source.as_str(), "settings");
    for (key, setting) in [("https_proxy", &rules.https), ("http_proxy", &rules.http)] {
        let read = setting.as_deref().and_then(parse_proxy).map(|it| it.url());
        notes.put_some(key, read, "settings");
    }
    notes.put("exceptions", rules.exceptions.clone(), "settings");
    let desk = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/"));
    let others = context.target.iter().chain(&context.important).flat_map(Endpoint::of_target);
    let all: Vec<Endpoint> = desk.iter().cloned().chain(others).collect();
    let used = all.iter().find_map(|it| rules.setting(it));
    let anyhow = rules.https.as_deref().or(rules.http.as_deref()).filter(|_| all.is_empty());
    notes.put("used", used.is_some(), "settings");
    let Some(setting) = used.or(anyhow) else { return Found::healthy(notes.take()) };
    let Some(via) = parse_proxy(setting) else {
        return Found::unknown(Message::new("network-proxy-unreadable"), notes.take());
    };
    // A page in the clear is asked for without a tunnel.
    let desk = desk.filter(|it| it.tls && rules.setting(it) == Some(setting));
    ask_proxy(context, &via, desk.as_ref(), "settings", notes).await
}

/// What became of fetching a script.
#[derive(Default)]
struct Fetched {
    took: Option<Duration>,
    /// Absent where nobody tried.
    problem: Option<&'static str>,
}

impl Fetched {
    fn is_there(&self) -> bool {
        self.problem.is_none_or(|it| it == "none")
    }

    fn note(&self, notes: &mut Notes) {
        if let Some(took) = self.took {
            notes.put_ms("script_ms", took, "http-get");
        }
    }
}

/// Fetches the script: programs wait for it before they connect at all.
async fn fetch(context: &Context, address: &str) -> Fetched {
    let url = Url::parse(address).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    let Some(endpoint) = url.as_ref().and_then(Endpoint::of_url) else { return Fetched::default() };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else { return Fetched::default() };
    let begun = Instant::now();
    let asking = attempt(&endpoint, None, &roots, &[]);
    let answer = tokio::time::timeout(SCRIPT_LIMIT, asking).await.ok().and_then(|it| it.answer);
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
    Fetched { took: Some(begun.elapsed()), problem: Some(problem) }
}

/// Has the script say how to reach the desk, or else the target, and asks the proxy that it names first.
async fn by_script(context: &Context, script: &str, mut notes: Notes) -> Found {
    let target = context.target.iter().flat_map(Endpoint::of_target).find(|it| it.http.is_some());
    let desk = context.desk.as_ref().and_then(|desk| Endpoint::desk(desk, "/"));
    let endpoint = desk.clone().or(target);
    // Whoever runs it fetches it too, so nobody waits for ours first; but what is not there is not waited for.
    let fetching = async {
        let fetched = fetch(context, script).await;
        if fetched.is_there() { Ok(fetched) } else { Err(fetched) }
    };
    let running = async {
        let Some(endpoint) = &endpoint else { return Ok(None) };
        let begun = Instant::now();
        let answer = run_script(script, &endpoint.origin(), &context.environment, RUN_LIMIT).await;
        Ok(Some((endpoint, answer, begun.elapsed())))
    };
    let (fetched, ran) = match tokio::try_join!(fetching, running) {
        Ok(both) => both,
        Err(missing) => {
            missing.note(&mut notes);
            notes.put_some("script_problem", missing.problem, "http-get");
            notes.put("configured", false, "settings");
            return Found::broken(Message::new("network-proxy-script-missing"), notes.take());
        }
    };
    fetched.note(&mut notes);
    let Some((endpoint, answer, took)) = ran else {
        notes.put_some("script_problem", fetched.problem, "http-get");
        notes.put("configured", false, "settings");
        return Found::unknown(Message::new("network-proxy-script"), notes.take());
    };
    let is_slow = fetched.took.unwrap_or_default().max(took) > SLOW;
    let ScriptAnswer { choices, by } = match answer {
        Ok(answer) => answer,
        Err(error) => return not_run(&error, script, &fetched, notes),
    };
    notes.put_some("script_problem", if is_slow { Some("slow") } else { fetched.problem }, by);
    notes.put("script_by", by, by);
    notes.put_ms("script_run_ms", took, by);
    notes.put("script_ways", choices.iter().map(|it| it.as_str().to_owned()).collect::<Vec<_>>(), by);
    let places: Vec<String> = choices.iter().filter_map(|it| it.place().map(str::to_owned)).collect();
    notes.put("script_proxies", places, by);
    let via = choices.first().and_then(chosen);
    notes.put("configured", via.is_some(), by);
    let found = match via {
        Some(via) => {
            notes.put("source", "script", by);
            notes.put(if endpoint.tls { "https_proxy" } else { "http_proxy" }, via.url(), by);
            ask_proxy(context, &via, desk.as_ref(), by, notes).await
        }
        None => Found::healthy(notes.take()),
    };
    match found.outcome {
        Some(Outcome::Healthy) if is_slow => {
            Found::degraded(Message::new("network-proxy-script-slow"), found.facts)
        }
        _ => found,
    }
}

fn not_run(error: &ScriptError, script: &str, fetched: &Fetched, mut notes: Notes) -> Found {
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

async fn ask_proxy(
    context: &Context,
    via: &Via,
    desk: Option<&Endpoint>,
    method: &str,
    mut notes: Notes,
) -> Found {
    notes.put("address", via.label(), method);
    if via.speaks == Speaks::Socks {
        return Found::unknown(Message::new("network-proxy-other-kind"), notes.take());
    }
    let (asked, direct) = tokio::join!(through(context, via, desk), without(desk));
    notes.put("answers", asked.is_some(), "tcp-connect");
    notes.put_some("direct_answers", direct, "tcp-connect");
    let Some(tunnel) = asked else {
        return Found::broken(Message::new("network-proxy-silent"), notes.take());
    };
    match tunnel {
        Tunnel::NotAsked => Found::healthy(notes.take()),
        Tunnel::NoTls => {
            notes.put("tunnel", "tls", "tls-handshake");
            Found::broken(Message::new("network-proxy-mute"), notes.take())
        }
        Tunnel::Asked(answer) => judge(answer, notes),
    }
}

fn judge(answer: Result<HttpAnswer, HttpError>, mut notes: Notes) -> Found {
    const METHOD: &str = "http-connect";
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            notes.put("tunnel", error.code(), METHOD);
            // It may still be on its way to the desk.
            let is_slow = error == HttpError::TimedOut;
            let found = if is_slow { Found::degraded } else { Found::broken };
            return found(Message::new("network-proxy-mute"), notes.take());
        }
    };
    let is_open = (200..300).contains(&answer.status);
    notes.put("tunnel", if is_open { "open" } else { "refused" }, METHOD);
    notes.put("status", answer.status, METHOD);
    notes.put("sign_in_needed", answer.status == SIGN_IN_NEEDED, METHOD);
    if is_open {
        return Found::healthy(notes.take());
    }
    if answer.status != SIGN_IN_NEEDED {
        return Found::degraded(Message::new("network-proxy-strange"), notes.take());
    }
    let schemes = sign_in_schemes(&answer);
    let is_systems = past_proxy::is_systems_own(&schemes);
    notes.put("sign_in_schemes", schemes, METHOD);
    if is_systems {
        return Found::unknown(Message::new("network-proxy-sign-in-system"), notes.take());
    }
    Found::broken(Message::new("network-proxy-sign-in"), notes.take())
}

/// What came of asking a proxy that takes connections for a tunnel.
enum Tunnel {
    NotAsked,
    /// It wants to be asked over TLS, and that failed.
    NoTls,
    Asked(Result<HttpAnswer, HttpError>),
}

/// What the proxy says to a tunnel to the desk; `None` where it takes no connection.
async fn through(context: &Context, via: &Via, desk: Option<&Endpoint>) -> Option<Tunnel> {
    let addresses = addresses(&via.host).await;
    let connected = connect_twice(&addresses, via.port).await.ok()?;
    let Some(desk) = desk else { return Some(Tunnel::NotAsked) };
    let Some(roots) = roots(context.extra_roots_path.clone()).await else { return Some(Tunnel::NotAsked) };
    let ready = past_proxy::ready(connected.stream, via, &roots, TLS_LIMIT).await;
    let Some(mut stream) = ready else { return Some(Tunnel::NoTls) };
    Some(Tunnel::Asked(open_tunnel(&mut stream, &desk.label(), STEP_LIMIT).await))
}

/// One of two connections; that it takes none is said only after both.
async fn connect_twice(addresses: &[IpAddr], port: u16) -> Result<Connected, ConnectError> {
    let first = std::pin::pin!(connect(addresses, port, STEP_LIMIT));
    let again = std::pin::pin!(async {
        tokio::time::sleep(SECOND_AFTER).await;
        connect(addresses, port, STEP_LIMIT - SECOND_AFTER).await
    });
    match futures_util::future::select(first, again).await {
        Either::Left((Ok(connected), _)) | Either::Right((Ok(connected), _)) => Ok(connected),
        Either::Left((Err(_), other)) => other.await,
        Either::Right((Err(_), other)) => other.await,
    }
}

/// Whether the desk takes connections without the proxy.
async fn without(desk: Option<&Endpoint>) -> Option<bool> {
    let desk = desk?;
    Some(connect(&addresses(&desk.host).await, desk.port, STEP_LIMIT).await.is_ok())
}

async fn addresses(host: &str) -> Vec<IpAddr> {
    resolve(host, STEP_LIMIT).await.map(|it| it.addresses).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use nightline_types::{Fact, Timestamp};

    use super::*;

    #[tokio::test]
    async fn a_proxy_that_nothing_goes_through_is_not_claimed() {
        let only_http = [("http_proxy", "http://127.0.0.1:1")];
        let facts = looked(&only_http, "https://files.test").await;
        assert_eq!(facts, "configured=true used=false");
        let excepted = [("https_proxy", "http://127.0.0.1:1"), ("no_proxy", "192.0.2.0/24,files.test")];
        assert_eq!(looked(&excepted, "https://192.0.2.7").await, "configured=true used=false");
        assert_eq!(looked(&excepted, "files.test:445").await, "configured=true used=false");
        let none = [("https_proxy", "http://127.0.0.1:1"), ("no_proxy", "*")];
        assert_eq!(looked(&none, "https://files.test").await, "configured=false");
    }

    #[tokio::test]
    async fn the_proxy_of_the_targets_own_scheme_is_asked() {
        let both = [("http_proxy", "http://127.0.0.1:1"), ("https_proxy", "http://127.0.0.1:2")];
        let asked = |port: u16| format!("configured=true used=true address=127.0.0.1:{port} answers=false");
        assert_eq!(looked(&both, "http://files.test").await, asked(1));
        assert_eq!(looked(&both, "https://files.test").await, asked(2));
    }

    #[tokio::test]
    async fn a_script_that_is_not_there_is_told_though_nobody_runs_it() {
        let found =
            by_script(&context(&[], "https://files.test"), "http://127.0.0.1:1/proxy.pac", notes()).await;
        assert_eq!(found.reason.unwrap().id.as_str(), "network-proxy-script-missing");
        let problem = found.facts.iter().find(|it| it.key.as_str() == "script_problem");
        assert_eq!(problem.unwrap().value, "unreachable".into());
    }

    #[tokio::test]
    async fn a_proxy_is_asked_twice_before_it_is_called_silent() {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        // It listens again by the time of the second question.
        let later = async {
            let refused = connect(&[address.ip()], address.port(), STEP_LIMIT).await;
            assert_eq!(refused.unwrap_err(), ConnectError::Refused);
            tokio::net::TcpListener::bind(address).await.unwrap()
        };
        let addresses = [address.ip()];
        let (_listener, connected) = tokio::join!(later, connect_twice(&addresses, address.port()));
        assert!(connected.is_ok());
        assert!(connect_twice(&[], address.port()).await.is_err());
    }

    #[tokio::test]
    async fn a_socks_proxy_is_of_another_kind_under_any_name() {
        for name in ["https_proxy", "http_proxy", "all_proxy"] {
            let target = if name == "http_proxy" { "http://files.test" } else { "https://files.test" };
            let facts = looked(&[(name, "socks5://127.0.0.1:1")], target).await;
            assert_eq!(facts, "configured=true used=true address=127.0.0.1:1");
        }
    }

    #[tokio::test]
    async fn a_proxy_that_asks_for_the_systems_sign_in_is_not_called_broken() {
        assert_eq!(judged("proxy-authenticate: NTLM").await, Some(Outcome::Unknown));
        assert_eq!(judged("proxy-authenticate: Negotiate, Basic realm=\"x\"").await, Some(Outcome::Broken));
        assert_eq!(judged("x: y").await, Some(Outcome::Broken));
    }

    async fn judged(header: &str) -> Option<Outcome> {
        let (name, value) = header.split_once(": ").unwrap();
        let headers = vec![(name.to_owned(), value.to_owned())];
        let answer = HttpAnswer { status: 407, headers, body: Vec::new(), first_byte: Duration::ZERO };
        judge(Ok(answer), notes()).outcome
    }

    fn notes() -> Notes {
        Notes::new(FACTS, Timestamp::from_unix_ms(0))
    }

    fn context(environment: &[(&str, &str)], target: &str) -> Context {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Context {
            clock: Arc::new(|| Timestamp::from_unix_ms(0)),
            target: Some(target.parse().unwrap()),
            important: Vec::new(),
            stun: Vec::new(),
            desk: None,
            extra_roots_path: None,
            root_dir: "/".into(),
            environment: Arc::new(environment.collect()),
            known: Arc::default(),
        }
    }

    /// What the check finds for a target, by those facts that say whether and which proxy is used.
    async fn looked(environment: &[(&str, &str)], target: &str) -> String {
        let told = ["configured", "used", "address", "answers"];
        let is_told = |it: &&Fact| told.contains(&it.key.as_str());
        let found = look(&context(environment, target)).await;
        let facts = found.facts.iter().filter(is_told).map(|it| format!("{}={}", it.key, it.value));
        facts.collect::<Vec<_>>().join(" ")
    }
}
