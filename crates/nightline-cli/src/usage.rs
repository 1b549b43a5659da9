//! The parser's own words in the reader's language: headings and flags of the help, and what is wrong with a command
//! line. Decides nothing; the parser's English stays a detail for whoever asks for it.

use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use nightline_text::Texts;
use nightline_types::{Message, TargetError};

use crate::args::NumberError;
use crate::exit::{Exit, Failure, printable};

/// Behind every other option.
const LAST: usize = 900;

/// The command and all below it, with every word of the help from the Fluent files.
pub(crate) fn worded(command: Command, texts: &Texts) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let ids: Vec<_> = command.get_arguments().map(|it| it.get_id().clone()).collect();
    let has_version = command.get_version().is_some();
    let template = template(&command, texts);
    let mut command = command
        .styles(Styles::plain())
        .help_template(template)
        .disable_help_flag(true)
        .disable_version_flag(true);
    for id in ids {
        command = command.mut_arg(id, |arg| with_notes(arg, texts));
    }
    let flag = |name: &'static str, short: char, action: ArgAction, help: &'static str| {
        Arg::new(name).long(name).short(short).action(action).help(texts.plain(help)).display_order(LAST)
    };
    command = command.arg(flag("help", 'h', ArgAction::Help, "cli-help-flag"));
    if has_version {
        command = command.arg(flag("version", 'V', ArgAction::Version, "cli-version-flag"));
    }
    for name in names {
        command = command.mut_subcommand(name, |it| worded(it, texts));
    }
    command
}

/// As the parser's own, with the headings of the reader's language.
fn template(command: &Command, texts: &Texts) -> String {
    let usage = texts.say(&Message::new("cli-help-usage").arg("usage", "{usage}"));
    let mut template = format!("{{about-with-newline}}\n{usage}");
    let mut part = |heading: &'static str, tag: &str| {
        template.push_str(&format!("\n\n{}\n{tag}", texts.plain(heading)));
    };
    if command.get_subcommands().any(|it| !it.is_hide_set()) {
        part("cli-help-commands", "{subcommands}");
    }
    if command.get_positionals().next().is_some() {
        part("cli-help-arguments", "{positionals}");
    }
    part("cli-help-options", "{options}");
    template
}

/// What the parser would add in English: a default, a variable of the environment.
fn with_notes(arg: Arg, texts: &Texts) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|it| it.to_string_lossy()).collect();
    if !defaults.is_empty() {
        let note = Message::new("cli-help-default").arg("help", help).arg("value", defaults.join(", "));
        help = texts.say(&note);
    }
    if let Some(name) = arg.get_env() {
        let name = name.to_string_lossy().into_owned();
        help = texts.say(&Message::new("cli-help-env").arg("help", help).arg("name", name));
    }
    arg.help(help).hide_default_value(true).hide_env(true)
}

