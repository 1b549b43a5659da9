//! The lab: a client, four routers and a target in a row, faults switched on by name, and what Nightline must say.
//!
//! Everything that looks runs as nobody, with echoes forbidden: what works here works without rights. A case is a
//! file in `tests/lab/cases`; `cargo xtask lab` runs all of them, `cargo xtask test` those that are quick.
//! Needs root, or `unshare -Urnm`; reaches nothing but namespaces of its own.

#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test that cannot set up its network has failed; it reads its own environment"
)]

mod case;
mod faults;
mod network;
mod nobody;
mod rights;

use std::time::Duration;

use case::Case;
use faults::Counted;
use network::Lab;
use nightline_types::{FaultKind, PathReport};
use nobody::Nobody;

/// Probes that look for the target beyond it, and whose fate says nothing about it.
const BEYOND: u32 = 8;
/// Chance goes farther once in two thousand runs.
const SIGMAS: f64 = 3.5;
/// Names the cases to run by a part of their name, or `all`; without it the quick ones run.
const ALL: &str = "NIGHTLINE_LAB";

#[test]
fn every_case_is_judged_right_by_an_ordinary_user() {
    let asked = std::env::var(ALL).ok();
    let nobody = Nobody::new();
    let mut wrong = Vec::new();
    for case in Case::all().into_iter().filter(|case| case.is_asked_for(asked.as_deref())) {
        let lab = Lab::new(&case);
        let (path, took) = nobody.path(&lab, &case);
        let problems = judged(&case, &lab, &path);
        println!("{}", row(&case, &path, took, problems.is_empty()));
        wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}\n{path:#?}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not as the case says.
fn judged(case: &Case, lab: &Lab, path: &PathReport) -> Vec<String> {
    let mut problems = Vec::new();
    let verdict = path.verdict.as_ref().unwrap();
    let expect = &case.expect;
    if verdict.culprit != expect.culprit {
        problems.push(format!("{:?} is blamed instead of {:?}", verdict.culprit, expect.culprit));
    }
    match (expect.link, path.fault.filter(|it| it.kind != FaultKind::End)) {
        (Some(link), Some(fault)) if fault.after < link && link <= fault.before => {}
        (None, None) => {}
        (link, fault) => problems.push(format!("{fault:?} is named instead of link {link:?}")),
    }
    let excused: Vec<u8> = path.hops.iter().filter(|hop| hop.excused.is_some()).map(|hop| hop.ttl).collect();
    if excused != expect.excused {
        problems.push(format!("hops {excused:?} are excused instead of {:?}", expect.excused));
    }
    if let Some(hops) = expect.hops
        && path.hops.len() != hops
    {
        problems.push(format!("{} hops instead of {hops}", path.hops.len()));
    }
    // What one lossy link dropped is what we count as lost behind it.
    if let [counted] = lab.dropped().as_slice()
        && expect.excused.is_empty()
    {
        problems.extend(miscounted(path, counted));
    }
    problems
}

/// Whether our loss is not the link's. Probes that look for the target beyond it cross the link too, and are not
/// counted by us: with few of them the counts must be the same, with many the shares as far as chance allows.
fn miscounted(path: &PathReport, counted: &Counted) -> Option<String> {
    let far: Vec<_> = path.hops.iter().filter(|hop| hop.ttl >= counted.link).collect();
    let sent: u32 = far.iter().map(|hop| hop.sent).sum();
    let lost: u32 = far.iter().map(|hop| hop.sent - hop.received).sum();
    let (ours, theirs) =
        (f64::from(lost) / f64::from(sent), f64::from(counted.dropped) / f64::from(counted.seen));
    let chance = SIGMAS * (theirs * (1.0 - theirs) / f64::from(sent)).sqrt();
    let is_same = lost.abs_diff(counted.dropped) <= BEYOND || (ours - theirs).abs() <= chance;
    (!is_same).then(|| format!("{lost} of {sent} probes are counted as lost, and the link says {counted:?}"))
}

fn row(case: &Case, path: &PathReport, took: Duration, right: bool) -> String {
    let culprit = path.verdict.as_ref().map(|it| format!("{:?}", it.culprit)).unwrap_or_default();
    let fault = path.fault.map(|it| format!("{}–{}", it.after, it.before)).unwrap_or_default();
    let mark = if right { "right" } else { "WRONG" };
    format!("{:<34}{culprit:<12}{fault:<8}{:>6.1} s  {mark}", case.name, took.as_secs_f64())
}
