//! The device's own key: derived from the one secret in the keyring, used to sign, never shown.

use ed25519_dalek::{Signer as _, SigningKey};
use nightline_config::KeyPlace;
use nightline_platform::credentials::{Backend, CredentialError, NoKeyring, Store, Wanted};
use nightline_protocol::TicketNumber;
use nightline_redact::RedactionKey;
use nightline_session::{SignError, Signer};
use nightline_types::{CheckId, CheckResult, Fact, Message, Millis, Outcome, Timestamp};

use crate::World;

/// The names under which keys are derived. Part of the device's identity: never renamed.
const SIGNING_PURPOSE: &str = "nightline.device-key/1";
const REDACTION_PURPOSE: &str = "nightline.redaction-key/1";

/// Who this device is, and where its secret lies.
pub struct Device {
    store: Store,
    key: SigningKey,
}

impl Device {
    /// Opens the device's secret, and makes it on first use.
    ///
    /// # Errors
    /// See [`CredentialError`].
    pub async fn open(world: &World) -> Result<Self, CredentialError> {
        let wanted = match world.config.device_key.value {
            KeyPlace::KeyringOrFile => Wanted::KeyringOrFile,
            KeyPlace::Keyring => Wanted::KeyringOnly,
            KeyPlace::File => Wanted::FileOnly,
        };
        let store = Store::open(&world.home, wanted).await?;
        let key = SigningKey::from_bytes(&store.secret().derive(SIGNING_PURPOSE));
        Ok(Self { store, key })
    }

    /// The short form of the public key, as the desk shows it of its devices: 16 hex digits.
    pub fn fingerprint(&self) -> String {
        nightline_protocol::fingerprint(self.key.verifying_key().as_bytes())
    }

    /// The key that makes the pseudonyms of one ticket. Another ticket has another, so they cannot be joined.
    pub(crate) fn redaction_key(&self, number: &TicketNumber) -> RedactionKey {
        RedactionKey::new(*self.store.secret().derive(&format!("{REDACTION_PURPOSE} {number}")))
    }

    /// Where the secret lies, in words.
    pub fn place(&self) -> Message {
        Message::new(match self.store.backend() {
            Backend::Keyring => "device-key-keyring",
            Backend::File(NoKeyring::NotAsked) => "device-key-file",
            Backend::File(NoKeyring::MadeEarlier) => "device-key-file-earlier",
            Backend::File(NoKeyring::NotThere(_)) => "device-key-no-keyring",
            Backend::File(NoKeyring::NoAnswer) => "device-key-keyring-silent",
        })
    }

    /// Where the secret lies, as a line of the report. The keyring is where it should be and needs no words.
    pub(crate) fn check(&self, at: Timestamp) -> CheckResult {
        let (place, reason) = match self.store.backend() {
            Backend::Keyring => ("keyring", None),
            Backend::File(_) => ("file", Some(self.place())),
        };
        CheckResult {
            id: CheckId::new("device-key"),
            outcome: Outcome::Healthy,
            reason,
            facts: vec![Fact::new("stored_in", place, "credential-store", at)],
            started_at: at,
            took_ms: Millis(0.0),
        }
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device").field("backend", self.store.backend()).finish_non_exhaustive()
    }
}

impl Signer for Device {
    fn public_key(&self) -> Result<[u8; 32], SignError> {
        Ok(self.key.verifying_key().to_bytes())
    }

    fn sign(&self, statement: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.key.sign(statement).to_bytes())
    }
}

/// What to tell the person when the secret cannot be opened.
pub fn credential_message(error: &CredentialError) -> Message {
    Message::new(match error {
        CredentialError::Locked { .. } => "device-key-locked",
        CredentialError::Unreachable { .. } | CredentialError::KeyringRequired { .. } => {
            "device-key-unreachable"
        }
        CredentialError::NoAnswer => "device-key-no-answer",
        CredentialError::Damaged { .. } => "device-key-damaged",
        CredentialError::Keyring(_)
        | CredentialError::Read { .. }
        | CredentialError::Write(_)
        | CredentialError::Random(_) => "device-key-failed",
    })
}
