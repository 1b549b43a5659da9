//! The app without shells: the main job from diagnosis to delivered ticket. Draws nothing, asks nobody.
//!
//! A shell gives it the world once ([`World`]) and then asks for one thing after another.

mod device;
mod diagnose;
mod follow;
mod prepare;
mod send;
mod trace;
mod world;

pub use device::{Device, credential_message};
pub use diagnose::{Diagnosis, DiagnosisPlan, diagnose, is_check};
pub use follow::Follow;
pub use prepare::{PrepareHelpError, Prepared, check_attachments, known, learn_environment, prepare};
pub use send::{Mail, QueueError, outbox_message};
pub use trace::{PathError, TracePlan, trace};
pub use world::{PROGRAM, Settings, World, WorldError};

/// What shells need of the protocol.
pub use nightline_protocol::{
    Disclosure, MessageAuthor, TicketDocument, TicketNumber, TicketStatus, TicketView,
};
