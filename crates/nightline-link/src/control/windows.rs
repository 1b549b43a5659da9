//! The control socket on Windows: a named pipe of this machine.
//!
//! The system's own rule for pipes without one of their own: the person, administrators and the system may write, others
//! may only read. So nobody else can ask anything. Calls over the network are refused.

use std::io;
use std::time::Duration;

use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeServer, ServerOptions};

use super::stream::ControlStream;
use super::{BindError, CONTROL_LIMIT, ConnectError, ControlPlace};

/// `ERROR_PIPE_BUSY`: the one free end was just taken.
const PIPE_BUSY: i32 = 231;
/// `ERROR_ACCESS_DENIED`: another program holds a pipe of this name.
const ACCESS_DENIED: i32 = 5;
/// Before the next try at a busy pipe: the watch opens another end as soon as it runs.
const BUSY_PAUSE: Duration = Duration::from_millis(20);

/// The listening end, held by the watch.
#[derive(Debug)]
pub struct ControlListener {
    /// Always one end that nobody has called yet.
    free: NamedPipeServer,
    name: String,
}

impl ControlListener {
    /// Opens the control pipe of a home. Has to be called inside a tokio runtime. The caller holds the home's lock.
    ///
    /// # Errors
    ///
    /// See [`BindError`].
    pub fn bind(place: &ControlPlace) -> Result<Self, BindError> {
        let free = end(&place.name, true).map_err(|source| match source.raw_os_error() {
            Some(ACCESS_DENIED | PIPE_BUSY) => BindError::InUse,
            _ => BindError::Io { path: place.path(), source },
        })?;
        Ok(Self { free, name: place.name.clone() })
    }

    /// The next call.
    ///
    /// Safe to cancel.
    ///
    /// # Errors
    ///
    /// The system's. The listener stays usable.
    pub async fn accept(&mut self) -> io::Result<ControlStream> {
        self.free.connect().await?;
        let next = end(&self.name, false)?;
        Ok(ControlStream::new(std::mem::replace(&mut self.free, next)))
    }
}

fn end(name: &str, is_first: bool) -> io::Result<NamedPipeServer> {
    ServerOptions::new().first_pipe_instance(is_first).reject_remote_clients(true).create(name)
}

/// Calls the watch of a home.
///
/// # Errors
///
/// See [`ConnectError`]; no running watch is [`ConnectError::Nobody`].
pub async fn connect(place: &ControlPlace) -> Result<ControlStream, ConnectError> {
    let calling = async {
        loop {
            match ClientOptions::new().open(&place.name) {
                Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => tokio::time::sleep(BUSY_PAUSE).await,
                outcome => return outcome,
            }
        }
    };
    match tokio::time::timeout(CONTROL_LIMIT, calling).await {
        Ok(Ok(stream)) => Ok(ControlStream::new(stream)),
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => Err(ConnectError::Nobody),
        Ok(Err(error)) if error.raw_os_error() == Some(ACCESS_DENIED) => Err(ConnectError::Stranger),
        Ok(Err(error)) => Err(ConnectError::Io(error)),
        Err(_) => Err(ConnectError::TooSlow),
    }
}
