//! Copies a bundle that waits out of the outbox, for a person who carries it by hand. Changes nothing.

use std::io;
use std::path::Path;

use nightline_protocol::TicketNumber;

use super::{Outbox, names};
use crate::disk;

impl Outbox {
    /// Writes the bundle of a ticket to `to`, whole and readable by this person only, or not at all.
    ///
    /// # Errors
    /// `NotFound` where the bundle is not here any more; otherwise the system's own.
    pub fn export(&self, number: &TicketNumber, to: &Path) -> io::Result<()> {
        let from = self.item_dir(number).join(names::BUNDLE);
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let copied = disk::copy_private(&from, part).and_then(|_| std::fs::rename(part, to));
        if copied.is_err() {
            // Half a file helps nobody; one that was never made is no failure.
            let _ = std::fs::remove_file(part);
        }
        copied
    }
}
