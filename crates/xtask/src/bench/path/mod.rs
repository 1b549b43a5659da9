//! Traces in the lab, beside mtr and trippy in the same networks, held against packet counters and a capture; and the
//! judgment of paths on paper.
//!
//! Ours runs as nobody; the peers have all rights, because they ask for them.

mod capture;
mod compare;
mod net;
mod nobody;
mod paper;
mod tools;

use std::path::Path;

use super::Figure;
use super::process::mib;
use crate::demo::{DataDir, Programs};
use crate::failure::Failure;
use crate::{packages, shell};
use capture::Capture;
use compare::{Runs, Seen};
use net::{Net, Plan};
use nobody::Nobody;
use tools::{Pace, Tool, Tools};

/// The longest way that we look for has thirty hops.
const LONG: Plan = Plan { routers: 29, limit_ms: 0, lossy: (0, 0), slow: (0, 0), forbids: 0 };
/// Short enough that hops behind the target would show.
const SHORT: Plan = Plan { routers: 9, ..LONG };
/// Linux's own limit.
const USUAL_LIMIT_MS: u32 = 1_000;
/// In each direction, so that an answer takes twice as long.
const SLOW_MS: u32 = 75;

/// As fast as each is safe: ours as the bar asks, mtr as shipped, trippy bound only by its own grace of 100 ms.
const FASTEST: [Pace; 3] = [pace(10, 90), pace(10, 1_000), waiting(10, 20)];
/// The pace that all three have by default.
const USUAL: [Pace; 3] = [pace(10, 1_000); 3];
/// Many rounds, so that a share can be told.
const MANY: [Pace; 3] = [pace(60, 40), pace(60, 100), waiting(60, 20)];
/// Fast, each in rounds of the same length.
const EQUAL: [Pace; 3] = [pace(20, 100); 3];

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    packages::ensure(&[packages::TEST, packages::PEERS], true)?;
    let words = ["build", "--locked", "--package", "nightline-testkit", "--features", "paths", "--bins"];
    shell::run(shell::cargo(words))?;
    let tools = Tools::new(Nobody::new(&programs.nightline)?)?;
    let traced = |plan: Plan, paces: [Pace; 3]| traced(&tools, &data_dir.path, plan, paces);
    println!("  ours without rights, checked each time; peer: mtr / trippy, with all rights");
    let mut figures = Vec::new();

    let runs = traced(LONG, FASTEST)?;
    figures.push(
        runs.row("30 hops, 10 rounds: time", seconds)
            .note("bar: 1.0 s; mtr -n -c 10 --json as shipped, trip -C 10 at its fastest"),
    );
    figures.push(runs.row("hops found", |it| it.traced.hops.len().to_string()));
    figures.push(runs.row("most loss at a hop", |it| pct(it.most_loss())).note("nothing is lost"));
    figures.push(
        runs.row("mean RTT, error at the worst hop", |it| ms(it.mean_error()))
            .note("against tcpdump on the client's wire; bar: 0.1 ms"),
    );
    figures.push(
        Figure::new("median RTT, error at the worst hop", ms(runs.ours().median_error()))
            .note("the peers say no median"),
    );
    figures.push(runs.row("processor", |it| format!("{:.0} ms", it.traced.cost.cpu.as_secs_f64() * 1_000.0)));
    figures.push(
        runs.row("peak memory", |it| format!("{:.1} MiB", mib(it.traced.cost.peak_bytes)))
            .note("of the program itself; mtr has a helper beside it"),
    );

    let limited = Plan { limit_ms: USUAL_LIMIT_MS, ..LONG };
    let runs = traced(limited, USUAL)?;
    figures.push(
        runs.row("Linux's limit: most loss", |it| pct(it.most_loss()))
            .note("nothing is lost; all at their default of one probe a second and hop"),
    );
    figures.push(runs.row("Linux's limit: time", seconds));
    let runs = traced(limited, FASTEST)?;
    let blame = if runs.ours().traced.blames { "ours blames a link" } else { "ours blames no link" };
    figures.push(
        runs.row("Linux's limit, fast: most loss", |it| pct(it.most_loss()))
            .note(format!("nothing is lost, routers answer too little; mtr as shipped; {blame}")),
    );

    let runs = traced(Plan { lossy: (15, 20), ..LONG }, MANY)?;
    figures.push(
        runs.row("20 % lost at link 15: loss error", |it| points(it.loss_error()))
            .note("at the worst hop, in percent points, against the link's own counters; 60 rounds"),
    );
    figures.push(
        runs.row("20 % lost at link 15: counted", |it| pct(it.mean_lost()))
            .note("the share that the link really dropped in that run"),
    );

    let runs = traced(Plan { lossy: (10, 50), ..SHORT }, EQUAL)?;
    figures.push(
        runs.row("half lost at the end: phantoms", phantoms)
            .note("hops behind a target at hop 10, whose own link loses half; bar: none"),
    );
    figures.push(
        runs.row("half lost at the end: loss error", |it| points(it.loss_error()))
            .note("at the worst hop, as above"),
    );
    let runs = traced(Plan { lossy: (10, 100), ..SHORT }, EQUAL)?;
    figures.push(runs.row("target silent: phantoms", phantoms).note("the same with all lost"));

    let runs = traced(Plan { forbids: 9, ..SHORT }, EQUAL)?;
    figures.push(
        runs.row("forbidden at hop 9: phantoms", phantoms).note("the last router says that nothing passes"),
    );

    let runs = traced(Plan { slow: (5, SLOW_MS), ..SHORT }, EQUAL)?;
    figures.push(
        runs.row("rounds shorter than the way: loss", |it| pct(it.most_loss()))
            .note("most loss; nothing is lost, 150 ms from hop 5 on, a round each 100 ms (trip -i and -T)"),
    );
    figures.push(
        runs.row("rounds shorter than the way: RTT", |it| ms(it.mean_error()))
            .note("error of the mean at the worst hop, as above"),
    );

    figures.extend(paper::figures()?);
    Ok(figures)
}

/// One after the other in the same network, each with its own capture and counts.
fn traced(tools: &Tools, folder: &Path, plan: Plan, paces: [Pace; 3]) -> Result<Runs, Failure> {
    let net = Net::up(plan)?;
    let mut runs = Vec::new();
    for (tool, pace) in Tool::ALL.into_iter().zip(paces) {
        let is_lossy = plan.lossy.0 > 0;
        if is_lossy {
            net.forget()?;
        }
        let capture = Capture::start(&net, folder.join("path.pcap"))?;
        let traced = tools.trace(tool, &net, pace)?;
        let wire = capture.stop()?;
        let lost = if is_lossy { Some(net.lost_pct()?) } else { None };
        runs.push(Seen { traced, wire, lost, length: net.length() });
    }
    Runs::new(runs)
}

const fn pace(rounds: u32, round_ms: u32) -> Pace {
    Pace { rounds, round_ms, may_wait: false }
}

const fn waiting(rounds: u32, round_ms: u32) -> Pace {
    Pace { rounds, round_ms, may_wait: true }
}

fn pct(value: f64) -> String {
    format!("{value:.1} %")
}

fn points(value: f64) -> String {
    format!("{value:.1} pp")
}

fn ms(value: f64) -> String {
    if value.is_finite() { format!("{value:.3} ms") } else { "no time told".to_owned() }
}

fn seconds(seen: &Seen) -> String {
    format!("{:.2} s", seen.traced.cost.wall.as_secs_f64())
}

fn phantoms(seen: &Seen) -> String {
    seen.phantoms().to_string()
}

/// `None` of nothing.
fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
    let count = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count)
}
