//! The autostart file of a desktop (Desktop Entry Specification 1.5, Desktop Application Autostart Specification 0.5).
//! Reads only what switches it off.

/// What the file is called, here and in a package.
pub(super) const NAME: &str = "nightline-watch.desktop";

/// Runs its first argument as a program.
const STARTER: &str = "/usr/bin/env";

/// A file that hides the one of a package for this person.
pub(super) const HIDDEN: &str = "[Desktop Entry]\nType=Application\nName=Nightline\nHidden=true\n";

/// The entry that starts `words`: the program's whole path and its arguments, without control characters. `None` for a
/// program whose path holds `=`, which the specification forbids.
pub(super) fn text(words: &[String]) -> Option<String> {
    let program = words.first().filter(|it| !it.contains('='))?;
    // GLib and systemd look for the program before they take `%%` apart, so that a path with it is never found; as an
    // argument it is.
    let starter = program.contains('%').then_some(STARTER.to_owned());
    let exec: Vec<String> = starter.into_iter().chain(words.iter().map(|word| quoted(word))).collect();
    Some(format!(
        "[Desktop Entry]\n\
         Type=Application\n\
         Version=1.5\n\
         Name=Nightline\n\
         Icon=nightline\n\
         TryExec={}\n\
         Exec={}\n\
         Terminal=false\n\
         NoDisplay=true\n\
         StartupNotify=false\n\
         X-GNOME-Autostart-enabled=true\n",
        value(program),
        value(&exec.join(" "))
    ))
}

/// One word of `Exec`: in quotes, where `"`, `` ` ``, `$` and `\` take a backslash; `%` is doubled.
fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    for character in word.chars() {
        match character {
            '"' | '`' | '$' | '\\' => text.extend(['\\', character]),
            '%' => text.push_str("%%"),
            _ => text.push(character),
        }
    }
    text.push('"');
    text
}

/// A value of type string: every backslash doubled, after any other quoting.
fn value(text: &str) -> String {
    let text = text.replace('\\', r"\\");
    // A reader drops spaces at the beginning.
    text.strip_prefix(' ').map_or(text.clone(), |rest| format!(r"\s{rest}"))
}

/// Whether a desktop would start this entry.
pub(super) fn is_on(text: &str) -> bool {
    let says = |key: &str| {
        let mut is_inside = false;
        let mut found = None;
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') {
                is_inside = line == "[Desktop Entry]";
            } else if is_inside
                && found.is_none()
                && let Some((name, value)) = line.split_once('=')
                && name.trim_end() == key
            {
                found = Some(value.trim_start() == "true");
            }
        }
        found
    };
    says("Hidden") != Some(true) && says("X-GNOME-Autostart-enabled") != Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desktop_reads_back_the_very_words() {
        for words in [
            vec!["/usr/bin/nightline-watch"],
            vec!["/opt/My Apps/watch", "--tray", "a b", ""],
            vec![r#"/opt/"quoted" \ back\\slash/`tick`/$HOME/it's/watch"#],
            vec!["/opt/100%/%f%%u/watch", "%U"],
            vec!["/opt/夜班 é/watch", "#;|&<>()*?~", " leading"],
        ] {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            let entry = text(&words).unwrap();
            let exec = entry.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
            let exec = exec.strip_prefix("/usr/bin/env ").unwrap_or(exec);
            assert_eq!(read_back(exec), words, "{exec}");
        }
        let entry = text(&[r"/opt/a\b".to_owned()]).unwrap();
        assert!(entry.contains("\nTryExec=/opt/a\\\\b\nExec=\"/opt/a\\\\\\\\b\"\n"), "{entry}");
    }

    #[test]
    fn a_path_that_the_format_forbids_is_not_written() {
        assert_eq!(text(&["/opt/a=b/watch".to_owned()]), None);
        assert_eq!(text(&[]), None);
        assert!(text(&["/opt/watch".to_owned(), "--a=b".to_owned()]).is_some());
    }

    #[test]
    fn an_entry_is_off_when_it_is_hidden_or_switched_off_in_the_desktops_settings() {
        check(&text(&["/opt/watch".to_owned()]).unwrap(), true);
        check(HIDDEN, false);
        check("[Desktop Entry]\nHidden = true\n", false);
        check("[Desktop Entry]\nHidden=false\nX-GNOME-Autostart-enabled=false\n", false);
        check("[Desktop Entry]\n# Hidden=true\nExec=a Hidden=true\n[Desktop Action b]\nHidden=true\n", true);
        check("", true);
    }

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_on(text), expected, "{text}");
    }

    /// What a desktop does, by the specification: the string's escapes, then the quotes, then the field codes.
    fn read_back(value: &str) -> Vec<String> {
        let mut unescaped = String::new();
        let mut rest = value.chars();
        while let Some(character) = rest.next() {
            unescaped.push(match (character, character == '\\') {
                (_, true) => match rest.next().unwrap() {
                    's' => ' ',
                    '\\' => '\\',
                    other => panic!("no escape: {other}"),
                },
                _ => character,
            });
        }
        let mut words = Vec::new();
        let mut rest = unescaped.chars().peekable();
        while rest.peek().is_some() {
            assert_eq!(rest.next(), Some('"'), "{unescaped}");
            let mut word = String::new();
            loop {
                match rest.next().unwrap() {
                    '"' => break,
                    '\\' => word.push(rest.next().unwrap()),
                    character => {
                        assert!(!['`', '$'].contains(&character), "{unescaped}");
                        word.push(character);
                    }
                }
            }
            assert!(!word.replace("%%", "").contains('%'), "{word}");
            words.push(word.replace("%%", "%"));
            assert!(matches!(rest.next(), None | Some(' ')), "{unescaped}");
        }
        words
    }
}
