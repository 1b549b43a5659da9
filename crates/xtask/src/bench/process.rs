//! A program under measurement: wall time, CPU time, peak memory. Looks from outside, by `/proc`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// Memory is a high-water mark that the kernel keeps; only the last glance before the end matters.
const GLANCE: Duration = Duration::from_millis(5);

/// What a run cost.
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_bytes: u64,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    /// Lines of standard error, each with the time since the start.
    pub(crate) stderr: Vec<(Duration, String)>,
}

impl Cost {
    /// What it said, for a message about its failure.
    pub(crate) fn said(&self) -> String {
        let lines = self.stderr.iter().map(|(_, line)| line.as_str());
        std::iter::once(self.stdout.as_str()).chain(lines).collect::<Vec<_>>().join("\n")
    }
}

/// Runs a program to its end.
pub(crate) fn measure(mut command: Command) -> Result<Cost, Failure> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let began = Instant::now();
    let mut child = command.spawn().map_err(Failure::io("start the program under measurement"))?;
    let pid = child.id();
    let stderr = child.stderr.take().map(|output| {
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = send.send((began.elapsed(), line));
            }
        });
        lines
    });
    let stdout = child.stdout.take().map(|mut output| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = output.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        })
    });
    let (mut cpu, mut peak_bytes) = (Duration::ZERO, 0);
    let (status, wall) = loop {
        // A program that has ended and was not waited for still tells its CPU time.
        cpu = cpu.max(cpu_of(pid));
        peak_bytes = peak_bytes.max(peak_of(pid));
        if let Some(status) =
            child.try_wait().map_err(Failure::io("wait for the program under measurement"))?
        {
            break (status, began.elapsed());
        }
        std::thread::sleep(GLANCE);
    };
    let stdout = stdout.and_then(|it| it.join().ok()).unwrap_or_default();
    let stderr = stderr.map(|it| it.into_iter().collect()).unwrap_or_default();
    Ok(Cost { wall, cpu, peak_bytes, code: status.code(), stdout, stderr })
}

/// User and system time of a process and its threads so far.
pub(crate) fn cpu_of(pid: u32) -> Duration {
    // Linux counts in hundredths of a second on every architecture we build for (USER_HZ).
    const TICK_MS: u64 = 10;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in parentheses may hold spaces; counted after it, utime is the 12th and stime the 13th field.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * TICK_MS)
}

/// The most memory a process has had resident, in bytes.
pub(crate) fn peak_of(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}

/// In MiB, for people.
pub(crate) fn mib(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let bytes = bytes as f64;
    bytes / f64::from(1 << 20)
}
