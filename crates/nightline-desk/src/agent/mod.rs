//! The agents' side: sign-in, queue, tickets, files, audit.

pub mod wire;
