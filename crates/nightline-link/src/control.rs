//! The control socket of a running watch: who asks it, where it is found, what can be asked.
//!
//! One connection carries one request and one reply, and both ends give up after [`CONTROL_LIMIT`].
//! Only the same person's programs on the same machine get through.

mod message;
mod place;
mod stream;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

pub use message::{ControlReply, ControlRequest, WatchStatus};
pub use place::{ControlPlace, PlaceError};
pub use stream::{CallError, ControlStream, ask};
#[cfg(unix)]
pub use unix::{ControlListener, connect};
#[cfg(windows)]
pub use windows::{ControlListener, connect};

/// For one exchange, connecting included. A watch answers from memory; one that takes longer hangs, and the person at
/// the terminal wants to know.
pub const CONTROL_LIMIT: Duration = Duration::from_secs(10);

/// The largest request or reply. A status is below one KiB.
pub const MAX_CONTROL_FRAME: usize = 64 * 1024;

/// Why no control socket could be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another watch listens there.
    #[error("another watch listens already")]
    InUse,
    /// The socket's folder, or what lies at its path, belongs to somebody else or is something else.
    #[error("{} is not ours", path.display())]
    NotOurs {
        /// What is not ours.
        path: PathBuf,
    },
    /// The system refused.
    #[error("could not listen at {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// Why nobody could be reached.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No watch runs on this home.
    #[error("nobody listens")]
    Nobody,
    /// A program of another person listens there.
    #[error("somebody else listens")]
    Stranger,
    /// It did not take the call within [`CONTROL_LIMIT`].
    #[error("nobody answered within {} s", CONTROL_LIMIT.as_secs())]
    TooSlow,
    /// The system refused.
    #[error("could not connect")]
    Io(#[source] io::Error),
}
