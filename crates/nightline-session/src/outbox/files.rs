//! Files that follow a ticket and wait in its item: a folder each, whole or not there. Talks to nobody.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use nightline_protocol::NewAttachment;
use nightline_types::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::UploadState;
use super::{OutboxError, names};
use crate::{FaultPoint, Step, disk};

/// A name of at most 240 bytes and a digest.
const MAX_RECORD_BYTES: u64 = 64 << 10;

/// How far a waiting file is: its `upload.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileState {
    /// The upload, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upload: Option<UploadState>,
}

/// A file that still has to leave.
#[derive(Debug)]
pub(crate) struct WaitingFile {
    dir: PathBuf,
    pub(crate) wire: NewAttachment,
    pub(crate) state: FileState,
    pub(crate) queued_at: Timestamp,
}

impl WaitingFile {
    /// Its bytes.
    pub(crate) fn content(&self) -> PathBuf {
        self.dir.join(names::CONTENT)
    }

    /// Whether the content is there and is what was announced. Reads it once, before the first byte of it is sent.
    pub(crate) async fn is_whole(&self) -> bool {
        let (path, size, sha256) = (self.content(), self.wire.size, self.wire.sha256.clone());
        let read = tokio::task::spawn_blocking(move || disk::digest(&path));
        matches!(read.await, Ok(Ok(found)) if found == (size, sha256))
    }

    /// Makes how far it is durable.
    pub(crate) fn note(&self) -> Result<(), OutboxError> {
        let path = self.dir.join(names::UPLOAD);
        let json = serde_json::to_vec(&self.state).map_err(OutboxError::Encode)?;
        disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })
    }

    /// Forgets a file that the desk has. Gone at once for every reader; what is left of it is swept up later.
    pub(crate) fn delete(self, fault: FaultPoint) -> Result<(), OutboxError> {
        let failed = |source| OutboxError::Write { path: self.dir.clone(), source };
        let parent = self.dir.parent().unwrap_or(Path::new("."));
        let hidden = parent.join(format!("{}gone-{}", names::HIDDEN, self.wire.id));
        fs::rename(&self.dir, &hidden).map_err(failed)?;
        disk::sync_dir(parent).map_err(failed)?;
        fault.passed(Step::FileNoted);
        match fs::remove_dir_all(&hidden) {
            // Another process opened the outbox and swept it up.
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }

    /// Keeps a file that cannot be sent where nothing sends it and a person can find it.
    pub(crate) fn set_aside(&self, why: &str) -> Result<(), OutboxError> {
        super::item::move_aside(&self.dir, why)
    }
}

/// Puts a file into an item: durable when this returns, or not there.
pub(crate) fn write(
    item: &Path,
    wire: &NewAttachment,
    content: &[u8],
    now: Timestamp,
    fault: FaultPoint,
) -> Result<(), OutboxError> {
    let dir = item.join(names::FILES);
    private_dir(&dir)?;
    if of_id(item, &wire.id)?.is_some() {
        return Ok(());
    }
    let hidden = dir.join(format!("{}{}", names::HIDDEN, wire.id));
    let written = write_hidden(&hidden, wire, content);
    if let Err(error) = written {
        // What cannot be removed is removed by the next `open`.
        let _ = fs::remove_dir_all(&hidden);
        return Err(error);
    }
    fault.passed(Step::FileWritten);
    let place = dir.join(format!("{:015}_{}", now.unix_ms().max(0), wire.id));
    let failed = |source| OutboxError::Write { path: place.clone(), source };
    fs::rename(&hidden, &place).map_err(failed)?;
    disk::sync_dir(&dir).map_err(failed)?;
    fault.passed(Step::FileQueued);
    Ok(())
}

