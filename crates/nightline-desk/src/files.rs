//! Where bytes lie: finished bundles in an object store, uploads in progress in a spool folder beside it.
//!
//! Names on disk are made here from ids that the desk made; no name that a client sent ever becomes a path.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;

use crate::app::OpenAppError;

/// The desk's files. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Files {
    spool_dir: PathBuf,
    store: Arc<LocalFileSystem>,
}

impl Files {
    /// Opens the folders under `data_dir`, makes them where they are missing.
    pub fn open(data_dir: &Path) -> Result<Self, OpenAppError> {
        let spool_dir = data_dir.join("spool");
        let bundles_dir = data_dir.join("bundles");
        for dir in [data_dir, &spool_dir, &bundles_dir] {
            make_private_dir(dir).map_err(OpenAppError::Folder)?;
        }
        let store = LocalFileSystem::new_with_prefix(&bundles_dir).map_err(OpenAppError::Store)?;
        Ok(Self { spool_dir, store: Arc::new(store) })
    }

    /// The file of an upload in progress. `id` is one that the desk made.
    pub fn spool_path(&self, id: &str) -> PathBuf {
        self.spool_dir.join(id)
    }

    /// The store of finished bundles.
    pub fn store(&self) -> &LocalFileSystem {
        &self.store
    }

    /// Where a finished bundle can be opened for reading, by its `tickets.bundle_key`.
    pub fn bundle_path(&self, key: &str) -> Result<PathBuf, object_store::Error> {
        self.store.path_to_filesystem(&Key::from(key))
    }

    /// Whether the bundle `key` is there.
    pub fn has_bundle(&self, key: &str) -> io::Result<bool> {
        self.bundle_path(key).map_err(io::Error::other)?.try_exists()
    }

    /// Bytes that can still be written to the disk of the spool; `Unsupported` on Windows.
    pub fn free_bytes(&self) -> io::Result<u64> {
        #[cfg(unix)]
        {
            let space = rustix::fs::statvfs(&self.spool_dir)?;
            Ok(space.f_bavail.saturating_mul(space.f_frsize))
        }
        #[cfg(not(unix))]
        Err(io::ErrorKind::Unsupported.into())
    }

    /// How many bytes of an upload are here: its file's length, 0 where there is none.
    pub fn spooled_bytes(&self, id: &str) -> io::Result<u64> {
        match fs::metadata(self.spool_path(id)) {
            Ok(metadata) => Ok(metadata.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Removes an upload's file. Doing it again is harmless.
    pub fn discard(&self, id: &str) -> io::Result<()> {
        match fs::remove_file(self.spool_path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Makes a complete upload the bundle `key`: a rename within one disk, synced. Doing it again is harmless.
    ///
    /// Blocking; call it off the async threads.
    pub fn adopt(&self, id: &str, key: &str) -> io::Result<()> {
        let from = self.spool_path(id);
        let to = self.bundle_path(key).map_err(io::Error::other)?;
        if !from.exists() && to.exists() {
            return Ok(());
        }
        let dir = to.parent().ok_or_else(|| io::Error::other("a bundle's key has no folder"))?;
        make_private_dir(dir)?;
        File::open(&from)?.sync_all()?;
        fs::rename(&from, &to)?;
        File::open(dir)?.sync_all()?;
        File::open(&self.spool_dir)?.sync_all()
    }

    /// The ids of all uploads in progress on the disk.
    pub fn spooled(&self) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.spool_dir)? {
            if let Ok(name) = entry?.file_name().into_string() {
                ids.push(name);
            }
        }
        Ok(ids)
    }
}

/// Makes a file that only its owner may read, or makes one so that is there already.
pub(crate) fn make_private_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    Ok(())
}

/// Makes a folder that only its owner may look into.
pub(crate) fn make_private_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
