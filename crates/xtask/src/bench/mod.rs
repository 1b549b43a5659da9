//! `cargo xtask bench NAME`: figures of the real programs, built for release and driven from outside.
//!
//! Prints our figure beside the peer's from the same run. Asserts nothing: a figure is not a test.

mod app;
mod bundle;
mod diagnose;
mod path;
mod process;
mod redact;
mod upload;

use crate::args::Args;
use crate::demo::{DataDir, Programs};
use crate::failure::Failure;
use crate::{demo, packages};

/// One line of a result.
struct Figure {
    what: String,
    ours: String,
    peer: String,
    note: String,
}

/// A benchmark's name, what it answers, and how it is run.
struct Bench {
    name: &'static str,
    what: &'static str,
    run: fn(&Programs, &DataDir) -> Result<Vec<Figure>, Failure>,
}

/// The one that needs a screen.
const APP: &str = "app";

const BENCHES: &[Bench] = &[
    Bench {
        name: "diagnose",
        what: "time to the first verdict and to the full diagnosis",
        run: diagnose::run,
    },
    Bench { name: "bundle", what: "time, size and peak memory of a bundle", run: bundle::run },
    Bench { name: "redact", what: "redaction beside plain masks by sed", run: redact::run },
    Bench {
        name: "upload",
        what: "rate and server CPU beside @tus/server, with our client",
        run: upload::run,
    },
    Bench {
        name: "path",
        what: "traces beside mtr, trippy and a capture, and the judgment of paths on paper",
        run: path::run,
    },
    Bench {
        name: APP,
        what: "the app: memory (resident / proportional), click to verdict, size; peer: its window kept, put away",
        run: app::run,
    },
];

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let names = || BENCHES.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
    let Some(name) = args.word() else {
        return Err(Failure::Usage(format!("bench NAME: {}, or all", names())));
    };
    args.finish()?;
    let chosen: Vec<&Bench> = BENCHES.iter().filter(|it| name == "all" || name == it.name).collect();
    if chosen.is_empty() {
        return Err(Failure::Usage(format!("there is no bench `{name}`: {}, or all", names())));
    }
    let with_window = chosen.iter().any(|it| it.name == APP);
    let mut tables = vec![packages::BUILD];
    if with_window {
        tables.extend([packages::WINDOW, packages::DESKTOP, packages::ARCHIVE]);
    }
    packages::ensure(&tables, true)?;
    let programs = demo::build(true, with_window, demo::Words::of("en"))?;
    for bench in chosen {
        println!("\n=== {}: {}", bench.name, bench.what);
        let data_dir = DataDir::make(None)?;
        let figures = (bench.run)(&programs, &data_dir)?;
        println!("  {:34} {:>16} {:>20}  note", "figure", "ours", "peer");
        for it in figures {
            println!("  {:34} {:>16} {:>20}  {}", it.what, it.ours, it.peer, it.note);
        }
    }
    Ok(())
}

impl Figure {
    fn new(what: &str, ours: String) -> Self {
        Self { what: what.to_owned(), ours, peer: "-".to_owned(), note: String::new() }
    }

    fn peer(mut self, peer: String) -> Self {
        self.peer = peer;
        self
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// The middle of an odd number of runs, so that one disturbed run does not count.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
