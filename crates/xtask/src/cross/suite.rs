//! Which crates' tests run under Wine, and which of their tests do not.
//!
//! A test that is left out has its reason in a list, and an entry that leaves nothing out is an error.

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::{shell, skips};

/// Every crate that a customer's program is made of. The window needs a web view that Wine does not have, and the
/// desk is a program for servers with Linux: both are checked by the compiler alone.
pub(crate) const PACKAGES: [&str; 17] = [
    "nightline-types",
    "nightline-text",
    "nightline-redact",
    "nightline-diagnosis",
    "nightline-protocol",
    "nightline-view",
    "nightline-config",
    "nightline-bundle",
    "nightline-session",
    "nightline-platform",
    "nightline-probe",
    "nightline-checks",
    "nightline-link",
    "nightline-engine",
    "nightline-watch",
    "nightline-cli",
    "nightline-testkit",
];

/// The list's place in the checkout: `"package/program::test" = "why it cannot run under Wine"`.
pub(crate) const LIST: &str = "tests/skips-wine.toml";

/// The tests that are left out, with their reasons.
pub(crate) struct LeftOut {
    reasons: BTreeMap<String, String>,
}

impl LeftOut {
    pub(crate) fn read() -> Result<Self, Failure> {
        let text =
            std::fs::read_to_string(shell::root().join(LIST)).map_err(Failure::io(format!("read {LIST}")))?;
        Ok(Self { reasons: skips::parse(&text, LIST)? })
    }

    /// Names and reasons for one test program.
    pub(crate) fn of<'a>(&'a self, program: &str) -> Vec<(&'a str, &'a str)> {
        let inside = |name: &'a String| name.strip_prefix(program).and_then(|it| it.strip_prefix("::"));
        self.reasons.iter().filter_map(|(name, reason)| Some((inside(name)?, reason.as_str()))).collect()
    }

    /// Entries for programs that there are not.
    pub(crate) fn without(&self, programs: &[String]) -> Vec<&str> {
        let known = |name: &str| {
            programs
                .iter()
                .any(|it| name.strip_prefix(it.as_str()).is_some_and(|rest| rest.starts_with("::")))
        };
        self.reasons.keys().map(String::as_str).filter(|name| !known(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> LeftOut {
        let text = "\"a/b::deep::name\" = \"no such call\"\n\"a/bc::other\" = \"no disks\"\n";
        LeftOut { reasons: skips::parse(text, LIST).unwrap() }
    }

    #[test]
    fn a_program_leaves_out_its_own_tests_only() {
        assert_eq!(list().of("a/b"), [("deep::name", "no such call")]);
        assert_eq!(list().of("a/bc"), [("other", "no disks")]);
        assert!(list().of("a").is_empty());
    }

    #[test]
    fn an_entry_for_a_program_that_is_not_there_is_noticed() {
        assert_eq!(list().without(&["a/b".to_owned()]), ["a/bc::other"]);
    }
}
