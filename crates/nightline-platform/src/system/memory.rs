//! Memory and swap by `/proc/meminfo`. "Used" is not pressure; see `pressure`.

use std::path::Path;

use crate::source::{SourceState, read_small};

/// Memory in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// All of it.
    pub total: u64,
    /// What programs can still get without swapping, by the kernel's own estimate.
    pub available: u64,
    /// Swap space.
    pub swap_total: u64,
    /// Swap space that is free.
    pub swap_free: u64,
    /// How often the kernel has killed a program for want of memory since the boot; absent before Linux 4.13.
    pub oom_kills: Option<u64>,
}

/// The machine's memory.
///
/// # Errors
/// When the kernel does not say.
pub fn memory(root: &Path) -> Result<Memory, SourceState> {
    match read_small(&root.join("proc/meminfo")) {
        Ok(text) => {
            let mut found = parse(&text).ok_or_else(|| SourceState::Failed("no MemTotal".to_owned()))?;
            let counters = read_small(&root.join("proc/vmstat")).unwrap_or_default();
            found.oom_kills = counters.lines().find_map(|line| line.strip_prefix("oom_kill ")?.parse().ok());
            Ok(found)
        }
        Err(_) if root == Path::new("/") && !cfg!(target_os = "linux") => {
            of_system().ok_or(SourceState::NotOnThisSystem)
        }
        Err(state) => Err(state),
    }
}

fn of_system() -> Option<Memory> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    Some(Memory {
        total: system.total_memory(),
        available: system.available_memory(),
        swap_total: system.total_swap(),
        swap_free: system.free_swap(),
        oom_kills: None,
    })
}

fn parse(text: &str) -> Option<Memory> {
    let field = |name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()?.checked_mul(1024)
    };
    Some(Memory {
        total: field("MemTotal")?,
        // MemAvailable came with Linux 3.14.
        available: field("MemAvailable").or_else(|| field("MemFree"))?,
        swap_total: field("SwapTotal").unwrap_or_default(),
        swap_free: field("SwapFree").unwrap_or_default(),
        oom_kills: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_kernels_table() {
        let text = "MemTotal:        8048652 kB\nMemFree:          214000 kB\nMemAvailable:    3123456 kB\nSwapTotal:       2097148 kB\nSwapFree:        2097148 kB\n";
        let found = parse(text).unwrap();
        assert_eq!((found.total, found.available), (8_048_652 * 1024, 3_123_456 * 1024));
        assert_eq!(parse("MemFree: 1 kB\n"), None);
        assert_eq!(parse("MemTotal: x kB\n"), None);
    }
}
