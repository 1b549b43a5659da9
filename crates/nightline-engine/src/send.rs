//! From a prepared ticket to a delivered one, and what follows it: seal, queue, deliver. What is queued survives
//! anything.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use nightline_bundle::{FileError, OutgoingFile, OutgoingMessage, Parcel, ParcelError, SealError, seal};
use nightline_protocol::{NewClosing, TicketBrief, TicketNumber, TicketView};
use nightline_redact::Disclosed;
use nightline_session::{
    CallError, ClientOptions, Courier, Delivery, DeskClient, FaultPoint, ListedItem, Outbox, OutboxError,
    Patience, ProgressSink, Waiting, Which,
};
use nightline_types::{DeskUrl, Message};

use crate::prepare::{media_type, read_attachment};
use crate::{Device, PROGRAM, PrepareHelpError, Prepared, World};

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
    /// The file cannot be read.
    #[error("read the file")]
    Unreadable(#[source] PrepareHelpError),
    /// The file cannot be sent as it is.
    #[error("the file")]
    File(#[source] FileError),
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
            Self::Unreadable(error) => error.message(),
            Self::File(error) => error.message(),
            Self::Message(_) | Self::Random(_) => Message::new("cli-failed"),
        }
    }
}

/// A file that waits in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedFile {
    /// As its progress and its refusal name it.
    pub id: String,
    /// As the desk will show it.
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// The way out for tickets and messages of this device.
pub struct Mail {
    courier: Courier,
    /// The desk that was asked last: with its token and its last answer, asking again costs one small request.
    client: Mutex<Option<Arc<DeskClient>>>,
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
        Ok(Self { courier, client: Mutex::default() })
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
        let message = OutgoingMessage::new(new_id()?, &Disclosed::approved_by_person(text))
            .map_err(QueueError::Message)?;
        self.courier.outbox.put_message(number, &message, world.now()).map_err(QueueError::Outbox)
    }

    /// Puts a file that the person chose for a ticket into the outbox, whether the ticket has left or still waits.
    ///
    /// # Errors
    /// When it is empty or too large, or cannot be kept.
    pub fn attach(
        &self,
        world: &World,
        number: &TicketNumber,
        name: &str,
        content: &Disclosed,
    ) -> Result<QueuedFile, QueueError> {
        let media_type = media_type(Path::new(name));
        let file = OutgoingFile::new(new_id()?, name, media_type, content).map_err(QueueError::File)?;
        self.courier.outbox.put_file(number, &file, world.now()).map_err(QueueError::Outbox)?;
        let wire = file.wire();
        Ok(QueuedFile { id: wire.id.clone(), name: wire.name.clone(), size: wire.size })
    }

    /// The same for a file on this disk.
    ///
    /// # Errors
    /// Also when it cannot be read, or is no file.
    pub fn attach_file(
        &self,
        world: &World,
        number: &TicketNumber,
        path: &Path,
    ) -> Result<QueuedFile, QueueError> {
        let content = read_attachment(path).map_err(QueueError::Unreadable)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.attach(world, number, &name, &Disclosed::approved_by_person(content))
    }

    /// Puts into the outbox that the person needs no help with a ticket any more. A reply or a file that is queued
    /// before it has left takes it back.
    ///
    /// # Errors
    /// When this device has no such ticket, or it cannot be kept.
    pub fn close(&self, number: &TicketNumber) -> Result<(), QueueError> {
        self.courier.outbox.put_closing(number, &NewClosing { id: new_id()? }).map_err(QueueError::Outbox)
    }

    /// What of the person's the desk does not have yet, beside the ticket itself.
    ///
    /// # Errors
    /// When the item cannot be read.
    pub fn waiting(&self, number: &TicketNumber) -> Result<Vec<Waiting>, OutboxError> {
        self.courier.outbox.waiting(number)
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

    /// Copies the bundle of a ticket that waits into a file.
    ///
    /// # Errors
    /// `NotFound` where the bundle is not here any more; otherwise the system's own.
    pub fn save(&self, number: &TicketNumber, to: &Path) -> std::io::Result<()> {
        self.courier.outbox.export(number, to)
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
        self.client(desk)?.ticket(number).await
    }

    /// How all tickets of this device stand at the desk, newest first. Made to be asked every half minute on the same
    /// `Mail`: while nothing changes, that is one small request with an answer without a body.
    ///
    /// # Errors
    /// When the desk cannot be asked. A desk of an earlier version refuses with `not-found`.
    pub async fn tickets(&self, desk: &DeskUrl) -> Result<Arc<[TicketBrief]>, CallError> {
        self.client(desk)?.tickets().await
    }

    /// The calls to a desk; the same as last time for the same desk.
    fn client(&self, desk: &DeskUrl) -> Result<Arc<DeskClient>, CallError> {
        let mut known = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = known.as_ref().filter(|it| it.desk() == desk) {
            return Ok(Arc::clone(client));
        }
        let client = DeskClient::new(
            desk.clone(),
            Arc::clone(&self.courier.signer),
            Arc::clone(&self.courier.clock),
            &self.courier.options,
        );
        let client = Arc::new(client.map_err(CallError::Prepare)?);
        *known = Some(Arc::clone(&client));
        Ok(client)
    }
}

/// Random, as the desk takes it for messages, files and closings.
fn new_id() -> Result<String, QueueError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(QueueError::Random)?;
    Ok(data_encoding::HEXLOWER.encode(&random))
}

/// What to tell the person when the outbox cannot do something.
pub fn outbox_message(error: &OutboxError) -> Message {
    match error {
        OutboxError::Full { .. } => Message::new("outbox-full"),
        OutboxError::Absent(number) => Message::new("cli-ticket-unknown").arg("number", number.as_str()),
        OutboxError::Busy(_) => Message::new("session-busy"),
        OutboxError::BundleDamaged { .. } => Message::new("session-bundle-damaged-here"),
        OutboxError::TicketDamaged { .. } | OutboxError::State(_) => Message::new("session-item-damaged"),
        OutboxError::Read { .. } => Message::new("session-disk"),
        OutboxError::Write { .. }
        | OutboxError::Exists(_)
        | OutboxError::Encode(_)
        | OutboxError::OtherBundle { .. }
        | OutboxError::NoRandomness => Message::new("cli-queue-failed"),
    }
}
