//! `mtu`: do large packets pass? Small ones that do while large ones vanish without a word break downloads and
//! sign-ins and leave pings alone. Asks the desk's echo, and the target by its own complaint; never amid loss.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use nightline_probe::mtu::{Answers, Mtu, MtuPlan, path_mtu};
use nightline_types::{CheckId, Message, Privacy, Unit};

use super::udp::desk_ports;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

/// Three packets of each size a second apart, and the routers twice. What comes before ends within four seconds, unless
/// the path took a long look; then only the desk's echo is asked.
const LIMIT: Duration = Duration::from_millis(9_500);
/// Rounds of a path that saw nothing to look longer at.
const SHORT_LOOK: f64 = 4.0;
/// Where more than this is lost, a large packet may be lost like any other.
const LOSSY_PCT: f64 = 15.0;
/// The first port of traceroute: nobody listens there.
const CLOSED_PORT: u16 = 33_434;

const FACTS: &[FactSpec] = &[
    FactSpec::new("host", "whose way was measured: the target's or the desk's").private(Privacy::Host),
    FactSpec::new("largest", "the largest packet that arrived, with its headers").unit(Unit::Bytes),
    FactSpec::new("smallest_lost", "the smallest that never did, though nobody refused it").unit(Unit::Bytes),
    FactSpec::new("told", "the most, as a router or this machine said").unit(Unit::Bytes),
    FactSpec::new("told_by", "that router; absent where it was this machine").private(Privacy::Ip),
    FactSpec::new("black_hole", "small packets pass, large ones vanish without a word"),
    FactSpec::new("last_hop", "the farthest router that a packet of the smallest lost size reached"),
];

/// The check.
pub(crate) struct PathMtu;

impl Check for PathMtu {
    fn id(&self) -> CheckId {
        CheckId::new("mtu")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn after(&self) -> &'static [&'static str] {
        &["desk-reach", "path", "udp"]
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        Box::pin(look(context))
    }
}

/// A way to measure.
struct Way {
    host: String,
    plan: MtuPlan,
}

async fn look(context: &Context) -> Found {
    if context.known_number("path", "end_loss_pct").is_some_and(|loss| loss > LOSSY_PCT) {
        return Found::skipped(Message::new("skip-lossy-path"));
    }
    // After a long look at the path there is time for echoes only, and none for routers.
    let late = context.known_number("path", "rounds").is_some_and(|rounds| rounds > SHORT_LOOK);
    let ways: Vec<Way> = if late {
        desk(context).map(|way| Way { plan: MtuPlan { hops: 0, ..way.plan }, ..way }).into_iter().collect()
    } else {
        traced(context).into_iter().chain(desk(context)).collect()
    };
    if ways.is_empty() {
        return Found::skipped(Message::new("skip-no-size-answer"));
    }
    let measured = futures_util::future::join_all(ways.iter().map(|way| path_mtu(way.plan))).await;
    if measured.iter().all(Result::is_err) {
        return Found::skipped(Message::new("skip-not-on-this-system"));
    }
    let found: Vec<(&Way, Mtu)> =
        ways.iter().zip(measured).filter_map(|(way, mtu)| Some((way, mtu.ok()?))).collect();
    // The way where large packets vanish says most; else the first that says anything.
    let told = found
        .iter()
        .find(|(_, mtu)| mtu.is_black_hole())
        .or_else(|| found.iter().find(|(_, mtu)| mtu.largest.is_some()));
    let mut notes = Notes::new(FACTS, (context.clock)());
    let Some((way, mtu)) = told else {
        return Found::unknown(Message::new("network-mtu-silent"), notes.take());
    };
    notes.put("host", way.host.as_str(), "given");
    notes.put_some("largest", mtu.largest, "packets-uncut");
    notes.put_some("smallest_lost", mtu.smallest_lost.filter(|_| mtu.is_black_hole()), "packets-uncut");
    notes.put_some("told", mtu.told.map(|(most, _)| most), "too-big");
    notes.put_some("told_by", mtu.told.and_then(|(_, by)| by).map(|by| by.to_string()), "too-big");
    notes.put("black_hole", mtu.is_black_hole(), "packets-uncut");
    notes.put_some("last_hop", mtu.last_hop, "packets-uncut");
    if mtu.is_black_hole() {
        return Found::degraded(Message::new("network-mtu-black-hole"), notes.take());
    }
    Found::healthy(notes.take())
}

/// The way that `path` traced, if its end complains about what nobody listens to.
fn traced(context: &Context) -> Option<Way> {
    let address = context.known_address("path", "address")?;
    let reached = context.known_flag("path", "reached")?;
    let complains = reached && context.known_text("path", "method")? != "tcp-ttl";
    // The desk echoes, which is faster and surer.
    let is_desk = desk_ports(context).iter().any(|it| it.ip() == address);
    let peer = SocketAddr::new(address, CLOSED_PORT);
    let plan = MtuPlan { peer, answers: Answers::Complaint, hops: hops(context, address) };
    (complains && !is_desk).then_some(Way { host: context.known_text("path", "target")?, plan })
}

fn desk(context: &Context) -> Option<Way> {
    let peer = *desk_ports(context).first()?;
    let silent = context.known_number("udp", "answered_count") == Some(0.0);
    if peer.ip().is_loopback() || silent {
        return None;
    }
    let plan = MtuPlan { peer, answers: Answers::Echo, hops: hops(context, peer.ip()) };
    Some(Way { host: context.known_text("desk-reach", "host")?, plan })
}

/// How far away it is; 0 where its way was not traced.
fn hops(context: &Context, address: IpAddr) -> u8 {
    let is_traced = context.known_address("path", "address") == Some(address);
    let hops = context.known_number("path", "hop_count").filter(|_| is_traced);
    hops.map_or(0, whole)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a path has thirty hops")]
fn whole(number: f64) -> u8 {
    number.clamp(0.0, 30.0) as u8
}
