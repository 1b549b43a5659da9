//! Pressure stall information and the load average. Measures nothing itself: the kernel has been counting.

use std::path::Path;

use crate::source::{SourceState, read_small};

/// For what programs had to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressureKind {
    /// For a processor.
    Cpu,
    /// For memory.
    Memory,
    /// For a disk.
    Io,
}

/// Shares of the time in which programs had to wait, in percent (linux/Documentation/accounting/psi.rst).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pressure {
    /// At least one waited, over the last 10 s.
    pub some_10s: f64,
    /// At least one waited, over the last 60 s.
    pub some_60s: f64,
    /// At least one waited, over the last 300 s.
    pub some_300s: f64,
    /// All waited at once, over the last 60 s; 0 for processors.
    pub full_60s: f64,
}

/// What the kernel has counted.
///
/// # Errors
/// When it does not count: kernels before 4.20, or built or started without.
pub fn pressure(root: &Path, kind: PressureKind) -> Result<Pressure, SourceState> {
    let name = match kind {
        PressureKind::Cpu => "cpu",
        PressureKind::Memory => "memory",
        PressureKind::Io => "io",
    };
    let text = read_small(&root.join("proc/pressure").join(name))?;
    parse(&text).ok_or_else(|| SourceState::Failed("not in the expected form".to_owned()))
}

fn parse(text: &str) -> Option<Pressure> {
    let field = |line: &str, name: &str| -> Option<f64> {
        let start = text.lines().find(|it| it.starts_with(line))?;
        start.split_ascii_whitespace().find_map(|word| word.strip_prefix(name))?.parse().ok()
    };
    Some(Pressure {
        some_10s: field("some", "avg10=")?,
        some_60s: field("some", "avg60=")?,
        some_300s: field("some", "avg300=")?,
        full_60s: field("full", "avg60=").unwrap_or_default(),
    })
}

/// How many tasks ran or waited on average over 1, 5 and 15 minutes.
pub fn load_average(root: &Path) -> Option<[f64; 3]> {
    let text = read_small(&root.join("proc/loadavg")).ok()?;
    let mut words = text.split_ascii_whitespace().map(|word| word.parse().ok());
    Some([words.next()??, words.next()??, words.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_kernel_counted() {
        let text = "some avg10=14.36 avg60=4.28 avg300=1.43 total=12187965\nfull avg10=0.00 avg60=0.50 avg300=0.00 total=0\n";
        let expected = Pressure { some_10s: 14.36, some_60s: 4.28, some_300s: 1.43, full_60s: 0.5 };
        assert_eq!(parse(text), Some(expected));
    }

    #[test]
    fn older_kernels_have_no_second_line_and_damaged_files_nothing() {
        assert_eq!(
            parse("some avg10=1.00 avg60=2.00 avg300=3.00 total=1\n").map(|it| it.full_60s),
            Some(0.0)
        );
        assert_eq!(parse("some avg10=x"), None);
        assert_eq!(parse(""), None);
    }
}
