//! What the watch says on the command line. A word that is not known is an error, never ignored.

use std::ffi::OsString;
use std::path::PathBuf;

use nightline_text::Language;

/// What the watch says on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// `--lang`: of the title and of what is said without a window. The page's language is the view's.
    pub(crate) language: Language,
    /// `--state`: the file that remembers size and position. Nothing is remembered without.
    pub(crate) state_path: Option<PathBuf>,
}

/// The word that makes no sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) String);

impl Arguments {
    /// Reads the words after the program's name.
    pub(crate) fn parse(words: &[OsString]) -> Result<Self, Wrong> {
        let mut arguments = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let wrong = || Wrong(word.to_string_lossy().into_owned());
            match word.to_str() {
                Some("--lang") => {
                    let language = words.next().and_then(|it| it.to_str()).ok_or_else(wrong)?;
                    arguments.language = language.parse().map_err(|_| Wrong(language.to_owned()))?;
                }
                Some("--state") => {
                    arguments.state_path = Some(PathBuf::from(words.next().ok_or_else(wrong)?));
                }
                _ => return Err(wrong()),
            }
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(Language, Option<&str>), &str>) {
        let words: Vec<OsString> = text.split_whitespace().map(OsString::from).collect();
        let expected = expected
            .map(|(language, path)| Arguments { language, state_path: path.map(PathBuf::from) })
            .map_err(|it| Wrong(it.to_owned()));
        assert_eq!(Arguments::parse(&words), expected, "{text}");
    }

    #[test]
    fn the_two_options_are_read_in_any_order_and_may_be_left_out() {
        check("", Ok((Language::English, None)));
        check("--lang zh-CN", Ok((Language::SimplifiedChinese, None)));
        check("--state /a/b.json --lang en", Ok((Language::English, Some("/a/b.json"))));
    }

    #[test]
    fn what_is_not_known_or_incomplete_is_refused_by_its_word() {
        check("--lang", Err("--lang"));
        check("--lang fr", Err("fr"));
        check("--state", Err("--state"));
        check("--lang en extra", Err("extra"));
        check("--show", Err("--show"));
    }
}
