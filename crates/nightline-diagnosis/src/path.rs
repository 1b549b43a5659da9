//! What a traced path means: who owns each hop, whose missing answers mean nothing, and which link is at fault.
//! Sends nothing. A hop is named only if what begins there reaches the target.

mod circle;
mod delay;
mod loss;
mod place;

use std::net::IpAddr;

use nightline_types::{
    Confidence, Culprit, EvidenceRef, FaultKind, HopPlace, Message, MessageId, PathFault, PathHop,
    PathReport, Timestamp, Value, Verdict,
};

use crate::Owners;
use circle::Circle;
use delay::{Step, Times};
use loss::{Count, Link, Located};

/// How sure one can be of a delay that one side alone measured.
const DELAY_CONFIDENCE: f64 = 0.6;
/// The routers themselves say where the packets are.
const CIRCLE_CONFIDENCE: f64 = 0.9;

/// Less sure than this, nobody is blamed; the stretch is named all the same.
const SURE: f64 = 0.77;
/// A link this much less probable than the rest of its network is not part of the stretch that is named.
const HARDLY: f64 = 0.08;

/// One round without any answer from a hop on is chance.
const FEWEST_OUTAGES: u32 = 2;

/// What the target itself answered, where it was asked apart from the trace.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) sent: u32,
    pub(crate) received: u32,
}

/// What is wrong with a path.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    pub(crate) culprit: Culprit,
    pub(crate) confidence: f64,
    pub(crate) kind: Kind,
    /// The last hop before it and the first behind it, where it has a place.
    link: Option<(u8, u8)>,
    /// The two ends of the link, as messages name them.
    pub(crate) ends: Vec<(&'static str, Value)>,
}

/// Kinds of trouble.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Packets are lost, in percent; where is not known.
    Loss(f64),
    /// Packets are lost at the link, in percent.
    LossAt(f64),
    /// Packets take so many milliseconds longer from the link on.
    DelayAt(f64),
    /// Packets go round in a circle between the ends, and never arrive.
    Circle,
}

/// Judges a traced path: owners, excuses, the faulty link and a verdict.
pub fn judge_path(path: &mut PathReport, owners: &Owners, now: Timestamp) {
    let trouble = judge(path, None, owners);
    path.verdict = Some(verdict(path, trouble.as_ref(), now));
}

/// Marks the path's hops and its faulty link, and says what is wrong.
pub(crate) fn judge(path: &mut PathReport, end: Option<End>, owners: &Owners) -> Option<Trouble> {
    let circle = circle::of(&path.hops).filter(|_| !answers(path, end));
    if let Some(circle) = circle {
        // Once round says it all.
        path.hops.truncate(circle.length);
    }
    place::mark(&mut path.hops, path.address.parse::<IpAddr>().ok(), path.reached, owners);
    let located = locate(path, end);
    for hop in &mut path.hops {
        hop.excused = match () {
            () if hop.received == 0 => Some(Message::new("excuse-silent")),
            () if located.busy.contains(&hop.ttl) => Some(Message::new("excuse-rate-limited")),
            () => None,
        };
        hop.remarks = remarks(hop);
    }
    let trouble = match circle {
        Some(circle) => circling(path, circle),
        None => lossy(path, &located).or_else(|| slow(path)),
    };
    path.fault = trouble.as_ref().and_then(|it| it.fault());
    trouble
}

/// What an expert reads at a hop beside its numbers.
fn remarks(hop: &PathHop) -> Vec<Message> {
    let changed = hop.changed_in.map(|round| Message::new("hop-way-changed").arg("round", round));
    let shared = (hop.changed_in.is_none() && hop.addresses.len() > 1)
        .then(|| Message::new("hop-shared").arg("count", hop.addresses.len()));
    let outages = hop.forward_lost.filter(|it| *it >= FEWEST_OUTAGES);
    let outages = outages.map(|rounds| Message::new("hop-forward-lost").arg("rounds", rounds));
    changed.into_iter().chain(shared).chain(outages).collect()
}

