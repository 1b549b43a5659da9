//! Whether the watch starts when the person signs in, and who restarts it after a crash. Starts and stops nothing now.
//!
//! On Linux a unit of the person's systemd where that carries the desktop session, else a file in the desktop's
//! autostart folder; never both. On macOS a launch agent, on Windows a value under `Run`.

#[cfg(target_os = "linux")]
mod desktop_entry;
#[cfg(any(target_os = "macos", test))]
mod launch_agent;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod registry;
#[cfg(any(windows, test))]
mod run_value;
#[cfg(target_os = "linux")]
mod unit;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use nightline_types::Message;

use crate::directories::WriteError;

/// What is started, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autostart {
    /// The program's file, as a whole path.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// The environment that says where the person's files and session are.
    pub environment: Arc<BTreeMap<String, String>>,
}

/// Why it could not be switched.
#[derive(Debug, thiserror::Error)]
pub enum AutostartError {
    /// This system has no way that Nightline knows.
    #[error("not on this system yet")]
    NotOnThisSystem,
    /// The system does not say where the person's files are.
    #[error("{variable} is not set")]
    NoHome {
        /// The variable that is usually set.
        variable: &'static str,
    },
    /// The program lies where the system's format cannot name it.
    #[error("{program:?} cannot be written into an autostart entry")]
    Unusable {
        /// The program's file.
        program: PathBuf,
    },
    /// A file could not be written or removed.
    #[error("could not write the autostart entry")]
    Write(#[from] WriteError),
    /// The registry refused.
    #[error("the registry refused: {detail}")]
    Registry {
        /// The system's own words.
        detail: String,
    },
}

impl AutostartError {
    /// The sentence for the person.
    pub fn message(&self) -> Message {
        match self {
            Self::NotOnThisSystem | Self::NoHome { .. } => Message::new("autostart-not-on-this-system"),
            Self::Unusable { program } => {
                Message::new("autostart-unusable").arg("program", program.display().to_string())
            }
            Self::Write(_) | Self::Registry { .. } => Message::new("autostart-failed"),
        }
    }
}

/// Whether the watch starts when the person signs in; `None` where that cannot be known.
pub async fn state(place: &Autostart) -> Option<bool> {
    of_system::state(place).await
}

/// Switches it, for the next time the person signs in.
///
/// # Errors
/// See [`AutostartError`].
pub async fn set(place: &Autostart, on: bool) -> Result<(), AutostartError> {
    of_system::set(place, on).await
}

#[cfg(target_os = "linux")]
use linux as of_system;
#[cfg(target_os = "macos")]
use macos as of_system;
#[cfg(windows)]
use registry as of_system;

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
mod of_system {
    //! A system without a known way.

    use super::{Autostart, AutostartError};

    pub(super) async fn state(_place: &Autostart) -> Option<bool> {
        None
    }

    pub(super) async fn set(_place: &Autostart, _on: bool) -> Result<(), AutostartError> {
        Err(AutostartError::NotOnThisSystem)
    }
}

#[cfg(any(target_os = "linux", target_os = "macos", windows))]
impl Autostart {
    /// Program and arguments as text without control characters, which none of the formats can hold.
    fn words(&self) -> Result<Vec<String>, AutostartError> {
        let unusable = || AutostartError::Unusable { program: self.program.clone() };
        let program = self.program.to_str().filter(|_| self.program.is_absolute()).ok_or_else(unusable)?;
        let words: Vec<String> =
            std::iter::once(program.to_owned()).chain(self.args.iter().cloned()).collect();
        if words.iter().any(|word| word.chars().any(char::is_control)) { Err(unusable()) } else { Ok(words) }
    }
}

/// Removes a file; one that is not there is fine.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn remove(path: &std::path::Path) -> Result<(), WriteError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(WriteError { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes a file whole, and makes its folder.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn write(path: &std::path::Path, text: &str) -> Result<(), WriteError> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|source| WriteError { path: dir.to_owned(), source })?;
    }
    crate::directories::write_atomic(path, text.as_bytes())
}
