//! The secret in a private file, and the note that it is in the keyring instead. Knows no keyring.

use std::io::ErrorKind;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{CredentialError, DeviceSecret};
use crate::directories::{Home, write_atomic};

const KEY_FILENAME: &str = "device-secret";
/// Beside the key's place: says that the key is in the keyring, so that a missing keyring makes no second device.
const NOTE_FILENAME: &str = "device-secret.in-keyring";
const NOTE: &[u8] = b"nightline.device-secret-note/1 keyring\n";

pub(super) struct KeyFile {
    key: PathBuf,
    note: PathBuf,
}

impl KeyFile {
    pub(super) fn of(home: &Home) -> Self {
        Self { key: home.data.join(KEY_FILENAME), note: home.data.join(NOTE_FILENAME) }
    }

    /// `None` if there is no file.
    pub(super) fn read(&self) -> Result<Option<DeviceSecret>, CredentialError> {
        let text = match std::fs::read_to_string(&self.key) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CredentialError::Read { path: self.key.clone(), source }),
        };
        let damaged = || CredentialError::Damaged { place: self.key.display().to_string() };
        DeviceSecret::from_stored(&text).ok_or_else(damaged).map(Some)
    }

    pub(super) fn write(&self, secret: &DeviceSecret) -> Result<(), CredentialError> {
        Ok(write_atomic(&self.key, secret.to_stored().as_bytes())?)
    }

    pub(super) fn says_keyring(&self) -> bool {
        self.note.exists()
    }

    pub(super) fn note_keyring(&self) -> Result<(), CredentialError> {
        if !self.says_keyring() {
            write_atomic(&self.note, NOTE)?;
        }
        Ok(())
    }
}
