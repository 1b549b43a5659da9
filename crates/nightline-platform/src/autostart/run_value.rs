//! A command line as Windows programs take it apart again (`CommandLineToArgvW`). Touches no registry.

/// Every word in quotes; quotes and the backslashes before them take a backslash. `None` where the format fails: a
/// program's path cannot hold a quote.
pub(super) fn command_line(words: &[String]) -> Option<String> {
    let (program, args) = words.split_first()?;
    if program.contains('"') {
        return None;
    }
    // The first word ends at its quote, and backslashes in it mean nothing.
    let mut line = format!("\"{program}\"");
    for word in args {
        line.push_str(" \"");
        let mut backslashes = 0;
        for character in word.chars() {
            match character {
                '\\' => backslashes += 1,
                '"' => {
                    line.extend(std::iter::repeat_n('\\', backslashes + 1));
                    backslashes = 0;
                }
                _ => backslashes = 0,
            }
            line.push(character);
        }
        line.extend(std::iter::repeat_n('\\', backslashes));
        line.push('"');
    }
    Some(line)
}

/// Whether Windows' settings let the value start: the first byte of `StartupApproved` is even for yes.
pub(super) fn is_approved(bytes: &[u8]) -> bool {
    bytes.first().is_none_or(|first| first & 1 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_taken_apart_into_the_same_words() {
        check(&[r"C:\Program Files\Nightline\watch.exe"], Some(r#""C:\Program Files\Nightline\watch.exe""#));
        check(&[r"C:\夜班\w.exe", "--tray", ""], Some(r#""C:\夜班\w.exe" "--tray" """#));
        check(&["w.exe", r#"say "hi""#], Some(r#""w.exe" "say \"hi\"""#));
        check(&["w.exe", r"C:\My Home\"], Some(r#""w.exe" "C:\My Home\\""#));
        check(&["w.exe", r#"a\\"b"#], Some(r#""w.exe" "a\\\\\"b""#));
        check(&["w.exe", "100%PATH%"], Some(r#""w.exe" "100%PATH%""#));
        check(&[r#"w".exe"#], None);
        check(&[], None);
    }

    #[test]
    fn what_the_person_switched_off_in_the_task_manager_is_off() {
        assert!(is_approved(&[2, 0, 0, 0]) && is_approved(&[6]) && is_approved(&[]));
        assert!(!is_approved(&[3, 0, 0, 0]) && !is_approved(&[7]));
    }

    #[track_caller]
    fn check(words: &[&str], expected: Option<&str>) {
        let words: Vec<String> = words.iter().map(|&it| it.to_owned()).collect();
        assert_eq!(command_line(&words).as_deref(), expected);
    }
}
