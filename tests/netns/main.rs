//! Faults in networks of our own: `nightline diagnose` names each of them, and names none where there is none.
//! Needs root, or `unshare -Urnm`. Reaches nothing but namespaces that it made.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its network has failed")]

mod lab;

mod clock;
mod desk;
mod dns;
mod gateway;
mod no_network;
mod path;
mod portal;
mod service;
