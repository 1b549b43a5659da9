//! `dns-direct`: does each configured name server answer, asked by ourselves? Refused, silent and failing are told
//! apart. Asks no other server, and only for names that this diagnosis is about, or for the root.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nightline_platform::network::{RESOLVERS_BY, resolvers};
use nightline_probe::dns::{DnsError, PORT, RecordType, Reply, ReplyKind, ask, ask_tcp};
use nightline_probe::path::{Method, TracePlan, trace};
use nightline_types::{CheckId, Message, Privacy, Unit, Value};

use super::dns_system::names;
use super::local::{Distance, distance};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// A resolver that has to ask around answers within a second.
const QUESTION_LIMIT: Duration = Duration::from_millis(1_500);
/// Two questions over UDP, the second beside one over TCP and one for the root, and some room.
const LIMIT: Duration = Duration::from_millis(4_500);
/// Beside the second question: a few hops are far enough to meet somebody behind the router.
const WAY_LIMIT: Duration = Duration::from_millis(1_500);
/// A provider's routers answer within a fifth of this.
const WAY_PATIENCE: Duration = Duration::from_millis(500);
/// glibc reads three (`MAXNS`).
const MOST_SERVERS: usize = 3;
/// Every server is asked each of them.
const MOST_NAMES: usize = 3;
const SLOW: Duration = Duration::from_millis(500);
/// The root's own servers: a question that every resolver can answer and that says nothing about anyone.
const ROOT: &str = ".";

const FACTS: &[FactSpec] = &[
    FactSpec::new("servers", "the configured name servers").private(Privacy::Ip),
    FactSpec::new("server_count", "how many there are").unit(Unit::Count),
    FactSpec::new("answered_count", "how many gave a usable answer").unit(Unit::Count),
    FactSpec::new("answered", "those that did").private(Privacy::Ip),
    FactSpec::new("refused", "those that refuse this machine, or where nothing listens").private(Privacy::Ip),
    FactSpec::new("timed_out", "those that stay silent over UDP and TCP").private(Privacy::Ip),
    FactSpec::new("servfail", "those that could not find out").private(Privacy::Ip),
    FactSpec::new("unreachable", "those without a way there").private(Privacy::Ip),
    FactSpec::new("denied_names", "names that a working server says do not exist").private(Privacy::Host),
    FactSpec::new("failing_names", "names that a working server cannot find out").private(Privacy::Host),
    FactSpec::new("empty_names", "names that a working server knows and has no IPv4 address for")
        .private(Privacy::Host),
    FactSpec::new("led_here", "names that a working server leads to this very machine, or nowhere")
        .private(Privacy::Host),
    FactSpec::new("tcp_only", "those that answer over TCP and stay silent over UDP").private(Privacy::Ip),
    FactSpec::new("fastest_ms", "the quickest usable answer").unit(Unit::Ms),
    FactSpec::new(
        "way_answered",
        "somebody behind the router, on the way to silent servers, answered; absent if nobody was asked",
    ),
    FactSpec::new("off_link_answered", "a server behind the router answered; absent if there is none"),
];

/// The check.
pub(crate) struct DnsDirect;

impl Check for DnsDirect {
    fn id(&self) -> CheckId {
        CheckId::new("dns-direct")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

/// The servers that gave a usable answer, once this check has finished.
pub(super) fn answering(context: &Context) -> Vec<IpAddr> {
    let answered = context.known_fact("dns-direct", "answered");
    let texts = answered.iter().flat_map(|fact| fact.value.items()).filter_map(Value::as_str);
    texts.filter_map(|text| text.parse().ok()).collect()
}

/// What one server did.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Server {
    Answers(Answers),
    Refuses,
    Silent,
    Fails,
    Unreachable,
}

/// What a working server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answers {
    took: Duration,
    /// Names that do not exist.
    denied: Vec<String>,
    /// Names that it cannot find out.
    failing: Vec<String>,
    /// Names without an address.
    empty: Vec<String>,
    /// Names whose address is this very machine, or none at all.
    led_here: Vec<String>,
    /// UDP met silence.
    by_tcp: bool,
}

