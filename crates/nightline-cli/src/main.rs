//! The `nightline` command: reads the command line and the environment once, runs one command, prints, ends.
//! Decides nothing about the product; that is the engine's work.

mod args;
mod exit;

fn main() -> std::process::ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let language = args::language_of(&words, None);
    let texts = nightline_text::Texts::new(language);
    let _ = args::parse(&words, &texts);
    exit::Exit::Done.into()
}
