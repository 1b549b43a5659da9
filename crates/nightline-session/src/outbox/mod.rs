//! Everything that still has to leave the device: a folder per ticket. Talks to nobody and never loses an item.

mod closing;
mod error;
mod export;
mod files;
mod item;
mod listed;
mod state;
mod waiting;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nightline_bundle::{OutgoingFile, OutgoingMessage, Parcel};
use nightline_protocol::{NewAttachment, NewClosing, NewMessage, NewTicket, TicketNumber};
use nightline_types::{DeskUrl, Timestamp};

pub use error::OutboxError;
pub(crate) use files::WaitingFile;
pub(crate) use item::HeldItem;
pub use listed::ListedItem;
pub use state::{ItemState, OUTBOX_SCHEMA, Stage, StateError, UploadState};
pub use waiting::Waiting;

use crate::{FaultPoint, Step, disk};

/// What all bundles and files in the outbox may take of the disk: a few of the largest bundles that desks take.
pub const MAX_OUTBOX_BYTES: u64 = 1 << 30;
/// After this time a bundle that could not be sent is deleted: its network facts help nobody any more, and the
/// person has found another way.
pub const EXPIRES_AFTER: Duration = Duration::from_secs(30 * 24 * 3_600);
/// How long a delivered ticket stays on the list of this device.
pub const REMEMBERED_FOR: Duration = Duration::from_secs(400 * 24 * 3_600);

/// The names of the files. Part of the format.
pub(crate) mod names {
    pub(crate) const TICKET: &str = "ticket.json";
    pub(crate) const BUNDLE: &str = "bundle.zip";
    pub(crate) const STATE: &str = "state.json";
    pub(crate) const MESSAGES: &str = "messages";
    pub(crate) const FILES: &str = "files";
    pub(crate) const CONTENT: &str = "content";
    pub(crate) const RECORD: &str = "file.json";
    pub(crate) const UPLOAD: &str = "upload.json";
    pub(crate) const CLOSING: &str = "close.json";
    pub(crate) const LOCK: &str = "lock";
    /// Folders that are not items yet or no longer.
    pub(crate) const HIDDEN: &str = ".item-";
    pub(crate) const FOLDER_LOCK: &str = ".lock";
}

/// The outbox of a home folder.
#[derive(Clone, Debug)]
pub struct Outbox {
    dir: PathBuf,
    fault: FaultPoint,
}

impl Outbox {
    /// Opens or makes the outbox in `dir` (`<home>/outbox`) and removes what interrupted writes have left.
    pub fn open(dir: &Path, fault: FaultPoint) -> Result<Self, OutboxError> {
        disk::private_dir(dir).map_err(|source| OutboxError::Write { path: dir.to_owned(), source })?;
        let outbox = Self { dir: dir.to_owned(), fault };
        let _lock = outbox.lock()?;
        outbox.remove_hidden()?;
        Ok(outbox)
    }

    /// Queues a sealed parcel for the desk that the person agreed to. Durable when this returns. The outbox has a copy
    /// of the bundle; the caller deletes its own.
    pub fn put(&self, parcel: &Parcel, desk: &DeskUrl) -> Result<(), OutboxError> {
        self.queue(parcel.ticket(), parcel.bundle_path(), desk)
    }

    /// Queues a message of a ticket of this device. The same id again is the same message.
    pub fn put_message(
        &self,
        number: &TicketNumber,
        message: &OutgoingMessage,
        now: Timestamp,
    ) -> Result<(), OutboxError> {
        self.queue_message(number, message.wire(), now)
    }

    /// Queues a ticket and its bundle; both are durable when this returns, or neither is there.
    pub(crate) fn queue(&self, ticket: &NewTicket, bundle: &Path, desk: &DeskUrl) -> Result<(), OutboxError> {
        let _lock = self.lock()?;
        let wanted = ticket.bundle.size;
        let held = self.held_bytes()?;
        if held.saturating_add(wanted) > MAX_OUTBOX_BYTES {
            return Err(OutboxError::Full { held, wanted });
        }
        let place = self.item_dir(&ticket.number);
        if place.exists() {
            return Err(OutboxError::Exists(ticket.number.clone()));
        }
        let hidden = self.hidden_dir()?;
        let written = write_item(&hidden, ticket, bundle, desk);
        if let Err(error) = written {
            // What cannot be removed is removed by the next `open`.
            let _ = fs::remove_dir_all(&hidden);
            return Err(error);
        }
        self.fault.passed(Step::ItemWritten);
        let failed = |source| OutboxError::Write { path: place.clone(), source };
        fs::rename(&hidden, &place).map_err(failed)?;
        disk::sync_dir(&self.dir).map_err(failed)?;
        self.fault.passed(Step::ItemQueued);
        Ok(())
    }

