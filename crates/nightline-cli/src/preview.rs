//! Shows what would leave and lets the person drop items. Nothing leaves from here.

use std::io::BufRead;

use nightline_bundle::{Draft, DropError};
use nightline_engine::Disclosure;
use nightline_engine::Prepared;
use nightline_text::Texts;
use nightline_types::{DeskUrl, Message};

use crate::exit::{Exit, Failure, printable};
use crate::interview::read_line;
use crate::output::{Output, size};

/// As much of an item as somebody reads at a terminal, and less than its scrollback holds: about 400 lines.
const SHOWN_BYTES: usize = 32 << 10;

/// Drops what `--without` names, by id.
pub(crate) fn drop_items(draft: &mut Draft, ids: &[String]) -> Result<(), Failure> {
    for id in ids {
        draft.drop_item(id).map_err(|error| Failure::with(Exit::Usage, error.message(), &error))?;
    }
    Ok(())
}

/// Shows the list until the person agrees (`true`) or stops (`false`). The end of the input means: stop.
pub(crate) fn confirm(
    prepared: &mut Prepared,
    desk: &DeskUrl,
    output: &Output,
    input: &mut impl BufRead,
) -> Result<bool, Failure> {
    show(prepared, desk, output);
    loop {
        output.ask(&Message::new("cli-preview-ask"));
        let Some(line) = read_line(input) else { return Ok(false) };
        let words: Vec<&str> = line.split([' ', ',', '，', '　']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => return Ok(true),
            [word] if word.eq_ignore_ascii_case("q") => return Ok(false),
            // The list is not shown again: what was read would scroll away.
            [verb, word] if verb.eq_ignore_ascii_case("v") => {
                output.progress(&text_of(&mut prepared.draft, word, &output.texts));
            }
            words => {
                words.iter().for_each(|word| toggle(&mut prepared.draft, word, output));
                show(prepared, desk, output);
            }
        }
    }
}

/// Leaves the item out, or takes it in again. A number that names nothing is said and changes nothing.
fn toggle(draft: &mut Draft, word: &str, output: &Output) {
    let index = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let chosen =
        index.and_then(|index| draft.items().get(index)).map(|item| (item.id.clone(), item.included));
    let done = match chosen {
        Some((id, true)) => draft.drop_item(&id),
        Some((id, false)) => draft.keep_item(&id),
        None => Err(DropError::Unknown(word.to_owned())),
    };
    match done {
        Ok(()) => {}
        Err(DropError::Unknown(_)) => {
            output.progress_say(&Message::new("cli-preview-no-such-item").arg("item", printable(word)));
        }
        Err(error @ DropError::Required(_)) => output.progress_say(&error.message()),
    }
}

/// An item as it leaves, with its title; what is no text is said to be none.
fn text_of(draft: &mut Draft, word: &str, texts: &Texts) -> String {
    let index = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let Some(item) = index.and_then(|index| draft.items().get(index)).cloned() else {
        return texts.say(&Message::new("cli-preview-no-such-item").arg("item", printable(word)));
    };
    let title = printable(&texts.say(&item.title));
    let read = match draft.read_item(&item.id, SHOWN_BYTES) {
        Ok(Some(read)) => read,
        Ok(None) => return format!("{title}\n{}", texts.plain("cli-preview-no-text")),
        Err(error) => {
            let failure = Failure::with(Exit::Failed, Message::new("cli-preview-unreadable"), &error);
            return format!("{title}\n{}", failure.text(texts));
        }
    };
    let end = if read.cut { format!("\n{}", texts.plain("cli-preview-cut")) } else { String::new() };
    format!("\n{title}\n{}{end}\n", printable(read.text.trim_end()))
}

fn show(prepared: &Prepared, desk: &DeskUrl, output: &Output) {
    output.progress("");
    output.progress_say(&Message::new("cli-preview-title").arg("desk", desk.to_string()));
    for (index, item) in prepared.draft.items().iter().enumerate() {
        let mark = if item.included { "x" } else { " " };
        let kind = match item.disclosure {
            Disclosure::Redacted => "cli-preview-redacted",
            Disclosure::Disclosed => "cli-preview-disclosed",
        };
        let required = if item.required { output.texts.plain("cli-preview-required") } else { String::new() };
        let note =
            Message::new("cli-preview-note").arg("size", size(item.bytes)).arg("kind", format!("@{kind}"));
        let (title, note) = (output.texts.say(&item.title), output.texts.say(&note));
        let line = format!("  [{mark}] {:>2}  {title}  {note} {required}", index + 1);
        output.progress(printable(&line).trim_end());
    }
}

#[cfg(test)]
mod tests {
    use nightline_redact::{Disclosed, Known, RedactionKey};
    use nightline_text::Language;
    use nightline_types::Intake;

    use super::*;

    #[test]
    fn an_item_is_read_by_its_number_as_it_leaves() {
        let intake = Intake { target: "localhost:9100".parse().ok(), ..Intake::about("no \u{1b}[2Jprinter") };
        let mut draft = Draft::new(RedactionKey::new([7; 32]), Known::default(), &intake);
        let log = "to localhost:9100 from 10.9.8.7\n".repeat(2_000);
        draft.add_log("system-log", Message::new("bundle-item-system-log"), log.as_bytes()).unwrap();
        let picture = Disclosed::approved_by_person(vec![0, 1, 2]);
        draft.add_attachment("a.png", "image/png", &picture).unwrap();
        check(&mut draft, "1", &["no \\u{1b}[2Jprinter"], &["\u{1b}"]);
        check(&mut draft, "3", &["to localhost:9100 from <ipv4-", "Only the beginning"], &["10.9.8.7"]);
        check(&mut draft, "4", &["a.png", "cannot be shown here"], &[]);
        check(&mut draft, "9", &["no item 9"], &[]);
        check(&mut draft, "0", &["no item 0"], &[]);
        check(&mut draft, "x", &["no item x"], &[]);
        draft.drop_item("intake-target").unwrap();
        check(&mut draft, "3", &["to <host-"], &["localhost", "9100"]);
    }

    #[track_caller]
    fn check(draft: &mut Draft, word: &str, there: &[&str], gone: &[&str]) {
        let text = text_of(draft, word, &Texts::new(Language::English));
        for part in there {
            assert!(text.contains(part), "{part} not in {text}");
        }
        for part in gone {
            assert!(!text.contains(part), "{part} in {text}");
        }
    }
}
