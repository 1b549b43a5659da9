//! Which tests did not run, and whether each is excused by `tests/skips.toml`.
//!
//! Reads what the runners print (Rust's own and Node's); refuses an excuse that nobody needs any more.

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::shell;

/// The list's place in the checkout.
pub(crate) const LIST: &str = "tests/skips.toml";

/// Name of the test and the reason, as the list says.
pub(crate) fn excused() -> Result<BTreeMap<String, String>, Failure> {
    let text =
        std::fs::read_to_string(shell::root().join(LIST)).map_err(Failure::io(format!("read {LIST}")))?;
    parse(&text, LIST)
}

/// Reads `"name" = "reason"` lines below a head of comments; the small part of TOML that such a list needs.
pub(crate) fn parse(text: &str, list_name: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut list = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let problem =
            || Failure::answer(format!("{list_name}:{}", index + 1), "expected \"test name\" = \"reason\"");
        let (name, reason) = line.split_once("\" = \"").ok_or_else(problem)?;
        let name = name.strip_prefix('"').ok_or_else(problem)?;
        let reason = reason.strip_suffix('"').filter(|it| !it.is_empty()).ok_or_else(problem)?;
        list.insert(name.to_owned(), reason.to_owned());
    }
    Ok(list)
}

/// The tests that a runner's output says it skipped.
pub(crate) fn skipped_in(lines: &[String]) -> Vec<String> {
    lines.iter().filter_map(|line| skipped_name(line.trim())).collect()
}

fn skipped_name(line: &str) -> Option<String> {
    // Rust: `test module::name ... ignored, reason`
    if let Some((name, rest)) = line.strip_prefix("test ").and_then(|it| it.split_once(" ... "))
        && rest.starts_with("ignored")
    {
        return Some(name.to_owned());
    }
    // Node's TAP: `ok 3 - name # SKIP reason`; its spec reporter and Vitest mark the line with a sign.
    if let Some((name, _)) = line.split_once(" # SKIP") {
        return Some(match name.split_once(" - ") {
            Some((count, name)) if count.starts_with("ok ") => name.trim().to_owned(),
            _ => without_duration(name.trim_start_matches(['﹣', ' '])),
        });
    }
    let rest = line.strip_prefix('﹣').or_else(|| line.strip_prefix('↓'))?;
    Some(without_duration(rest.trim()))
}

fn without_duration(name: &str) -> String {
    match name.rsplit_once(" (") {
        Some((name, duration)) if duration.ends_with("ms)") => name.trim().to_owned(),
        _ => name.trim().to_owned(),
    }
}

/// How many tests the runners say they ran: passed, failed, skipped.
pub(crate) fn count(lines: &[String]) -> (u64, u64, u64) {
    let mut sum = (0, 0, 0);
    for line in lines {
        if let Some(rest) = line.strip_prefix("test result: ") {
            let number = |word: &str| number_before(rest, word);
            sum.0 += number(" passed");
            sum.1 += number(" failed");
            sum.2 += number(" ignored");
        }
        // Vitest: `Tests  12 passed | 1 skipped (13)`
        if let Some(rest) = line.trim_start().strip_prefix("Tests ") {
            sum.0 += number_before(rest, " passed");
            sum.1 += number_before(rest, " failed");
            sum.2 += number_before(rest, " skipped");
        }
        let node = line.trim_start_matches(['#', 'ℹ', ' ']);
        if node != line.as_str() {
            let number = |word: &str| {
                node.strip_prefix(word).and_then(|it| it.trim().parse::<u64>().ok()).unwrap_or(0)
            };
            sum.0 += number("pass ");
            sum.1 += number("fail ");
            sum.2 += number("skipped ");
        }
    }
    sum
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else { return 0 };
    before.rsplit(|it: char| !it.is_ascii_digit()).next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_skips_of_every_runner() {
        check("test deep::needs_a_printer ... ignored, no printer", Some("deep::needs_a_printer"));
        check("ok 3 - uploads to the other server # SKIP not here", Some("uploads to the other server"));
        check("﹣ opens a file (0.2ms) # SKIP not here", Some("opens a file"));
        check("↓ opens a file", Some("opens a file"));
    }

    #[test]
    fn sees_no_skip_where_a_test_ran_or_somebody_talks() {
        check("test reads_hosts ... ok", None);
        check("ok 3 - uploads to the other server", None);
        check("the file was ignored", None);
    }

    #[test]
    fn adds_up_what_both_runners_say() {
        let lines = [
            "test result: ok. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out",
            "# pass 3",
            "ℹ skipped 1",
            "      Tests  2 failed | 5 passed (7)",
        ];
        assert_eq!(count(&lines.map(str::to_owned)), (20, 3, 3));
    }

    #[test]
    fn an_excuse_without_a_reason_is_refused() {
        assert!(parse("\"a::b\" = \"\"", LIST).is_err());
        assert_eq!(parse("# head\n\n\"a::b\" = \"no printer\"\n", LIST).unwrap().len(), 1);
    }

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(skipped_name(line).as_deref(), expected, "{line}");
    }
}
