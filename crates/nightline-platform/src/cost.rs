//! What this process costs the machine. Looks at no other process.

use std::time::Duration;

use nightline_types::Timestamp;

/// What this process has cost up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnCost {
    /// Memory that is in the machine now; shared pages count in full.
    pub resident_bytes: u64,
    /// Processor time since its start, all threads together, in the program and in the kernel for it.
    pub processor_time: Duration,
    /// When it started.
    pub since: Timestamp,
}

impl OwnCost {
    /// Share of one processor from its start to `now`, in percent; 0 before a full second has passed.
    pub fn processor_percent(&self, now: Timestamp) -> f64 {
        let lived = now.since(self.since);
        if lived < Duration::from_secs(1) {
            return 0.0;
        }
        self.processor_time.as_secs_f64() / lived.as_secs_f64() * 100.0
    }
}

/// What this process costs; `None` where the system does not say.
pub fn own_cost() -> Option<OwnCost> {
    of_system()
}

#[cfg(target_os = "linux")]
fn of_system() -> Option<OwnCost> {
    use std::path::Path;

    use crate::source::read_small;

    let stat = read_small(Path::new("/proc/self/stat")).ok()?;
    let boot = read_small(Path::new("/proc/stat")).ok()?;
    linux::cost(&stat, &boot, rustix::param::page_size(), rustix::param::clock_ticks_per_second())
}

#[cfg(not(target_os = "linux"))]
fn of_system() -> Option<OwnCost> {
    use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System};

    let id = sysinfo::get_current_pid().ok()?;
    let mut system = System::new().ok()?;
    let kinds = ProcessRefreshKind::nothing().with_cpu().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), true, kinds);
    let process = system.process(id)?;
    Some(OwnCost {
        resident_bytes: process.memory(),
        processor_time: Duration::from_millis(process.accumulated_cpu_time()),
        since: Timestamp::from_unix_ms(i64::try_from(process.start_time().checked_mul(1_000)?).ok()?),
    })
}

#[cfg(target_os = "linux")]
mod linux {
    //! The numbers in `/proc/self/stat` (proc_pid_stat(5)). Only arithmetic.

    use super::{Duration, OwnCost, Timestamp};

    /// Fields of `stat` counted from the one after the program's name.
    const USER_TIME: usize = 11;
    const SYSTEM_TIME: usize = 12;
    const STARTED: usize = 19;
    const RESIDENT_PAGES: usize = 21;

    pub(super) fn cost(stat: &str, boot: &str, page_bytes: usize, ticks: u64) -> Option<OwnCost> {
        // The program's name may hold spaces and brackets, so fields count from the last bracket.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
        let field = |at: usize| fields.get(at)?.parse::<u64>().ok();
        let millis = |count: u64| count.checked_mul(1_000)?.checked_div(ticks);
        let booted: u64 = boot.lines().find_map(|line| line.strip_prefix("btime ")?.parse().ok())?;
        let started = booted.checked_mul(1_000)?.checked_add(millis(field(STARTED)?)?)?;
        Some(OwnCost {
            resident_bytes: field(RESIDENT_PAGES)?.checked_mul(u64::try_from(page_bytes).ok()?)?,
            processor_time: Duration::from_millis(millis(
                field(USER_TIME)?.checked_add(field(SYSTEM_TIME)?)?,
            )?),
            since: Timestamp::from_unix_ms(i64::try_from(started).ok()?),
        })
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    const STAT: &str = "4242 (a (b) c) S 1 4242 4242 0 -1 4194304 812 0 3 0 150 50 0 0 20 0 4 0 30000 228000000 \
                        1500 18446744073709551615 0 0";

    #[test]
    fn a_name_with_brackets_does_not_shift_the_numbers() {
        let cost = linux::cost(STAT, "cpu 1 2\nbtime 1700000000\n", 4096, 100).unwrap();
        assert_eq!(cost.resident_bytes, 1500 * 4096);
        assert_eq!(cost.processor_time, Duration::from_secs(2));
        assert_eq!(cost.since, "2023-11-14T22:18:20Z".parse().unwrap());
        assert_eq!(cost.processor_percent("2023-11-14T22:21:40Z".parse().unwrap()), 1.0);
        assert_eq!(cost.processor_percent(cost.since), 0.0);
    }

    #[test]
    fn damaged_numbers_are_no_cost() {
        for (stat, boot, ticks) in [
            ("", "btime 1\n", 100),
            (STAT, "", 100),
            ("1 (a) S 1 2", "btime 1\n", 100),
            (STAT, "btime 1\n", 0),
        ] {
            assert_eq!(linux::cost(stat, boot, 4096, ticks), None, "{stat:?} {boot:?}");
        }
    }

    #[test]
    fn this_process_has_memory_and_a_beginning() {
        let cost = own_cost().unwrap();
        assert!(cost.resident_bytes > 100_000, "{cost:?}");
        assert!(cost.since > Timestamp::from_unix_ms(0), "{cost:?}");
    }
}