type NamesOf = fn(&Answers) -> &[String];

/// What became of the questions to one server.
struct Asked {
    server: Server,
    /// Somebody behind the router, on the way there, answered; `None` if nobody was asked.
    way: Option<bool>,
}

async fn look(context: &Context) -> Found {
    let servers: Vec<IpAddr> = match resolvers(&context.root_dir) {
        Ok(found) => found.asked.into_iter().take(MOST_SERVERS).collect(),
        Err(state) => {
            let reason = Message::new("network-resolvers-unreadable").arg("state", state.as_str());
            return Found::unknown(reason, Vec::new());
        }
    };
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("servers", texts(&servers), RESOLVERS_BY);
    notes.put("server_count", servers.len(), RESOLVERS_BY);
    if servers.is_empty() {
        return Found::broken(Message::new("network-no-resolver"), notes.take());
    }
    let names: Vec<String> = names(context).into_iter().take(MOST_NAMES).collect();
    let is_far = |server| distance(context, server) == Distance::OffLink;
    let asked = servers.iter().map(|server| question(*server, &names, is_far(*server)));
    let asked = futures_util::future::join_all(asked).await;
    let way = asked.iter().filter_map(|it| it.way).reduce(|one, other| one || other);
    let results: Vec<(IpAddr, Server)> =
        servers.into_iter().zip(asked.into_iter().map(|it| it.server)).collect();
    note(&mut notes, &results);
    notes.put_some("way_answered", way, "trace");
    // A refusal is an answer too: the network carried it.
    let spoke = |it: &Server| !matches!(it, Server::Silent | Server::Unreachable);
    let mut far = results.iter().filter(|(server, _)| is_far(*server)).peekable();
    if far.peek().is_some() {
        notes.put("off_link_answered", far.any(|(_, it)| spoke(it)), "dns-udp");
    }
    judge(&results, notes)
}

fn judge(results: &[(IpAddr, Server)], notes: Notes) -> Found {
    let answering = results.iter().filter(|(_, it)| matches!(it, Server::Answers(_))).count();
    let reason = |id| Message::new(id).arg("count", results.len() - answering);
    if answering == 0 {
        return Found::broken(reason("network-resolvers-dead"), notes.take());
    }
    if answering < results.len() {
        return Found::degraded(reason("network-resolvers-partly"), notes.take());
    }
    if answers(results).any(|it| it.by_tcp) {
        return Found::degraded(Message::new("network-resolvers-tcp-only"), notes.take());
    }
    if fastest(results).is_some_and(|it| it > SLOW) {
        return Found::degraded(reason("network-resolvers-slow"), notes.take());
    }
    Found::healthy(notes.take())
}

fn note(notes: &mut Notes, results: &[(IpAddr, Server)]) {
    let of = |wanted: fn(&Server) -> bool| -> Vec<IpAddr> {
        results.iter().filter(|(_, it)| wanted(it)).map(|(server, _)| *server).collect()
    };
    let answered = of(|it| matches!(it, Server::Answers(_)));
    notes.put("answered_count", answered.len(), "dns-udp");
    notes.put("answered", texts(&answered), "dns-udp");
    notes.put("refused", texts(&of(|it| *it == Server::Refuses)), "dns-udp");
    notes.put("timed_out", texts(&of(|it| *it == Server::Silent)), "dns-udp-tcp");
    notes.put("servfail", texts(&of(|it| *it == Server::Fails)), "dns-udp");
    notes.put("unreachable", texts(&of(|it| *it == Server::Unreachable)), "dns-udp");
    notes.put("tcp_only", texts(&of(|it| matches!(it, Server::Answers(it) if it.by_tcp))), "dns-udp-tcp");
    let names: [(&str, NamesOf); 4] = [
        ("denied_names", |it| &it.denied),
        ("failing_names", |it| &it.failing),
        ("empty_names", |it| &it.empty),
        ("led_here", |it| &it.led_here),
    ];
    for (key, of) in names {
        let names: BTreeSet<&str> = answers(results).flat_map(of).map(String::as_str).collect();
        notes.put(key, names.into_iter().collect::<Vec<_>>(), "dns-udp");
    }
    if let Some(fastest) = fastest(results) {
        notes.put_ms("fastest_ms", fastest, "dns-udp");
    }
}