fn write_hidden(dir: &Path, wire: &NewAttachment, content: &[u8]) -> Result<(), OutboxError> {
    private_dir(dir)?;
    let path = dir.join(names::CONTENT);
    let copied = disk::private_file(&path).and_then(|mut file: File| {
        file.write_all(content)?;
        file.sync_all()
    });
    copied.map_err(|source| OutboxError::Write { path, source })?;
    let path = dir.join(names::RECORD);
    let json = serde_json::to_vec_pretty(wire).map_err(OutboxError::Encode)?;
    disk::write_whole(&path, &json).map_err(|source| OutboxError::Write { path, source })
}

/// The files of an item that still have to leave, in the order they were chosen, and the folders that cannot be read.
pub(crate) fn waiting(item: &Path) -> Result<(Vec<WaitingFile>, Vec<PathBuf>), OutboxError> {
    let (mut found, mut damaged) = (Vec::new(), Vec::new());
    for dir in folders(item)? {
        match read(&dir) {
            Some(file) => found.push(file),
            None => damaged.push(dir),
        }
    }
    Ok((found, damaged))
}

/// How many files of an item still have to leave.
pub(crate) fn count(item: &Path) -> usize {
    folders(item).map_or(0, |it| it.len())
}

/// The bytes that waiting files of an item take.
pub(crate) fn held_bytes(item: &Path) -> u64 {
    let contents = folders(item).unwrap_or_default().into_iter().map(|it| it.join(names::CONTENT));
    contents.filter_map(|it| fs::metadata(it).ok()).map(|it| it.len()).sum()
}

/// Removes what an interrupted write or deletion has left.
pub(crate) fn remove_hidden(item: &Path) -> Result<(), OutboxError> {
    for path in entries(item)? {
        if name_of(&path).starts_with(names::HIDDEN) {
            fs::remove_dir_all(&path).map_err(|source| OutboxError::Write { path, source })?;
        }
    }
    Ok(())
}

/// Throws away everything that waits: the ticket itself will never be sent.
pub(crate) fn remove_all(item: &Path) -> Result<(), OutboxError> {
    let dir = item.join(names::FILES);
    match fs::remove_dir_all(&dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(OutboxError::Write { path: dir, source: error })
        }
        _ => Ok(()),
    }
}

fn of_id(item: &Path, id: &str) -> Result<Option<PathBuf>, OutboxError> {
    let end = format!("_{id}");
    Ok(folders(item)?.into_iter().find(|it| name_of(it).ends_with(&end)))
}

/// Folders named `<milliseconds>_<id>`; whatever else is there is not ours or was set aside.
fn folders(item: &Path) -> Result<Vec<PathBuf>, OutboxError> {
    let mut found: Vec<_> = entries(item)?.into_iter().filter(|it| time_of(it).is_some()).collect();
    found.sort();
    Ok(found)
}

fn entries(item: &Path) -> Result<Vec<PathBuf>, OutboxError> {
    let dir = item.join(names::FILES);
    let failed = |source| OutboxError::Read { path: dir.clone(), source };
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    entries.map(|it| it.map(|it| it.path()).map_err(failed)).collect()
}

fn read(dir: &Path) -> Option<WaitingFile> {
    let record = disk::read_limited(&dir.join(names::RECORD), MAX_RECORD_BYTES).ok()?;
    let wire: NewAttachment = serde_json::from_slice(&record).ok()?;
    // Without a readable state the upload is made anew; the desk knows how far it is.
    let state = disk::read_limited(&dir.join(names::UPLOAD), MAX_RECORD_BYTES).ok();
    let state = state.and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_default();
    Some(WaitingFile { wire, state, queued_at: time_of(dir)?, dir: dir.to_owned() })
}

fn time_of(dir: &Path) -> Option<Timestamp> {
    let name = name_of(dir);
    let (time, id) = name.split_once('_')?;
    if id.contains('.') {
        return None;
    }
    time.parse().ok().map(Timestamp::from_unix_ms)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn private_dir(dir: &Path) -> Result<(), OutboxError> {
    disk::private_dir(dir).map_err(|source| OutboxError::Write { path: dir.to_owned(), source })
}