    /// Queues a file of a ticket of this device. The same id again is the same file.
    pub fn put_file(
        &self,
        number: &TicketNumber,
        file: &OutgoingFile<'_>,
        now: Timestamp,
    ) -> Result<(), OutboxError> {
        self.queue_file(number, file.wire(), file.content(), now)
    }

    /// Queues the person's word that they need no help with a ticket any more. Writing to the ticket before it has
    /// left takes it back.
    pub fn put_closing(&self, number: &TicketNumber, closing: &NewClosing) -> Result<(), OutboxError> {
        closing::write(&self.known_item(number)?, closing, self.fault)
    }

    pub(crate) fn queue_file(
        &self,
        number: &TicketNumber,
        wire: &NewAttachment,
        content: &[u8],
        now: Timestamp,
    ) -> Result<(), OutboxError> {
        let _lock = self.lock()?;
        let item = self.known_item(number)?;
        let held = self.held_bytes()?;
        if held.saturating_add(wire.size) > MAX_OUTBOX_BYTES {
            return Err(OutboxError::Full { held, wanted: wire.size });
        }
        closing::delete(&item)?;
        files::write(&item, wire, content, now, self.fault)
    }

    /// The folder of a ticket that this device has.
    fn known_item(&self, number: &TicketNumber) -> Result<PathBuf, OutboxError> {
        let item = self.item_dir(number);
        if item.join(names::TICKET).exists() { Ok(item) } else { Err(OutboxError::Absent(number.clone())) }
    }

