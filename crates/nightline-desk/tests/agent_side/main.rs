//! The agents' side of a real desk on loopback: sign-in, rights, queue, tickets, files. Draws no console.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod access;
mod administration;
mod console;
mod files;
mod later;
mod queue;
mod rights;
mod support;
mod ticket;
