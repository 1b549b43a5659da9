//! Names inside a bundle. They are data, never paths: nothing here or in any reader opens a file by them.

use crate::limits::{MAX_DEPTH, MAX_NAME_BYTES};

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// No name, or an empty part.
    #[error("an empty part")]
    Empty,
    /// Longer than any of ours.
    #[error("too long")]
    TooLong,
    /// Too many parts.
    #[error("too deep")]
    TooDeep,
    /// `..`, `.`, a leading slash, a drive letter or a backslash.
    #[error("leads outside")]
    Outside,
    /// A control character, or one that changes the direction in which text is read.
    #[error("a character that hides what the name says")]
    Hidden,
    /// Not UTF-8.
    #[error("not UTF-8")]
    Encoding,
}

/// The name, if it is one that our own writer could have written.
pub(crate) fn check_name(raw: &[u8]) -> Result<&str, NameProblem> {
    if raw.len() > MAX_NAME_BYTES {
        return Err(NameProblem::TooLong);
    }
    let name = std::str::from_utf8(raw).map_err(|_| NameProblem::Encoding)?;
    if name.chars().any(is_hidden) {
        return Err(NameProblem::Hidden);
    }
    if name.starts_with('/') || name.contains(['\\', ':']) {
        return Err(NameProblem::Outside);
    }
    let mut depth = 0;
    for part in name.split('/') {
        depth += 1;
        match part {
            "" => return Err(NameProblem::Empty),
            "." | ".." => return Err(NameProblem::Outside),
            _ => {}
        }
    }
    if depth > MAX_DEPTH { Err(NameProblem::TooDeep) } else { Ok(name) }
}

/// The name of a single file, if it is one that [`file_name`] could have made.
///
/// # Errors
/// See [`NameProblem`].
pub fn check_file_name(name: &str) -> Result<(), NameProblem> {
    if name.contains('/') {
        return Err(NameProblem::Outside);
    }
    check_name(name.as_bytes()).map(drop)
}

/// A file's name as it may leave: the last part, without what hides or leads elsewhere.
pub fn file_name(given: &str) -> String {
    entry_name(given)
}

/// Control characters, direction marks and overrides, invisible and private-use ones.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A file's name for an entry: the last part, with every doubtful character replaced by `_`, cut to a length that
/// leaves room for a folder and a number.
pub(crate) fn entry_name(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| if is_hidden(c) || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        .collect();
    let clean = clean.trim_matches([' ', '.']);
    let mut name = String::new();
    for c in clean.chars() {
        if name.len() + c.len_utf8() > 120 {
            break;
        }
        name.push(c);
    }
    if name.is_empty() { "file".to_owned() } else { name }
}

/// A name for an error message or a log: what hides is written out.
pub(crate) fn printable(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw)
        .chars()
        .take(MAX_NAME_BYTES)
        .flat_map(|c| if is_hidden(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_our_writer_writes() {
        for good in
            ["report.json", "logs/system.txt", "attachments/1-截图 2.png", "attachments/2-..x", "a/b/c"]
        {
            assert_eq!(check_name(good.as_bytes()), Ok(good));
        }
    }

    #[test]
    fn refuses_what_leads_outside_or_hides() {
        check("../x", NameProblem::Outside);
        check("a/../../x", NameProblem::Outside);
        check("/etc/passwd", NameProblem::Outside);
        check("C:\\x", NameProblem::Outside);
        check("C:x", NameProblem::Outside);
        check("a\\b", NameProblem::Outside);
        check("a/./b", NameProblem::Outside);
        check("", NameProblem::Empty);
        check("a//b", NameProblem::Empty);
        check("a/", NameProblem::Empty);
        check("a\0b", NameProblem::Hidden);
        check("photo\u{202e}gnp.exe", NameProblem::Hidden);
        check("a\u{1b}[2J", NameProblem::Hidden);
        check("a/b/c/d/e/f/g", NameProblem::TooDeep);
        check(&"x".repeat(300), NameProblem::TooLong);
        assert_eq!(check_name(b"\xff"), Err(NameProblem::Encoding));
    }

    #[test]
    fn every_file_gets_a_name_that_is_taken() {
        for file in [
            "",
            "..",
            "/",
            "C:\\Users\\x\\a.png",
            "a\u{202e}b",
            "\u{1b}[0m",
            "x\n",
            &"长".repeat(300),
            "...",
            "a:b",
        ] {
            let name = format!("attachments/1-{}", entry_name(file));
            assert!(check_name(name.as_bytes()).is_ok(), "{file:?} -> {name:?}");
            assert_eq!(check_file_name(&file_name(file)), Ok(()), "{file:?}");
        }
        assert_eq!(entry_name("C:\\Users\\x\\a.png"), "a.png");
    }

    #[test]
    fn a_single_file_has_a_name_of_one_part() {
        assert_eq!(check_file_name("截图 2.png"), Ok(()));
        for (name, problem) in [
            ("a/b", NameProblem::Outside),
            ("..", NameProblem::Outside),
            ("C:x", NameProblem::Outside),
            ("a\u{202e}gnp", NameProblem::Hidden),
            ("", NameProblem::Empty),
        ] {
            assert_eq!(check_file_name(name), Err(problem), "{name:?}");
        }
    }

    #[track_caller]
    fn check(name: &str, problem: NameProblem) {
        assert_eq!(check_name(name.as_bytes()), Err(problem), "{name:?}");
    }
}
