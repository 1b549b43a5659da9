//! One file per command: calls the engine, prints what it says.

mod bundle;
mod config;
mod diagnose;
mod follow_up;
mod get_help;
mod mail;
mod outbox;
mod owners;
mod path;
mod redact;
mod ticket;
mod worker;

use nightline_engine::World;

use crate::args::Command;
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Runs a command to its end.
pub(crate) async fn run(command: Command, world: &World, output: &Output) -> Result<Exit, Failure> {
    // Settings that the command line itself gets wrong are a mistake of this very call, so it does not go on.
    if !matches!(command, Command::Config(_))
        && let Some((message, detail)) = config::wrong_flag(world)
    {
        return Err(Failure { exit: Exit::Usage, message, detail });
    }
    match command {
        Command::Diagnose(arguments) => diagnose::run(arguments, world, output).await,
        Command::Path(arguments) => path::run(arguments, world, output).await,
        Command::GetHelp(arguments) => get_help::run(arguments, world, output).await,
        Command::Ticket(command) => ticket::run(command, world, output).await,
        Command::Bundle(command) => bundle::run(command, world, output).await,
        Command::Redact(arguments) => redact::run(&arguments, world),
        Command::Outbox(command) => outbox::run(command, world, output).await,
        Command::Owners(arguments) => owners::run(&arguments),
        Command::Worker => worker::run(world).await,
        Command::Config(_) => Ok(config::show(world, output).await),
    }
}
