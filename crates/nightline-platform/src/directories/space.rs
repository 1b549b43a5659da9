//! How much room a file system has. Asks only, never reserves.

use std::io;
use std::path::Path;

/// The room on a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Its size in bytes.
    pub total_bytes: u64,
    /// Bytes that this person may still write.
    pub available_bytes: u64,
    /// How many files it can hold; 0 where that has no limit.
    pub total_files: u64,
    /// How many more files it can take.
    pub free_files: u64,
}

/// The room on the file system that holds `path`.
///
/// # Errors
/// When the path is not there or the system does not say.
#[cfg(unix)]
pub fn space(path: &Path) -> io::Result<Space> {
    let stat = rustix::fs::statvfs(path)?;
    Ok(Space {
        total_bytes: stat.f_blocks.saturating_mul(stat.f_frsize),
        available_bytes: stat.f_bavail.saturating_mul(stat.f_frsize),
        total_files: stat.f_files,
        free_files: stat.f_ffree,
    })
}

/// The room on the file system that holds `path`.
///
/// # Errors
/// When the path is not there or the system does not say.
#[cfg(not(unix))]
pub fn space(path: &Path) -> io::Result<Space> {
    let path = path.canonicalize()?;
    let disks =
        sysinfo::Disks::new_with_refreshed_list().map_err(|_| io::Error::from(io::ErrorKind::Unsupported))?;
    disks
        .iter()
        .filter(|disk| path.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
        .map(|disk| Space {
            total_bytes: disk.total_space(),
            available_bytes: disk.available_space(),
            total_files: 0,
            free_files: 0,
        })
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}
