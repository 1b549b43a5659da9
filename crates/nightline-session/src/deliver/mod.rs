//! Sends what waits in the outbox, once. Decides per item what came of it; never throws an item away.

mod attempt;
mod later;

use std::collections::HashMap;
use std::sync::Arc;

use nightline_protocol::{ApiError, ErrorCode, Receipt, TicketNumber};
use nightline_types::{DeskUrl, Message, Timestamp};

use crate::client::{ClientOptions, Clock, DeskClient, Signer};
use crate::error::{CallError, message_of_code};
use crate::outbox::{HeldItem, Outbox, OutboxError, Stage};
use crate::tus::{Patience, UploadError};
use attempt::Attempt;
pub use later::{LaterPart, RefusedPart};

/// Bytes of a ticket's bundle, or of a file that follows it, that are on their way or there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The ticket.
    pub number: TicketNumber,
    /// The file that follows the ticket, by its id; nothing for the bundle.
    pub attachment: Option<String>,
    /// Bytes handed to the connection.
    pub sent: u64,
    /// Bytes of the bundle or the file.
    pub total: u64,
}

/// Is told how far a bundle or a file is. Must return quickly.
pub type ProgressSink = Arc<dyn Fn(Progress) + Send + Sync>;

/// Which items to send.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those whose time has come.
    Due,
    /// All that wait, also before their time and after a refusal: the person asked for it.
    All,
    /// One of them, in the same way.
    One(&'a TicketNumber),
}

/// What came of one item.
#[derive(Debug)]
pub struct Delivery {
    /// The ticket.
    pub number: TicketNumber,
    /// What came of it.
    pub outcome: DeliveryOutcome,
    /// The item's state was damaged and was made anew; nothing was lost.
    pub restored: bool,
    /// Messages that the desk refused for good, by id. They were moved aside.
    pub refused_messages: Vec<(String, ApiError)>,
    /// Files, and the wish to close, that were not taken for good.
    pub refused_parts: Vec<RefusedPart>,
}

/// What came of an item.
#[derive(Debug)]
pub enum DeliveryOutcome {
    /// The desk has everything, whole and verified.
    Delivered(Receipt),
    /// It waits for the next try.
    Queued {
        /// The stable code of the reason.
        code: String,
        /// Why, and what the person can do.
        reason: Message,
        /// For the details.
        detail: String,
        /// When it is tried again by itself.
        next_try: Option<Timestamp>,
    },
    /// The desk said no for good. The item stays until the person drops it or asks to try again.
    Refused(ApiError),
    /// Another device has a ticket of this number: seal again with a new one, then drop this item. (The bundle's own
    /// manifest holds the number, so it cannot be changed here.)
    NumberTaken,
    /// Another process sends it now.
    Busy,
    /// The item cannot be read, or its bundle was damaged on this disk. It stays where it is.
    Unreadable(OutboxError),
}

impl DeliveryOutcome {
    /// What to tell the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Delivered(_) => Message::new("session-delivered"),
            Self::Queued { reason, .. } => reason.clone(),
            Self::Refused(error) => CallError::Refused(error.clone()).message(),
            Self::NumberTaken => message_of_code("refused-number-taken"),
            Self::Busy => Message::new("session-busy"),
            Self::Unreadable(OutboxError::BundleDamaged { .. }) => {
                Message::new("session-bundle-damaged-here")
            }
            Self::Unreadable(_) => Message::new("session-item-damaged"),
        }
    }
}

/// Carries items from the outbox to their desks.
pub struct Courier {
    /// What waits.
    pub outbox: Outbox,
    /// The device's key.
    pub signer: Arc<dyn Signer>,
    /// How to reach desks.
    pub options: ClientOptions,
    /// What time it is.
    pub clock: Clock,
    /// Within one delivery: [`Patience::WITHIN_DELIVERY`].
    pub patience: Patience,
    /// From one delivery to the next: [`Patience::BETWEEN_DELIVERIES`].
    pub pause: Patience,
}

impl Courier {
    /// Tries everything that `which` names, one item after the other, oldest number first.
    ///
    /// `desk` is the desk in force, for an item whose own state was damaged.
    ///
    /// # Errors
    ///
    /// The outbox's folder cannot be read. Everything else is an outcome.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: what happened before is noted or found again by asking the desk.
    pub async fn deliver_once(
        &self,
        desk: Option<&DeskUrl>,
        which: Which<'_>,
        progress: ProgressSink,
    ) -> Result<Vec<Delivery>, OutboxError> {
        let mut clients = HashMap::new();
        let mut deliveries = Vec::new();
        for number in self.outbox.numbers()? {
            if matches!(which, Which::One(one) if *one != number) {
                continue;
            }
            let dir = self.outbox.item_dir(&number);
            let delivery = match HeldItem::take(&dir, &number, desk) {
                Ok(Some(item)) => self.deliver(item, which, &mut clients, &progress).await,
                Ok(None) => Some(Delivery::plain(number, DeliveryOutcome::Busy)),
                Err(error) => Some(Delivery::plain(number, DeliveryOutcome::Unreadable(error))),
            };
            deliveries.extend(delivery);
        }
        Ok(deliveries)
    }

