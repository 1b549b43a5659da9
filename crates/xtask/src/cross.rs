//! `cargo xtask cross`: from Debian, checks the project for Windows and macOS and runs its tests under Wine.
//!
//! Takes what it needs from Debian and from the package registries, never a toolchain from elsewhere; each part is
//! set up once and kept in `target/cross`. Runs nothing of macOS: that system cannot be had here.

mod apple;
mod place;
mod run;
mod source;
mod suite;
mod toolchain;
mod wine;

use std::time::Instant;

use crate::args::Args;
use crate::failure::Failure;
use crate::{packages, shell};
use place::Place;

/// Windows, with the compiler and linker that Debian has.
const WINDOWS: &str = "x86_64-pc-windows-gnu";
/// macOS on Apple's own processors.
const MACOS: &str = "aarch64-apple-darwin";

/// Not built for other systems, and why:
/// `xtask` runs the tools of a development machine and `nightline-house` reads the checkout, both here;
/// `nightline-tests` drives network namespaces, session buses and the screens of Linux.
const ONLY_HERE: [&str; 3] = ["xtask", "nightline-house", "nightline-tests"];

/// What comes before every part, and can be asked for alone.
const SETUP: &str = "setup";

/// A part of the command, in the order they run.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Place) -> Result<(), Failure>,
}

const STEPS: &[Step] = &[
    Step { name: "windows", what: "clippy for Windows, warnings are errors", run: windows },
    Step { name: "macos", what: "clippy for macOS, warnings are errors", run: macos },
    Step { name: "wine", what: "tests for Windows, run under Wine", run: run::tests },
];

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let only = args.value("--only")?;
    let may_install = !args.flag("--no-install");
    args.finish()?;
    let steps: Vec<&Step> =
        STEPS.iter().filter(|it| only.as_deref().is_none_or(|name| name == it.name)).collect();
    if steps.is_empty() && only.as_deref() != Some(SETUP) {
        let names: Vec<&str> = STEPS.iter().map(|it| it.name).collect();
        return Err(Failure::Usage(format!("--only is one of {SETUP}, {}", names.join(", "))));
    }

    let began = Instant::now();
    println!("=== {SETUP}: packages, the standard library's source, compilers, Wine");
    packages::ensure(&[packages::BUILD, packages::CROSS], may_install)?;
    let place = Place::make()?;
    toolchain::ensure(&place)?;
    apple::ensure(&place)?;
    wine::ensure(&place)?;
    let mut ended = vec![(SETUP, began.elapsed(), true)];

    for step in steps {
        println!("\n=== {}: {}", step.name, step.what);
        let began = Instant::now();
        let outcome = (step.run)(&place);
        if let Err(failure) = &outcome {
            println!("--- {} FAILED: {failure}", step.name);
        }
        ended.push((step.name, began.elapsed(), outcome.is_ok()));
    }

    println!("\n=== Summary");
    for (name, took, good) in &ended {
        println!("  {name:8} {:>6.1} s  {}", took.as_secs_f64(), if *good { "ok" } else { "FAILED" });
    }
    let failed: Vec<String> =
        ended.iter().filter(|(_, _, good)| !good).map(|(name, _, _)| (*name).to_owned()).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Groups { failed }) }
}

fn windows(place: &Place) -> Result<(), Failure> {
    lint(place, WINDOWS)
}

fn macos(place: &Place) -> Result<(), Failure> {
    lint(place, MACOS)
}

/// Types and lints of every program, library and test that is not for Linux alone.
fn lint(place: &Place, target: &str) -> Result<(), Failure> {
    let mut words =
        vec!["clippy", "--workspace", "--all-targets", "--locked", "--keep-going", "--target", target];
    words.extend(ONLY_HERE.iter().flat_map(|name| ["--exclude", name]));
    // This lint does not see that it is satisfied where the system's own macro makes the constant.
    words.extend(["--", "-D", "warnings", "-A", "clippy::missing_const_for_thread_local"]);
    shell::run(place.cargo(&words))
}
