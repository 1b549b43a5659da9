//! One item of the outbox, held by this process alone while it is sent. Talks to nobody.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use nightline_protocol::{NewClosing, NewMessage, NewTicket, TicketNumber};
use nightline_types::{DeskUrl, Timestamp};

use super::files::{self, WaitingFile};
use super::state::ItemState;
use super::{OutboxError, closing, names};
use crate::disk;

/// A ticket's summary holds the person's words, which may be long; see the desk's own limit.
const MAX_TICKET_BYTES: u64 = 16 << 20;
/// A few hundred bytes are usual.
const MAX_STATE_BYTES: u64 = 1 << 20;
/// The desk takes 16 KiB of text.
const MAX_MESSAGE_BYTES: u64 = 1 << 18;

/// An item that nobody else sends as long as this lives.
#[derive(Debug)]
pub(crate) struct HeldItem {
    dir: PathBuf,
    pub(crate) ticket: NewTicket,
    pub(crate) state: ItemState,
    /// Whether the state was damaged and was made anew.
    pub(crate) restored: bool,
    _lock: File,
}

impl HeldItem {
    /// Takes the item. `None` if another process has it or it is gone.
    ///
    /// A damaged state is moved aside and made anew from the ticket and `desk`, the one in force.
    pub(crate) fn take(
        dir: &Path,
        number: &TicketNumber,
        desk: Option<&DeskUrl>,
    ) -> Result<Option<Self>, OutboxError> {
        let failed = |source| OutboxError::Read { path: dir.to_owned(), source };
        let lock = match File::options().create(true).append(true).open(dir.join(names::LOCK)) {
            Ok(lock) => lock,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let ticket = read_ticket(dir, number)?;
        let (state, restored) = match read_state(dir, number) {
            Ok(state) => (state, false),
            // A later version's state is not ours to throw away.
            Err(error @ OutboxError::State(super::StateError::OtherFormat { .. })) => return Err(error),
            Err(error) => match desk {
                Some(desk) => (restore(dir, desk)?, true),
                None => return Err(error),
            },
        };
        Ok(Some(Self { dir: dir.to_owned(), ticket, state, restored, _lock: lock }))
    }

    pub(crate) fn bundle(&self) -> PathBuf {
        self.dir.join(names::BUNDLE)
    }

    /// Whether the bundle is there and is the one that the ticket announces. Reads it once, before the first byte of
    /// it is sent: the desk would notice only after the last.
    pub(crate) async fn bundle_is_whole(&self) -> bool {
        let (path, claim) = (self.bundle(), self.ticket.bundle.clone());
        let read = tokio::task::spawn_blocking(move || disk::digest(&path));
        matches!(read.await, Ok(Ok((size, digest))) if size == claim.size && digest == claim.sha256)
    }

    /// Makes the state durable.
    pub(crate) fn note(&self) -> Result<(), OutboxError> {
        write_state(&self.dir, &self.state)
    }

    /// Deletes the bundle; one that is gone already is no failure.
    pub(crate) fn delete_bundle(&self) -> Result<(), OutboxError> {
        delete(&self.bundle())?;
        disk::sync_dir(&self.dir).map_err(|source| OutboxError::Write { path: self.dir.clone(), source })
    }

    /// Messages that still have to leave, in the order they were written.
    pub(crate) fn messages(&self) -> Result<Vec<NewMessage>, OutboxError> {
        for path in message_files(&self.dir)? {
            if read_message(&path)?.is_none() {
                move_aside(&path, "damaged")?;
            }
        }
        Ok(read_messages(&self.dir)?.into_iter().map(|(_, message)| message).collect())
    }

    /// Files that still have to leave, in the order they were chosen. A damaged one is moved aside.
    pub(crate) fn files(&self) -> Result<Vec<WaitingFile>, OutboxError> {
        let (found, damaged) = files::waiting(&self.dir)?;
        damaged.iter().try_for_each(|it| move_aside(it, "damaged"))?;
        Ok(found)
    }

    /// The person's word that no help is needed any more, while it waits.
    pub(crate) fn closing(&self) -> Result<Option<NewClosing>, OutboxError> {
        closing::read(&self.dir)
    }

    /// Forgets the wish to close.
    pub(crate) fn delete_closing(&self) -> Result<(), OutboxError> {
        closing::delete(&self.dir)
    }

    /// Whether anything beside the ticket and its bundle still has to leave.
    pub(crate) fn has_more(&self) -> bool {
        // What cannot be read counts: the attempt says why.
        self.messages().map_or(true, |it| !it.is_empty())
            || files::count(&self.dir) > 0
            || self.closing().map_or(true, |it| it.is_some())
    }

    /// Throws away the files of a ticket that will never be sent.
    pub(crate) fn delete_files(&self) -> Result<(), OutboxError> {
        files::remove_all(&self.dir)
    }

    /// Forgets a message that the desk has.
    pub(crate) fn delete_message(&self, id: &str) -> Result<(), OutboxError> {
        message_of_id(&self.dir, id)?.iter().try_for_each(|it| delete(it))
    }

    /// Keeps a message that the desk refused where nothing sends it.
    pub(crate) fn set_message_aside(&self, id: &str) -> Result<(), OutboxError> {
        message_of_id(&self.dir, id)?.iter().try_for_each(|it| move_aside(it, "refused"))
    }
}

pub(crate) fn read_ticket(dir: &Path, number: &TicketNumber) -> Result<NewTicket, OutboxError> {
    let path = dir.join(names::TICKET);
    let bytes = disk::read_limited(&path, MAX_TICKET_BYTES)
        .map_err(|source| OutboxError::Read { path: path.clone(), source })?;
    serde_json::from_slice(&bytes)
        .map_err(|source| OutboxError::TicketDamaged { number: number.clone(), source })
}

pub(crate) fn read_state(dir: &Path, number: &TicketNumber) -> Result<ItemState, OutboxError> {
    let path = dir.join(names::STATE);
    match disk::read_limited(&path, MAX_STATE_BYTES) {
        Ok(bytes) => Ok(ItemState::parse(number, &bytes)?),
        Err(source) => Err(OutboxError::Read { path, source }),
    }
}

pub(crate) fn write_state(dir: &Path, state: &ItemState) -> Result<(), OutboxError> {
    let path = dir.join(names::STATE);
    let json = serde_json::to_vec_pretty(state).map_err(OutboxError::Encode)?;
    disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })
}