fn fastest(results: &[(IpAddr, Server)]) -> Option<Duration> {
    answers(results).map(|it| it.took).min()
}

fn answers(results: &[(IpAddr, Server)]) -> impl Iterator<Item = &Answers> {
    results.iter().filter_map(|(_, it)| match it {
        Server::Answers(answers) => Some(answers),
        _ => None,
    })
}

/// Asks for every name. Where all of it meets silence, whoever is on the way is asked too: the server may be as alive
/// as ever, and the network in between dead.
async fn question(server: IpAddr, names: &[String], is_far: bool) -> Asked {
    let peer = SocketAddr::new(server, PORT);
    let questions: Vec<(&str, RecordType)> = if names.is_empty() {
        vec![(ROOT, RecordType::NS)]
    } else {
        names.iter().map(|name| (name.as_str(), RecordType::A)).collect()
    };
    let first = questions.iter().map(|(name, record)| ask(peer, name, *record, QUESTION_LIMIT));
    let first = futures_util::future::join_all(first).await;
    let all_silent = first.iter().all(|it| matches!(it, Err(DnsError::TimedOut)));
    let all_failed = first.iter().all(|it| match it {
        Err(error) => *error == DnsError::TimedOut,
        Ok(reply) => reply.kind == ReplyKind::ServFail,
    });
    let again = questions.iter().zip(first).map(|((name, record), first)| async move {
        match first {
            Err(DnsError::TimedOut | DnsError::PortClosed) => once_more(peer, name, *record).await,
            Err(error) => state(error),
            Ok(reply) => kind(&reply, name),
        }
    });
    // It may be the names: a server that knows the root works.
    let root = async {
        let asked = if all_failed && !names.is_empty() {
            ask(peer, ROOT, RecordType::NS, QUESTION_LIMIT).await.ok()
        } else {
            None
        };
        asked.filter(|it| it.kind == ReplyKind::Answered).map(|it| it.took)
    };
    let way = async { if all_silent && is_far { way_answers(server).await } else { None } };
    let (servers, way, root) = tokio::join!(futures_util::future::join_all(again), way, root);
    Asked { server: together(questions.iter().map(|it| it.0).zip(servers), root), way }
}

/// What a server did that was asked for several names: one answer shows that it works, and so does the root, which it
/// found in `root`.
fn together<'a>(each: impl Iterator<Item = (&'a str, Server)>, root: Option<Duration>) -> Server {
    let mut answers = root.map(|took| Answers { took, ..Answers::default() });
    let mut failure = Server::Silent;
    let mut failing = Vec::new();
    for (name, server) in each {
        match server {
            Server::Answers(this) => {
                let took = answers.as_ref().map_or(this.took, |best| best.took.min(this.took));
                let all = answers.get_or_insert_default();
                all.took = took;
                all.by_tcp |= this.by_tcp;
                all.denied.extend(this.denied);
                all.empty.extend(this.empty);
                all.led_here.extend(this.led_here);
            }
            other => {
                failing.push(name.to_owned());
                failure = other;
            }
        }
    }
    match answers {
        Some(answers) => Server::Answers(Answers { failing, ..answers }),
        None => failure,
    }
}

/// Whether somebody behind the router answers on the way to a server; `None` where that cannot be asked.
async fn way_answers(server: IpAddr) -> Option<bool> {
    let plan = TracePlan::once(server, Method::Udp, WAY_PATIENCE);
    let traced = tokio::time::timeout(WAY_LIMIT, trace(plan)).await.ok()?.ok()?;
    Some(traced.answered_beyond_first())
}

