//! The command line's words. Help sentences come from the Fluent files; nothing is decided here.

use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use nightline_text::{Language, Texts};
use nightline_types::{CheckId, Target};

use crate::usage;

/// `nightline …`
#[derive(Debug, Parser)]
#[command(name = "nightline", bin_name = "nightline", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    #[arg(long, global = true, env = "NIGHTLINE_HOME", value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) desk: Option<String>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    #[arg(long, global = true, value_name = "DIR", env = "NIGHTLINE_POLICY_DIR", hide = true)]
    pub(crate) policy_dir: Option<PathBuf>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Diagnose(Diagnose),
    Path(PathTrace),
    GetHelp(GetHelp),
    #[command(subcommand)]
    Ticket(Ticket),
    #[command(subcommand)]
    Bundle(Bundle),
    Redact(Redact),
    #[command(subcommand)]
    Outbox(Outbox),
    #[command(subcommand)]
    Config(Config),
    #[command(hide = true)]
    Owners(Owners),
    #[command(hide = true)]
    Worker,
}

#[derive(Debug, Args)]
pub(crate) struct Owners {
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) ipv4: PathBuf,
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) ipv6: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Diagnose {
    #[arg(long, value_name = "HOST[:PORT]")]
    pub(crate) target: Vec<Target>,
    #[arg(long, value_name = "CHECK", value_parser = check_id)]
    pub(crate) only: Vec<CheckId>,
    #[arg(long, value_name = "S", value_parser = number::<u64>(1, 600))]
    pub(crate) deadline: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct PathTrace {
    #[arg(value_name = "HOST")]
    pub(crate) host: Target,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = number::<u32>(1, 10_000))]
    pub(crate) rounds: u32,
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = number::<u64>(20, 60_000))]
    pub(crate) interval_ms: u64,
}

#[derive(Debug, Args)]
pub(crate) struct GetHelp {
    #[arg(long, value_name = "FILE.json")]
    pub(crate) intake: Option<PathBuf>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long, value_name = "ITEM", requires = "yes")]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Ticket {
    List,
    Show {
        number: String,
    },
    Reply {
        number: String,
        text: String,
    },
    Attach {
        number: String,
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    Close {
        number: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bundle {
    Create {
        #[arg(long, value_name = "FILE.zip")]
        out: PathBuf,
        #[arg(long, value_name = "FILE.json")]
        intake: Option<PathBuf>,
    },
    Inspect {
        file: PathBuf,
    },
    Open {
        file: PathBuf,
        entry: String,
    },
    Verify {
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Redact {
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Outbox {
    List,
    Send,
    Drop { number: String },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    Show,
}

/// Why a text is no number here.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a number from {from} to {to} is needed")]
pub(crate) struct NumberError {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

/// Reads a number within limits; the parser's own says in English alone what they are.
fn number<N: TryFrom<u64>>(from: u64, to: u64) -> impl Fn(&str) -> Result<N, NumberError> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|it| (from..=to).contains(it));
        number.and_then(|it| N::try_from(it).ok()).ok_or(NumberError { from, to })
    }
}

fn check_id(text: &str) -> Result<CheckId, std::convert::Infallible> {
    Ok(CheckId::from_owned(text.to_owned()))
}

/// Reads the command line. Help is in the language that `--lang` or the locale asks for.
pub(crate) fn parse(words: &[std::ffi::OsString], texts: &Texts) -> Result<Arguments, clap::Error> {
    let command = usage::worded(localized(Arguments::command(), "cli-help", texts), texts);
    let mut matches = command.try_get_matches_from(words)?;
    Arguments::from_arg_matches_mut(&mut matches)
}

/// The language for help and for mistakes in the command line itself, before it has been read.
pub(crate) fn language_of(words: &[std::ffi::OsString], locale: Option<&str>) -> Language {
    let words: Vec<_> = words.iter().filter_map(|word| word.to_str()).collect();
    let named = words.iter().enumerate().find_map(|(index, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(index + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    named
        .and_then(|name| name.parse().ok())
        .unwrap_or_else(|| locale.map(Language::of_locale).unwrap_or_default())
}

fn localized(command: clap::Command, prefix: &str, texts: &Texts) -> clap::Command {
    let about = say(texts, prefix);
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let subcommands: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let mut command = command.about(about);
    for id in ids {
        let own = format!("{prefix}-arg-{}", id.replace('_', "-"));
        let shared = format!("cli-arg-{}", id.replace('_', "-"));
        let help = if texts.knows(&own) { say(texts, &own) } else { say(texts, &shared) };
        command = command.mut_arg(id, |arg| arg.help(help));
    }
    for name in subcommands {
        let inner = format!("{prefix}-{name}");
        command = command.mut_subcommand(name, |it| localized(it, &inner, texts));
    }
    command
}

fn say(texts: &Texts, id: &str) -> String {
    texts.say(&nightline_types::Message {
        id: nightline_types::MessageId::from_owned(id.to_owned()),
        args: std::collections::BTreeMap::new(),
        text: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_help_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut command = localized(Arguments::command(), "cli-help", &texts);
            command.build();
            visit(&command, &mut |text| assert!(!text.starts_with("cli-"), "{text} in {}", language.code()));
        }
    }

    #[test]
    fn the_language_is_known_before_the_line_is_read() {
        check(&["nightline", "--lang", "zh-CN", "--nonsense"], None, Language::SimplifiedChinese);
        check(&["nightline", "diagnose", "--lang=en"], Some("zh_CN.UTF-8"), Language::English);
        check(&["nightline"], Some("zh_CN.UTF-8"), Language::SimplifiedChinese);
        check(&["nightline", "--lang"], None, Language::English);
    }

    #[track_caller]
    fn check(words: &[&str], locale: Option<&str>, expected: Language) {
        let words: Vec<_> = words.iter().map(std::ffi::OsString::from).collect();
        assert_eq!(language_of(&words, locale), expected);
    }

    fn visit(command: &clap::Command, see: &mut impl FnMut(&str)) {
        see(&command.get_about().map(ToString::to_string).unwrap_or_default());
        for arg in command.get_arguments().filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version"))
        {
            see(&arg.get_help().map(ToString::to_string).unwrap_or_default());
        }
        for inner in command.get_subcommands().filter(|it| !it.is_hide_set()) {
            visit(inner, see);
        }
    }
}
