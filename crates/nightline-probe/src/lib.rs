//! Asks the network: names, connections, certificates, echoes, paths. All without administrator rights.
//!
//! Contacts only the addresses it is given. Every call ends by itself, and dropping its future ends the work.
//! An answer that did not come is a value, not an error.

pub mod certificate;
pub mod connect;
pub mod dns;
pub mod echo;
pub mod http;
pub mod path;
pub mod resolve;
pub mod tls;
