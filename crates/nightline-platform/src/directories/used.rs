//! What Nightline's own folders take on the disk. Reads no file and follows no link.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::PathBuf;

use super::Home;

/// Files that are counted at most: an outbox of a hundred tickets and a week of logs have a tenth of them, and counting
/// so many takes a second on a slow disk.
const MAX_FILES: usize = 20_000;

impl Home {
    /// What the files below the home take on the disk, in bytes: blocks where the system says them, else lengths.
    /// Nothing where not a single folder can be read, or where there are more files than are worth counting.
    /// Reads folders, so it may take a while: for a thread that may wait.
    pub fn used_bytes(&self) -> Option<u64> {
        let mut folders = vec![&self.config, &self.data, &self.state, &self.cache, &self.logs];
        folders.sort();
        let mut waiting: Vec<PathBuf> = Vec::new();
        for folder in folders {
            // Some systems keep the logs below the state; the parent sorts first.
            if !waiting.iter().any(|it| folder.starts_with(it)) {
                waiting.push(folder.clone());
            }
        }
        let (mut bytes, mut left, mut readable) = (0_u64, MAX_FILES, false);
        let mut linked = BTreeSet::new();
        while let Some(folder) = waiting.pop() {
            // A folder that has just gone takes nothing.
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            readable = true;
            for entry in entries.flatten() {
                left = left.checked_sub(1)?;
                // Of the entry itself: what a link leads to is not ours.
                let Ok(metadata) = entry.metadata() else { continue };
                if metadata.is_dir() {
                    waiting.push(entry.path());
                }
                if is_first(&metadata, &mut linked) {
                    bytes = bytes.saturating_add(on_disk(&metadata));
                }
            }
        }
        readable.then_some(bytes)
    }
}

/// A file with two names lies on the disk once.
#[cfg(unix)]
fn is_first(metadata: &Metadata, linked: &mut BTreeSet<(u64, u64)>) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() == 1 || metadata.is_dir() || linked.insert((metadata.dev(), metadata.ino()))
}

/// Nightline makes no second names here.
#[cfg(not(unix))]
fn is_first(_: &Metadata, _: &mut BTreeSet<(u64, u64)>) -> bool {
    true
}

#[cfg(unix)]
fn on_disk(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    /// What `st_blocks` counts in, whatever the file system's own blocks are (stat(3type)).
    const BLOCK: u64 = 512;
    metadata.blocks().saturating_mul(BLOCK)
}

#[cfg(not(unix))]
fn on_disk(metadata: &Metadata) -> u64 {
    if metadata.is_file() { metadata.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_home_counts_once_and_nothing_outside_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Home::at(&folder.path().join("home"));
        // As on Linux.
        home.logs = home.state.join("logs");
        assert_eq!(home.used_bytes(), None, "there is nothing to look at yet");
        home.create().unwrap();
        let empty = home.used_bytes().unwrap();
        let block = 64 << 10;
        std::fs::create_dir(home.data.join("outbox")).unwrap();
        for path in
            [home.data.join("outbox/bundle"), home.logs.join("watch.log"), folder.path().join("foreign")]
        {
            std::fs::write(path, vec![7_u8; block]).unwrap();
        }
        let block = u64::try_from(block).unwrap();
        let used = home.used_bytes().unwrap() - empty;
        assert!((2 * block..3 * block).contains(&used), "{used}");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), home.cache.join("link")).unwrap();
            std::fs::hard_link(home.logs.join("watch.log"), home.logs.join("again")).unwrap();
            let used = home.used_bytes().unwrap() - empty;
            assert!((2 * block..3 * block).contains(&used), "{used}");
        }
    }
}
