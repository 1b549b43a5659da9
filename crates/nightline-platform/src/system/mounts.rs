//! Mounted file systems that a person stores things on, and the room on them. Never touches a network mount: a dead
//! server would hang us.

use std::path::{Path, PathBuf};

use crate::directories::{Space, space};
use crate::source::{SourceState, read_small};

/// File systems on a disk of this machine. Everything else is memory, a view of something, or far away.
const LOCAL: [&str; 14] = [
    "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "vfat", "exfat", "ntfs3", "fuseblk",
    "overlay", "jfs",
];

/// A mounted file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// What is mounted: a device's path.
    pub device: String,
    /// Where.
    pub path: PathBuf,
    /// Its kind: `ext4`.
    pub kind: String,
    /// Whether nothing can be written; the kernel remounts so after errors.
    pub is_read_only: bool,
}

/// A mount with its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountedSpace {
    /// The mount.
    pub mount: Mount,
    /// Its room, or why it is not known.
    pub space: Result<Space, SourceState>,
}

/// The mounts of this process's view, on local disks, each device once.
///
/// # Errors
/// When the kernel's table cannot be read.
pub fn mounts(root: &Path) -> Result<Vec<Mount>, SourceState> {
    let mut found: Vec<Mount> = Vec::new();
    for mount in read_small(&root.join("proc/self/mounts"))?.lines().filter_map(mount) {
        // A later mount on the same place hides the earlier one; a device in several places is one disk.
        found.retain(|it| it.path != mount.path);
        if !found.iter().any(|it| it.device == mount.device) {
            found.push(mount);
        }
    }
    Ok(found)
}

/// The room on each of them. Blocks as long as the disk does: call it on a thread of its own.
pub fn mounted_space(mounts: Vec<Mount>) -> Vec<MountedSpace> {
    let with_space = |mount: Mount| {
        let space = space(&mount.path).map_err(|error| SourceState::from(&error));
        MountedSpace { mount, space }
    };
    mounts.into_iter().map(with_space).collect()
}

/// Device, place, kind, options; blanks in them are `\040` (fstab(5)).
fn mount(line: &str) -> Option<Mount> {
    let columns: Vec<&str> = line.split(' ').collect();
    let [device, path, kind, options, ..] = columns.as_slice() else { return None };
    LOCAL.contains(kind).then(|| Mount {
        device: unescape(device),
        path: unescape(path).into(),
        kind: (*kind).to_owned(),
        is_read_only: options.split(',').any(|it| it == "ro"),
    })
}

fn unescape(text: &str) -> String {
    text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disks_count_once_and_memory_and_servers_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let table = "\
/dev/nvme0n1p2 / ext4 rw,relatime,errors=remount-ro 0 0
proc /proc proc rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/nvme0n1p2 /var/snap ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /media/mei/My\\040Disk exfat ro,nosuid 0 0
damaged
";
        std::fs::create_dir_all(root.path().join("proc/self")).unwrap();
        std::fs::write(root.path().join("proc/self/mounts"), table).unwrap();
        let found = mounts(root.path()).unwrap();
        let found: Vec<_> = found.iter().map(|it| (it.path.to_str().unwrap(), it.is_read_only)).collect();
        assert_eq!(found, [("/", false), ("/media/mei/My Disk", true)]);
    }

    #[test]
    fn a_place_that_is_gone_has_no_known_room() {
        let mount = Mount {
            device: "/dev/gone".into(),
            path: "/gone/for/good".into(),
            kind: "ext4".into(),
            is_read_only: false,
        };
        assert_eq!(mounted_space(vec![mount])[0].space, Err(SourceState::Absent));
    }
}
