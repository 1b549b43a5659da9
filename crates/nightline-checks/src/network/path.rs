//! `path`: the way to the target, or to the desk, hop by hop, and what is lost end to end. A hop that answers seldom
//! proves nothing; only the target's own loss does.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nightline_probe::connect::{ConnectError, connect_one};
use nightline_probe::echo::echo;
use nightline_probe::path::{Method, Trace, TraceError, TracePlan, trace};
use nightline_probe::resolve::resolve;
use nightline_types::{CheckId, Message, PathHop, Privacy, Unit, Value};

use super::endpoint::{Endpoint, without_proxy};
use super::path_document::path_document;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Longer, and the name itself is the trouble.
const NAME_LIMIT: Duration = Duration::from_millis(2_000);
/// A short look, a long one if the short one saw loss or delay, and the last answers.
const LIMIT: Duration = Duration::from_millis(12_500);
const ROUNDS: u32 = 2;
/// Two rounds are a burst that every router answers.
const INTERVAL: Duration = Duration::from_millis(350);
/// Where something was lost: enough to tell a fifth from nothing at each hop.
const LONG_ROUNDS: u32 = 8;
/// Routers answer one probe a second for sure.
const LONG_INTERVAL: Duration = Duration::from_millis(1_000);
/// Half around the world and back, with room.
const PATIENCE: Duration = Duration::from_millis(900);
/// Ten tell a half from nothing; more would be slow.
const END_PROBES: u16 = 10;
const END_INTERVAL: Duration = Duration::from_millis(100);
const END_LIMIT: Duration = Duration::from_millis(1_000);
/// Before the system repeats it.
const KNOCK_LIMIT: Duration = Duration::from_millis(900);
/// Beside the long look.
const LONG_END_PROBES: u16 = 40;
const LONG_END_INTERVAL: Duration = Duration::from_millis(200);
/// Two of ten: chance alone does this seldom.
const LOSSY: u32 = 2;

/// One link adds as much as this only where something is wrong with it, at home or at the provider.
const SLOW: Duration = Duration::from_millis(100);
/// As far as home and provider reach; an ocean lies beyond.
const NEAR_HOPS: u8 = 4;

const FACTS: &[FactSpec] = &[
    FactSpec::new("target", "whose way it is").private(Privacy::Host),
    FactSpec::new("address", "the address that was traced").private(Privacy::Ip),
    FactSpec::new("method", "udp-ttl, udp-ttl-one-flow or tcp-ttl"),
    FactSpec::new("rounds", "how often each hop was asked").unit(Unit::Count),
    FactSpec::new("reached", "the target answered the trace"),
    FactSpec::new("hop_count", "how far the answers reach").unit(Unit::Count),
    FactSpec::new(
        "hops",
        "each hop: ttl, addresses, sent, received, loss_pct, loss_interval, rtt_ms, answers_ms (-1: none), forward_lost, changed_in",
    )
    .private(Privacy::Ip),
    FactSpec::new("end_method", "how the target itself was asked"),
    FactSpec::new("end_sent", "probes to the target itself").unit(Unit::Count),
    FactSpec::new("end_received", "those that it answered").unit(Unit::Count),
    FactSpec::new("end_loss_pct", "share without an answer").unit(Unit::Pct),
    FactSpec::new("off_link_answered", "something behind the router answered"),
];

/// The check.
pub(crate) struct Path;

