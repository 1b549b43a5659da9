//! Writes a file so that a reader, and a restart after a power cut, sees the old or the new content, never a part.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file could not be written. The old content is still there.
#[derive(Debug, thiserror::Error)]
#[error("could not write {}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// The system's reason; `StorageFull` for a full disk.
    #[source]
    pub source: io::Error,
}

/// Writes beside the file, syncs, renames over it and syncs the folder. The file is readable by this person only.
///
/// # Errors
/// When any of this fails.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write(path, bytes).map_err(|source| WriteError { path: path.to_owned(), source })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made with mode 0600, and removed again if anything below fails.
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The rename itself lies in the folder's data. Windows has no such call and journals it.
    #[cfg(unix)]
    std::fs::File::open(dir)?.sync_all()?;
    Ok(())
}
