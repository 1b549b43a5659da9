//! Proves whether there is room on this machine's disks, and whether programs have to wait for them.
//!
//! Method: `/proc/self/mounts`, statvfs(3) of every local file system, `/proc/pressure/io`. Network mounts are not
//! touched: a dead server would hang the question.
//! Broken where less than 50 MiB or no more files are left: databases, mail and sign-ins fail then (our own value: a
//! browser alone writes this in a minute). Degraded where less than 5 % and less than 1 GiB are left, which is when
//! GNOME warns (gsd-housekeeping: `free-percent-notify`, `free-size-gb-no-notify`), where less than 1 % of the files
//! are left, or where everything waited for disks for 40 % of the last minute (our own).
//! False positives: boot and recovery partitions are made to be nearly full and are left out; so are read-only ones.

use std::path::Path;
use std::time::Duration;

use futures_util::FutureExt;
use nightline_platform::SourceState;
use nightline_platform::directories::Space;
use nightline_platform::system::{self, MountedSpace, Pressure, PressureKind};
use nightline_types::{CheckId, Message, Outcome, Privacy, Unit, Value};

use super::local::{blocking, not_on_this_system, percent, too_slow};
use crate::notes::Notes;
use crate::{Answer, Check, Context, FactSpec, Found};

const LIMIT: Duration = Duration::from_secs(4);
/// A healthy disk answers in microseconds; one that is dying may not answer at all.
const READ_LIMIT: Duration = Duration::from_secs(3);
const BROKEN_BYTES: u64 = 50 << 20;
const DEGRADED_BYTES: u64 = 1 << 30;
const DEGRADED_PCT: f64 = 5.0;
const DEGRADED_FILES_PCT: f64 = 1.0;
const ALL_WAITING_PCT: f64 = 40.0;
/// Places that are full by design.
const FULL_BY_DESIGN: [&str; 4] = ["/boot", "/efi", "/recovery", "/snap"];

const FACTS: &[FactSpec] = &[
    FactSpec::new(
        "disks",
        "Local file systems: rows of `path`, `kind`, `total_bytes`, `available_bytes`, `available_pct`, \
         `free_files_pct`, `read_only`; `state` in place of figures that could not be read",
    )
    .private(Privacy::Path),
    FactSpec::new("least_available_pct", "Room on the fullest of them").unit(Unit::Pct),
    FactSpec::new("waiting_60s_pct", "Share of the last minute in which something waited for a disk")
        .unit(Unit::Pct),
    FactSpec::new("all_waiting_60s_pct", "Share of the last minute in which everything waited for a disk")
        .unit(Unit::Pct),
];

pub(super) struct DiskPressure;

impl Check for DiskPressure {
    fn id(&self) -> CheckId {
        CheckId::new("disk-pressure")
    }

    fn limit(&self) -> Duration {
        LIMIT
    }

    fn facts(&self) -> &'static [FactSpec] {
        FACTS
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        async move {
            if let Some(skipped) = not_on_this_system(context) {
                return skipped;
            }
            let root = context.root_dir.clone();
            let look = move || system::mounts(&root).map(system::mounted_space);
            let Some(disks) = blocking(READ_LIMIT, look).await else { return too_slow() };
            let pressure = system::pressure(&context.root_dir, PressureKind::Io).ok();
            judge(disks, pressure, Notes::new(FACTS, (context.clock)()))
        }
        .boxed()
    }
}

fn judge(
    disks: Result<Vec<MountedSpace>, SourceState>,
    pressure: Option<Pressure>,
    mut notes: Notes,
) -> Found {
    notes.put_some("waiting_60s_pct", pressure.map(|it| it.some_60s), "psi");
    notes.put_some("all_waiting_60s_pct", pressure.map(|it| it.full_60s), "psi");
    let Ok(disks) = disks else {
        return Found::unknown(Message::new("check-unknown-nothing-readable"), notes.take());
    };
    notes.put("disks", Value::List(disks.iter().map(row).collect()), "statvfs");
    let judged: Vec<(&MountedSpace, Space)> =
        disks.iter().filter_map(|disk| Some((disk, judgeable(disk)?))).collect();
    let least = judged.iter().map(|(_, it)| percent(it.available_bytes, it.total_bytes)).reduce(f64::min);
    notes.put_some("least_available_pct", least, "statvfs");
    let facts = notes.take();
    let worst = judged
        .iter()
        .filter_map(|(disk, space)| problem(space).map(|(outcome, id)| (outcome, id, *disk, *space)))
        // Outcomes are in the order of their weight.
        .max_by_key(|(outcome, ..)| *outcome);
    if let Some((outcome, id, disk, space)) = worst {
        let reason = Message::new(id)
            .arg("path", disk.mount.path.to_string_lossy().into_owned())
            .arg("pct", percent(space.available_bytes, space.total_bytes))
            .arg("mib", space.available_bytes >> 20);
        return Found { outcome: Some(outcome), reason: Some(reason), facts, ..Found::default() };
    }
    match pressure {
        Some(pressure) if pressure.full_60s >= ALL_WAITING_PCT => {
            Found::degraded(Message::new("reason-disk-waiting").arg("pct", pressure.full_60s), facts)
        }
        // A container may show no disk at all.
        _ if judged.is_empty() => Found::unknown(Message::new("check-unknown-nothing-readable"), facts),
        _ => Found::healthy(facts),
    }
}

