//! Reads a command's own words. A word nobody asked for is an error, never ignored.

use crate::failure::Failure;

/// The words after the command's name.
pub(crate) struct Args {
    words: Vec<String>,
}

impl Args {
    pub(crate) fn new(words: impl Iterator<Item = String>) -> Self {
        Self { words: words.collect() }
    }

    /// Takes `--name` away and says whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() != before
    }

    /// Takes `--name VALUE` away.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let Some(at) = self.words.iter().position(|word| word == name) else { return Ok(None) };
        self.words.remove(at);
        if at < self.words.len() && !self.words[at].starts_with("--") {
            return Ok(Some(self.words.remove(at)));
        }
        Err(Failure::Usage(format!("{name} needs a value")))
    }

    /// Takes the next free word away.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.words.iter().position(|word| !word.starts_with("--"))?;
        Some(self.words.remove(at))
    }

    /// Refuses what is left.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(Failure::Usage(format!("`{word}` is not known here"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn takes_flags_values_and_words_in_any_order() {
        let mut it = args("all --once --data x");
        assert!(it.flag("--once") && !it.flag("--once"));
        assert_eq!(it.value("--data").unwrap().as_deref(), Some("x"));
        assert_eq!(it.word().as_deref(), Some("all"));
        assert!(it.finish().is_ok());
    }

    #[test]
    fn refuses_a_value_that_is_missing_and_a_word_that_is_unknown() {
        assert!(args("--data").value("--data").is_err());
        assert!(args("--data --once").value("--data").is_err());
        assert!(args("--onec").finish().is_err());
    }
}