fn circling(path: &mut PathReport, circle: Circle) -> Option<Trouble> {
    let (first, other) = (path.hops.get(circle.first)?.ttl, path.hops.get(circle.other)?.ttl);
    path.hops.last_mut()?.remarks.push(Message::new("hop-circle").arg("hop", first));
    let culprit = culprit(path, first, other);
    Some(at_link(path, (first, other), culprit, Kind::Circle, CIRCLE_CONFIDENCE))
}

fn locate(path: &PathReport, end: Option<End>) -> Located {
    let answered = |hop: &PathHop| -> Vec<bool> { hop.answers.iter().map(Option::is_some).collect() };
    let last = path.hops.last().filter(|_| path.reached).map(answered).unwrap_or_default();
    let mut counts: Vec<Count> = path
        .hops
        .iter()
        .map(|hop| {
            let answered = answered(hop);
            let order = loss::order(&answered, &last);
            Count { ttl: hop.ttl, sent: hop.sent, received: hop.received, order }
        })
        .collect();
    let there = if path.reached { counts.pop() } else { None };
    let ttl = there.map_or_else(|| last_answering(path).saturating_add(1), |it| it.ttl);
    let end = end.filter(|it| it.received > 0).map(|it| Count {
        ttl,
        sent: it.sent,
        received: it.received,
        order: 0.0,
    });
    loss::locate(&counts, end.or(there))
}

fn lossy(path: &PathReport, located: &Located) -> Option<Trouble> {
    let loss = located.loss.as_ref()?;
    let Some((culprit, after, before, confidence)) = blamed(path, &loss.links) else {
        return Some(Trouble {
            culprit: Culprit::Unknown,
            confidence: 0.5,
            kind: Kind::Loss(loss.pct),
            link: None,
            ends: Vec::new(),
        });
    };
    Some(at_link(path, (after, before), culprit, Kind::LossAt(loss.pct), confidence))
}

/// Who answers for the loss, and the stretch within their part where it probably begins.
fn blamed(path: &PathReport, links: &[Link]) -> Option<(Culprit, u8, u8, f64)> {
    let whose: Vec<(Culprit, f64)> = links
        .iter()
        .flat_map(|link| {
            shares(path, link).into_iter().map(|(culprit, share)| (culprit, share * link.probability))
        })
        .collect();
    let mass =
        |of: Culprit| -> f64 { whose.iter().filter(|(it, _)| *it == of).map(|(_, share)| share).sum() };
    let likeliest = whose.iter().map(|it| it.0).max_by(|one, other| mass(*one).total_cmp(&mass(*other)))?;
    let sure = mass(likeliest);
    let is_theirs = |link: &&Link| {
        sure < SURE || shares(path, link).iter().any(|(it, share)| *it == likeliest && *share > 0.0)
    };
    let theirs: Vec<&Link> = links.iter().filter(is_theirs).collect();
    let most = theirs.iter().map(|it| it.probability).fold(0.0, f64::max);
    // What is hardly possible only makes the stretch longer than it is.
    let probable: Vec<&&Link> = theirs.iter().filter(|it| it.probability >= HARDLY * most).collect();
    let (first, last) = (probable.first()?, probable.last()?);
    let culprit = if sure < SURE { Culprit::Unknown } else { likeliest };
    Some((culprit, first.after, last.before, sure.min(0.97)))
}

/// Who answers for the links between two hops that answered, and for which share of them. Where silent hops lie
/// between, the border of two networks may be anywhere among them.
fn shares(path: &PathReport, link: &Link) -> Vec<(Culprit, f64)> {
    if hop(path, link.before).is_none() {
        // How far the target is beyond the last answer nobody knows: networks on the way, or its own access.
        let near = hop(path, link.after).and_then(|hop| hop.place);
        return vec![(place::culprit(near, Some(HopPlace::Transit)), 0.5), (Culprit::Service, 0.5)];
    }
    let silent = (link.after + 1..link.before).filter(|ttl| hop(path, *ttl).is_some()).count();
    if silent == 0 {
        return vec![(culprit(path, link.after, link.before), 1.0)];
    }
    let place_of = |ttl| hop(path, ttl).and_then(|hop| hop.place);
    let near = place_of(link.after).unwrap_or(HopPlace::Home);
    let far = place_of(link.before).unwrap_or(HopPlace::Destination);
    #[expect(clippy::cast_precision_loss, reason = "a path has thirty hops")]
    let inside = silent as f64 / 2.0;
    let all = 2.0 * inside + 1.0;
    [(near, near, inside), (near, far, 1.0), (far, far, inside)]
        .map(|(after, before, count)| (place::culprit(Some(after), Some(before)), count / all))
        .into()
}