    /// `None` for an item that has nothing to send.
    async fn deliver(
        &self,
        mut item: HeldItem,
        which: Which<'_>,
        clients: &mut HashMap<DeskUrl, Arc<DeskClient>>,
        progress: &ProgressSink,
    ) -> Option<Delivery> {
        let number = item.ticket.number.clone();
        let now = (self.clock)();
        let asked = !matches!(which, Which::Due);
        match item.state.stage {
            Stage::Expired => return None,
            Stage::Refused if !asked => return None,
            Stage::Delivered if !item.has_more() => {
                // A kill between the two last steps leaves the bundle behind.
                let _ = item.delete_bundle();
                return None;
            }
            _ => {}
        }
        if let Some(next_try) = item.state.next_try.filter(|it| !asked && *it > now) {
            let code = item.state.last_error.clone().unwrap_or_default();
            let reason = message_of_code(&code);
            let outcome =
                DeliveryOutcome::Queued { code, reason, detail: String::new(), next_try: Some(next_try) };
            return Some(Delivery { restored: item.restored, ..Delivery::plain(number, outcome) });
        }
        if item.state.stage == Stage::Refused {
            item.state.stage = Stage::Queued;
            item.state.damaged_uploads = 0;
        }
        let (mut refused_messages, mut refused_parts) = (Vec::new(), Vec::new());
        let result = match self.client(&item.state.desk, clients) {
            Ok(client) => {
                let attempt = Attempt { courier: self, client: &client, progress };
                attempt.run(&mut item, &mut refused_messages, &mut refused_parts).await
            }
            Err(error) => Err(Stopped::Call(error)),
        };
        let restored = item.restored;
        let outcome = match result {
            Ok(receipt) => DeliveryOutcome::Delivered(receipt),
            Err(stopped) => self.stop(&mut item, stopped),
        };
        Some(Delivery { number, outcome, restored, refused_messages, refused_parts })
    }

    fn client(
        &self,
        desk: &DeskUrl,
        clients: &mut HashMap<DeskUrl, Arc<DeskClient>>,
    ) -> Result<Arc<DeskClient>, CallError> {
        if let Some(client) = clients.get(desk) {
            return Ok(Arc::clone(client));
        }
        let clock = Arc::clone(&self.clock);
        let client = DeskClient::new(desk.clone(), Arc::clone(&self.signer), clock, &self.options);
        let client = Arc::new(client.map_err(CallError::Prepare)?);
        clients.insert(desk.clone(), Arc::clone(&client));
        Ok(client)
    }

    /// Notes why an attempt ended and when the next one is due.
    fn stop(&self, item: &mut HeldItem, stopped: Stopped) -> DeliveryOutcome {
        let code = stopped.code();
        let (outcome, final_refusal) = match stopped {
            Stopped::Call(CallError::Refused(error)) if crate::error::is_final(error.code) => {
                let taken = error.code == ErrorCode::NumberTaken;
                (if taken { DeliveryOutcome::NumberTaken } else { DeliveryOutcome::Refused(error) }, true)
            }
            // Sending again cannot mend it.
            Stopped::Outbox(error @ OutboxError::BundleDamaged { .. }) => {
                (DeliveryOutcome::Unreadable(error), true)
            }
            other => {
                let (reason, detail) = (other.message(), nightline_types::chain(&other));
                (DeliveryOutcome::Queued { code: code.to_owned(), reason, detail, next_try: None }, false)
            }
        };
        item.state.attempts = item.state.attempts.saturating_add(1);
        item.state.last_error = Some(code.to_owned());
        item.state.next_try = None;
        let mut outcome = outcome;
        if final_refusal && item.state.stage != Stage::Delivered {
            item.state.stage = Stage::Refused;
        } else if let DeliveryOutcome::Queued { next_try, .. } = &mut outcome {
            *next_try = Some((self.clock)().plus(self.pause.wait(item.state.attempts)));
            item.state.next_try = *next_try;
        }
        if let Err(error) = item.note() {
            // The attempt is only counted less; the item itself is unchanged on the disk.
            tracing::warn!(error = nightline_types::chain(&error), "An attempt was not noted");
        }
        tracing::info!(code, attempts = item.state.attempts, "A delivery did not end");
        outcome
    }
}

impl Delivery {
    fn plain(number: TicketNumber, outcome: DeliveryOutcome) -> Self {
        Self { number, outcome, restored: false, refused_messages: Vec::new(), refused_parts: Vec::new() }
    }
}

/// Why an attempt ended before the desk had everything.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("call the desk")]
    Call(#[source] CallError),
    #[error("upload the bundle")]
    Upload(#[source] UploadError),
    #[error("use the outbox")]
    Outbox(#[source] OutboxError),
    #[error("the desk has every byte and has not confirmed the bundle yet")]
    Verifying,
}

impl Stopped {
    fn code(&self) -> &'static str {
        match self {
            Self::Call(error) => error.code(),
            Self::Upload(UploadError::Lost) => "desk-trouble",
            Self::Outbox(OutboxError::BundleDamaged { .. }) => "damaged-here",
            // A call's failure is taken out of `UploadError` where it is made.
            Self::Upload(_) | Self::Outbox(_) => "disk",
            Self::Verifying => "verifying",
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::Call(error) => error.message(),
            other => message_of_code(other.code()),
        }
    }
}

impl From<CallError> for Stopped {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<OutboxError> for Stopped {
    fn from(error: OutboxError) -> Self {
        Self::Outbox(error)
    }
}

impl From<UploadError> for Stopped {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::Call(error) => Self::Call(error),
            other => Self::Upload(other),
        }
    }
}
