//! `cargo xtask check`: formatting, lints and house rules, for while you work. Not a replacement for the tests.

use crate::args::Args;
use crate::failure::Failure;
use crate::{shell, test};

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    args.finish()?;
    test::format()?;
    test::lint()?;
    shell::run(shell::cargo(["test", "--package", "nightline-house", "--locked"]))
}
