//! The names of everything durable that happens on the way out, so that a test can kill the process at each.
//! Reads no environment and ends no process by itself: both are the program's.

use std::fmt;
use std::str::FromStr;

/// A place between two durable states. Each is passed right after the thing it names has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The item is written whole into a hidden folder, and is not in the outbox yet.
    ItemWritten,
    /// The item is in the outbox.
    ItemQueued,
    /// A message is in the outbox.
    MessageQueued,
    /// The desk has answered the ticket; nothing is noted yet.
    TicketAccepted,
    /// The desk's answer to the ticket is noted.
    TicketNoted,
    /// The desk has taken a message; its file is still there.
    MessageAccepted,
    /// The file of a message that the desk has is gone.
    MessageNoted,
    /// The desk has made an upload; its address is not noted yet.
    UploadCreated,
    /// The upload's address is noted.
    UploadNoted,
    /// The desk has acknowledged a chunk; the new offset is not noted yet.
    ChunkAccepted,
    /// The new offset is noted.
    ChunkNoted,
    /// The desk says that the bundle is whole; nothing is noted yet.
    BundleConfirmed,
    /// The delivery is noted; the bundle is still on this disk.
    DeliveryNoted,
    /// The bundle is gone from this disk.
    BundleDeleted,
    /// A file that follows a ticket is written whole into a hidden folder, and does not wait yet.
    FileWritten,
    /// A file waits in its ticket's item.
    FileQueued,
    /// The desk has answered the announcement of a file.
    FileAccepted,
    /// The desk has made an upload for a file; its address is not noted yet.
    FileUploadCreated,
    /// The address of a file's upload is noted.
    FileUploadNoted,
    /// The desk has acknowledged a chunk of a file; the new offset is not noted yet.
    FileChunkAccepted,
    /// The new offset of a file is noted.
    FileChunkNoted,
    /// The desk says that a file is whole; it still waits here.
    FileConfirmed,
    /// A file that the desk has waits no more.
    FileNoted,
    /// The wish to close a ticket is in the outbox.
    CloseQueued,
    /// The desk has closed a ticket; the wish is still there.
    CloseAccepted,
    /// The wish to close is gone from this disk.
    CloseNoted,
}

impl Step {
    /// Every step, in the order of a delivery.
    pub const ALL: [Self; 26] = [
        Self::ItemWritten,
        Self::ItemQueued,
        Self::MessageQueued,
        Self::TicketAccepted,
        Self::TicketNoted,
        Self::MessageAccepted,
        Self::MessageNoted,
        Self::UploadCreated,
        Self::UploadNoted,
        Self::ChunkAccepted,
        Self::ChunkNoted,
        Self::BundleConfirmed,
        Self::DeliveryNoted,
        Self::BundleDeleted,
        Self::FileWritten,
        Self::FileQueued,
        Self::FileAccepted,
        Self::FileUploadCreated,
        Self::FileUploadNoted,
        Self::FileChunkAccepted,
        Self::FileChunkNoted,
        Self::FileConfirmed,
        Self::FileNoted,
        Self::CloseQueued,
        Self::CloseAccepted,
        Self::CloseNoted,
    ];

    /// Its kebab-case name, as tests give it to the program.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ItemWritten => "item-written",
            Self::ItemQueued => "item-queued",
            Self::MessageQueued => "message-queued",
            Self::TicketAccepted => "ticket-accepted",
            Self::TicketNoted => "ticket-noted",
            Self::MessageAccepted => "message-accepted",
            Self::MessageNoted => "message-noted",
            Self::UploadCreated => "upload-created",
            Self::UploadNoted => "upload-noted",
            Self::ChunkAccepted => "chunk-accepted",
            Self::ChunkNoted => "chunk-noted",
            Self::BundleConfirmed => "bundle-confirmed",
            Self::DeliveryNoted => "delivery-noted",
            Self::BundleDeleted => "bundle-deleted",
            Self::FileWritten => "file-written",
            Self::FileQueued => "file-queued",
            Self::FileAccepted => "file-accepted",
            Self::FileUploadCreated => "file-upload-created",
            Self::FileUploadNoted => "file-upload-noted",
            Self::FileChunkAccepted => "file-chunk-accepted",
            Self::FileChunkNoted => "file-chunk-noted",
            Self::FileConfirmed => "file-confirmed",
            Self::FileNoted => "file-noted",
            Self::CloseQueued => "close-queued",
            Self::CloseAccepted => "close-accepted",
            Self::CloseNoted => "close-noted",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no step has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a step of a delivery")]
pub struct UnknownStep(String);

impl FromStr for Step {
    type Err = UnknownStep;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.name() == name).ok_or_else(|| UnknownStep(name.to_owned()))
    }
}

/// Where a test wants the process to die. The program's `main` reads the wish from its environment
/// (`NIGHTLINE_DIE_AT`) and says how to die, for example by `SIGKILL` to itself.
#[derive(Clone, Copy)]
pub struct FaultPoint {
    at: Option<Step>,
    die: fn(),
}

impl FaultPoint {
    /// Nobody wants the process to die.
    pub const NONE: Self = Self { at: None, die: || {} };

    /// Calls `die` when `step` has happened.
    pub const fn at(step: Step, die: fn()) -> Self {
        Self { at: Some(step), die }
    }

    pub(crate) fn passed(self, step: Step) {
        if self.at == Some(step) {
            (self.die)();
        }
    }
}

impl fmt::Debug for FaultPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultPoint").field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_by_its_name() {
        for step in Step::ALL {
            assert_eq!(step.name().parse(), Ok(step));
        }
        assert!("nowhere".parse::<Step>().is_err());
    }
}