    pub(crate) fn queue_message(
        &self,
        number: &TicketNumber,
        message: &NewMessage,
        now: Timestamp,
    ) -> Result<(), OutboxError> {
        let item = self.known_item(number)?;
        closing::delete(&item)?;
        let dir = item.join(names::MESSAGES);
        disk::private_dir(&dir).map_err(|source| OutboxError::Write { path: dir.clone(), source })?;
        if item::message_of_id(&item, &message.id)?.is_some() {
            return Ok(());
        }
        // The time leads the name, so that messages leave in the order they were written.
        let path = dir.join(format!("{:015}_{}.json", now.unix_ms().max(0), message.id));
        let json = serde_json::to_vec(message).map_err(OutboxError::Encode)?;
        disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })?;
        self.fault.passed(Step::MessageQueued);
        Ok(())
    }

    /// Every ticket of this device, oldest first as far as known.
    pub fn list(&self) -> Result<Vec<ListedItem>, OutboxError> {
        let mut items = Vec::new();
        for number in self.numbers()? {
            let dir = self.item_dir(&number);
            let ticket = item::read_ticket(&dir, &number);
            let state = item::read_state(&dir, &number);
            let waiting_messages = item::message_files(&dir).map_or(0, |it| it.len());
            items.push(ListedItem {
                number,
                ticket,
                state,
                waiting_messages,
                waiting_files: files::count(&dir),
                waiting_close: closing::read(&dir).is_ok_and(|it| it.is_some()),
                path: dir,
            });
        }
        items.sort_by_key(|it| it.ticket.as_ref().ok().map(|ticket| ticket.created_at));
        Ok(items)
    }

    /// Forgets a ticket on this device, with its bundle. What the desk has stays at the desk.
    pub fn drop_item(&self, number: &TicketNumber) -> Result<(), OutboxError> {
        let _lock = self.lock()?;
        let dir = self.item_dir(number);
        if !dir.exists() {
            return Err(OutboxError::Absent(number.clone()));
        }
        let held = File::options().create(true).append(true).open(dir.join(names::LOCK));
        let held = held.map_err(|source| OutboxError::Read { path: dir.clone(), source })?;
        if held.try_lock().is_err() {
            return Err(OutboxError::Busy(number.clone()));
        }
        // Windows moves no folder while a file in it is open. A sender that takes the item in this instant fails.
        let held = (!cfg!(windows)).then_some(held);
        let hidden = self.hidden_name()?;
        let failed = |source| OutboxError::Write { path: dir.clone(), source };
        fs::rename(&dir, &hidden).map_err(failed)?;
        drop(held);
        disk::sync_dir(&self.dir).map_err(failed)?;
        fs::remove_dir_all(&hidden).map_err(failed)
    }

    /// Deletes bundles older than [`EXPIRES_AFTER`] and forgets tickets delivered [`REMEMBERED_FOR`] ago.
    /// Returns the numbers that expired now, to be told to the person.
    pub fn sweep(&self, now: Timestamp) -> Result<Vec<TicketNumber>, OutboxError> {
        let mut expired = Vec::new();
        for number in self.numbers()? {
            let Ok(Some(mut item)) = HeldItem::take(&self.item_dir(&number), &number, None) else { continue };
            let age = now.since(item.ticket.created_at);
            if (item.state.stage.is_open() || item.state.stage == Stage::Refused) && age > EXPIRES_AFTER {
                item.state.stage = Stage::Expired;
                item.note()?;
                item.delete_bundle()?;
                item.delete_files()?;
                expired.push(number);
            } else if item.state.stage == Stage::Delivered {
                // A kill between the two last steps leaves the bundle behind.
                item.delete_bundle()?;
                drop(item);
                if age > REMEMBERED_FOR {
                    self.drop_item(&number)?;
                }
            }
        }
        Ok(expired)
    }

    pub(crate) fn numbers(&self) -> Result<Vec<TicketNumber>, OutboxError> {
        let failed = |source| OutboxError::Read { path: self.dir.clone(), source };
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(failed)? {
            if let Ok(number) = entry.map_err(failed)?.file_name().to_string_lossy().parse() {
                numbers.push(number);
            }
        }
        numbers.sort();
        Ok(numbers)
    }

    pub(crate) fn item_dir(&self, number: &TicketNumber) -> PathBuf {
        self.dir.join(number.as_str())
    }

    pub(crate) fn fault(&self) -> FaultPoint {
        self.fault
    }

    /// Held for the short time in which folders appear and vanish.
    fn lock(&self) -> Result<File, OutboxError> {
        let path = self.dir.join(names::FOLDER_LOCK);
        let failed = |source| OutboxError::Write { path: path.clone(), source };
        let lock = disk::private_file(&path).map_err(failed)?;
        lock.lock().map_err(failed)?;
        Ok(lock)
    }

    fn held_bytes(&self) -> Result<u64, OutboxError> {
        let bundle = |item: &Path| fs::metadata(item.join(names::BUNDLE)).map_or(0, |it| it.len());
        let items = self.numbers()?.into_iter().map(|it| self.item_dir(&it));
        Ok(items.map(|it| bundle(&it) + files::held_bytes(&it)).sum())
    }

    fn hidden_name(&self) -> Result<PathBuf, OutboxError> {
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|_| OutboxError::NoRandomness)?;
        Ok(self.dir.join(format!("{}{:016x}", names::HIDDEN, u64::from_le_bytes(random))))
    }

    fn hidden_dir(&self) -> Result<PathBuf, OutboxError> {
        let dir = self.hidden_name()?;
        disk::private_dir(&dir).map_err(|source| OutboxError::Write { path: dir.clone(), source })?;
        Ok(dir)
    }

    fn remove_hidden(&self) -> Result<(), OutboxError> {
        let failed = |source| OutboxError::Read { path: self.dir.clone(), source };
        for entry in fs::read_dir(&self.dir).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with(names::HIDDEN) {
                fs::remove_dir_all(entry.path())
                    .map_err(|source| OutboxError::Write { path: entry.path(), source })?;
            }
        }
        for number in self.numbers()? {
            // Nobody writes now: that takes the lock, which is held. A sender that removes the same is not in the way.
            if let Err(error) = files::remove_hidden(&self.item_dir(&number)) {
                tracing::warn!(error = nightline_types::chain(&error), "What a file left is still there");
            }
        }
        Ok(())
    }
}

fn write_item(dir: &Path, ticket: &NewTicket, bundle: &Path, desk: &DeskUrl) -> Result<(), OutboxError> {
    let copied = disk::copy_private(bundle, &dir.join(names::BUNDLE));
    let found = copied.map_err(|source| OutboxError::Write { path: dir.join(names::BUNDLE), source })?;
    if found != ticket.bundle.size {
        return Err(OutboxError::OtherBundle { found, announced: ticket.bundle.size });
    }
    let json = serde_json::to_vec_pretty(ticket).map_err(OutboxError::Encode)?;
    let path = dir.join(names::TICKET);
    disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })?;
    item::write_state(dir, &ItemState::new(desk.clone()))
}
