//! The `nightline` command: reads the command line and the environment once, runs one command, prints, ends.
//! Decides nothing about the product; that is the engine's work.

mod args;
mod commands;
mod exit;
mod interview;
mod output;
mod preview;
mod report_text;
mod stop;
mod usage;

use std::collections::BTreeMap;
use std::sync::Arc;

use nightline_engine::{Settings, World};
use nightline_text::Texts;
use nightline_types::{Message, Timestamp};

use crate::args::{Arguments, Command, Global};
use crate::exit::{Exit, Failure};
use crate::output::Output;

fn main() -> std::process::ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let environment: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment.get(*name).filter(|it| !it.is_empty()));
    let language = args::language_of(&words, locale.map(String::as_str));
    let mut output = Output::new(Texts::new(language), words.iter().any(|word| word == "--json"))
        .on_standard_error(environment.get("TERM").map(String::as_str));
    let arguments = match args::parse(&words, &output.texts) {
        Ok(arguments) => arguments,
        Err(error) => return not_run(&output, &error).into(),
    };
    run(arguments, environment, &mut output)
        .unwrap_or_else(|failure| {
            output.failure(&failure);
            failure.exit
        })
        .into()
}

/// Help and version are no mistakes; everything else is, in the reader's language with the parser's words below.
fn not_run(output: &Output, error: &clap::Error) -> Exit {
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !output.json {
        // Whoever types the name alone wants to see what there is.
        output.progress(error.render().to_string().trim_end());
        return Exit::Usage;
    }
    if error.use_stderr() {
        output.failure(&usage::failure(error));
        if !output.json {
            output.progress_say(&Message::new("cli-usage-hint").arg("command", "nightline --help"));
        }
        return Exit::Usage;
    }
    output.line(error.render().to_string().trim_end());
    Exit::Done
}

fn run(
    arguments: Arguments,
    environment: BTreeMap<String, String>,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let log_filter = environment.get("NIGHTLINE_LOG").cloned();
    let opened = World::open(settings(&arguments.global), environment.clone(), Arc::new(now));
    let world = opened.or_else(|error| {
        let path = error.path().map_or_else(|| "~".to_owned(), |path| path.display().to_string());
        // Looking needs no folder, and a machine whose disk is broken is the one to look at.
        if matches!(arguments.command, Command::Diagnose(_) | Command::Path(_)) {
            output.progress_say(&Message::new("cli-home-not-kept").arg("path", path));
            return Ok(World::open_to_look(settings(&arguments.global), environment, Arc::new(now)));
        }
        Err(Failure::with(Exit::Failed, Message::new("cli-home-unusable").arg("path", path), &error))
    })?;
    if world.language != output.texts.language() {
        output.texts = Texts::new(world.language);
    }
    let _log = nightline_engine::logging::start(&world.home.logs, "nightline", log_filter.as_deref());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::with(Exit::Failed, Message::new("cli-failed"), &error))?;
    let result = runtime.block_on(async {
        output.stop.listen(output);
        commands::run(arguments.command, &world, output).await
    });
    // A system call that hangs must not keep the command from ending.
    runtime.shutdown_background();
    if output.lost() {
        return Err(Failure::new(Exit::Failed, Message::new("cli-output-lost")));
    }
    result
}

fn settings(global: &Global) -> Settings {
    Settings {
        home: global.home.clone(),
        desk: global.desk.clone(),
        language: global.lang,
        extra_roots_path: global.ca.clone(),
        policy_dir: global.policy_dir.clone(),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge that asks the clock")]
fn now() -> Timestamp {
    std::time::SystemTime::now().into()
}
