//! The operating system's keyring, asked on a thread of its own with a time limit: a hung session bus must not hang us.
//!
//! Only the lasting stores: Secret Service, Keychain, Credential Manager. Never the kernel's keyutils, which forget at
//! a reboot, and never a store in memory.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{DeviceSecret, KEYRING_LIMIT};
use crate::directories::Home;

/// What the entry is called in the keyring's own window.
const SERVICE: &str = "nightline";

/// Asks the keyring for the secret, makes it if it is not there.
pub(super) struct Vault {
    ask: Box<dyn FnOnce() -> Result<DeviceSecret, Closed> + Send>,
}

/// Why the keyring gave nothing.
pub(super) enum Closed {
    Locked(keyring::Error),
    NotThere(String),
    NoAnswer,
    Damaged,
    Random(getrandom::Error),
    Failed(keyring::Error),
}

impl Vault {
    pub(super) fn of_system(home: &Home) -> Self {
        let account = account(home);
        Self { ask: Box::new(move || open_or_make(&account)) }
    }

    #[cfg(test)]
    pub(super) fn answering(ask: impl FnOnce() -> Result<DeviceSecret, Closed> + Send + 'static) -> Self {
        Self { ask: Box::new(ask) }
    }

    pub(super) async fn open_or_make(self) -> Result<DeviceSecret, Closed> {
        let (sender, answer) = tokio::sync::oneshot::channel();
        // Not tokio's pool: its threads are waited for when the program ends, and this one may never end.
        let thread = std::thread::Builder::new().name("keyring".to_owned());
        let started = thread.spawn(move || sender.send((self.ask)()).ok());
        if let Err(error) = started {
            return Err(Closed::NotThere(error.to_string()));
        }
        match tokio::time::timeout(KEYRING_LIMIT, answer).await {
            Ok(Ok(result)) => result,
            // The thread panicked inside the keyring library.
            Ok(Err(_)) => Err(Closed::NotThere("the keyring library failed".to_owned())),
            Err(_) => Err(Closed::NoAnswer),
        }
    }
}

/// One entry for each home, so that a home of a test or a second installation is a device of its own.
fn account(home: &Home) -> String {
    let path = home.data.canonicalize().unwrap_or_else(|_| home.data.clone());
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let short = data_encoding::HEXLOWER.encode(digest.get(..8).unwrap_or_default());
    format!("device-secret-{short}")
}

fn open_or_make(account: &str) -> Result<DeviceSecret, Closed> {
    let entry = keyring::Entry::new(SERVICE, account).map_err(closed)?;
    match entry.get_password() {
        Ok(text) => DeviceSecret::from_stored(&Zeroizing::new(text)).ok_or(Closed::Damaged),
        Err(keyring::Error::NoEntry) => {
            let secret = DeviceSecret::random().map_err(Closed::Random)?;
            entry.set_password(&secret.to_stored()).map_err(closed)?;
            // Two programs may have made it at the same time: what is stored counts.
            let stored = Zeroizing::new(entry.get_password().map_err(closed)?);
            DeviceSecret::from_stored(&stored).ok_or(Closed::Damaged)
        }
        Err(error) => Err(closed(error)),
    }
}

fn closed(error: keyring::Error) -> Closed {
    match error {
        keyring::Error::NoStorageAccess(_) => Closed::Locked(error),
        keyring::Error::NoDefaultStore => {
            let cause = keyring::Entry::store_status().as_ref().err();
            Closed::NotThere(cause.map_or_else(|| error.to_string(), ToString::to_string))
        }
        keyring::Error::PlatformFailure(_) => Closed::NotThere(error.to_string()),
        other => Closed::Failed(other),
    }
}
