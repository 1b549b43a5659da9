//! `nightline-window`: shows what the watch says and passes on what the person does.
//!
//! Started by the watch over inherited pipes, gone when its window closes. Holds no state, no credentials and no
//! decisions; touches no network and no file but the one that remembers its size.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod conversation;
mod page;
mod pipes;
mod screen;
mod size;
mod window;

use std::io::IsTerminal;
use std::process::ExitCode;

use nightline_text::{Language, Texts};
use nightline_types::Message;

use crate::arguments::Arguments;
use crate::pipes::First;

/// The command line makes no sense, or nobody is at the other end.
const EXIT_USAGE: u8 = 2;
/// There is no screen, or no window on it.
const EXIT_FAILED: u8 = 1;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let arguments = match Arguments::parse(&words) {
        Ok(arguments) => arguments,
        Err(wrong) => {
            return stop(Language::default(), EXIT_USAGE, &Message::new("window-usage").arg("word", wrong.0));
        }
    };
    let language = arguments.language;
    let by_hand = Message::new("window-by-hand");
    if std::io::stdin().is_terminal() || std::io::stdout().is_terminal() {
        return stop(language, EXIT_USAGE, &by_hand);
    }
    let (watch, frames) = pipes::open(std::io::stdin(), std::io::stdout());
    let first = frames.first();
    if matches!(first, First::Gone) {
        return stop(language, EXIT_USAGE, &by_hand);
    }
    if !screen::prepare() {
        return stop(language, EXIT_FAILED, &Message::new("window-no-screen"));
    }
    match window::run(&arguments, watch, frames, first) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let failed = Message::new("window-failed").arg("reason", nightline_types::chain(&error));
            stop(language, EXIT_FAILED, &failed)
        }
    }
}

#[expect(clippy::print_stderr, reason = "without a window, words can only go there")]
fn stop(language: Language, code: u8, message: &Message) -> ExitCode {
    eprintln!("{}", Texts::new(language).say(message));
    ExitCode::from(code)
}
