//! Asks the bundle's reader whether a bundle verifies. The one place of the uploads that knows bundles.

use std::fs::File;
use std::io;
use std::path::Path;

use nightline_bundle::{Bundle, OpenError, ReadError};
use nightline_protocol::{Manifest, TicketNumber};
use nightline_types::chain;

/// The manifest of a bundle that verifies and belongs to `ticket`, or in words why it does not. `Err` is our own
/// disk's fault, not the bundle's.
pub(crate) fn verified_manifest(path: &Path, ticket: &TicketNumber) -> io::Result<Result<Manifest, String>> {
    let mut bundle = match Bundle::open(File::open(path)?) {
        Ok(bundle) => bundle,
        Err(OpenError::Read(error)) => return Err(error),
        Err(error) => return Ok(Err(chain(&error))),
    };
    let manifest = match bundle.verify() {
        Ok(manifest) => manifest,
        Err(error) => {
            return match error.source {
                ReadError::Io(error) => Err(error),
                _ => Ok(Err(chain(&error))),
            };
        }
    };
    match &manifest.ticket {
        Some(other) if other != ticket => Ok(Err("the bundle belongs to another ticket".to_owned())),
        _ => Ok(Ok(manifest)),
    }
}
