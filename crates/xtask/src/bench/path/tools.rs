//! The tracers: ours as nobody, mtr and trippy with all rights. What each says, in one form; judges none of it.

use std::path::PathBuf;

use serde_json::Value;

use super::super::process::{Cost, measure};
use super::net::Net;
use super::nobody::Nobody;
use crate::failure::Failure;
use crate::shell;

/// The newest that the project's compiler builds; pinned, so that figures of two days have the same peer.
const TRIPPY: &str = "0.13.0";

/// Who traces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Ours,
    Mtr,
    Trippy,
}

/// How often, and how fast.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    pub(super) rounds: u32,
    /// From round to round.
    pub(super) round_ms: u32,
    /// Whether a round may last longer while the target has not answered; only trippy asks.
    pub(super) may_wait: bool,
}

/// What a tracer says.
pub(super) struct Traced {
    pub(super) cost: Cost,
    pub(super) hops: Vec<Hop>,
    /// Whether ours names a link.
    pub(super) blames: bool,
}

/// One line of it.
pub(super) struct Hop {
    pub(super) ttl: u8,
    pub(super) loss_pct: f64,
    /// Of all answers; `None` where none came.
    pub(super) mean_ms: Option<f64>,
    /// The peers say none.
    pub(super) median_ms: Option<f64>,
}

/// Where they all are.
pub(super) struct Tools {
    nobody: Nobody,
    trippy: PathBuf,
}

impl Tools {
    pub(super) fn new(nobody: Nobody) -> Result<Self, Failure> {
        Ok(Self { nobody, trippy: trippy()? })
    }

    pub(super) fn trace(&self, tool: Tool, net: &Net, pace: Pace) -> Result<Traced, Failure> {
        let rounds = pace.rounds.to_string();
        let command = match tool {
            Tool::Ours => {
                self.nobody.has_no_rights(net)?;
                let mut command = self.nobody.command(net, &self.nobody.program());
                command.args(["path", &net.target, "--json", "--lang", "en", "--rounds", &rounds]);
                command.args(["--interval-ms", &pace.round_ms.to_string(), "--home"]);
                command.arg(self.nobody.home());
                command
            }
            Tool::Mtr => {
                let mut command = net.command(0, "mtr");
                command.args(["-n", "-c", &rounds, "--json", "-i", &seconds(pace.round_ms), &net.target]);
                command
            }
            Tool::Trippy => {
                let mut command = net.command(0, &self.trippy.to_string_lossy());
                let round = format!("{}ms", pace.round_ms);
                let longest = if pace.may_wait { "1s" } else { &round };
                command.args(["--mode", "json", "-C", &rounds, "-i", &round, "-T", longest, &net.target]);
                command
            }
        };
        let cost = measure(command)?;
        let said: Value = serde_json::from_str(&cost.stdout).unwrap_or_default();
        let hops: Vec<Hop> = match tool {
            Tool::Ours => list(&said["hops"]).filter_map(of_ours).collect(),
            Tool::Mtr => list(&said["report"]["hubs"]).filter_map(of_mtr).collect(),
            Tool::Trippy => list(&said["hops"]).filter_map(of_trippy).collect(),
        };
        if hops.is_empty() {
            return Err(Failure::answer(tool.name(), format!("found no hop:\n{}", cost.said())));
        }
        Ok(Traced { cost, hops, blames: !said["fault"].is_null() })
    }
}

impl Tool {
    pub(super) const ALL: [Self; 3] = [Self::Ours, Self::Mtr, Self::Trippy];

    fn name(self) -> &'static str {
        match self {
            Self::Ours => "nightline path",
            Self::Mtr => "mtr",
            Self::Trippy => "trip",
        }
    }
}

/// Built once, from crates.io; kept beside what else is built.
fn trippy() -> Result<PathBuf, Failure> {
    let folder = shell::target_dir().join("peers").join(format!("trippy-{TRIPPY}"));
    let program = folder.join("bin/trip");
    if !program.exists() {
        let build = folder.join("build");
        let (root, build) = (folder.to_string_lossy(), build.to_string_lossy());
        let words = ["install", "trippy", "--version", TRIPPY, "--locked", "--root", &root];
        let mut install = shell::cargo(words);
        install.args(["--target-dir", &*build]);
        shell::run(install)?;
    }
    Ok(program)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn of_ours(hop: &Value) -> Option<Hop> {
    let times: Vec<f64> = list(&hop["answers"]).filter_map(Value::as_f64).collect();
    Some(Hop {
        ttl: ttl(&hop["ttl"])?,
        loss_pct: hop["loss_pct"].as_f64()?,
        mean_ms: super::mean(&times),
        median_ms: hop["rtt"]["median"].as_f64(),
    })
}

fn of_mtr(hub: &Value) -> Option<Hop> {
    let answered = hub["host"].as_str() != Some("???");
    Some(Hop {
        ttl: ttl(&hub["count"])?,
        loss_pct: hub["Loss%"].as_f64()?,
        mean_ms: hub["Avg"].as_f64().filter(|_| answered),
        median_ms: None,
    })
}

/// Its figures are text.
fn of_trippy(hop: &Value) -> Option<Hop> {
    let number = |key: &str| hop[key].as_str().and_then(|it| it.parse::<f64>().ok());
    Some(Hop {
        ttl: ttl(&hop["ttl"])?,
        loss_pct: number("loss_pct")?,
        mean_ms: number("avg").filter(|_| hop["recv"].as_u64() > Some(0)),
        median_ms: None,
    })
}

fn ttl(value: &Value) -> Option<u8> {
    u8::try_from(value.as_u64()?).ok()
}

fn seconds(millis: u32) -> String {
    format!("{}.{:03}", millis / 1_000, millis % 1_000)
}
