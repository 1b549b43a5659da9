//! The command line of the watch: few words, because a launcher or the system starts it.

use std::ffi::OsString;
use std::path::PathBuf;

use nightline_engine::Settings;
use nightline_text::Language;

/// What it was started with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// `--show`: open the window at once.
    pub(crate) show: bool,
    /// `--get-help`: open the window at "Get help".
    pub(crate) get_help: bool,
    /// `--help`.
    pub(crate) help: bool,
    /// Where the home is, and what else the command line says about settings.
    pub(crate) settings: Settings,
}

impl Arguments {
    /// The words that give another program the same home and settings.
    pub(crate) fn settings_words(&self) -> Vec<OsString> {
        let settings = &self.settings;
        let mut words: Vec<OsString> = Vec::new();
        let mut add = |flag: &str, value: Option<OsString>| {
            words.extend(value.into_iter().flat_map(|value| [OsString::from(flag), value]));
        };
        add("--home", settings.home.as_ref().map(|it| it.clone().into_os_string()));
        add("--desk", settings.desk.as_ref().map(OsString::from));
        add("--ca", settings.extra_roots_path.as_ref().map(|it| it.clone().into_os_string()));
        add("--lang", settings.language.map(|it| it.code().into()));
        words
    }
}

/// Reads the words, or names the first that is not understood.
pub(crate) fn parse(words: &[OsString]) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy().into_owned();
        let (flag, inline) = match text.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag.to_owned(), Some(OsString::from(value))),
            _ => (text.clone(), None),
        };
        let mut value = || inline.clone().or_else(|| words.next().cloned()).ok_or_else(|| text.clone());
        match flag.as_str() {
            "--show" => arguments.show = true,
            "--get-help" => arguments.get_help = true,
            "--help" | "-h" => arguments.help = true,
            "--home" => arguments.settings.home = Some(PathBuf::from(value()?)),
            "--ca" => arguments.settings.extra_roots_path = Some(PathBuf::from(value()?)),
            "--desk" => arguments.settings.desk = Some(value()?.to_string_lossy().into_owned()),
            "--lang" => {
                let given = value()?;
                arguments.settings.language = Some(language(&given.to_string_lossy()).ok_or(text)?);
            }
            _ => return Err(text),
        }
    }
    Ok(arguments)
}

fn language(tag: &str) -> Option<Language> {
    [Language::English, Language::SimplifiedChinese].into_iter().find(|language| language.code() == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').filter(|it| !it.is_empty()).map(OsString::from).collect()
    }

    #[test]
    fn what_is_given_on_is_read_again_as_it_was() {
        let arguments =
            parse(&words("--show --home=/h --desk http://[::1]:1 --lang zh-CN --ca a.pem")).unwrap();
        assert!(arguments.show && !arguments.get_help);
        let again = parse(&arguments.settings_words()).unwrap();
        assert_eq!(again.settings.home, Some("/h".into()));
        assert_eq!(again.settings.desk.as_deref(), Some("http://[::1]:1"));
        assert_eq!(again.settings.language, Some(Language::SimplifiedChinese));
        assert_eq!(again.settings.extra_roots_path, Some("a.pem".into()));
    }

    #[test]
    fn the_first_word_that_is_not_understood_is_named() {
        for (line, word) in
            [("--shwo", "--shwo"), ("--show x", "x"), ("--home", "--home"), ("--lang=fr", "--lang=fr")]
        {
            assert_eq!(parse(&words(line)).unwrap_err(), word, "{line}");
        }
    }
}
