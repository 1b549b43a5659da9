//! The device's one secret: 32 random bytes in the operating system's keyring, or in a private file where there is
//! none. Everything else that must stay secret is derived from it. Never prints it and never sends it.
//!
//! What this does not do: other programs of the same person can ask the keyring too.

mod file;
mod secret;
mod vault;

use std::path::PathBuf;
use std::time::Duration;

use crate::directories::{Home, WriteError};

pub use secret::DeviceSecret;
use vault::Vault;

/// A keyring answers in milliseconds; one that waits for a person to unlock it gets as long as a diagnosis may wait.
pub const KEYRING_LIMIT: Duration = Duration::from_secs(5);

/// Where the secret may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The keyring if there is one, otherwise a file.
    KeyringOrFile,
    /// Only the keyring: the organisation forbids the file.
    KeyringOnly,
    /// Only the file, for tests and machines that nobody signs in to.
    FileOnly,
}

/// Where the secret is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend {
    /// In the operating system's keyring.
    Keyring,
    /// In a file that only this person can read.
    File(NoKeyring),
}

/// Why the secret is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoKeyring {
    /// The caller wanted a file.
    NotAsked,
    /// The file was there already: a device keeps its identity.
    MadeEarlier,
    /// There is no keyring here; the detail is the keyring library's own words.
    NotThere(String),
    /// The keyring did not answer within [`KEYRING_LIMIT`].
    NoAnswer,
}

/// The opened secret and where it is kept.
#[derive(Debug)]
pub struct Store {
    secret: DeviceSecret,
    backend: Backend,
}

/// Why the secret could not be opened. None of these makes a new one: that would be another device.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The keyring is locked; the person can unlock it by signing in to the desktop.
    #[error("the keyring is locked")]
    Locked {
        /// The keyring's own words.
        #[source]
        source: keyring::Error,
    },
    /// The secret is in a keyring that cannot be reached from here, for example over SSH.
    #[error("the device's key is in a keyring that cannot be reached from here: {detail}")]
    Unreachable {
        /// What the keyring library said.
        detail: String,
    },
    /// Only the keyring is allowed, and there is none.
    #[error("there is no keyring, and nothing else is allowed: {detail}")]
    KeyringRequired {
        /// What the keyring library said.
        detail: String,
    },
    /// The keyring did not answer.
    #[error("the keyring did not answer within {} s", KEYRING_LIMIT.as_secs())]
    NoAnswer,
    /// The keyring failed in another way.
    #[error("the keyring failed")]
    Keyring(#[source] keyring::Error),
    /// What is stored is not a secret of ours.
    #[error("what is stored in {place} is not a device's key")]
    Damaged {
        /// `the keyring`, or the file.
        place: String,
    },
    /// The file could not be read.
    #[error("could not read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The file or the note beside it could not be written.
    #[error("could not keep the device's key")]
    Write(#[from] WriteError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
}

impl Store {
    /// Opens the device's secret, and makes it on first use. [`Home::create`] must have been called.
    ///
    /// # Errors
    /// See [`CredentialError`].
    pub async fn open(home: &Home, wanted: Wanted) -> Result<Self, CredentialError> {
        Self::open_with(home, wanted, Vault::of_system(home)).await
    }

    async fn open_with(home: &Home, wanted: Wanted, vault: Vault) -> Result<Self, CredentialError> {
        let file = file::KeyFile::of(home);
        if wanted != Wanted::KeyringOnly
            && let Some(secret) = file.read()?
        {
            let reason =
                if wanted == Wanted::FileOnly { NoKeyring::NotAsked } else { NoKeyring::MadeEarlier };
            return Ok(Self { secret, backend: Backend::File(reason) });
        }
        if wanted == Wanted::FileOnly {
            return Self::in_file(&file, NoKeyring::NotAsked);
        }
        match vault.open_or_make().await {
            Ok(secret) => {
                file.note_keyring()?;
                Ok(Self { secret, backend: Backend::Keyring })
            }
            Err(vault::Closed::Locked(source)) => Err(CredentialError::Locked { source }),
            Err(vault::Closed::NotThere(detail)) if file.says_keyring() => {
                Err(CredentialError::Unreachable { detail })
            }
            Err(vault::Closed::NotThere(detail)) if wanted == Wanted::KeyringOnly => {
                Err(CredentialError::KeyringRequired { detail })
            }
            Err(vault::Closed::NotThere(detail)) => Self::in_file(&file, NoKeyring::NotThere(detail)),
            Err(vault::Closed::NoAnswer) if file.says_keyring() || wanted == Wanted::KeyringOnly => {
                Err(CredentialError::NoAnswer)
            }
            Err(vault::Closed::NoAnswer) => Self::in_file(&file, NoKeyring::NoAnswer),
            Err(vault::Closed::Damaged) => Err(CredentialError::Damaged { place: "the keyring".to_owned() }),
            Err(vault::Closed::Random(error)) => Err(CredentialError::Random(error)),
            Err(vault::Closed::Failed(error)) => Err(CredentialError::Keyring(error)),
        }
    }

    fn in_file(file: &file::KeyFile, reason: NoKeyring) -> Result<Self, CredentialError> {
        let secret = DeviceSecret::random().map_err(CredentialError::Random)?;
        file.write(&secret)?;
        Ok(Self { secret, backend: Backend::File(reason) })
    }

    /// The secret.
    pub fn secret(&self) -> &DeviceSecret {
        &self.secret
    }

    /// Where it is kept.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }
}

#[cfg(test)]
mod tests;
