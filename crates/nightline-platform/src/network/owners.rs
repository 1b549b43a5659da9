//! Which program owns a connection, by the open sockets in `/proc/PID/fd`. Needs no rights, so it knows only the
//! programs of the person who asks, and reads no arguments and no content.

use std::collections::BTreeMap;
use std::path::Path;

use super::Connection;
use super::connections::with_inodes;
use crate::source::{SourceState, read_line};

/// A busy desktop runs 500 processes, a terminal server some thousands.
const PROCESSES_LIMIT: usize = 4_000;
/// A browser holds some hundreds; what holds more is a server.
const FILES_LIMIT: usize = 4_096;
/// All together: at 2 µs for each this stays under half a second.
const ALL_FILES_LIMIT: usize = 200_000;
/// `TASK_COMM_LEN` without its zero: names that are as long as this are cut.
const COMM: usize = 15;

/// Connections to other machines, each with the name of its program where this person may know it. `root` is `/` or
/// a recorded machine.
///
/// # Errors
/// When the kernel's IPv4 table cannot be read.
pub fn connections_with_programs(root: &Path) -> Result<Vec<(Connection, Option<String>)>, SourceState> {
    let connections = with_inodes(root)?;
    // A connection that nobody holds any more has the inode 0.
    let mut wanted: BTreeMap<u64, Option<String>> =
        connections.iter().map(|it| (it.1, None)).filter(|it| it.0 != 0).collect();
    if !wanted.is_empty() {
        find(root, &mut wanted);
    }
    let program = |inode| wanted.get(&inode).cloned().flatten();
    Ok(connections.into_iter().map(|(connection, inode)| (connection, program(inode))).collect())
}

fn find(root: &Path, wanted: &mut BTreeMap<u64, Option<String>>) {
    let Ok(processes) = std::fs::read_dir(root.join("proc")) else { return };
    let numbered = processes.flatten().filter(|it| {
        it.file_name().to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let mut files_left = ALL_FILES_LIMIT;
    let mut missing = wanted.len();
    for process in numbered.filter(|it| is_own(&it.path())).take(PROCESSES_LIMIT) {
        let dir = process.path();
        // Gone by now, or not ours after all.
        let Ok(files) = std::fs::read_dir(dir.join("fd")) else { continue };
        let mut name = None;
        for file in files.flatten().take(FILES_LIMIT.min(files_left)) {
            files_left = files_left.saturating_sub(1);
            let Some(slot) = socket(&file.path()).and_then(|inode| wanted.get_mut(&inode)) else { continue };
            if slot.is_none() {
                *slot = name.get_or_insert_with(|| program(&dir)).clone();
                missing = missing.saturating_sub(1);
            }
        }
        if missing == 0 || files_left == 0 {
            return;
        }
    }
}

#[cfg(unix)]
fn is_own(process: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(process).is_ok_and(|it| it.uid() == rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn is_own(_process: &Path) -> bool {
    true
}

/// `socket:[12345]`.
fn socket(file: &Path) -> Option<u64> {
    let target = std::fs::read_link(file).ok()?;
    target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
}

/// What the process calls itself; where the kernel has cut that, the name of its file.
fn program(process: &Path) -> Option<String> {
    let name = read_line(&process.join("comm"))?;
    if name.len() < COMM {
        return Some(name);
    }
    let file = std::fs::read_link(process.join("exe")).ok();
    let file = file.as_deref().and_then(|it| it.file_name()?.to_str());
    // Files that were replaced by an update are marked so.
    let file = file.map(|it| it.strip_suffix(" (deleted)").unwrap_or(it));
    Some(file.filter(|it| it.starts_with(&name)).map_or(name.clone(), str::to_owned))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    const TABLE: &str = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0200A8C0:9C40 07007BC0:01BB 01 00000000:00000000 02:000A 00000000  1000        0 501 1 0
   1: 0200A8C0:9C41 07007BC0:0D3D 02 00000001:00000000 01:0032 00000003  1000        0 502 1 0
   2: 0200A8C0:9C42 07007BC0:0016 01 00000000:00000000 00:0000 00000000     0        0 503 1 0
   3: 0200A8C0:9C43 07007BC0:0017 08 00000000:00000000 00:0000 00000000     0        0 0 1 0
";

    #[test]
    fn a_connection_is_named_by_the_program_that_holds_it() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "proc/self/net/tcp", TABLE);
        process(root.path(), 11, "browser", "/opt/browser/browser-bin", &["socket:[501]", "pipe:[9]"]);
        process(
            root.path(),
            12,
            "remote-desktop-",
            "/usr/bin/remote-desktop-client (deleted)",
            &["/dev/null", "socket:[502]"],
        );
        write(root.path(), "proc/12a/comm", "no process");
        let found = connections_with_programs(root.path()).unwrap();
        let found: Vec<_> = found.iter().map(|(it, name)| (it.remote.port(), name.as_deref())).collect();
        let expected =
            [(443, Some("browser")), (3389, Some("remote-desktop-client")), (22, None), (23, None)];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_machine_without_processes_or_tables_is_no_failure_of_ours() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(connections_with_programs(root.path()), Err(SourceState::Absent));
        write(root.path(), "proc/self/net/tcp", TABLE);
        let found = connections_with_programs(root.path()).unwrap();
        assert!(found.len() == 4 && found.iter().all(|it| it.1.is_none()), "{found:?}");
    }

    fn process(root: &Path, id: u32, comm: &str, exe: &str, files: &[&str]) {
        let dir = root.join(format!("proc/{id}"));
        write(root, &format!("proc/{id}/comm"), &format!("{comm}\n"));
        symlink(exe, dir.join("exe")).unwrap();
        std::fs::create_dir(dir.join("fd")).unwrap();
        for (number, target) in files.iter().enumerate() {
            symlink(target, dir.join(format!("fd/{number}"))).unwrap();
        }
    }

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