/// Why a command line was not understood.
pub(crate) fn failure(error: &clap::Error) -> Failure {
    let named = |kind| text(error, kind).filter(|it| !it.is_empty());
    let argument = named(ContextKind::InvalidArg);
    if let Some(message) = wrong_value(error, argument.as_deref().unwrap_or_default()) {
        return Failure::new(Exit::Usage, message);
    }
    let message = match (error.kind(), argument) {
        (ErrorKind::UnknownArgument, Some(argument)) => {
            Message::new("cli-wrong-argument").arg("argument", argument)
        }
        (ErrorKind::InvalidSubcommand, _) => {
            let command = named(ContextKind::InvalidSubcommand).unwrap_or_default();
            Message::new("cli-wrong-command").arg("command", command)
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(argument)) => {
            match named(ContextKind::InvalidValue) {
                Some(value) => Message::new("cli-wrong-value").arg("argument", argument).arg("value", value),
                None => Message::new("cli-missing-value").arg("argument", argument),
            }
        }
        (ErrorKind::MissingRequiredArgument, Some(arguments)) => {
            Message::new("cli-missing-argument").arg("argument", arguments)
        }
        (ErrorKind::ArgumentConflict, Some(argument)) => {
            match named(ContextKind::PriorArg).filter(|other| *other != argument) {
                Some(other) => {
                    Message::new("cli-wrong-together").arg("argument", argument).arg("other", other)
                }
                None => Message::new("cli-wrong-twice").arg("argument", argument),
            }
        }
        (ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => {
            return Failure::new(Exit::Usage, Message::new("cli-missing-command"));
        }
        _ => {
            let words = error.render().to_string();
            let words = words.lines().next().unwrap_or_default().to_owned();
            return Failure { exit: Exit::Usage, message: Message::new("cli-usage"), detail: Some(words) };
        }
    };
    let detail = std::error::Error::source(error).map(nightline_types::chain);
    Failure { exit: Exit::Usage, message, detail }
}

/// What our own readers of values say.
fn wrong_value(error: &clap::Error, argument: &str) -> Option<Message> {
    let source = std::error::Error::source(error)?;
    if let Some(NumberError { from, to }) = source.downcast_ref() {
        let message = Message::new("cli-wrong-number").arg("argument", argument);
        return Some(message.arg("from", *from).arg("to", *to));
    }
    let of = |id, value: &str| Message::new(id).arg("value", printable(value));
    Some(match source.downcast_ref::<TargetError>()? {
        TargetError::Empty => Message::new("cli-missing-value").arg("argument", argument),
        TargetError::TooLong => Message::new("cli-target-too-long"),
        TargetError::NotAHost(text) => of("cli-target-no-host", text),
        TargetError::BadPort(text) => of("cli-target-no-port-number", text),
        TargetError::NoPort(text) => of("cli-target-needs-port", text),
    })
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(printable(text)),
        ContextValue::Strings(texts) => Some(printable(&texts.join(", "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use nightline_text::Language;

    use super::*;
    use crate::args;

    #[test]
    fn a_mistake_is_named_in_the_readers_language() {
        check(&["--nonsense"], "There is no option --nonsense here.", "没有 --nonsense 这个选项。");
        check(&["nonsense"], "There is no command nonsense.", "没有 nonsense 这个命令。");
        check(&["path"], "<HOST> is missing.", "缺少 <HOST>。");
        check(&["ticket"], "A command is missing.", "缺少命令。");
        check(&[], "A command is missing.", "缺少命令。");
        check(
            &["diagnose", "--target", "a b"],
            "a b is not a host, a host and port, or a URL.",
            "a b 不是主机名、“主机:端口”或网址。",
        );
        check(
            &["path", "host:0"],
            "0 is not a port: ports are numbers from 1 to 65535.",
            "0 不是端口：端口是 1 到 65535 之间的数字。",
        );
        check(
            &["path", "gopher://host"],
            "The port of gopher://host is not known. Add it at the end, for example gopher://host:1234.",
            "不知道 gopher://host 的端口。请加在末尾，例如 gopher://host:1234。",
        );
        check(
            &["path", "host", "--rounds", "0"],
            "--rounds <N> needs a number from 1 to 10000.",
            "--rounds <N> 需要 1 到 10000 之间的数字。",
        );
        check(
            &["diagnose", "--target"],
            "--target <HOST[:PORT]> needs a value.",
            "--target <HOST[:PORT]> 需要一个值。",
        );
        check(&["diagnose", "--json", "--json"], "--json was given twice.", "--json 重复了。");
    }

    #[test]
    fn the_help_has_no_word_of_the_parser_in_chinese() {
        for words in [&["--help"][..], &["path", "--help"], &["ticket", "--help"], &["bundle", "open", "-h"]]
        {
            let help = parse(words, Language::SimplifiedChinese).render().to_string();
            for word in ["Usage", "Commands:", "Options:", "Arguments:", "Print", "default", "env:"] {
                assert!(!help.contains(word), "{word}: {help}");
            }
            assert!(help.contains("用法：") && help.contains("选项："), "{help}");
        }
    }

    fn parse(words: &[&str], language: Language) -> clap::Error {
        let words: Vec<_> = ["nightline"].iter().chain(words).map(std::ffi::OsString::from).collect();
        args::parse(&words, &Texts::new(language)).unwrap_err()
    }

    #[track_caller]
    fn check(words: &[&str], english: &str, chinese: &str) {
        for (language, expected) in [(Language::English, english), (Language::SimplifiedChinese, chinese)] {
            let failure = failure(&parse(words, language));
            assert_eq!(failure.exit, Exit::Usage);
            assert_eq!(Texts::new(language).say(&failure.message), expected, "{words:?}");
        }
    }
}
