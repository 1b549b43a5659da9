//! The command line: `--name VALUE`, said by xtask and by nobody else.

use std::path::PathBuf;

/// What the command line says.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of(words: impl Iterator<Item = String>) -> Self {
        Self(words.collect())
    }

    /// What follows `--name`.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> &str {
        let at = self.0.iter().position(|it| it == name);
        at.and_then(|at| self.0.get(at + 1)).unwrap_or_else(|| panic!("{name} needs a value"))
    }

    /// The same as a path.
    #[track_caller]
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.value(name))
    }
}
