//! `nightline-watch`: the background program of a signed-in person. Reads the command line and the environment once,
//! owns the home, and runs the app until it is told to end. Decides nothing about the product; that is the engine's.

// On Windows a program of its own without a console window.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod arguments;
mod control;
mod door;
mod keep;
mod settings;
mod tray;
mod watch;
mod window;
mod worker;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use nightline_engine::{World, WorldError};
use nightline_platform::directories::HomeError;
use nightline_text::Texts;
use nightline_types::{Message, Timestamp};

use arguments::Arguments;

/// As the command line's: 1 is everything else, 2 is a wrong command line.
const FAILED: u8 = 1;
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let environment: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let arguments = match arguments::parse(&words) {
        Ok(mut arguments) => {
            arguments.settings.policy_dir = environment.get("NIGHTLINE_POLICY_DIR").map(Into::into);
            arguments
        }
        Err(word) => {
            say(&Message::new("watch-wrong-word").arg("word", word), &environment);
            say(&Message::new("watch-usage"), &environment);
            return ExitCode::from(USAGE);
        }
    };
    if arguments.help {
        say(&Message::new("watch-usage"), &environment);
        return ExitCode::SUCCESS;
    }
    let clock = Arc::new(now);
    let world = match World::open(arguments.settings.clone(), environment.clone(), clock) {
        Ok(world) => world,
        Err(error) => {
            let path = error.path().map(|path| path.display().to_string()).unwrap_or_default();
            say(&Message::new("watch-no-home").arg("path", path), &environment);
            return ExitCode::from(FAILED);
        }
    };
    let filter = environment.get("NIGHTLINE_LOG").cloned();
    // On macOS the first thread belongs to the tray.
    let code = nightline_platform::interface::beside(move || {
        let _log = nightline_engine::logging::start(&world.home.logs, "watch", filter.as_deref());
        keep_watch(world, &arguments)
    });
    code.unwrap_or(ExitCode::from(FAILED))
}

fn keep_watch(world: World, arguments: &Arguments) -> ExitCode {
    // One thread: nothing here computes, and each thread costs memory all day.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(error = nightline_types::chain(&error), "No runtime");
            return ExitCode::from(FAILED);
        }
    };
    let code = runtime.block_on(run(world, arguments));
    // A hung call of the system must not keep a program that was told to end.
    runtime.shutdown_background();
    code
}

/// Owns the home and watches, or shows the window of the watch that owns it.
async fn run(world: World, arguments: &Arguments) -> ExitCode {
    match world.home.lock() {
        Ok(_lock) if (arguments.show || arguments.get_help) && !has_screen(&world.environment) => {
            say(&Message::new("window-no-screen"), &world.environment);
            ExitCode::from(FAILED)
        }
        Ok(lock) => {
            let code = watch::run(world, arguments).await;
            drop(lock);
            code
        }
        Err(HomeError::InUse { .. }) => door::show_the_other(&world, arguments).await,
        Err(error) => {
            let path = WorldError::Home(error).path().map(|path| path.display().to_string());
            let message = Message::new("watch-no-home").arg("path", path.unwrap_or_default());
            say(&message, &world.environment);
            ExitCode::from(FAILED)
        }
    }
}

/// Whether a window could be on a screen of whoever started this. Without one, a watch that nobody asked for a window
/// still sends what waits.
fn has_screen(environment: &BTreeMap<String, String>) -> bool {
    let is_named = |name| environment.get(name).is_some_and(|it| !it.is_empty());
    cfg!(not(target_os = "linux")) || is_named("DISPLAY") || is_named("WAYLAND_DISPLAY")
}

/// One sentence on the error output, for whoever started it by hand.
fn say(message: &Message, environment: &BTreeMap<String, String>) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| environment.get(*name).filter(|it| !it.is_empty()));
    let language = locale.and_then(|locale| nightline_config::Language::from_locale(locale));
    let texts = Texts::new(match language {
        Some(nightline_config::Language::ZhCn) => nightline_text::Language::SimplifiedChinese,
        _ => nightline_text::Language::English,
    });
    // Without anybody to read it there is nothing better to do.
    let _ = writeln!(std::io::stderr(), "{}", texts.say(message));
}

#[expect(clippy::disallowed_methods, reason = "the program's edge reads the clock")]
fn now() -> Timestamp {
    std::time::SystemTime::now().into()
}