fn hop(path: &PathReport, ttl: u8) -> Option<&PathHop> {
    path.hops.iter().find(|hop| hop.ttl == ttl)
}

fn slow(path: &PathReport) -> Option<Trouble> {
    if !path.reached {
        return None;
    }
    let times: Vec<Times> = path
        .hops
        .iter()
        .filter_map(|hop| Times::new(hop.ttl, hop.answers.iter().flatten().map(|it| it.0).collect()))
        .collect();
    let Step { after, before, added_ms } = delay::step(&times)?;
    let culprit = culprit(path, after, before);
    let trouble = at_link(path, (after, before), culprit, Kind::DelayAt(added_ms), DELAY_CONFIDENCE);
    // Far away it is far: an ocean, or a satellite, is no fault.
    (trouble.culprit != Culprit::FarNetwork).then_some(trouble)
}

/// Who answers for the stretch between two hops.
fn culprit(path: &PathReport, after: u8, before: u8) -> Culprit {
    let place = |ttl| hop(path, ttl).map(|hop| hop.place.unwrap_or(HopPlace::Transit));
    let behind = if hop(path, before).is_none() { Some(HopPlace::Destination) } else { place(before) };
    match place::culprit(place(after), behind) {
        // The last link of all is the target's access.
        Culprit::FarNetwork if is_target(path, before) => Culprit::Service,
        culprit => culprit,
    }
}

/// Whether this distance is the target's; one that the trace did not reach is.
fn is_target(path: &PathReport, ttl: u8) -> bool {
    !path.hops.iter().any(|hop| hop.ttl == ttl)
        || path.reached && path.hops.last().is_some_and(|hop| hop.ttl == ttl)
}

fn at_link(
    path: &PathReport,
    (after, before): (u8, u8),
    culprit: Culprit,
    kind: Kind,
    confidence: f64,
) -> Trouble {
    let ends = ends(path, after, before);
    Trouble { culprit, confidence, kind, link: Some((after, before)), ends }
}

