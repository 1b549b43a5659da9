//! Proves whether programs have to wait for the processor.
//!
//! Method: pressure stall information (`/proc/pressure/cpu`), the load average, and two looks at all programs 300 ms
//! apart. Degraded where something had to wait for 60 % of the last minute, or, on kernels that do not count waiting,
//! where the load of 5 minutes is twice the number of processors. Both thresholds are our own: the kernel's documents
//! name none, and a build or an export reaches half of them on a healthy machine.
//! False positives: a busy machine is not a broken one, so this is never "broken", and the busiest programs are named.

use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::system::{self, BusyProcess, Load, Pressure, PressureKind};
use nightline_types::{CheckId, Message, Unit, Value};

use super::local::rounded;
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(4);
const WAITING_PCT: f64 = 60.0;
const LOAD_PER_PROCESSOR: f64 = 2.0;
/// How many programs are named.
const NAMED: usize = 5;

const FACTS: &[FactSpec] = &[
    FactSpec::new("waiting_60s_pct", "Share of the last minute in which something waited for a processor")
        .unit(Unit::Pct),
    FactSpec::new("waiting_300s_pct", "The same of the last 5 minutes").unit(Unit::Pct),
    FactSpec::new("load_1m", "Tasks that ran or waited, on average over 1 minute").unit(Unit::Count),
    FactSpec::new("load_5m", "The same over 5 minutes").unit(Unit::Count),
    FactSpec::new("processors", "Number of processors").unit(Unit::Count),
    FactSpec::new("cpu_pct", "Share of all processors in use at this moment").unit(Unit::Pct),
    FactSpec::new("busiest", "The programs that use most: rows of `name` and `cpu_pct` of one processor"),
];

pub(super) struct CpuPressure;

impl Check for CpuPressure {
    fn id(&self) -> CheckId {
        CheckId::new("cpu-pressure")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            let pressure = system::pressure(&context.root_dir, PressureKind::Cpu);
            let average = system::load_average(&context.root_dir);
            let load = system::load(NAMED).await;
            judge(&pressure, average, &load, Notes::new(FACTS, (context.clock)()))
        }
        .boxed()
    }
}

fn judge(
    pressure: &Result<Pressure, SourceState>,
    average: Option<[f64; 3]>,
    load: &Load,
    mut notes: Notes,
) -> Found {
    if let Ok(pressure) = pressure {
        notes.put("waiting_60s_pct", pressure.some_60s, "psi");
        notes.put("waiting_300s_pct", pressure.some_300s, "psi");
    }
    notes.put_some("load_1m", average.map(|it| it[0]), "proc-loadavg");
    notes.put_some("load_5m", average.map(|it| it[1]), "proc-loadavg");
    notes.put("processors", load.processors, "sysinfo");
    notes.put("cpu_pct", rounded(load.cpu_pct), "sysinfo");
    notes.put("busiest", Value::List(load.by_cpu.iter().map(row).collect()), "sysinfo");
    let processors = f64::from(u32::try_from(load.processors.max(1)).unwrap_or(u32::MAX));
    let busiest = load.by_cpu.first().map_or_else(|| "?".to_owned(), |it| it.name.clone());
    let reason = Message::new("reason-cpu-busy").arg("program", busiest);
    let facts = notes.take();
    match (pressure, average) {
        (Ok(pressure), _) if pressure.some_60s >= WAITING_PCT => Found::degraded(reason, facts),
        (Ok(_), _) => Found::healthy(facts),
        (Err(_), Some([_, five, _])) if five >= LOAD_PER_PROCESSOR * processors => {
            Found::degraded(reason, facts)
        }
        (Err(_), Some(_)) => Found::healthy(facts),
        (Err(_), None) => Found::unknown(Message::new("check-unknown-nothing-readable"), facts),
    }
}

fn row(program: &BusyProcess) -> Value {
    Value::from([("name", program.name.clone().into()), ("cpu_pct", rounded(program.cpu_pct).into())])
}

#[cfg(test)]
mod tests {
    use nightline_types::{Outcome, Timestamp};

    use super::*;

    #[test]
    fn waiting_counts_and_the_load_only_where_nobody_counts_waiting() {
        check(Some(61.0), Some(1.0), Outcome::Degraded);
        check(Some(59.0), Some(40.0), Outcome::Healthy);
        check(None, Some(8.0), Outcome::Degraded);
        check(None, Some(7.9), Outcome::Healthy);
        check(None, None, Outcome::Unknown);
    }

    #[track_caller]
    fn check(waiting: Option<f64>, five_minutes: Option<f64>, expected: Outcome) {
        let pressure =
            waiting.map(|it| Pressure { some_10s: it, some_60s: it, some_300s: it, full_60s: 0.0 });
        let load = Load { processors: 4, ..Load::default() };
        let average = five_minutes.map(|it| [it, it, it]);
        let notes = Notes::new(FACTS, Timestamp::from_unix_ms(0));
        let found = judge(&pressure.ok_or(SourceState::Absent), average, &load, notes);
        assert_eq!(found.outcome, Some(expected), "{waiting:?} {five_minutes:?}");
    }
}
