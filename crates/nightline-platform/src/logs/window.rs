//! A log file cut to a stretch of time, in constant memory: the beginning is found by bisection on the time stamps.
//! Never reads a file from front to back to find its end, so a log of 4 GB costs a few hundred kilobytes of reading.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use nightline_types::Timestamp;

use super::TimeWindow;

/// How far to look for the next line that has a time: stack traces and JSON dumps have none.
const LOOK_AHEAD: u64 = 256 * 1024;
/// Bisection ends when this little is left; reading it is cheaper than another seek.
const CLOSE_ENOUGH: u64 = 64 * 1024;
/// A longer line is passed on in pieces.
const LINE_LIMIT: u64 = 64 * 1024;

/// Says when a line was written; `None` for a line that continues another or has no time.
pub(crate) type LineTime = Box<dyn Fn(&[u8]) -> Option<Timestamp> + Send>;

/// The lines of a file between two times, as they are. Lines without a time go with the line before them.
pub struct WindowReader {
    lines: BufReader<File>,
    time: LineTime,
    window: TimeWindow,
    line: Vec<u8>,
    given: usize,
    inside: bool,
    at_line_start: bool,
    left: u64,
}

impl WindowReader {
    /// `limit` is the most bytes it gives.
    pub(crate) fn new(mut file: File, window: TimeWindow, limit: u64, time: LineTime) -> io::Result<Self> {
        let start = begin(&mut file, window.from, &time)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Self {
            lines: BufReader::new(file),
            time,
            window,
            line: Vec::new(),
            given: 0,
            inside: false,
            at_line_start: true,
            left: limit,
        })
    }

    /// Puts the next line of the window into `self.line`; `false` at the end.
    fn next_line(&mut self) -> io::Result<bool> {
        loop {
            self.line.clear();
            self.given = 0;
            let read = (&mut self.lines).take(LINE_LIMIT).read_until(b'\n', &mut self.line)?;
            if read == 0 {
                return Ok(false);
            }
            if self.at_line_start
                && let Some(at) = (self.time)(&self.line)
            {
                if at > self.window.to {
                    return Ok(false);
                }
                self.inside = at >= self.window.from;
            }
            self.at_line_start = self.line.ends_with(b"\n");
            if self.inside {
                return Ok(true);
            }
        }
    }
}

impl Read for WindowReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() && (self.left == 0 || !self.next_line()?) {
            self.left = 0;
            self.line.clear();
            self.given = 0;
            return Ok(0);
        }
        let rest = self.line.get(self.given..).unwrap_or_default();
        let count = rest.len().min(buffer.len()).min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        self.left -= count as u64;
        Ok(count)
    }
}

/// The offset of a line that is not after the first line of `from`, as near as bisection comes.
fn begin(file: &mut File, from: Timestamp, time: &LineTime) -> io::Result<u64> {
    let (mut low, mut high) = (0, file.metadata()?.len());
    while high - low > CLOSE_ENOUGH {
        let middle = low + (high - low) / 2;
        match first_time_after(file, middle, time)? {
            Some((offset, at)) if at < from && offset < high => low = offset,
            // Later, or nothing with a time from here on: look before.
            _ => high = middle,
        }
    }
    Ok(low)
}

/// The first line that begins at or after `offset` and has a time.
fn first_time_after(file: &mut File, offset: u64, time: &LineTime) -> io::Result<Option<(u64, Timestamp)>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut lines = BufReader::new(file.take(LOOK_AHEAD));
    let mut line = Vec::new();
    // The first piece is the end of a line that began earlier.
    let mut at = offset + lines.read_until(b'\n', &mut line)? as u64;
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if let Some(found) = time(&line) {
            return Ok(Some((at, found)));
        }
        at += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn seconds(line: &[u8]) -> Option<Timestamp> {
        let text = std::str::from_utf8(line).ok()?;
        let second: i64 = text.split(' ').next()?.parse().ok()?;
        Some(Timestamp::from_unix_ms(second * 1000))
    }

    fn read(text: &str, from: i64, to: i64, limit: u64) -> String {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let window =
            TimeWindow { from: Timestamp::from_unix_ms(from * 1000), to: Timestamp::from_unix_ms(to * 1000) };
        let mut out = String::new();
        WindowReader::new(file, window, limit, Box::new(seconds)).unwrap().read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn gives_the_lines_of_the_window_with_what_belongs_to_them() {
        let text = "1 a\n2 b\n  trace of b\n3 c\n  trace of c\n4 d\n";
        assert_eq!(read(text, 2, 3, 1000), "2 b\n  trace of b\n3 c\n  trace of c\n");
        assert_eq!(read(text, 5, 9, 1000), "");
        assert_eq!(read(text, 0, 9, 1000), text);
        assert_eq!(read("", 0, 9, 1000), "");
        assert_eq!(read("no time at all\n", 0, 9, 1000), "");
    }

    #[test]
    fn stops_at_the_limit() {
        assert_eq!(read("1 abcdef\n", 0, 9, 4), "1 ab");
    }

    #[test]
    fn a_large_file_is_bisected_and_not_read_through() {
        let text: String =
            (0..200_000).map(|second| format!("{second} line number {second}\n  more\n")).collect();
        let expected: String =
            (150_000..=150_002).map(|it| format!("{it} line number {it}\n  more\n")).collect();
        assert_eq!(read(&text, 150_000, 150_002, 10_000), expected);
    }

    #[test]
    fn a_sparse_file_of_four_gigabytes_costs_nothing() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"1 first\n2 second\n").unwrap();
        file.set_len(4 * 1024 * 1024 * 1024).unwrap();
        let window = TimeWindow { from: Timestamp::from_unix_ms(2000), to: Timestamp::from_unix_ms(2000) };
        let mut begun = Vec::new();
        let reader = WindowReader::new(file, window, 9, Box::new(seconds)).unwrap();
        reader.take(9).read_to_end(&mut begun).unwrap();
        assert_eq!(begun, b"2 second\n");
    }
}
