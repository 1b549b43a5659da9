//! The app without shells: the main job from diagnosis to delivered ticket. Draws nothing, asks nobody.
//!
//! A shell gives it the world once ([`World`]) and then asks for one thing after another.

pub mod app;
mod device;
mod diagnose;
mod fault;
mod follow;
pub mod logging;
mod post;
mod prepare;
mod send;
mod trace;
pub mod work;
mod world;

pub use device::{Device, credential_message};
pub use diagnose::{Diagnosis, DiagnosisPlan, diagnose, is_check};
pub use fault::fault;
pub use follow::Follow;
pub use post::Post;
pub use prepare::{PrepareHelpError, Prepared, check_attachments, known, learn_environment, prepare};
pub use send::{Mail, QueueError, QueuedFile, outbox_message};
pub use trace::{PathError, TracePlan, trace};
pub use world::{PROGRAM, Settings, World, WorldError};

/// What shells need of the protocol.
pub use nightline_protocol::{
    Disclosure, MessageAuthor, TicketDocument, TicketNumber, TicketStatus, TicketView,
};
/// What a worker is given by its shell.
pub use nightline_session::FaultPoint;
