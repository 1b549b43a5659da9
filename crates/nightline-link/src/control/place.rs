//! Where the control socket of a home is found: by a hash of the home's path, so that each home has one of its own.
//!
//! Looks at folders and makes none.

use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Bytes of the hash in the name: 64 bits, so that two homes of one person never meet, and short, because a socket's
/// path is.
const NAME_BYTES: usize = 8;

/// Where the control socket of one home is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlPlace {
    pub(super) name: String,
    /// The folder that is made for it, in the session's runtime folder or in the home's cache.
    #[cfg(unix)]
    pub(super) dir: PathBuf,
    /// The same in the home itself, where every program of this home looks too.
    #[cfg(unix)]
    pub(super) own_dir: PathBuf,
}

/// Why a home has no place for a control socket.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The home's folder cannot be found.
    #[error("could not find {}", path.display())]
    Home {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

impl ControlPlace {
    /// The place that belongs to a home.
    ///
    /// `home_dir` is a folder that exists and that no other home has; `runtime_dir` is the session's own
    /// (`XDG_RUNTIME_DIR`), used if it is there and ours; `cache_dir` is the home's own and used otherwise.
    /// Windows has pipes with names instead of folders and uses only `home_dir`.
    ///
    /// # Errors
    ///
    /// See [`PlaceError`].
    pub fn of(home_dir: &Path, runtime_dir: Option<&Path>, cache_dir: &Path) -> Result<Self, PlaceError> {
        let canonical = home_dir
            .canonicalize()
            .map_err(|source| PlaceError::Home { path: home_dir.to_owned(), source })?;
        let hash = Sha256::digest(canonical.as_os_str().as_encoded_bytes());
        let name = HEXLOWER.encode(&hash[..NAME_BYTES]);
        #[cfg(unix)]
        {
            let file_name = format!("{name}.sock");
            let runtime = runtime_dir
                .filter(|it| super::unix::is_ours(it))
                .map(|it| it.join("nightline"))
                .filter(|it| super::unix::fits(&it.join(&file_name)));
            let own_dir = cache_dir.join("control");
            Ok(Self { dir: runtime.unwrap_or_else(|| own_dir.clone()), name: file_name, own_dir })
        }
        #[cfg(not(unix))]
        {
            let _ = (runtime_dir, cache_dir);
            Ok(Self { name: format!(r"\\.\pipe\nightline-{name}") })
        }
    }

    /// As a path, to be shown or looked at.
    pub fn path(&self) -> PathBuf {
        #[cfg(unix)]
        return self.dir.join(&self.name);
        #[cfg(not(unix))]
        return PathBuf::from(&self.name);
    }
}
