//! The only place that prints: results to standard output, progress and failures to standard error.

#![expect(clippy::print_stderr, reason = "this module is the command line's output")]

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
    /// Standard error is a terminal that can take a line back.
    can_overwrite: bool,
    /// Lines of the drawing above the cursor, which the next one takes back.
    drawn: AtomicUsize,
}

/// Columns of a status line: what the narrowest terminal in use shows, less one so that it never wraps.
const STATUS_COLUMNS: usize = 79;
/// Lines of a drawing: what the smallest terminal in use shows, less the line of the cursor.
const DRAWING_LINES: usize = 23;

impl Output {
    /// Prints for one reader.
    pub(crate) fn new(texts: Texts, json: bool) -> Self {
        Self {
            texts,
            json,
            stop: Stop::default(),
            lost: AtomicBool::new(false),
            can_overwrite: false,
            drawn: AtomicUsize::new(0),
        }
    }

    /// The same for standard error as it is: on a terminal progress becomes one line that changes. `terminal` is the
    /// environment's `TERM`.
    pub(crate) fn on_standard_error(mut self, terminal: Option<&str>) -> Self {
        let takes_back = cfg!(windows) || terminal.is_some_and(|it| !it.is_empty() && it != "dumb");
        self.can_overwrite = takes_back && std::io::stderr().is_terminal();
        self
    }

    /// What is going on now: in the place of what was said last on a terminal, a line of its own elsewhere.
    pub(crate) fn status(&self, text: &str) {
        if !self.can_overwrite {
            return self.progress(text);
        }
        let mut err = std::io::stderr();
        let text = cut(text.trim_start(), STATUS_COLUMNS);
        let _ = write!(err, "{}{text}", self.take_back()).and_then(|()| err.flush());
    }

    /// How things stand, on several lines in the place of those before; only the first where lines cannot be taken
    /// back.
    pub(crate) fn draw(&self, lines: &[String]) {
        if !self.can_overwrite || lines.len() > DRAWING_LINES {
            return lines.first().map_or((), |first| self.status(first));
        }
        let mut text = self.take_back();
        for line in lines {
            text.push_str(&cut(line, STATUS_COLUMNS));
            text.push('\n');
        }
        self.drawn.store(lines.len(), Ordering::Relaxed);
        let mut err = std::io::stderr();
        let _ = write!(err, "{text}").and_then(|()| err.flush());
    }

    /// Takes the status line, or the drawing, away.
    pub(crate) fn status_done(&self) {
        if self.can_overwrite {
            let mut err = std::io::stderr();
            let _ = write!(err, "{}", self.take_back()).and_then(|()| err.flush());
        }
    }

    /// To the beginning of what was drawn, and everything from there on away.
    fn take_back(&self) -> String {
        match self.drawn.swap(0, Ordering::Relaxed) {
            0 => "\r\u{1b}[2K".to_owned(),
            lines => format!("\r\u{1b}[{lines}A\u{1b}[J"),
        }
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

/// The beginning of a text that fits into so many columns; a letter that is not Latin may take two.
fn cut(text: &str, columns: usize) -> String {
    let mut left = columns;
    let wide = |letter: char| if (letter as u32) < 0x1100 { 1 } else { 2 };
    let fits = |letter: &char| {
        let rest = left.checked_sub(wide(*letter));
        left = rest.unwrap_or_default();
        rest.is_some()
    };
    crate::exit::printable(text).chars().filter(|it| *it != '\n').take_while(fits).collect()
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
    fn a_status_fits_into_its_line_and_cannot_steer_the_terminal() {
        for (text, shown) in [
            ("abc", "abc"),
            ("abcdef", "abcde"),
            ("网络连接", "网络"),
            ("a网络", "a网络"),
            ("a\nb", "ab"),
            ("", ""),
        ] {
            assert_eq!(cut(text, 5), shown);
        }
        assert!(!cut("\u{1b}[2J", 79).contains('\u{1b}'));
    }

    #[test]
    fn sizes_read_well() {
        for (bytes, text) in
            [(0, "0 B"), (999, "999 B"), (1_000, "1.0 KB"), (3_449_999, "3.4 MB"), (5_000_000_000, "5.0 GB")]
        {
            assert_eq!(size(bytes), text);
        }
    }
}
