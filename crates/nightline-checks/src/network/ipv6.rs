//! `ipv6`: does IPv6 work where IPv4 does? Connects both ways to hosts that have both: the target, the desk and what
//! the organisation finds important. Other programs hide the difference, and wait.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use nightline_probe::connect::{ConnectError, Connected, connect};
use nightline_probe::resolve::resolve;
use nightline_types::{CheckId, Message, Millis, Privacy, Unit, Value};

use super::endpoint::{Endpoint, without_proxy};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const NAME_LIMIT: Duration = Duration::from_millis(2_000);
/// Two packets of a handshake, at 0 and 1 s, and the way.
const CONNECT_LIMIT: Duration = Duration::from_millis(2_500);
const LIMIT: Duration = Duration::from_millis(5_000);
/// One bad host proves nothing about a network; three are enough.
const MOST_HOSTS: usize = 3;
/// A browser gives IPv6 a head start of 250 ms (RFC 8305, 5); more than that is felt.
const SLOWER: Duration = Duration::from_millis(300);

const FACTS: &[FactSpec] = &[
    FactSpec::new("tried_count", "hosts with addresses of both kinds").unit(Unit::Count),
    FactSpec::new("v4_count", "how many answered by IPv4").unit(Unit::Count),
    FactSpec::new("v6_count", "how many answered by IPv6").unit(Unit::Count),
    FactSpec::new("failed", "those that answered by IPv4 alone").private(Privacy::Host),
    FactSpec::new("slower_ms", "how much longer IPv6 took, where both answered, at most").unit(Unit::Ms),
    FactSpec::new("connect_ms", "each host: how long a connection took by each").private(Privacy::Host),
];

/// The check.
pub(crate) struct Ipv6;

impl Check for Ipv6 {
    fn id(&self) -> CheckId {
        CheckId::new("ipv6")
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

/// How long a connection took by each; `None` if there was none.
struct Both {
    host: String,
    v4: Option<Duration>,
    v6: Option<Duration>,
}

async fn look(context: &Context) -> Found {
    if !has_own_address(context) {
        return Found::skipped(Message::new("skip-no-ipv6"));
    }
    let targets = context.target.iter().chain(&context.important);
    let endpoints = targets.flat_map(|it| Endpoint::of_target(it).into_iter().take(1));
    let desk = context.desk.iter().filter_map(|it| Endpoint::desk(it, "/"));
    let mut seen = BTreeSet::new();
    let endpoints = endpoints.chain(desk).filter(|it| seen.insert(it.host.clone()));
    let endpoints = without_proxy(context, endpoints).await;
    let tried: Vec<Both> = futures_util::future::join_all(endpoints.iter().take(MOST_HOSTS).map(both))
        .await
        .into_iter()
        .flatten()
        .collect();
    if tried.is_empty() {
        return Found::skipped(Message::new("skip-no-dual-stack"));
    }
    let mut notes = Notes::new(FACTS, (context.clock)());
    let failed: Vec<String> =
        tried.iter().filter(|it| it.v4.is_some() && it.v6.is_none()).map(|it| it.host.clone()).collect();
    let slower = tried.iter().filter_map(|it| it.v6?.checked_sub(it.v4?)).max();
    notes.put("tried_count", tried.len(), "tcp-connect");
    notes.put("v4_count", tried.iter().filter(|it| it.v4.is_some()).count(), "tcp-connect");
    notes.put("v6_count", tried.iter().filter(|it| it.v6.is_some()).count(), "tcp-connect");
    notes.put("failed", failed.clone(), "tcp-connect");
    if let Some(slower) = slower {
        notes.put_ms("slower_ms", slower, "tcp-connect");
    }
    notes.put("connect_ms", tried.iter().map(row).collect::<Vec<Value>>(), "tcp-connect");
    if !failed.is_empty() {
        return Found::degraded(Message::new("network-ipv6-broken").arg("count", failed.len()), notes.take());
    }
    if slower.is_some_and(|it| it > SLOWER) {
        return Found::degraded(Message::new("network-ipv6-slow"), notes.take());
    }
    Found::healthy(notes.take())
}

/// An address for the internet, as the interfaces say; local ones (RFC 4193) lead nowhere and are meant to.
fn has_own_address(context: &Context) -> bool {
    let addresses = context.known_fact("interfaces", "addresses");
    addresses.iter().flat_map(|fact| fact.value.items()).filter_map(Value::as_str).any(|text| {
        text.parse().is_ok_and(|it: IpAddr| match it {
            IpAddr::V6(it) => !it.is_loopback() && !it.is_unicast_link_local() && !it.is_unique_local(),
            IpAddr::V4(_) => false,
        })
    })
}

/// Both ways at the same time; `None` for a host that has addresses of one kind only.
async fn both(endpoint: &Endpoint) -> Option<Both> {
    let resolved = resolve(&endpoint.host, NAME_LIMIT).await.ok()?;
    let (v4, v6): (Vec<IpAddr>, Vec<IpAddr>) = resolved.addresses.into_iter().partition(IpAddr::is_ipv4);
    if v4.is_empty() || v6.is_empty() || v4.iter().chain(&v6).any(IpAddr::is_loopback) {
        return None;
    }
    let (v4, v6) =
        tokio::join!(connect(&v4, endpoint.port, CONNECT_LIMIT), connect(&v6, endpoint.port, CONNECT_LIMIT));
    // Nothing was tried: this machine has no way there, which is no IPv6 rather than a broken one.
    if matches!(v6, Err(ConnectError::NoRoute)) {
        return None;
    }
    let took = |it: Connected| it.took;
    Some(Both { host: endpoint.label(), v4: v4.ok().map(took), v6: v6.ok().map(took) })
}

fn row(both: &Both) -> Value {
    let mut row = std::collections::BTreeMap::from([("host".to_owned(), Value::from(both.host.as_str()))]);
    for (key, took) in [("v4_ms", both.v4), ("v6_ms", both.v6)] {
        if let Some(took) = took {
            row.insert(key.to_owned(), Millis::from(took).into());
        }
    }
    Value::Map(row)
}