fn kind(reply: &Reply, name: &str) -> Server {
    let mut answers = Answers { took: reply.took, ..Answers::default() };
    let leads_here = |it: &IpAddr| it.is_loopback() || it.is_unspecified();
    match reply.kind {
        ReplyKind::NoSuchName => answers.denied.push(name.to_owned()),
        ReplyKind::Answered if name == ROOT => {}
        ReplyKind::Answered if reply.addresses.is_empty() => answers.empty.push(name.to_owned()),
        ReplyKind::Answered if reply.addresses.iter().all(leads_here) => {
            answers.led_here.push(name.to_owned())
        }
        ReplyKind::Answered => {}
        ReplyKind::Refused => return Server::Refuses,
        ReplyKind::ServFail | ReplyKind::Other => return Server::Fails,
    }
    Server::Answers(answers)
}

/// After silence over UDP: once more over UDP and over TCP. Silence is only called so if all three agree.
async fn once_more(server: SocketAddr, name: &str, record: RecordType) -> Server {
    let (again, by_tcp) = tokio::join!(
        ask(server, name, record, QUESTION_LIMIT),
        ask_tcp(server, name, record, QUESTION_LIMIT)
    );
    match (again, by_tcp) {
        (Ok(reply), _) => kind(&reply, name),
        (Err(_), Ok(reply)) => match kind(&reply, name) {
            Server::Answers(answers) => Server::Answers(Answers { by_tcp: true, ..answers }),
            other => other,
        },
        (Err(error), Err(DnsError::TimedOut | DnsError::PortClosed)) | (Err(_), Err(error)) => state(error),
    }
}

fn state(error: DnsError) -> Server {
    match error {
        DnsError::PortClosed => Server::Refuses,
        DnsError::Unreachable => Server::Unreachable,
        DnsError::TimedOut => Server::Silent,
        DnsError::Malformed | DnsError::BadName => Server::Fails,
    }
}

fn texts(addresses: &[IpAddr]) -> Vec<String> {
    addresses.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(kind: ReplyKind, address: Option<[u8; 4]>) -> Reply {
        let addresses = address.into_iter().map(IpAddr::from).collect();
        Reply { kind, addresses, names: Vec::new(), took: Duration::from_millis(7) }
    }

    fn answers(server: Server) -> Answers {
        match server {
            Server::Answers(answers) => answers,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_server_says_of_a_name_is_kept_by_name() {
        let said = |kind, address| kind_of(&reply(kind, address));
        assert_eq!(said(ReplyKind::NoSuchName, None).denied, ["a.test"]);
        assert_eq!(said(ReplyKind::Answered, None).empty, ["a.test"]);
        assert_eq!(said(ReplyKind::Answered, Some([0, 0, 0, 0])).led_here, ["a.test"]);
        let plain = said(ReplyKind::Answered, Some([192, 0, 2, 1]));
        assert_eq!(plain, Answers { took: Duration::from_millis(7), ..Answers::default() });
        // The root has no address and is nobody's name.
        assert!(answers(kind(&reply(ReplyKind::Answered, None), ROOT)).empty.is_empty());
    }

    fn kind_of(reply: &Reply) -> Answers {
        answers(kind(reply, "a.test"))
    }

    #[test]
    fn a_server_that_finds_something_works_and_the_rest_are_names_that_fail() {
        let good = || kind(&reply(ReplyKind::Answered, Some([192, 0, 2, 1])), "a.test");
        let one_fails = together([("a.test", good()), ("b.test", Server::Fails)].into_iter(), None);
        assert_eq!(answers(one_fails).failing, ["b.test"]);
        let all_fail = || [("a.test", Server::Fails), ("b.test", Server::Silent)].into_iter();
        assert_eq!(together(all_fail(), None), Server::Silent);
        let root = together(all_fail(), Some(Duration::from_millis(3)));
        assert_eq!(answers(root).failing, ["a.test", "b.test"]);
    }
}
