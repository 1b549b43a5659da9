//! What waits in one ticket's item beside the ticket itself: answers, files, the wish to close. Reads only.

use nightline_protocol::TicketNumber;
use nightline_types::Timestamp;

use super::{Outbox, OutboxError, closing, files, item};

/// Something of the person's that the desk does not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// An answer.
    Message {
        /// As the desk will know it.
        id: String,
        /// When the person sent it.
        at: Timestamp,
        /// Plain text.
        text: String,
    },
    /// A file.
    File {
        /// As the desk will know it.
        id: String,
        /// When the person chose it.
        at: Timestamp,
        /// As the desk will show it.
        name: String,
        /// In bytes.
        size: u64,
        /// Bytes that the desk has acknowledged.
        sent: u64,
    },
    /// No help is needed any more.
    Close,
}

impl Outbox {
    /// What waits beside the ticket, oldest first within each kind. What cannot be read is left out.
    ///
    /// # Errors
    /// When the item's folder cannot be read.
    pub fn waiting(&self, number: &TicketNumber) -> Result<Vec<Waiting>, OutboxError> {
        let dir = self.item_dir(number);
        let mut waiting: Vec<Waiting> = item::read_messages(&dir)?
            .into_iter()
            .map(|(at, message)| Waiting::Message { id: message.id, at, text: message.text })
            .collect();
        waiting.extend(files::waiting(&dir)?.0.into_iter().map(|file| Waiting::File {
            sent: file.state.upload.as_ref().map_or(0, |it| it.offset),
            at: file.queued_at,
            id: file.wire.id,
            name: file.wire.name,
            size: file.wire.size,
        }));
        waiting.extend(closing::read(&dir)?.map(|_| Waiting::Close));
        Ok(waiting)
    }
}
