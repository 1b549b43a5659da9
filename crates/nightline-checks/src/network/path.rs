//! `path`: the way to the target, or to the desk, hop by hop, and what is lost end to end. A hop that answers seldom
//! proves nothing; only the target's own loss does.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nightline_probe::connect::{ConnectError, connect_one};
use nightline_probe::echo::echo;
use nightline_probe::path::{Method, Trace, TraceError, TracePlan, trace};
use nightline_types::{CheckId, Message, PathHop, Privacy, Unit, Value};

use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Three rounds of a trace beside ten probes of the target.
const LIMIT: Duration = Duration::from_millis(3_500);
const ROUNDS: u32 = 3;
/// Faster than routers like; the loss of hops is only read together with the target's.
const INTERVAL: Duration = Duration::from_millis(350);
/// Half around the world and back, with room.
const PATIENCE: Duration = Duration::from_millis(900);
/// Ten tell a half from nothing; more would be slow.
const END_PROBES: u16 = 10;
const END_INTERVAL: Duration = Duration::from_millis(100);
const END_LIMIT: Duration = Duration::from_millis(1_000);
/// Two of ten: chance alone does this seldom.
const LOSSY: u32 = 2;

const FACTS: &[FactSpec] = &[
    FactSpec::new("target", "whose way it is").private(Privacy::Host),
    FactSpec::new("address", "the address that was traced").private(Privacy::Ip),
    FactSpec::new("method", "udp-ttl or tcp-ttl"),
    FactSpec::new("rounds", "how often each hop was asked").unit(Unit::Count),
    FactSpec::new("reached", "the target answered the trace"),
    FactSpec::new("hop_count", "how far the answers reach").unit(Unit::Count),
    FactSpec::new("hops", "each hop: ttl, addresses, sent, received, loss_pct, rtt_ms").private(Privacy::Ip),
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
        &["target-reach", "desk-reach"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

/// Where the path leads, as the check that reached for it found out.
struct End {
    name: String,
    address: IpAddr,
    port: Option<u16>,
}

async fn look(context: &Context) -> Found {
    let Some(end) = ["target-reach", "desk-reach"].into_iter().find_map(|check| end(context, check)) else {
        return Found::skipped(Message::new("skip-no-address"));
    };
    if end.address.is_loopback() {
        return Found::skipped(Message::new("skip-on-this-machine"));
    }
    let plan = TracePlan {
        address: end.address,
        method: Method::Udp,
        rounds: ROUNDS,
        interval: INTERVAL,
        patience: PATIENCE,
    };
    let (traced, (sent, received, method)) = tokio::join!(trace(plan), ask_end(&end));
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

fn end(context: &Context, check: &str) -> Option<End> {
    let text = |key: &str| context.known_fact(check, key)?.value.as_str().map(str::to_owned);
    // Through a proxy the way to the host is the proxy's, not ours.
    let address = text("address")?.parse().ok()?;
    let port = text("endpoint").and_then(|it| it.rsplit_once(':')?.1.parse().ok());
    Some(End { name: text("host")?, address, port })
}

/// Asks the target itself: by echo, or by connections where echoes are not answered. Sent, received, how.
async fn ask_end(end: &End) -> (u32, u32, &'static str) {
    let by_echo = echo(end.address, END_PROBES, END_INTERVAL, END_LIMIT);
    let (echoes, connections) = tokio::join!(by_echo, knock(end));
    match (echoes, connections) {
        (Ok(echoes), _) if echoes.received() > 0 => (echoes.sent, echoes.received(), "icmp-echo"),
        (_, (sent, received)) if sent > 0 => (sent, received, "tcp-connect"),
        (Ok(echoes), _) => (echoes.sent, 0, "icmp-echo"),
        (Err(_), _) => (0, 0, "none"),
    }
}

/// Connections to the very port; a refusal is an answer.
async fn knock(end: &End) -> (u32, u32) {
    let Some(port) = end.port else { return (0, 0) };
    let peer = SocketAddr::new(end.address, port);
    let knocks = (0..END_PROBES).map(|index| async move {
        tokio::time::sleep(END_INTERVAL * u32::from(index)).await;
        matches!(connect_one(peer, END_LIMIT).await, Ok(_) | Err(ConnectError::Refused))
    });
    let answers = futures_util::future::join_all(knocks).await;
    let received = answers.into_iter().filter(|it| *it).count();
    (u32::from(END_PROBES), u32::try_from(received).unwrap_or(u32::MAX))
}

fn note_trace(notes: &mut Notes, traced: &Trace, end: &End) {
    let document = traced.document(&end.name);
    notes.put("method", document.method.as_str(), "trace");
    notes.put("rounds", document.rounds, "trace");
    notes.put("reached", document.reached, "trace");
    notes.put("hop_count", document.hops.len(), "trace");
    notes.put("hops", document.hops.iter().map(row).collect::<Vec<Value>>(), "trace");
    let beyond = document.hops.iter().skip(1).any(|hop| hop.received > 0);
    if beyond {
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
    Value::Map(row)
}
