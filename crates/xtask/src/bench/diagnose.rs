//! Time to the first verdict and to the full diagnosis of this very machine.

use serde_json::Value;

use super::process::{measure, mib};
use super::{Figure, median};
use crate::demo::{DataDir, Programs};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::shell;

const RUNS: usize = 5;

pub(super) fn run(programs: &Programs, data_dir: &DataDir) -> Result<Vec<Figure>, Failure> {
    let desk = Desk::start(&programs.desk, &data_dir.path)?;
    let (mut first, mut full, mut peak, mut report) = (Vec::new(), Vec::new(), 0, Value::Null);
    for _ in 0..RUNS {
        let mut command = shell::command(
            &programs.nightline.to_string_lossy(),
            ["diagnose", "--lang", "en", "--json", "--home"],
        );
        command.arg(data_dir.path.join("home")).args(["--desk", &desk.url()]);
        let cost = measure(command)?;
        if cost.code != Some(0) {
            return Err(Failure::answer("nightline diagnose", format!("ended with {:?}", cost.code)));
        }
        report = serde_json::from_str(&cost.stdout).unwrap_or_default();
        let seen = cost.stderr.iter().find(|(_, line)| line.contains(FIRST_VERDICT));
        first.push(seen.map_or(cost.wall, |(at, _)| *at).as_secs_f64());
        full.push(cost.wall.as_secs_f64());
        peak = peak.max(cost.peak_bytes);
    }
    let checks = report["checks"].as_array().map_or(0, Vec::len);
    Ok(vec![
        Figure::new("first verdict", format!("{:.2} s", median(first))).note("bar: 5 s"),
        Figure::new("full diagnosis", format!("{:.2} s", median(full)))
            .note(format!("bar: 15 s; {checks} checks, median of {RUNS} runs, process start included")),
        Figure::new("peak memory", format!("{:.1} MiB", mib(peak))),
    ])
}

/// What the command line's progress says when the first verdict stands.
const FIRST_VERDICT: &str = "First answer";
