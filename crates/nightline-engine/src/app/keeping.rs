//! What lies on the disk for the person: the draft, answers that are being written, what they have seen. Writes no
//! file; whether one was written is told as an event.

use std::collections::BTreeMap;

use nightline_view::MAX_TEXT_CHARS;
use serde::{Deserialize, Serialize};

use super::{App, Draft, Effect, OutboxLine};

/// The name of the format of answers that are being written.
pub const REPLIES_SCHEMA: &str = "nightline.replies/1";

/// What was found on the disk when the app started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// What a person had begun to write.
    pub draft: Option<Draft>,
    /// Answers that were written and not sent, by ticket.
    pub replies: BTreeMap<String, String>,
    /// How many messages of each ticket they have seen.
    pub seen: BTreeMap<String, u32>,
}

/// Answers that were written and not sent, as they lie on the disk: `nightline.replies/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replies {
    /// Always [`REPLIES_SCHEMA`].
    pub schema: String,
    /// By ticket.
    pub replies: BTreeMap<String, String>,
}

impl Replies {
    /// These answers in the present version.
    pub fn new(replies: BTreeMap<String, String>) -> Self {
        Self { schema: REPLIES_SCHEMA.to_owned(), replies }
    }

    /// The answers in a file's text; none where it is damaged or of a later version.
    pub fn parse(text: &str) -> BTreeMap<String, String> {
        let read: Option<Self> = serde_json::from_str(text).ok();
        read.filter(|it| it.schema == REPLIES_SCHEMA).map(|it| it.replies).unwrap_or_default()
    }
}

impl App {
    /// The answer as it stands in its field. Kept at once, so that a killed window loses nothing.
    pub(super) fn write_reply(&mut self, number: String, mut text: String, effects: &mut Vec<Effect>) {
        // As many answers as tickets: nothing else that a window says fills the disk.
        if !self.tickets.knows(&number) {
            return;
        }
        shorten(&mut text);
        let before = self.replies.get(&number).map_or("", String::as_str);
        if before == text {
            return;
        }
        if let Some(ticket) = self.view.ticket.as_mut().filter(|it| it.card.number == number) {
            ticket.reply.clone_from(&text);
        }
        if text.is_empty() {
            self.replies.remove(&number);
        } else {
            self.replies.insert(number, text);
        }
        effects.push(Effect::KeepReplies(self.replies.clone()));
    }

    /// Nobody will answer in this ticket any more.
    pub(super) fn forget_reply(&mut self, number: &str, effects: &mut Vec<Effect>) {
        if self.replies.remove(number).is_some() {
            if let Some(ticket) = self.view.ticket.as_mut().filter(|it| it.card.number == number) {
                ticket.reply.clear();
            }
            effects.push(Effect::KeepReplies(self.replies.clone()));
        }
    }

    /// An answer that is in the outbox is written no longer. A window that was killed in between must not offer it again.
    pub(super) fn replies_queued(&mut self, lines: &[OutboxLine], effects: &mut Vec<Effect>) {
        for line in lines {
            let Some(reply) = self.replies.get(&line.number) else { continue };
            if line.letters.iter().any(|letter| letter.text.trim() == reply.trim()) {
                self.forget_reply(&line.number, effects);
            }
        }
    }

    /// What could not be kept is tried again by itself: the person may have made room.
    pub(super) fn keep_again(&mut self, effects: &mut Vec<Effect>) {
        if self.view.unkept.is_some() {
            self.keep_draft(effects);
            effects.push(Effect::KeepReplies(self.replies.clone()));
        }
    }
}

/// Cuts off what no field takes.
pub(super) fn shorten(text: &mut String) {
    if let Some((cut, _)) = text.char_indices().nth(MAX_TEXT_CHARS) {
        text.truncate(cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_version_1_wrote() {
        let text = r#"{"schema":"nightline.replies/1","replies":{"NL-1":"好的"},"later":1}"#;
        assert_eq!(Replies::parse(text), [("NL-1".to_owned(), "好的".to_owned())].into());
    }

    #[test]
    fn leaves_alone_what_it_cannot_read() {
        for text in ["", "{", "[]", r#"{"schema":"nightline.replies/2","replies":{"NL-1":"a"}}"#] {
            assert_eq!(Replies::parse(text), BTreeMap::new(), "{text}");
        }
    }
}
