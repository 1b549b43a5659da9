//! The server: takes tickets and bundles, and shows them in the agent console.
//!
//! Knows nothing of checks, probes or the app.

pub mod agent;
pub mod app;
pub mod audit;
pub mod body;
mod console;
pub mod db;
pub mod device;
pub mod error;
pub mod files;
mod first_byte;
pub mod jobs;
pub mod limits;
mod load;
pub mod log;
pub mod openapi;
pub mod outside;
pub mod peer;
pub mod route;
pub mod router;
pub mod search;
pub mod secret;
pub mod serve;
pub mod settings;
pub mod setup;
mod stun;
pub mod ticket;
pub mod udp;
pub mod upload;
