//! Which programs use most of the processor and the memory right now, by `sysinfo`. Knows no arguments and no owners.

use std::time::Duration;

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

/// Between the two looks at the counters. Shorter than this, `sysinfo` calls the difference noise.
const BETWEEN: Duration = Duration::from_millis(300);

/// How busy the machine is, measured over a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Share of all processors in use, in percent.
    pub cpu_pct: f64,
    /// How many processors there are.
    pub processors: usize,
    /// The processor's name.
    pub processor_name: Option<String>,
    /// The busiest programs, at most the count asked for.
    pub by_cpu: Vec<BusyProcess>,
    /// The largest programs, at most the count asked for.
    pub by_memory: Vec<BusyProcess>,
}

/// A program that runs; all its processes together.
#[derive(Clone, Debug, PartialEq)]
pub struct BusyProcess {
    /// Its name, without path and arguments.
    pub name: String,
    /// Share of one processor, in percent; may be over 100.
    pub cpu_pct: f64,
    /// Resident memory in bytes; shared pages count for each process.
    pub memory_bytes: u64,
}

/// Looks twice, a moment apart. The future can be dropped at any time.
pub async fn load(count: usize) -> Load {
    let Ok(Some(system)) = tokio::task::spawn_blocking(|| Some(look(System::new().ok()?))).await else {
        return Load::default();
    };
    tokio::time::sleep(BETWEEN).await;
    tokio::task::spawn_blocking(move || summary(&look(system), count)).await.unwrap_or_default()
}

fn look(mut system: System) -> System {
    system.refresh_cpu_usage();
    // `new_all` would also read disks, users and every program's arguments.
    let kinds =
        ProcessRefreshKind::nothing().with_cpu().with_memory().with_exe(UpdateKind::Never).without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, kinds);
    system
}

fn summary(system: &System, count: usize) -> Load {
    let mut programs: Vec<BusyProcess> = Vec::new();
    for process in system.processes().values() {
        let name = process.name().to_string_lossy().into_owned();
        let (cpu_pct, memory_bytes) = (f64::from(process.cpu_usage()), process.memory());
        match programs.iter_mut().find(|it| it.name == name) {
            Some(program) => {
                program.cpu_pct += cpu_pct;
                program.memory_bytes += memory_bytes;
            }
            None => programs.push(BusyProcess { name, cpu_pct, memory_bytes }),
        }
    }
    let mut by_memory = programs.clone();
    by_memory.sort_by_key(|it| std::cmp::Reverse(it.memory_bytes));
    by_memory.truncate(count);
    programs.sort_by(|a, b| b.cpu_pct.total_cmp(&a.cpu_pct));
    programs.retain(|it| it.cpu_pct >= 1.0);
    programs.truncate(count);
    let brand = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned());
    Load {
        cpu_pct: f64::from(system.global_cpu_usage()),
        processors: system.cpus().len(),
        processor_name: brand.filter(|name| !name.is_empty()),
        by_cpu: programs,
        by_memory,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn this_machine_has_processors_and_programs() {
        let load = load(3).await;
        assert!(load.processors >= 1);
        assert!(!load.by_memory.is_empty() && load.by_memory.len() <= 3);
        assert!((0.0..=100.0).contains(&load.cpu_pct), "{}", load.cpu_pct);
    }
}
