//! The project's own commands, run as `cargo xtask NAME`.
//!
//! Knows how to set up, build, test and measure the project from outside.
//! Links none of its crates, so that it compiles in seconds and sees what a person sees.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line for developers talks on both")]
#![expect(clippy::disallowed_methods, reason = "xtask starts the tools that build and test the project")]

mod args;
mod bench;
mod bindings;
mod check;
mod cross;
mod demo;
mod desk;
mod ending;
mod failure;
mod front_end;
mod http;
mod icons;
mod lab;
mod on_desktop;
mod owners;
mod package;
mod packages;
mod pictures;
mod shell;
mod skips;
mod test;

use std::process::ExitCode;

use args::Args;
use failure::Failure;

const USAGE: &str = "\
cargo xtask demo [--no-install] [--once] [--data DIR] [--lang en|zh-CN] [--release]
    sets up, starts a desk on loopback, diagnoses this machine, sends a ticket, says where to read it
cargo xtask test [--only NAME] [--list] [--no-install]
    sets up and runs every test
cargo xtask check
    formatting, lints and house rules: a minute's answer while you work
cargo xtask cross [--only setup|windows|macos|wine] [--no-install]
    from Debian: lints for Windows and macOS, and tests for Windows under Wine; kept in target/cross,
    or where NIGHTLINE_CROSS_DIR says
cargo xtask lab [--only PART] [--no-install]
    every case of the lab: networks with faults, and what is said of them; PART of a case's name
cargo xtask owners [--no-install]
    makes the table of networks' owners from public lists and puts it beside the programs
cargo xtask package [--no-install]
    the app as one archive to unpack, with the names of networks
cargo xtask bench diagnose|bundle|redact|upload|path|app|all
    figures of the release programs, beside a peer's from the same run
cargo xtask pictures [--release] [--only console|window|screens]
    takes the pictures in the documents, of the real console and the real window
cargo xtask bindings
    writes the TypeScript types and JSON Schemas of every format
cargo xtask icons [--no-install]
    exports the drawings in icons/ to the formats of each system
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let mut args = Args::new(words);
    let name = if args.flag("--help") { "help" } else { name.as_str() };
    let outcome = match name {
        "demo" => demo::run(args),
        "test" => test::run(args),
        "lab" => lab::run(args),
        "owners" => owners::run(args),
        "package" => package::run(args),
        "check" => check::run(args),
        "cross" => cross::run(args),
        "bench" => bench::run(args),
        "bindings" => bindings::run(args),
        "icons" => icons::run(args),
        "pictures" => pictures::run(args),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        unknown => Err(Failure::Usage(format!("there is no command `{unknown}`"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            if let Failure::Usage(_) = failure {
                eprint!("\n{USAGE}");
                return ExitCode::from(2);
            }
            ExitCode::FAILURE
        }
    }
}
