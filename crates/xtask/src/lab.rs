//! `cargo xtask lab`: every case of the lab, as a table. The cases themselves are files in `tests/lab/cases`.

use crate::args::Args;
use crate::failure::Failure;
use crate::{packages, shell};

/// Says to the test that every case is wanted.
const ALL: &str = "NIGHTLINE_LAB";

pub(crate) fn run(mut args: Args) -> Result<(), Failure> {
    let only = args.value("--only")?;
    let may_install = !args.flag("--no-install");
    args.finish()?;
    packages::ensure(&[packages::BUILD, packages::TEST], may_install)?;
    let programs = ["build", "--locked", "--package", "nightline-cli", "--package", "nightline-desk"];
    shell::run(shell::cargo(programs))?;
    let words = ["test", "--locked", "--package", "nightline-tests", "--test", "lab", "--", "--nocapture"];
    let mut tests = shell::cargo(words);
    tests.env(ALL, only.unwrap_or_else(|| "all".to_owned()));
    shell::run(tests)
}
