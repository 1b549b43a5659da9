//! The server: takes tickets and bundles, and shows them in the agent console.
//!
//! Knows nothing of checks, probes or the app.

pub mod agent;