fn judgeable(disk: &MountedSpace) -> Option<Space> {
    let by_design = FULL_BY_DESIGN.iter().any(|place| disk.mount.path.starts_with(Path::new(place)));
    if by_design || disk.mount.is_read_only {
        return None;
    }
    disk.space.as_ref().ok().copied().filter(|space| space.total_bytes > 0)
}

fn problem(space: &Space) -> Option<(Outcome, &'static str)> {
    let counts_files = space.total_files > 0;
    if space.available_bytes < BROKEN_BYTES {
        return Some((Outcome::Broken, "reason-disk-full"));
    }
    if counts_files && space.free_files == 0 {
        return Some((Outcome::Broken, "reason-disk-no-more-files"));
    }
    let is_short = percent(space.available_bytes, space.total_bytes) < DEGRADED_PCT;
    if is_short && space.available_bytes < DEGRADED_BYTES {
        return Some((Outcome::Degraded, "reason-disk-nearly-full"));
    }
    if counts_files && percent(space.free_files, space.total_files) < DEGRADED_FILES_PCT {
        return Some((Outcome::Degraded, "reason-disk-few-files-left"));
    }
    None
}

fn row(disk: &MountedSpace) -> Value {
    let mut columns: Vec<(&str, Value)> = vec![
        ("path", disk.mount.path.to_string_lossy().into_owned().into()),
        ("kind", disk.mount.kind.clone().into()),
        ("read_only", disk.mount.is_read_only.into()),
    ];
    match &disk.space {
        Ok(space) => {
            columns.push(("total_bytes", space.total_bytes.into()));
            columns.push(("available_bytes", space.available_bytes.into()));
            columns.push(("available_pct", percent(space.available_bytes, space.total_bytes).into()));
            if space.total_files > 0 {
                columns.push(("free_files_pct", percent(space.free_files, space.total_files).into()));
            }
        }
        Err(state) => columns.push(("state", state.as_str().into())),
    }
    Value::Map(columns.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use nightline_platform::system::Mount;
    use nightline_types::Timestamp;

    use super::*;

    const GIB: u64 = 1 << 30;
    const MIB: u64 = 1 << 20;

    fn disk(path: &str, total: u64, available: u64, files: (u64, u64)) -> MountedSpace {
        let mount =
            Mount { device: "/dev/x".into(), path: path.into(), kind: "ext4".into(), is_read_only: false };
        let space = Space {
            total_bytes: total,
            available_bytes: available,
            total_files: files.1,
            free_files: files.0,
        };
        MountedSpace { mount, space: Ok(space) }
    }

    #[test]
    fn room_is_judged_by_share_and_by_size() {
        let files = (900, 1000);
        check(vec![disk("/", 500 * GIB, 10 * GIB, files)], Outcome::Healthy, "-");
        check(vec![disk("/", 500 * GIB, GIB - 1, files)], Outcome::Degraded, "reason-disk-nearly-full");
        check(vec![disk("/", 2 * GIB, 900 * MIB, files)], Outcome::Healthy, "-");
        check(vec![disk("/", 500 * GIB, 49 * MIB, files)], Outcome::Broken, "reason-disk-full");
    }

    #[test]
    fn a_disk_can_run_out_of_files_before_it_runs_out_of_bytes() {
        check(vec![disk("/", 500 * GIB, 90 * GIB, (0, 1000))], Outcome::Broken, "reason-disk-no-more-files");
        check(
            vec![disk("/", 500 * GIB, 90 * GIB, (5, 1000))],
            Outcome::Degraded,
            "reason-disk-few-files-left",
        );
        check(vec![disk("/", 500 * GIB, 90 * GIB, (0, 0))], Outcome::Healthy, "-");
    }

    #[test]
    fn the_worst_disk_is_named_and_boot_partitions_are_not() {
        let files = (900, 1000);
        let disks = vec![
            disk("/boot/efi", 100 * MIB, 10 * MIB, files),
            disk("/", 500 * GIB, 500 * MIB, files),
            disk("/home", 500 * GIB, 0, files),
        ];
        check(disks, Outcome::Broken, "reason-disk-full");
        check(vec![disk("/boot", 100 * MIB, 0, files)], Outcome::Unknown, "check-unknown-nothing-readable");
        check(vec![], Outcome::Unknown, "check-unknown-nothing-readable");
    }

    #[test]
    fn a_read_only_disk_is_not_judged_by_its_room() {
        let mut image = disk("/media/image", GIB, 0, (0, 10));
        image.mount.is_read_only = true;
        check(vec![image, disk("/", 500 * GIB, 90 * GIB, (1, 2))], Outcome::Healthy, "-");
    }

    #[track_caller]
    fn check(disks: Vec<MountedSpace>, outcome: Outcome, reason: &str) {
        let found = judge(Ok(disks), None, Notes::new(FACTS, Timestamp::from_unix_ms(0)));
        let id = found.reason.as_ref().map_or("-", |it| it.id.as_str());
        assert_eq!((found.outcome, id), (Some(outcome), reason));
    }
}
