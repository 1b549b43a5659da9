//! From a prepared ticket to a delivered one: seal, queue, deliver. What is queued survives anything.

use std::sync::Arc;

use nightline_bundle::{OutgoingMessage, Parcel, ParcelError, SealError, seal};
use nightline_protocol::{TicketNumber, TicketView};
use nightline_redact::Disclosed;
use nightline_session::{
    CallError, ClientOptions, Courier, Delivery, DeskClient, FaultPoint, ListedItem, Outbox, OutboxError,
    Patience, ProgressSink, Which,
};
use nightline_types::{DeskUrl, Message};

use crate::{Device, PROGRAM, Prepared, World};

/// The outbox below the home's data.
const OUTBOX_DIRNAME: &str = "outbox";

/// Why a ticket or a message is not in the outbox. Nothing has left.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The bundle could not be sealed.
    #[error("seal the bundle")]
    Seal(#[source] SealError),
    /// The outbox could not take it.
    #[error("put it into the outbox")]
    Outbox(#[source] OutboxError),
    /// The message cannot be sent as it is.
    #[error("the message")]
    Message(#[source] ParcelError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

impl QueueError {
    /// The sentence for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::Seal(error) => error.message(),
            Self::Outbox(error) => outbox_message(error),
            Self::Message(ParcelError::EmptyMessage) => Message::new("reply-empty"),
            Self::Message(ParcelError::MessageTooLong) => Message::new("reply-too-long"),
            Self::Message(_) | Self::Random(_) => Message::new("cli-failed"),
        }
    }
}

/// The way out for tickets and messages of this device.
pub struct Mail {
    courier: Courier,
}

impl Mail {
    /// Opens the outbox of the home.
    ///
    /// # Errors
    /// When its folder cannot be made or read.
    pub fn open(world: &World, device: Arc<Device>, fault: FaultPoint) -> Result<Self, OutboxError> {
        let outbox = Outbox::open(&world.home.data.join(OUTBOX_DIRNAME), fault)?;
        let options = ClientOptions {
            extra_certificates: world.extra_roots_path.clone(),
            user_agent: PROGRAM.replace(' ', "/"),
        };
        let clock = Arc::clone(&world.clock);
        let courier = Courier {
            outbox,
            signer: device,
            options,
            clock,
            patience: Patience::WITHIN_DELIVERY,
            pause: Patience::BETWEEN_DELIVERIES,
        };
        Ok(Self { courier })
    }

    /// Seals a prepared ticket and puts it into the outbox. From then on it survives anything.
    ///
    /// # Errors
    /// When it cannot be sealed or kept; nothing has left and nothing is left behind.
    pub fn queue(
        &self,
        world: &World,
        prepared: Prepared,
        desk: &DeskUrl,
    ) -> Result<TicketNumber, QueueError> {
        let now = world.now();
        let Prepared { number, draft, severity, response_minutes, .. } = prepared;
        let summary = draft.summary(severity, response_minutes, world.language.code());
        let path = world.home.cache.join(format!("{number}.zip"));
        let sealed = seal(draft, &path, now, PROGRAM, Some(&number)).map_err(QueueError::Seal)?;
        let parcel = Parcel::new(number.clone(), now, summary, &sealed);
        let queued = self.courier.outbox.put(&parcel, desk);
        // The outbox has its own copy by now, or could not take one.
        drop(std::fs::remove_file(&path));
        queued.map_err(QueueError::Outbox)?;
        Ok(number)
    }

    /// Puts an answer of the person into the outbox.
    ///
    /// # Errors
    /// When it is empty or too long, or cannot be kept.
    pub fn queue_reply(&self, world: &World, number: &TicketNumber, text: String) -> Result<(), QueueError> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(QueueError::Random)?;
        let id = data_encoding::HEXLOWER.encode(&random);
        let message =
            OutgoingMessage::new(id, &Disclosed::approved_by_person(text)).map_err(QueueError::Message)?;
        self.courier.outbox.put_message(number, &message, world.now()).map_err(QueueError::Outbox)
    }

    /// Tries to send. Each item has its own outcome; an error means that the outbox itself cannot be read.
    ///
    /// # Errors
    /// See [`OutboxError`].
    pub async fn deliver(
        &self,
        world: &World,
        which: Which<'_>,
        progress: ProgressSink,
    ) -> Result<Vec<Delivery>, OutboxError> {
        self.courier.deliver_once(world.config.desk.value.as_ref(), which, progress).await
    }

    /// Every ticket of this device.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub fn list(&self) -> Result<Vec<ListedItem>, OutboxError> {
        self.courier.outbox.list()
    }

    /// Gives up a ticket that has not been delivered.
    ///
    /// # Errors
    /// When there is no such ticket, or it is being sent right now.
    pub fn give_up(&self, number: &TicketNumber) -> Result<(), OutboxError> {
        self.courier.outbox.drop_item(number)
    }

    /// What the desk knows of a ticket.
    ///
    /// # Errors
    /// When the desk cannot be asked.
    pub async fn ticket(&self, desk: &DeskUrl, number: &TicketNumber) -> Result<TicketView, CallError> {
        let client = DeskClient::new(
            desk.clone(),
            Arc::clone(&self.courier.signer),
            Arc::clone(&self.courier.clock),
            &self.courier.options,
        )
        .map_err(CallError::Prepare)?;
        client.ticket(number).await
    }
}

/// What to tell the person when the outbox cannot do something.
pub fn outbox_message(error: &OutboxError) -> Message {
    match error {
        OutboxError::Full { .. } => Message::new("outbox-full"),
        OutboxError::Absent(number) => Message::new("cli-ticket-unknown").arg("number", number.as_str()),
        OutboxError::Busy(_) => Message::new("session-busy"),
        OutboxError::TicketDamaged { .. } | OutboxError::State(_) => Message::new("session-item-damaged"),
        OutboxError::Read { .. } => Message::new("session-disk"),
        OutboxError::Write { .. }
        | OutboxError::Exists(_)
        | OutboxError::Encode(_)
        | OutboxError::OtherBundle { .. }
        | OutboxError::NoRandomness => Message::new("cli-queue-failed"),
    }
}
