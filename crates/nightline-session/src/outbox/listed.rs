//! One ticket of this device as the list shows it, also where it is damaged. Reads nothing by itself.

use std::path::PathBuf;

use nightline_protocol::{NewTicket, TICKET_SCHEMA, TicketDocument, TicketNumber, TransferState};

use super::{ItemState, OutboxError, Stage};

/// One line of the list of tickets of this device.
#[derive(Debug)]
pub struct ListedItem {
    /// The ticket.
    pub number: TicketNumber,
    /// The ticket, or why it cannot be read.
    pub ticket: Result<NewTicket, OutboxError>,
    /// How it stands, or why that is not known.
    pub state: Result<ItemState, OutboxError>,
    /// Messages that still have to leave.
    pub waiting_messages: usize,
    /// Files that still have to leave.
    pub waiting_files: usize,
    /// Whether the desk still has to be told that no help is needed any more.
    pub waiting_close: bool,
    /// Where it lies.
    pub path: PathBuf,
}

impl ListedItem {
    /// Why the item cannot be read; nothing for one that is whole.
    pub fn damage(&self) -> Option<&OutboxError> {
        self.ticket.as_ref().err().or(self.state.as_ref().err())
    }

    /// Whether anything of it still has to leave. A damaged item counts: somebody has to look at it.
    pub fn waits(&self) -> bool {
        self.damage().is_some()
            || self.waiting_messages > 0
            || self.waiting_files > 0
            || self.waiting_close
            || self.state.as_ref().is_ok_and(|state| state.stage.is_open())
    }

    /// The document `nightline.ticket/1`, if the item is whole.
    pub fn document(&self) -> Option<TicketDocument> {
        let (ticket, state) = (self.ticket.as_ref().ok()?, self.state.as_ref().ok()?);
        Some(TicketDocument {
            schema: TICKET_SCHEMA.to_owned(),
            number: self.number.clone(),
            state: match state.stage {
                Stage::Delivered => TransferState::Delivered,
                Stage::Announced | Stage::Uploading => TransferState::Sending,
                Stage::Queued | Stage::Refused | Stage::Expired => TransferState::Queued,
            },
            severity: ticket.summary.severity,
            desk: state.desk.origin(),
            receipt: state.receipt.clone(),
        })
    }
}