/// Who answers for the stretch between two hops, and its ends as messages name them.
pub(crate) fn stretch(path: &PathReport, after: u8, before: u8) -> (Culprit, Vec<(&'static str, Value)>) {
    (culprit(path, after, before), ends(path, after, before))
}

fn ends(path: &PathReport, after: u8, before: u8) -> Vec<(&'static str, Value)> {
    let mut near = end_of(after, hop(path, after), false);
    let mut far = end_of(before, hop(path, before), is_target(path, before));
    // "Between A and A" says less than the addresses do.
    if near == far && near.0 == "network" {
        near = ("hop", hop(path, after).map(address).unwrap_or_default());
        far = ("hop", hop(path, before).map(address).unwrap_or_default());
    }
    vec![
        ("after_kind", near.0.into()),
        ("after_name", near.1.into()),
        ("hop", after.into()),
        ("before_kind", far.0.into()),
        ("before_name", far.1.into()),
        ("next", before.into()),
    ]
}

/// How a message names one end of a link: its kind, and its name where the kind does not say it all.
fn end_of(ttl: u8, hop: Option<&PathHop>, is_target: bool) -> (&'static str, String) {
    match hop {
        _ if ttl == 0 => ("self", String::new()),
        _ if is_target => ("target", String::new()),
        Some(hop) if hop.place == Some(HopPlace::Home) && ttl == 1 => ("router", address(hop)),
        Some(hop) => match &hop.owner {
            Some(owner) => ("network", owner.clone()),
            None => ("hop", address(hop)),
        },
        None => ("hop", String::new()),
    }
}

fn address(hop: &PathHop) -> String {
    hop.addresses.first().cloned().unwrap_or_default()
}

/// Whether the target answered in the rounds; in the sweep before them is not enough.
fn arrived(path: &PathReport) -> bool {
    path.reached && path.hops.last().is_some_and(|hop| hop.received > 0)
}

/// Whether the target answered at all, in the trace or where it was asked apart from it.
pub(crate) fn answers(path: &PathReport, end: Option<End>) -> bool {
    path.reached || end.is_some_and(|it| it.received > 0)
}

/// The farthest hop that answered.
pub(crate) fn last_answer(path: &PathReport) -> Option<&PathHop> {
    path.hops.iter().rev().find(|hop| hop.received > 0)
}

fn last_answering(path: &PathReport) -> u8 {
    last_answer(path).map_or(0, |hop| hop.ttl)
}

impl Trouble {
    fn fault(&self) -> Option<PathFault> {
        let (kind, size) = match self.kind {
            Kind::Loss(_) | Kind::Circle => return None,
            Kind::LossAt(pct) => (FaultKind::Loss, pct),
            Kind::DelayAt(ms) => (FaultKind::Delay, ms),
        };
        let (after, before) = self.link?;
        Some(PathFault { kind, after, before, size: Some(size.round()) })
    }
}

fn verdict(path: &mut PathReport, trouble: Option<&Trouble>, now: Timestamp) -> Verdict {
    let silent = path.hops.iter().all(|hop| hop.received == 0);
    let (id, culprit, confidence) = match trouble {
        Some(it) => (
            match it.kind {
                Kind::Loss(_) => "path-lossy",
                Kind::LossAt(_) => "path-lossy-between",
                Kind::DelayAt(_) => "path-slow-between",
                Kind::Circle => "path-circle",
            },
            it.culprit,
            it.confidence,
        ),
        None if arrived(path) => ("path-clean", Culprit::None, 0.8),
        None if silent => ("path-silent", Culprit::Unknown, 0.3),
        None => ("path-not-reached", Culprit::Unknown, 0.3),
    };
    let last = last_answering(path);
    if trouble.is_none() && !arrived(path) && !silent {
        path.fault =
            Some(PathFault { kind: FaultKind::End, after: last, before: last.saturating_add(1), size: None });
    }
    let mut message = Message::new(id).arg("target", path.target.as_str());
    match trouble.map(|it| it.kind) {
        Some(Kind::Loss(pct) | Kind::LossAt(pct)) => message = message.arg("loss_pct", pct.round()),
        Some(Kind::DelayAt(ms)) => message = message.arg("added_ms", ms.round()),
        Some(Kind::Circle) => {}
        None => message = message.arg("hop", i64::from(last)),
    }
    for (name, value) in trouble.into_iter().flat_map(|it| &it.ends) {
        message = message.arg(name, value.clone());
    }
    Verdict {
        id: MessageId::new(id),
        culprit,
        confidence: Confidence::new(confidence),
        message,
        measured_at: now,
        evidence: Vec::<EvidenceRef>::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path of two hops, the second of which is the target.
    fn path(received: [u32; 2]) -> PathReport {
        let hop = |(ttl, received)| PathHop {
            ttl,
            addresses: vec![format!("10.0.0.{ttl}")],
            name: None,
            owner: None,
            place: None,
            sent: 4,
            received,
            loss_pct: 0.0,
            loss_interval: [0.0, 100.0],
            answers: Vec::new(),
            rtt: None,
            excused: None,
            forward_lost: None,
            changed_in: None,
            remarks: Vec::new(),
        };
        PathReport {
            schema: nightline_types::PATH_SCHEMA.to_owned(),
            target: "10.0.0.2".to_owned(),
            address: "10.0.0.2".to_owned(),
            method: "udp-ttl".to_owned(),
            rounds: 4,
            reached: true,
            hops: (1..).zip(received).map(hop).collect(),
            fault: None,
            verdict: None,
        }
    }

    fn said(mut path: PathReport) -> String {
        judge_path(&mut path, &Owners::default(), Timestamp::from_unix_ms(0));
        path.verdict.unwrap().id.to_string()
    }

    #[test]
    fn a_target_that_answered_the_sweep_alone_is_not_reached() {
        assert_eq!(said(path([4, 4])), "path-clean");
        assert_eq!(said(path([4, 0])), "path-not-reached");
        assert_eq!(said(path([0, 0])), "path-silent");
    }
}
