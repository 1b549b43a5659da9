//! Nightline's own folders, its atomic writes and the room on its disk. Touches nothing outside of them.

mod atomic;
mod space;
mod used;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub use atomic::{WriteError, write_atomic};
pub use space::{Space, space};

/// What the program's folder is called below the system's own folders.
const FOLDER: &str = "nightline";
/// Held while a program owns the home.
const LOCK_FILENAME: &str = "home.lock";

/// Where the installed program's data lies, from the folder of its programs.
const SHARED: &str = "../share/nightline";

/// A file that came with the program: beside it, or in its folder of data. `None` if it did not come.
pub fn resource(filename: &str) -> Option<PathBuf> {
    resource_of(&std::env::current_exe().ok()?, filename)
}

fn resource_of(program: &Path, filename: &str) -> Option<PathBuf> {
    let folder = program.parent()?;
    [folder.join(filename), folder.join(SHARED).join(filename)].into_iter().find(|it| it.is_file())
}

/// Where everything of one person's Nightline lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The person's settings.
    pub config: PathBuf,
    /// What must not be lost: the outbox, the device's key file.
    pub data: PathBuf,
    /// What survives a restart: the recorder's ring, locks, sockets' names.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
    /// The program's own log files.
    pub logs: PathBuf,
}

/// Why there is no home.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The system does not say where the person's files are.
    #[error("neither NIGHTLINE_HOME nor {variable} is set")]
    NotSaid {
        /// The variable that is usually set.
        variable: &'static str,
    },
    /// A folder could not be made or made private.
    #[error("could not prepare {}", path.display())]
    Prepare {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Another program owns the home.
    #[error("another program is using {}", path.display())]
    InUse {
        /// The lock's file.
        path: PathBuf,
    },
}

/// Owns a home until it is dropped.
#[derive(Debug)]
pub struct HomeLock {
    // The system releases the lock when the file is closed, also when the process is killed.
    _file: File,
}

impl Home {
    /// Everything below one folder: `--home DIR`, or `NIGHTLINE_HOME`.
    pub fn at(dir: &Path) -> Self {
        Self {
            config: dir.join("config"),
            data: dir.join("data"),
            state: dir.join("state"),
            cache: dir.join("cache"),
            logs: dir.join("logs"),
        }
    }

    /// `NIGHTLINE_HOME` if it is set, otherwise the system's own places. `environment` is the process's, read in main.
    /// Linux: XDG Base Directory Specification 0.8; a variable that is not an absolute path counts as unset.
    ///
    /// # Errors
    /// When the environment does not say where the person's files are.
    pub fn of_environment(environment: &BTreeMap<String, String>) -> Result<Self, HomeError> {
        if let Some(dir) = absolute(environment, "NIGHTLINE_HOME") {
            return Ok(Self::at(&dir));
        }
        Self::of_system(environment)
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    fn of_system(environment: &BTreeMap<String, String>) -> Result<Self, HomeError> {
        let home = absolute(environment, "HOME");
        let place = |variable: &str, below: &str| {
            absolute(environment, variable)
                .or_else(|| home.as_ref().map(|home| home.join(below)))
                .map(|dir| dir.join(FOLDER))
                .ok_or(HomeError::NotSaid { variable: "HOME" })
        };
        let state = place("XDG_STATE_HOME", ".local/state")?;
        Ok(Self {
            config: place("XDG_CONFIG_HOME", ".config")?,
            data: place("XDG_DATA_HOME", ".local/share")?,
            cache: place("XDG_CACHE_HOME", ".cache")?,
            logs: state.join("logs"),
            state,
        })
    }

    #[cfg(target_os = "macos")]
    fn of_system(environment: &BTreeMap<String, String>) -> Result<Self, HomeError> {
        let home = absolute(environment, "HOME").ok_or(HomeError::NotSaid { variable: "HOME" })?;
        let support = home.join("Library/Application Support").join(FOLDER);
        Ok(Self {
            config: support.join("config"),
            data: support.join("data"),
            state: support.join("state"),
            cache: home.join("Library/Caches").join(FOLDER),
            logs: home.join("Library/Logs").join(FOLDER),
        })
    }

    #[cfg(windows)]
    fn of_system(environment: &BTreeMap<String, String>) -> Result<Self, HomeError> {
        // Not the roaming folder: a key and an outbox belong to one machine.
        let local =
            absolute(environment, "LOCALAPPDATA").ok_or(HomeError::NotSaid { variable: "LOCALAPPDATA" })?;
        Ok(Self::at(&local.join(FOLDER)))
    }

    /// For work that keeps nothing where there is no home: below the null device, where nothing can lie.
    pub fn nowhere() -> Self {
        Self::at(Path::new(if cfg!(windows) { r"\\.\NUL\nightline" } else { "/dev/null/nightline" }))
    }

    /// Makes all folders, readable by this person only. Existing ones are made private again.
    ///
    /// # Errors
    /// When a folder cannot be made or made private.
    pub fn create(&self) -> Result<(), HomeError> {
        for dir in [&self.config, &self.data, &self.state, &self.cache, &self.logs] {
            private_dir(dir).map_err(|source| HomeError::Prepare { path: dir.clone(), source })?;
        }
        Ok(())
    }

    /// Owns the home as long as the result lives. Call [`Home::create`] first.
    ///
    /// # Errors
    /// [`HomeError::InUse`] while another program owns it.
    pub fn lock(&self) -> Result<HomeLock, HomeError> {
        let path = self.state.join(LOCK_FILENAME);
        let prepare = |source| HomeError::Prepare { path: path.clone(), source };
        let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(prepare)?;
        match file.try_lock() {
            Ok(()) => Ok(HomeLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(HomeError::InUse { path }),
            Err(TryLockError::Error(source)) => Err(prepare(source)),
        }
    }
}

fn absolute(environment: &BTreeMap<String, String>, variable: &str) -> Option<PathBuf> {
    environment.get(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

fn private_dir(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        if std::fs::metadata(dir)?.permissions().mode() & 0o077 != 0 {
            std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
    std::fs::create_dir_all(dir)
}

#[cfg(test)]
mod tests;
