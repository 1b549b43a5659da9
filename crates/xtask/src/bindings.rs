//! `cargo xtask bindings`: writes the TypeScript types and JSON Schemas of every format, and the credits.
//!
//! The generator is the test that also compares them; here it is told to write instead.

use crate::args::Args;
use crate::failure::Failure;
use crate::shell;

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    args.finish()?;
    let mut cargo = shell::cargo(["test", "--package", "nightline-tests", "--test", "bindings"]);
    cargo.env("NIGHTLINE_BLESS", "1");
    shell::run(cargo)
}
