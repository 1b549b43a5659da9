//! Shows what would leave and lets the person drop items. Nothing leaves from here.

use std::io::BufRead;

use nightline_bundle::{Draft, DropError};
use nightline_engine::Disclosure;
use nightline_engine::Prepared;
use nightline_types::{DeskUrl, Message};

use crate::exit::{Exit, Failure, printable};
use crate::interview::read_line;
use crate::output::{Output, size};

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
    loop {
        show(prepared, desk, output);
        output.ask(&Message::new("cli-preview-ask"));
        let Some(line) = read_line(input) else { return Ok(false) };
        let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => return Ok(true),
            [word] if word.eq_ignore_ascii_case("q") => return Ok(false),
            words => words.iter().for_each(|word| toggle(&mut prepared.draft, word, output)),
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