/// The readable messages that wait in an item, with the time at which each was written, oldest first.
pub(crate) fn read_messages(dir: &Path) -> Result<Vec<(Timestamp, NewMessage)>, OutboxError> {
    let mut found = Vec::new();
    for path in message_files(dir)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let at = name.split_once('_').and_then(|(time, _)| time.parse().ok()).unwrap_or_default();
        found.extend(read_message(&path)?.map(|message| (Timestamp::from_unix_ms(at), message)));
    }
    Ok(found)
}

/// `None` for a damaged one.
fn read_message(path: &Path) -> Result<Option<NewMessage>, OutboxError> {
    let bytes = disk::read_limited(path, MAX_MESSAGE_BYTES);
    let bytes = bytes.map_err(|source| OutboxError::Read { path: path.to_owned(), source })?;
    Ok(serde_json::from_slice(&bytes).ok())
}

pub(crate) fn message_files(dir: &Path) -> Result<Vec<PathBuf>, OutboxError> {
    let dir = dir.join(names::MESSAGES);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(OutboxError::Read { path: dir, source }),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| OutboxError::Read { path: dir.clone(), source })?.path();
        let hidden = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The file of a message. Its id ends the name after the time.
pub(crate) fn message_of_id(dir: &Path, id: &str) -> Result<Option<PathBuf>, OutboxError> {
    let end = format!("_{id}.json");
    let of_id = |it: &PathBuf| it.file_name().is_some_and(|it| it.to_string_lossy().ends_with(&end));
    Ok(message_files(dir)?.into_iter().find(of_id))
}

fn restore(dir: &Path, desk: &DeskUrl) -> Result<ItemState, OutboxError> {
    let path = dir.join(names::STATE);
    if path.exists() {
        move_aside(&path, "damaged")?;
    }
    let state = ItemState::new(desk.clone());
    write_state(dir, &state)?;
    Ok(state)
}

/// Renames to `<name>.<why>`, where nothing reads it and a person can.
pub(super) fn move_aside(path: &Path, why: &str) -> Result<(), OutboxError> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".");
    aside.push(why);
    fs::rename(path, &aside).map_err(|source| OutboxError::Write { path: path.to_owned(), source })
}

fn delete(path: &Path) -> Result<(), OutboxError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(OutboxError::Write { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