impl Check for Path {
    fn id(&self) -> CheckId {
        CheckId::new("path")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["interfaces", "proxy"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

/// Where the path leads.
struct End {
    name: String,
    address: IpAddr,
    port: u16,
    method: Method,
}

async fn look(context: &Context) -> Found {
    let Some(mut end) = end(context).await else {
        return Found::skipped(Message::new("skip-no-address"));
    };
    if end.address.is_loopback() {
        return Found::skipped(Message::new("skip-on-this-machine"));
    }
    let (mut traced, mut asked) = look_at(&end, ROUNDS, INTERVAL, (END_PROBES, END_INTERVAL)).await;
    // A target that answers connections only is traced by connections.
    if let Ok(short) = &traced
        && !short.reached
        && asked.method == BY_CONNECTION
    {
        end.method = Method::Tcp(end.port);
        let (by_connection, more) = look_at(&end, ROUNDS, INTERVAL, (END_PROBES, END_INTERVAL)).await;
        if let Ok(by_connection) = by_connection
            && by_connection.reached
        {
            traced = Ok(by_connection);
        } else {
            end.method = Method::Udp;
        }
        asked = asked.and(more);
    }
    if let Ok(short) = &traced
        && (saw_loss(short, &asked) || saw_delay(short))
    {
        let (long, more) =
            look_at(&end, LONG_ROUNDS, LONG_INTERVAL, (LONG_END_PROBES, LONG_END_INTERVAL)).await;
        if let Ok(long) = long {
            traced = Ok(joined(short.clone(), long));
        }
        asked = asked.and(more);
    }
    let Asked { sent, received, method } = asked;
    let mut notes = Notes::new(FACTS, (context.clock)());
    notes.put("target", end.name.as_str(), "given");
    notes.put("address", end.address.to_string(), "getaddrinfo");
    notes.put("end_method", method, method);
    notes.put("end_sent", sent, method);
    notes.put("end_received", received, method);
    let loss = if sent == 0 { 0.0 } else { 100.0 * f64::from(sent - received) / f64::from(sent) };
    notes.put("end_loss_pct", loss, method);
    let traced = match traced {
        Ok(traced) => traced,
        Err(TraceError::Unsupported) => return Found::skipped(Message::new("skip-not-on-this-system")),
        Err(TraceError::NoTarget) => return Found::skipped(Message::new("skip-no-address")),
        Err(TraceError::NoRoute) => return Found::broken(Message::new("failure-tcp-no-route"), notes.take()),
        Err(_) => return Found::unknown(Message::new("network-trace-failed"), notes.take()),
    };
    note_trace(&mut notes, &traced, &end);
    if received > 0 && sent - received >= LOSSY {
        return Found::degraded(
            Message::new("network-path-lossy").arg("loss_pct", loss.round()),
            notes.take(),
        );
    }
    if received == 0 && !traced.reached {
        return Found::unknown(Message::new("network-path-silent"), notes.take());
    }
    Found::healthy(notes.take())
}

/// The target, or else the desk: whichever has an address and is not behind a proxy, whose way it would be.
async fn end(context: &Context) -> Option<End> {
    let target = context.target.iter().flat_map(|it| Endpoint::of_target(it).into_iter().take(1));
    let desk = context.desk.iter().filter_map(|it| Endpoint::desk(it, "/"));
    for endpoint in without_proxy(context, target.chain(desk)).await {
        if let Ok(resolved) = resolve(&endpoint.host, NAME_LIMIT).await
            && let Some(address) = resolved.to_trace()
        {
            return Some(End { name: endpoint.host, address, port: endpoint.port, method: Method::Udp });
        }
    }
    None
}

/// How the target was asked, in facts.
const BY_CONNECTION: &str = "tcp-connect";

/// What became of probes to the target itself.
#[derive(Clone, Copy)]
struct Asked {
    sent: u32,
    received: u32,
    method: &'static str,
}

impl Asked {
    /// Both together; of two methods the one that was answered counts.
    fn and(self, more: Self) -> Self {
        if self.method != more.method {
            return if more.received > 0 { more } else { self };
        }
        Self { sent: self.sent + more.sent, received: self.received + more.received, ..self }
    }
}

/// The hops and the target at the same time.
async fn look_at(
    end: &End,
    rounds: u32,
    interval: Duration,
    probes: (u16, Duration),
) -> (Result<Trace, TraceError>, Asked) {
    let plan = TracePlan { address: end.address, method: end.method, rounds, interval, patience: PATIENCE };
    tokio::join!(trace(plan), ask_end(end, probes))
}

/// Whether a longer look may tell more: something that answers did not always do so.
fn saw_loss(traced: &Trace, asked: &Asked) -> bool {
    let partly = |sent: u32, received: u32| received > 0 && received < sent;
    // A target that is silent to all of them has other troubles than loss.
    let answers = asked.received > 0 || traced.reached;
    answers
        && (partly(asked.sent, asked.received)
            || traced.hops.iter().any(|hop| partly(hop.sent(), hop.received())))
}

/// Whether a longer look may tell that a link nearby holds packets up: each time, and for all hops behind it.
fn saw_delay(traced: &Trace) -> bool {
    let mut before = Duration::ZERO;
    for (index, hop) in traced.hops.iter().enumerate().filter(|(_, hop)| hop.received() > 0) {
        let quickest = traced.hops[index..].iter().flat_map(|it| it.answers.iter().flatten()).min();
        let Some(quickest) = quickest else { break };
        if hop.ttl <= NEAR_HOPS && quickest.saturating_sub(before) >= SLOW {
            return true;
        }
        before = *quickest;
    }
    false
}

/// One trace after the other, as one, unless the second is of one way among several.
fn joined(mut short: Trace, long: Trace) -> Trace {
    let mut whole = long;
    if whole.one_flow {
        return whole;
    }
    whole.rounds += short.rounds;
    whole.reached |= short.reached;
    for hop in &mut whole.hops {
        let Some(earlier) = short.hops.iter_mut().find(|it| it.ttl == hop.ttl) else { continue };
        let mut answers = std::mem::take(&mut earlier.answers);
        answers.append(&mut hop.answers);
        hop.answers = answers;
        hop.forward_lost += earlier.forward_lost;
        hop.changed_in = hop.changed_in.map(|round| round + short.rounds).or(earlier.changed_in);
        earlier.addresses.retain(|it| !hop.addresses.contains(it));
        hop.addresses.append(&mut earlier.addresses);
    }
    whole
}

/// Asks the target itself: by echo, or by connections where echoes are not answered.
async fn ask_end(end: &End, (count, interval): (u16, Duration)) -> Asked {
    let by_echo = echo(end.address, count, interval, END_LIMIT);
    let (echoes, connections) = tokio::join!(by_echo, knock(end, count, interval));
    let (sent, received, method) = match (echoes, connections) {
        (Ok(echoes), _) if echoes.received() > 0 => (echoes.sent, echoes.received(), "icmp-echo"),
        (_, (sent, received)) if sent > 0 => (sent, received, BY_CONNECTION),
        (Ok(echoes), _) => (echoes.sent, 0, "icmp-echo"),
        (Err(_), _) => (0, 0, "none"),
    };
    Asked { sent, received, method }
}

/// Connections to the very port; a refusal is an answer.
async fn knock(end: &End, count: u16, interval: Duration) -> (u32, u32) {
    let peer = SocketAddr::new(end.address, end.port);
    let knocks = (0..count).map(|index| async move {
        tokio::time::sleep(interval * u32::from(index)).await;
        // A packet that is lost is sent again after a second, which is no answer to the first.
        matches!(connect_one(peer, KNOCK_LIMIT).await, Ok(_) | Err(ConnectError::Refused))
    });
    let answers = futures_util::future::join_all(knocks).await;
    let received = answers.into_iter().filter(|it| *it).count();
    (u32::from(count), u32::try_from(received).unwrap_or(u32::MAX))
}

fn note_trace(notes: &mut Notes, traced: &Trace, end: &End) {
    let document = path_document(traced, &end.name);
    notes.put("method", document.method.as_str(), "trace");
    notes.put("rounds", document.rounds, "trace");
    notes.put("reached", document.reached, "trace");
    notes.put("hop_count", document.hops.len(), "trace");
    notes.put("hops", document.hops.iter().map(row).collect::<Vec<Value>>(), "trace");
    if traced.answered_beyond_first() {
        notes.put("off_link_answered", true, "trace");
    }
}

fn row(hop: &PathHop) -> Value {
    let mut row: std::collections::BTreeMap<String, Value> = [
        ("ttl".to_owned(), hop.ttl.into()),
        ("addresses".to_owned(), hop.addresses.clone().into()),
        ("sent".to_owned(), hop.sent.into()),
        ("received".to_owned(), hop.received.into()),
        ("loss_pct".to_owned(), hop.loss_pct.into()),
        ("loss_interval".to_owned(), hop.loss_interval.to_vec().into()),
    ]
    .into();
    if let Some(rtt) = hop.rtt {
        row.insert("rtt_ms".to_owned(), rtt.median.into());
    }
    // Facts know no null.
    let answers: Vec<f64> = hop.answers.iter().map(|it| it.map_or(-1.0, |ms| ms.0)).collect();
    row.insert("answers_ms".to_owned(), answers.into());
    for (key, count) in [("forward_lost", hop.forward_lost), ("changed_in", hop.changed_in)] {
        if let Some(count) = count {
            row.insert(key.to_owned(), count.into());
        }
    }
    Value::Map(row)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use nightline_probe::path::HopTrace;

    use super::*;

    #[test]
    fn a_near_link_that_holds_packets_up_is_worth_a_longer_look() {
        check(&[&[1, 1], &[180, 350], &[181, 351], &[182, 352]], true);
        check(&[&[1, 1], &[1, 2], &[], &[160, 170]], true);
    }

    #[test]
    fn a_late_router_a_single_late_answer_and_an_ocean_are_not() {
        check(&[&[1, 1], &[250, 260], &[2, 3], &[4, 4]], false);
        check(&[&[1, 1], &[2, 300], &[3, 301]], false);
        check(&[&[1, 1], &[2, 2], &[3, 3], &[4, 4], &[150, 150], &[151, 151]], false);
        check(&[], false);
    }

    #[track_caller]
    fn check(answers_ms: &[&[u64]], expected: bool) {
        let hops = (1..).zip(answers_ms).map(|(ttl, answers)| HopTrace {
            ttl,
            answers: answers.iter().map(|ms| Some(Duration::from_millis(*ms))).collect(),
            ..HopTrace::default()
        });
        let traced = Trace {
            address: Ipv4Addr::LOCALHOST.into(),
            method: Method::Udp,
            rounds: 2,
            reached: true,
            one_flow: false,
            hops: hops.collect(),
        };
        assert_eq!(saw_delay(&traced), expected, "{answers_ms:?}");
    }
}
