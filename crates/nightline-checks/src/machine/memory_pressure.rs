//! Proves whether programs have to wait for memory.
//!
//! Method: pressure stall information (`/proc/pressure/memory`), `/proc/meminfo`, the kernel's count of programs that
//! it killed, and the largest programs. Broken where everything waited for 60 % of the last minute: systemd-oomd
//! begins to kill there (`DefaultMemoryPressureLimit=60%`, oomd.conf(5)). Degraded where everything waited for 10 %,
//! or where less than 4 % of the memory and less than 10 % of the swap space are left: earlyoom kills at 10 % of both,
//! and on large machines 10 % are still gigabytes, so the first is stricter here.
//! False positives: full memory is no fault, caches fill it; only waiting and what is *available* count.

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::system::{self, BusyProcess, Memory, Pressure, PressureKind};
use nightline_types::{CheckId, Message, Unit, Value};

use super::local::percent;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(4);
const ALL_WAITING_BROKEN_PCT: f64 = 60.0;
const ALL_WAITING_PCT: f64 = 10.0;
const AVAILABLE_PCT: f64 = 4.0;
const SWAP_FREE_PCT: f64 = 10.0;
/// How many programs are named.
const NAMED: usize = 5;

const FACTS: &[FactSpec] = &[
    FactSpec::new("total_bytes", "Memory").unit(Unit::Bytes),
    FactSpec::new("available_bytes", "What programs can still get without swapping").unit(Unit::Bytes),
    FactSpec::new("available_pct", "The same as a share").unit(Unit::Pct),
    FactSpec::new("swap_total_bytes", "Swap space").unit(Unit::Bytes),
    FactSpec::new("swap_free_bytes", "Swap space that is free").unit(Unit::Bytes),
    FactSpec::new("waiting_60s_pct", "Share of the last minute in which something waited for memory")
        .unit(Unit::Pct),
    FactSpec::new("all_waiting_60s_pct", "Share of the last minute in which everything waited for memory")
        .unit(Unit::Pct),
    FactSpec::new("killed_since_boot", "Programs that the kernel killed for want of memory since the start")
        .unit(Unit::Count),
    FactSpec::new("largest", "The largest programs: rows of `name` and `memory_bytes`"),
];

pub(super) struct MemoryPressure;

impl Check for MemoryPressure {
    fn id(&self) -> CheckId {
        CheckId::new("memory-pressure")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            let memory = system::memory(&context.root_dir);
            let pressure = system::pressure(&context.root_dir, PressureKind::Memory).ok();
            let largest = system::load(NAMED).await.by_memory;
            judge(memory, pressure, &largest, Notes::new(FACTS, (context.clock)()))
        }
        .boxed()
    }
}

fn judge(
    memory: Result<Memory, SourceState>,
    pressure: Option<Pressure>,
    largest: &[BusyProcess],
    mut notes: Notes,
) -> Found {
    notes.put_some("waiting_60s_pct", pressure.map(|it| it.some_60s), "psi");
    notes.put_some("all_waiting_60s_pct", pressure.map(|it| it.full_60s), "psi");
    let Ok(memory) = memory else {
        return Found::unknown(Message::new("check-unknown-nothing-readable"), notes.take());
    };
    let available_pct = percent(memory.available, memory.total);
    notes.put("total_bytes", memory.total, "proc-meminfo");
    notes.put("available_bytes", memory.available, "proc-meminfo");
    notes.put("available_pct", available_pct, "proc-meminfo");
    notes.put("swap_total_bytes", memory.swap_total, "proc-meminfo");
    notes.put("swap_free_bytes", memory.swap_free, "proc-meminfo");
    notes.put_some("killed_since_boot", memory.oom_kills, "proc-vmstat");
    notes.put("largest", Value::List(largest.iter().map(row).collect()), "sysinfo");
    let program = largest.first().map_or_else(|| "?".to_owned(), |it| it.name.clone());
    let all_waiting = pressure.map_or(0.0, |it| it.full_60s);
    let waiting = |id| Message::new(id).arg("program", program.clone()).arg("pct", all_waiting);
    let facts = notes.take();
    if all_waiting >= ALL_WAITING_BROKEN_PCT {
        return Found::broken(waiting("reason-memory-stalled"), facts);
    }
    if all_waiting >= ALL_WAITING_PCT {
        return Found::degraded(waiting("reason-memory-waiting"), facts);
    }
    let swap_is_short = percent(memory.swap_free, memory.swap_total) < SWAP_FREE_PCT;
    if available_pct < AVAILABLE_PCT && swap_is_short {
        let reason = Message::new("reason-memory-short").arg("pct", available_pct).arg("program", program);
        return Found::degraded(reason, facts);
    }
    Found::healthy(facts)
}

fn row(program: &BusyProcess) -> Value {
    Value::from([("name", program.name.clone().into()), ("memory_bytes", program.memory_bytes.into())])
}

#[cfg(test)]
mod tests {
    use nightline_types::{Outcome, Timestamp};

    use super::*;

    const GIB: u64 = 1 << 30;

    #[test]
    fn waiting_and_shortness_count_and_full_caches_do_not() {
        let full_caches = Memory { total: 16 * GIB, available: 9 * GIB, ..Memory::default() };
        check(full_caches, 0.0, Outcome::Healthy);
        check(full_caches, 10.0, Outcome::Degraded);
        check(full_caches, 60.0, Outcome::Broken);
        let short = Memory { total: 16 * GIB, available: GIB / 2, ..Memory::default() };
        check(short, 0.0, Outcome::Degraded);
        check(Memory { swap_total: 8 * GIB, swap_free: 4 * GIB, ..short }, 0.0, Outcome::Healthy);
        check(Memory { swap_total: 8 * GIB, swap_free: GIB / 4, ..short }, 0.0, Outcome::Degraded);
    }

    #[test]
    fn an_unreadable_table_is_no_verdict() {
        let found =
            judge(Err(SourceState::NotAllowed), None, &[], Notes::new(FACTS, Timestamp::from_unix_ms(0)));
        assert_eq!(found.outcome, Some(Outcome::Unknown));
    }

    #[track_caller]
    fn check(memory: Memory, all_waiting: f64, expected: Outcome) {
        let pressure =
            Pressure { some_10s: 0.0, some_60s: all_waiting, some_300s: 0.0, full_60s: all_waiting };
        let notes = Notes::new(FACTS, Timestamp::from_unix_ms(0));
        let found = judge(Ok(memory), Some(pressure), &[], notes);
        assert_eq!(found.outcome, Some(expected), "{memory:?} {all_waiting}");
    }
}
