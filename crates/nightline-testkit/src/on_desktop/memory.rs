//! What processes cost, as the kernel counts it. Asks the kernel only, so that the counting costs them nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use nightline_testkit::wait;
use serde_json::{Value, json};

/// Memory that has not changed for so long, with nothing started, belongs to a program at rest.
const REST: Duration = Duration::from_secs(5);

/// Memory of one process or of several together, in kB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Resident.
    resident: u64,
    /// Resident, with what several processes share divided among them.
    proportional: u64,
    /// Of the resident: what the kernel can drop and read again from a file.
    from_files: u64,
    processes: u64,
}

impl Memory {
    pub(crate) fn of(processes: &[u32]) -> Self {
        let mut sum = Self::default();
        for pid in processes {
            let path = format!("/proc/{pid}/smaps_rollup");
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            let kb = |name: &str| {
                let line = text.lines().find_map(|it| it.strip_prefix(name));
                line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0)
            };
            sum.resident += kb("Rss:");
            sum.proportional += kb("Pss:");
            sum.from_files += kb("Rss:").saturating_sub(kb("Anonymous:"));
            sum.processes += 1;
        }
        sum
    }

    pub(crate) fn json(self) -> Value {
        json!({
            "resident_kb": self.resident, "proportional_kb": self.proportional,
            "from_files_kb": self.from_files, "processes": self.processes,
        })
    }
}

/// Waits until a program and all that it has started stand still; with `alone`, until nothing of the latter is left.
pub(crate) fn at_rest(pid: u32, alone: bool) -> Memory {
    let mut last = (Instant::now(), Memory::default());
    wait::until("the program to come to rest", || {
        let processes = family(pid);
        let now = Memory::of(&processes);
        if now.resident != last.1.resident || (alone && processes.len() > 1) {
            last = (Instant::now(), now);
        }
        last.0.elapsed() >= REST
    });
    Memory::of(&family(pid))
}

/// A process and its descendants.
pub(crate) fn family(pid: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .expect("Linux has /proc")
        .filter_map(|it| it.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| Some((pid, field(pid, 1)?.try_into().ok()?)))
        .collect();
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(parents.iter().filter(|it| it.1 == parent).map(|it| it.0));
        at += 1;
    }
    family
}

/// Processor time of the running threads of a process. Far finer than the ticks of `stat`.
pub(crate) fn processor(pid: u32) -> Duration {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let spent = tasks.filter_map(|it| spent(&it.path().join("schedstat")));
    Duration::from_nanos(spent.sum())
}

fn spent(path: &Path) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.split(' ').next()?.parse().ok()
}

/// Processor time of the children that a process has waited for, to a hundredth of a second.
pub(crate) fn processor_of_the_ended(pid: u32) -> Duration {
    let ticks = field(pid, 13).unwrap_or(0) + field(pid, 14).unwrap_or(0);
    Duration::from_millis(ticks * 10)
}

/// A field of `/proc/PID/stat`, counted from the state as 0.
fn field(pid: u32, at: usize) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything.
    stat.rsplit(')').next()?.split_whitespace().nth(at)?.parse().ok()
}
