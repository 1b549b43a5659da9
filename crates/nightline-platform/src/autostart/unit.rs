//! The text of the systemd unit (systemd.service(5), systemd.syntax(7)). Writes no file.

use std::fmt::Write;

/// What the unit is called.
pub(super) const NAME: &str = "nightline-watch.service";
/// What it is part of: the person's desktop session, which some desktops do not tell systemd about.
pub(super) const SESSION: &str = "graphical-session.target";

/// The unit that starts `words`: the program's whole path and its arguments, without control characters. `None` for a
/// program whose path holds quotes or backslashes: systemd refuses those ("contains special characters").
pub(super) fn text(words: &[String]) -> Option<String> {
    words.first().filter(|it| !it.contains(['"', '\'', '\\']))?;
    Some(format!(
        "[Unit]\n\
         Description=Nightline\n\
         PartOf={SESSION}\n\
         After={SESSION}\n\
         StartLimitIntervalSec=300\n\
         StartLimitBurst=5\n\
         \n\
         [Service]\n\
         ExecStart={}\n\
         Restart=on-failure\n\
         RestartSec=5\n\
         \n\
         [Install]\n\
         WantedBy={SESSION}\n",
        command_line(words)
    ))
}

/// Every word in quotes, so that spaces, single semicolons and empty arguments are only text.
fn command_line(words: &[String]) -> String {
    let mut line = String::new();
    // The colon switches variables off. systemd knows it since version 244, so it is only there where it is needed.
    if words.iter().any(|word| word.contains('$')) {
        line.push(':');
    }
    for (index, word) in words.iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        let word = word.replace('\\', r"\\").replace('"', r#"\""#).replace('%', "%%");
        // Writing to a text cannot fail.
        write!(line, "{gap}\"{word}\"").ok();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word_whatever_it_holds() {
        check(&["/usr/bin/nightline-watch"], Some(r#""/usr/bin/nightline-watch""#));
        check(&["/opt/My Apps/watch", "--tray"], Some(r#""/opt/My Apps/watch" "--tray""#));
        check(&["/opt/watch", r#"a"b\c's"#], Some(r#""/opt/watch" "a\"b\\c's""#));
        check(&["/opt/100%/watch", "%h"], Some(r#""/opt/100%%/watch" "%%h""#));
        check(&["/opt/夜班/watch", ";", ""], Some(r#""/opt/夜班/watch" ";" """#));
        check(&["/opt/$HOME/watch", "$USER"], Some(r#":"/opt/$HOME/watch" "$USER""#));
    }

    #[test]
    fn a_path_that_systemd_refuses_is_not_written() {
        for path in [r#"/opt/a"b/watch"#, "/opt/it's/watch", r"/opt/a\b/watch"] {
            check(&[path], None);
        }
        check(&[], None);
    }

    #[track_caller]
    fn check(words: &[&str], expected: Option<&str>) {
        let words: Vec<String> = words.iter().map(|&it| it.to_owned()).collect();
        let text = text(&words);
        let line = text.as_deref().and_then(|it| it.lines().find_map(|line| line.strip_prefix("ExecStart=")));
        assert_eq!(line, expected, "{text:?}");
    }
}
