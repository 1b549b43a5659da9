//! An item as text, as it would leave, for the person to read before it does. Changes nothing.

use std::io::{self, Read};

use nightline_protocol::Disclosure;

use super::{ASSET_IDS, Draft, MACHINE, REPORT, intake};

/// The beginning of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemText {
    /// At most as many bytes as were asked for, cut between characters.
    pub text: String,
    /// Whether there is more.
    pub cut: bool,
}

impl Draft {
    /// The first `limit` bytes of an item that is text; nothing for pictures and other files.
    ///
    /// # Errors
    /// When an item that lies on the disk cannot be read back.
    pub fn read_item(&mut self, id: &str, limit: usize) -> io::Result<Option<ItemText>> {
        if id == REPORT || id == MACHINE {
            let Some(report) = self.reading_report(id) else { return Ok(None) };
            let text = if id == REPORT {
                serde_json::to_string_pretty(&report)
            } else {
                serde_json::to_string_pretty(&report.machine)
            };
            return Ok(Some(cut(text.map_err(io::Error::other)?, limit)));
        }
        if id == ASSET_IDS {
            return Ok(Some(cut(self.asset_ids.join("\n"), limit)));
        }
        if let Some(text) = intake::text(&self.intake, id) {
            return Ok(Some(cut(text, limit)));
        }
        let again = self.withdrawn();
        let Some((_, part)) = self.parts.iter_mut().find(|(item, _)| item == id) else { return Ok(None) };
        if !part.media_type.starts_with("text/") && part.media_type != "application/json" {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        // One byte more tells whether there is more; a cut character at the end is dropped below.
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(4);
        part.content.reader()?.take(most).read_to_end(&mut bytes)?;
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(redactor) = again.filter(|_| part.content.disclosure() == Disclosure::Redacted) {
            redactor.redact(&text).as_str().clone_into(&mut text);
        }
        Ok(Some(cut(text, limit)))
    }
}

fn cut(mut text: String, limit: usize) -> ItemText {
    let is_cut = text.len() > limit;
    if is_cut {
        text.truncate(text.floor_char_boundary(limit));
    }
    ItemText { text, cut: is_cut }
}

#[cfg(test)]
mod tests {
    use nightline_redact::{Disclosed, Known, RedactionKey};
    use nightline_types::Intake;

    use super::*;

    #[test]
    fn an_item_reads_as_it_leaves() {
        let mut draft = Draft::new(RedactionKey::new([7; 32]), Known::default(), &Intake::about("no sound"));
        draft
            .add_log("system-log", nightline_types::Message::new("x"), &b"from 10.9.8.7 all\n"[..])
            .expect("a log");
        let picture = draft
            .add_attachment("a.png", "image/png", &Disclosed::approved_by_person(vec![0, 1, 2]))
            .expect("a picture");
        assert_eq!(text(&mut draft, "intake-what", 100).as_deref(), Some("no sound"));
        let log = text(&mut draft, "system-log", 100).expect("text");
        assert!(log.starts_with("from ") && !log.contains("10.9.8.7"), "{log}");
        assert_eq!(text(&mut draft, &picture, 100), None);
        assert_eq!(text(&mut draft, "nothing", 100), None);
    }

    #[test]
    fn a_long_item_is_cut_between_characters() {
        let mut draft = Draft::new(RedactionKey::new([7; 32]), Known::default(), &Intake::about("网络断了"));
        let read = draft.read_item("intake-what", 4).expect("readable").expect("text");
        assert_eq!((read.text.as_str(), read.cut), ("网", true));
    }

    fn text(draft: &mut Draft, id: &str, limit: usize) -> Option<String> {
        draft.read_item(id, limit).expect("readable").map(|it| it.text)
    }
}
