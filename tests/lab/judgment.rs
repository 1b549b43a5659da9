//! Whether what was said is what a case says. Looks at nothing else, and at no clock.

use nightline_types::{Culprit, FaultKind, Grade, PathReport, Report};

use crate::case::{Case, Expect};
use crate::faults::Counted;
use crate::network::Lab;

/// Probes that look for the target beyond it, and whose fate says nothing about it.
const BEYOND: u32 = 8;
/// Chance goes farther once in two thousand runs.
const SIGMAS: f64 = 3.5;

/// What is not as the case says of a path.
pub(crate) fn of_path(case: &Case, lab: &Lab, path: &PathReport) -> Vec<String> {
    let expect = &case.expect;
    let verdict = path.verdict.as_ref().unwrap();
    let mut problems: Vec<String> = wrongly_blamed(verdict.culprit, expect).into_iter().collect();
    let is_clean = expect.or_none && verdict.culprit == Culprit::None;
    match (expect.link, path.fault.filter(|it| it.kind != FaultKind::End)) {
        (Some(link), Some(fault)) if fault.after < link && link <= fault.before => {}
        (None, None) => {}
        (Some(_), None) if is_clean => {}
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

/// What is not as the case says of a diagnosis.
pub(crate) fn of_report(case: &Case, report: &Report) -> Vec<String> {
    let expect = &case.expect;
    let mut problems: Vec<String> = wrongly_blamed(report.verdict.culprit, expect).into_iter().collect();
    if !report.complete {
        problems.push("its own deadline ended it".to_owned());
    }
    let loud: Vec<&str> =
        report.findings.iter().filter(|it| it.severity != Grade::Notice).map(|it| it.id.as_str()).collect();
    let nobody = expect.culprit == Culprit::None;
    if nobody && !loud.is_empty() {
        problems.push(format!("{loud:?} are more than notices, and nobody is to blame"));
    }
    let found = |id: &String| report.findings.iter().any(|it| it.id.as_str() == id);
    if let Some(id) = &expect.finding
        && !(if nobody { found(id) } else { loud.contains(&id.as_str()) })
    {
        problems.push(format!("{id} is not found"));
    }
    problems.extend(expect.also.iter().filter(|it| !found(it)).map(|id| format!("{id} is not found")));
    problems.extend(
        expect.silent.iter().filter(|it| loud.contains(&it.as_str())).map(|id| format!("{id} is not silent")),
    );
    problems.extend(expect.facts.iter().filter_map(|(name, value)| {
        let (check, key) = name.split_once('#').unwrap();
        let fact = report.checks.iter().find(|it| it.id.as_str() == check).and_then(|it| it.fact(key));
        let found = fact.map(|it| it.value.to_string());
        (found.as_ref() != Some(value)).then(|| format!("{name} is {found:?} instead of {value}"))
    }));
    problems
}

fn wrongly_blamed(culprit: Culprit, expect: &Expect) -> Option<String> {
    let is_right = culprit == expect.culprit || expect.or_none && culprit == Culprit::None;
    (!is_right).then(|| format!("{culprit:?} is blamed instead of {:?}", expect.culprit))
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

/// Everything about a path that a wrong case needs: a line for each hop, with its rounds as dots and crosses.
pub(crate) fn path_summary(path: &PathReport) -> String {
    let verdict = path.verdict.as_ref().map(|it| (it.culprit, it.confidence));
    let mut lines = vec![format!("{verdict:?} {:?}", path.fault)];
    lines.extend(path.hops.iter().map(|hop| {
        let rounds: String = hop.answers.iter().map(|it| if it.is_some() { '.' } else { 'X' }).collect();
        let excused = hop.excused.as_ref().map(|it| it.id.as_str()).unwrap_or_default();
        let (ttl, addresses) = (hop.ttl, hop.addresses.join(","));
        let remarks: Vec<_> = hop.remarks.iter().map(|it| it.id.as_str()).collect();
        format!(
            "  {ttl:>2} {addresses} {:?} {}/{} {:?} ms {excused} {} {rounds}",
            hop.place,
            hop.received,
            hop.sent,
            hop.rtt.map(|it| it.median.0),
            remarks.join(" "),
        )
    }));
    lines.join("\n")
}

/// Everything about a report that a wrong case needs.
pub(crate) fn summary(report: &Report) -> String {
    let mut lines = vec![format!("{:?} {:?}", report.verdict.culprit, report.verdict.confidence)];
    lines.extend(
        report
            .findings
            .iter()
            .map(|it| format!("  {} {:?} {:?} {:?}", it.id, it.severity, it.culprit, it.message.args)),
    );
    lines.extend(report.checks.iter().map(|it| {
        let facts: Vec<_> = it.facts.iter().map(|fact| format!("{}={}", fact.key, fact.value)).collect();
        let reason = it.reason.as_ref().map(|it| it.id.as_str()).unwrap_or_default();
        format!("  {} {:?} {reason} {:.0} ms {}", it.id, it.outcome, it.took_ms.0, facts.join(" "))
    }));
    lines.join("\n")
}
