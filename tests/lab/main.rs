//! The lab: a client, four routers and a target in a row, faults switched on by name, and what Nightline must say.
//! A path is looked at by `nightline path`, a world of names and services by `nightline diagnose`.
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
mod certificates;
mod desk;
mod encrypted;
mod faults;
mod judgment;
mod network;
mod nobody;
mod rights;
mod world;

use std::time::Duration;

use case::{Case, Look};
use network::Lab;
use nightline_types::{Grade, PathReport};
use nobody::{Diagnosed, Nobody};

/// Names the cases to run by a part of their name, or `all`; without it the quick ones run.
const ALL: &str = "NIGHTLINE_LAB";

#[test]
fn every_case_is_judged_right_by_an_ordinary_user() {
    let asked = std::env::var(ALL).ok();
    let nobody = Nobody::new();
    let mut wrong = Vec::new();
    let (mut first, mut complete) = (Duration::ZERO, Duration::ZERO);
    println!("{}", row("case", "culprit", "finding or link", "first", "complete", ""));
    for case in Case::all().into_iter().filter(|case| case.is_asked_for(asked.as_deref())) {
        let lab = Lab::new(&case);
        let (problems, all) = match case.look {
            Look::Path => {
                let (path, took) = nobody.path(&lab, &case);
                let problems = judgment::of_path(&case, &lab, &path);
                println!("{}", path_row(&case, &path, took, &problems));
                (problems, judgment::path_summary(&path))
            }
            Look::Diagnose => {
                let diagnosed = nobody.diagnose(&lab, &case);
                let problems = judgment::of_report(&case, &diagnosed.report);
                println!("{}", diagnosis_row(&case, &diagnosed, &problems));
                first = first.max(diagnosed.first.unwrap_or(diagnosed.complete));
                complete = complete.max(diagnosed.complete);
                (problems, judgment::summary(&diagnosed.report))
            }
        };
        if !problems.is_empty() {
            wrong.push(format!("{}: {}\n{all}", case.name, problems.join("; ")));
        }
    }
    println!("{}", row("the longest of a diagnosis", "", "", &seconds(first), &seconds(complete), ""));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn path_row(case: &Case, path: &PathReport, took: Duration, problems: &[String]) -> String {
    let culprit = path.verdict.as_ref().map(|it| format!("{:?}", it.culprit)).unwrap_or_default();
    let fault = path.fault.map(|it| format!("{}–{}", it.after, it.before)).unwrap_or_default();
    row(&case.name, &culprit, &fault, "", &seconds(took), mark(problems))
}

fn diagnosis_row(case: &Case, diagnosed: &Diagnosed, problems: &[String]) -> String {
    let report = &diagnosed.report;
    // The loudest, or the notice that the case is about.
    let worst = report.findings.first().filter(|it| it.severity != Grade::Notice);
    let asked = report.findings.iter().find(|it| Some(it.id.as_str()) == case.expect.finding.as_deref());
    let finding = asked.or(worst).map(|it| it.id.as_str()).unwrap_or_default();
    row(
        &case.name,
        &format!("{:?}", report.verdict.culprit),
        finding.trim_start_matches("finding-"),
        &diagnosed.first.map(seconds).unwrap_or_default(),
        &seconds(diagnosed.complete),
        mark(problems),
    )
}

fn row(case: &str, culprit: &str, found: &str, first: &str, complete: &str, mark: &str) -> String {
    format!("{case:<34}{culprit:<14}{found:<22}{first:>8}{complete:>10}  {mark}")
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn mark(problems: &[String]) -> &'static str {
    if problems.is_empty() { "right" } else { "WRONG" }
}
