//! Judges paths on paper and counts how often the judgment is right: `judge-paths MIX FIRST LAST`.
//! Prints a table of what was wrong against what was said, and one line of JSON for `cargo xtask bench path`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program's output is for the terminal")]

use std::collections::BTreeMap;
use std::process::ExitCode;

use nightline_diagnosis::judge_path;
use nightline_testkit::paths::{Fault, Mix, Network, Traced, owners, traced};
use nightline_types::{Culprit, Timestamp};

/// Below this, no place is to be named from one short window.
const NAMED_FROM_PCT: f64 = 10.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [mix, first, last] = arguments.as_slice() else {
        eprintln!("judge-paths MIX.toml FIRST LAST");
        return ExitCode::from(2);
    };
    let mix = std::fs::read_to_string(mix).ok().and_then(|text| Mix::read(&text).ok());
    let (Some(mix), Ok(first), Ok(last)) = (mix, first.parse(), last.parse()) else {
        eprintln!("judge-paths: the mix or a seed is not to be read");
        return ExitCode::from(3);
    };
    let mut score = Score::default();
    for seed in first..=last {
        score.judge(&mix, seed);
    }
    score.print();
    ExitCode::SUCCESS
}

#[derive(Default)]
struct Score {
    cases: u32,
    right: u32,
    unknown: u32,
    innocent_blamed: u32,
    table: BTreeMap<(Fault, &'static str), u32>,
}

impl Score {
    fn judge(&mut self, mix: &Mix, seed: u64) {
        let network = Network::new(mix, seed);
        let Traced { mut path, dropped_pct } = traced(&network, mix.rounds, seed);
        judge_path(&mut path, &owners(), Timestamp::from_unix_ms(0));
        let Some(verdict) = path.verdict else { return };
        self.cases += 1;
        *self.table.entry((network.fault, name(verdict.culprit))).or_default() += 1;
        let expected = expected(network.fault, dropped_pct);
        if expected.contains(&verdict.culprit) {
            self.right += 1;
        } else if verdict.culprit == Culprit::Unknown {
            self.unknown += 1;
        }
        if network.has_limited() {
            // Blamed: somebody is named for a stretch that begins at a router which only answers seldom.
            let named = path.fault.filter(|_| !matches!(verdict.culprit, Culprit::None | Culprit::Unknown));
            let missed = named.filter(|it| {
                network.faulty.is_none_or(|true_link| !(it.after + 1..=it.before).contains(&true_link))
            });
            if missed.is_some_and(|it| network.is_limited(it.before)) {
                self.innocent_blamed += 1;
            }
        }
    }

    fn print(&self) {
        let said = ["none", "router", "provider", "far-network", "service", "unknown"];
        println!("{:<14}{}", "", said.map(|it| format!("{it:>12}")).concat());
        for fault in [
            Fault::None,
            Fault::SlightLoss,
            Fault::AtHome,
            Fault::AtProvider,
            Fault::FarAway,
            Fault::AtTarget,
            Fault::SlowAccess,
        ] {
            let row = said.map(|it| format!("{:>12}", self.table.get(&(fault, it)).copied().unwrap_or(0)));
            println!("{:<14}{}", format!("{fault:?}"), row.concat());
        }
        // "Not known" is an honest answer, up to a tenth of the cases.
        let excused = self.unknown.min(self.cases / 10);
        let judged = f64::from((self.cases - excused).max(1));
        println!(
            "{{\"cases\":{},\"right_pct\":{:.2},\"right_of_judged_pct\":{:.2},\"unknown_pct\":{:.2},\"innocent_blamed_pct\":{:.2}}}",
            self.cases,
            100.0 * f64::from(self.right) / f64::from(self.cases.max(1)),
            100.0 * f64::from(self.right) / judged,
            100.0 * f64::from(self.unknown) / f64::from(self.cases.max(1)),
            100.0 * f64::from(self.innocent_blamed) / f64::from(self.cases.max(1)),
        );
    }
}

/// Who may be blamed, by what the faulty link dropped while somebody looked: a burst may not have come.
fn expected(fault: Fault, dropped_pct: f64) -> &'static [Culprit] {
    match fault {
        Fault::AtHome | Fault::AtProvider | Fault::FarAway | Fault::AtTarget
            if dropped_pct < NAMED_FROM_PCT =>
        {
            &[Culprit::None, Culprit::Unknown]
        }
        Fault::None => &[Culprit::None],
        // A few percent in thirty probes are seen or not; nobody may be blamed.
        Fault::SlightLoss => &[Culprit::None, Culprit::Unknown],
        Fault::AtHome => &[Culprit::Router],
        Fault::AtProvider | Fault::SlowAccess => &[Culprit::Provider],
        Fault::FarAway => &[Culprit::FarNetwork],
        Fault::AtTarget => &[Culprit::Service],
    }
}

fn name(culprit: Culprit) -> &'static str {
    match culprit {
        Culprit::None => "none",
        Culprit::Router => "router",
        Culprit::Provider => "provider",
        Culprit::FarNetwork => "far-network",
        Culprit::Service => "service",
        _ => "unknown",
    }
}
