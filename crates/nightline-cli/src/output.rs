//! The only place that prints: results to standard output, progress and failures to standard error.

#![expect(clippy::print_stderr, reason = "this module is the command line's output")]

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use nightline_text::Texts;
use nightline_types::Message;
use serde::Serialize;

use crate::exit::Failure;
use crate::stop::Stop;

/// Prints for one reader: language, and JSON or text.
pub(crate) struct Output {
    pub(crate) texts: Texts,
    pub(crate) json: bool,
    pub(crate) stop: Stop,
    lost: AtomicBool,
}

impl Output {
    /// Prints for one reader.
    pub(crate) fn new(texts: Texts, json: bool) -> Self {
        Self { texts, json, stop: Stop::default(), lost: AtomicBool::new(false) }
    }

    /// Whether a line of a result could not be written, for example because the disk is full.
    pub(crate) fn lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// A line of a result.
    pub(crate) fn line(&self, text: &str) {
        let mut out = std::io::stdout();
        let written = writeln!(out, "{text}").and_then(|()| out.flush());
        // A closed pipe (`| head`) is no failure of ours.
        if written.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
            self.lost.store(true, Ordering::Relaxed);
        }
    }

    /// A sentence of a result.
    pub(crate) fn say(&self, message: &Message) {
        self.line(&self.texts.say(message));
    }

    /// A whole document. Numbers and keys stay as the formats have them.
    pub(crate) fn document(&self, document: &impl Serialize) {
        match serde_json::to_string_pretty(document) {
            Ok(text) => self.line(&text),
            Err(error) => self.progress(&error.to_string()),
        }
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// A line of progress, on standard error.
    pub(crate) fn progress(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// A sentence of progress, on standard error.
    pub(crate) fn progress_say(&self, message: &Message) {
        self.progress(&self.texts.say(message));
    }

    /// A question on standard error, without a line's end.
    pub(crate) fn ask(&self, message: &Message) {
        eprint!("{} ", self.texts.say(message));
        let _ = std::io::stderr().flush();
    }

    /// Why the command did not do its work.
    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            self.progress(&failure.json(&self.texts).to_string());
        } else {
            self.progress(&failure.text(&self.texts));
        }
    }
}

/// A line of progress from a callback that has no [`Output`] at hand.
pub(crate) fn progress_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A time for a person, as the clock on their wall shows it.
pub(crate) fn wall_clock(at: nightline_types::Timestamp) -> String {
    nightline_platform::wall_clock(at, std::path::Path::new("/"))
}

/// A size for a person: `812 B`, `3.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const STEPS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    for (unit, step) in STEPS {
        if bytes >= step {
            let tenths = bytes / (step / 10);
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
    }
    format!("{bytes} B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        for (bytes, text) in
            [(0, "0 B"), (999, "999 B"), (1_000, "1.0 KB"), (3_449_999, "3.4 MB"), (5_000_000_000, "5.0 GB")]
        {
            assert_eq!(size(bytes), text);
        }
    }
}
