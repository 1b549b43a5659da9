//! The control socket on Linux and macOS: a Unix socket in a folder of the person's own.
//!
//! The folder's permissions keep others out, and the system says who calls in case they do not.

use std::fs::{DirBuilder, Permissions};
use std::io::{self, ErrorKind};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use super::stream::ControlStream;
use super::{BindError, CONTROL_LIMIT, ConnectError, ControlPlace};

/// The longest path that a socket's address takes on every system we know, its end mark left out: macOS has 104 bytes,
/// Linux 108.
const MAX_PATH_BYTES: usize = 103;
/// Only the person themselves.
const PRIVATE_DIR: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// The listening end, held by the watch. The socket goes away with it.
#[derive(Debug)]
pub struct ControlListener {
    listener: UnixListener,
    path: PathBuf,
    pointer: Option<PathBuf>,
}

impl ControlListener {
    /// Opens the control socket of a home. Has to be called inside a tokio runtime.
    ///
    /// The caller holds the home's lock: what a dead watch has left behind is replaced, and without the lock two watches
    /// could replace each other's.
    ///
    /// # Errors
    ///
    /// See [`BindError`].
    pub fn bind(place: &ControlPlace) -> Result<Self, BindError> {
        let path = place.path();
        let failed = |source| BindError::Io { path: path.clone(), source };
        make_private(&place.dir)?;
        let door = Door::of(&place.dir, &place.name).map_err(failed)?;
        clear(&path, &door.address)?;
        let listener = UnixListener::bind(&door.address).map_err(failed)?;
        std::fs::set_permissions(&path, Permissions::from_mode(PRIVATE_FILE)).map_err(failed)?;
        let pointer = point(&place.own_dir, &place.name, &path)?;
        Ok(Self { listener, path, pointer })
    }

    /// The next call of this person's programs. Calls of others are hung up on.
    ///
    /// Safe to cancel.
    ///
    /// # Errors
    ///
    /// The system's, such as too many open files. The listener stays usable.
    pub async fn accept(&mut self) -> io::Result<ControlStream> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            if is_own(&stream) {
                return Ok(ControlStream::new(stream));
            }
            tracing::warn!("somebody else called at the control socket");
        }
    }
}

impl Drop for ControlListener {
    fn drop(&mut self) {
        for path in [Some(&self.path), self.pointer.as_ref()].into_iter().flatten() {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Calls the watch of a home.
///
/// # Errors
///
/// See [`ConnectError`]; no running watch is [`ConnectError::Nobody`].
pub async fn connect(place: &ControlPlace) -> Result<ControlStream, ConnectError> {
    match call(&place.dir, &place.name).await {
        // The watch may have been started outside the session, or this program: the home's cache leads to it.
        Err(ConnectError::Nobody) if place.dir != place.own_dir => call(&place.own_dir, &place.name).await,
        outcome => outcome,
    }
}

async fn call(dir: &Path, name: &str) -> Result<ControlStream, ConnectError> {
    let door = Door::of(dir, name).map_err(refusal)?;
    let stream = tokio::time::timeout(CONTROL_LIMIT, UnixStream::connect(&door.address))
        .await
        .map_err(|_| ConnectError::TooSlow)?
        .map_err(refusal)?;
    if is_own(&stream) { Ok(ControlStream::new(stream)) } else { Err(ConnectError::Stranger) }
}

fn refusal(error: io::Error) -> ConnectError {
    if is_nobody(&error) { ConnectError::Nobody } else { ConnectError::Io(error) }
}

/// Whether the other end runs as the same person, by what the system says and not the other end.
fn is_own(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|it| it.uid() == own_uid())
}

fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// No file, or one that nobody listens on.
fn is_nobody(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::NotADirectory)
}

/// Whether a folder is there, is a folder, and belongs to this person.
pub(super) fn is_ours(dir: &Path) -> bool {
    std::fs::metadata(dir).is_ok_and(|it| it.is_dir() && it.uid() == own_uid())
}

/// Whether a socket can have this path.
pub(super) fn fits(path: &Path) -> bool {
    path.as_os_str().len() <= MAX_PATH_BYTES
}

/// Makes the socket's folder, or sees to it that the one that is there lets nobody else in.
fn make_private(dir: &Path) -> Result<(), BindError> {
    let failed = |source| BindError::Io { path: dir.to_owned(), source };
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(PRIVATE_DIR).create(dir).map_err(failed)?;
    // The folder itself, not where a link leads that somebody laid there.
    let found = std::fs::symlink_metadata(dir).map_err(failed)?;
    if !found.is_dir() || found.uid() != own_uid() {
        return Err(BindError::NotOurs { path: dir.to_owned() });
    }
    std::fs::set_permissions(dir, Permissions::from_mode(PRIVATE_DIR)).map_err(failed)
}

/// Takes away what a dead watch left behind; refuses to take away anything else.
fn clear(path: &Path, address: &Path) -> Result<(), BindError> {
    let failed = |source| BindError::Io { path: path.to_owned(), source };
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
        Ok(found) if !found.file_type().is_socket() && !found.is_symlink() => {
            return Err(BindError::NotOurs { path: path.to_owned() });
        }
        Ok(_) => {}
    }
    match std::os::unix::net::UnixStream::connect(address) {
        Ok(_) => Err(BindError::InUse),
        Err(error) if is_nobody(&error) => std::fs::remove_file(path).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

/// Leaves word in the home's own folder where the socket is, if it is elsewhere.
fn point(own_dir: &Path, name: &str, path: &Path) -> Result<Option<PathBuf>, BindError> {
    let pointer = own_dir.join(name);
    if pointer == path {
        return Ok(None);
    }
    make_private(own_dir)?;
    let outcome = match std::fs::remove_file(&pointer) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => symlink(path, &pointer),
    };
    match outcome {
        Ok(()) => Ok(Some(pointer)),
        Err(source) => Err(BindError::Io { path: pointer, source }),
    }
}

/// The way to a socket by an address that is short enough.
struct Door {
    address: PathBuf,
    /// Keeps the address valid: an open folder has a short name below `/proc`.
    _dir: Option<std::fs::File>,
}

impl Door {
    fn of(dir: &Path, name: &str) -> io::Result<Self> {
        let address = dir.join(name);
        if cfg!(target_os = "linux") && !fits(&address) {
            let dir = std::fs::File::open(dir)?;
            let address = PathBuf::from(format!("/proc/self/fd/{}/{name}", dir.as_raw_fd()));
            return Ok(Self { address, _dir: Some(dir) });
        }
        Ok(Self { address, _dir: None })
    }
}
