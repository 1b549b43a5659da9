//! Where the secret is kept, without any real keyring; `tests/keyring.rs` asks a real one.

use super::vault::Closed;
use super::*;

fn home() -> (tempfile::TempDir, Home) {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    home.create().unwrap();
    (dir, home)
}

fn stored(secret: &DeviceSecret) -> String {
    secret.to_stored().to_string()
}

fn vault(answer: &'static str) -> Vault {
    Vault::answering(move || match answer {
        "locked" => Err(Closed::Locked(keyring::Error::NoStorageAccess("locked".into()))),
        "absent" => Err(Closed::NotThere("no session bus".to_owned())),
        "damaged" => Err(Closed::Damaged),
        text => DeviceSecret::from_stored(text).ok_or(Closed::Damaged),
    })
}

const KNOWN: &str =
    "nightline.device-secret/1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

#[tokio::test]
async fn without_a_keyring_the_secret_is_in_a_private_file_and_stays_the_same() {
    let (_dir, home) = home();
    let first = Store::open_with(&home, Wanted::KeyringOrFile, vault("absent")).await.unwrap();
    assert_eq!(first.backend(), &Backend::File(NoKeyring::NotThere("no session bus".to_owned())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home.data.join("device-secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let second = Store::open_with(&home, Wanted::KeyringOrFile, vault(KNOWN)).await.unwrap();
    assert_eq!(second.backend(), &Backend::File(NoKeyring::MadeEarlier));
    assert_eq!(stored(first.secret()), stored(second.secret()));
}

#[tokio::test]
async fn a_device_whose_key_is_in_a_keyring_does_not_become_another_one_without_it() {
    let (_dir, home) = home();
    let store = Store::open_with(&home, Wanted::KeyringOrFile, vault(KNOWN)).await.unwrap();
    assert_eq!(store.backend(), &Backend::Keyring);
    let error = Store::open_with(&home, Wanted::KeyringOrFile, vault("absent")).await.unwrap_err();
    assert!(matches!(error, CredentialError::Unreachable { .. }), "{error}");
    assert!(!home.data.join("device-secret").exists());
}

#[tokio::test]
async fn a_locked_keyring_is_an_error_of_its_own_and_makes_no_file() {
    let (_dir, home) = home();
    let error = Store::open_with(&home, Wanted::KeyringOrFile, vault("locked")).await.unwrap_err();
    assert!(matches!(error, CredentialError::Locked { .. }), "{error}");
    assert!(!home.data.join("device-secret").exists());
}

#[tokio::test]
async fn where_the_file_is_forbidden_there_is_none() {
    let (_dir, home) = home();
    let error = Store::open_with(&home, Wanted::KeyringOnly, vault("absent")).await.unwrap_err();
    assert!(matches!(error, CredentialError::KeyringRequired { .. }), "{error}");
    assert_eq!(std::fs::read_dir(&home.data).unwrap().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_never_answers_is_given_up() {
    let (_dir, home) = home();
    let (_keep, wait) = std::sync::mpsc::channel::<()>();
    let hung = Vault::answering(move || {
        wait.recv().ok();
        Err(Closed::NoAnswer)
    });
    let store = Store::open_with(&home, Wanted::KeyringOrFile, hung).await.unwrap();
    assert_eq!(store.backend(), &Backend::File(NoKeyring::NoAnswer));
}

#[tokio::test]
async fn damaged_secrets_are_named_and_never_replaced() {
    let (_dir, home) = home();
    let error = Store::open_with(&home, Wanted::KeyringOrFile, vault("damaged")).await.unwrap_err();
    assert!(matches!(error, CredentialError::Damaged { .. }), "{error}");
    for bad in ["", "nightline.device-secret/1 00", "nightline.device-secret/2 00", "zz"] {
        std::fs::write(home.data.join("device-secret"), bad).unwrap();
        let error = Store::open(&home, Wanted::FileOnly).await.unwrap_err();
        assert!(matches!(error, CredentialError::Damaged { .. }), "{bad:?} {error}");
        assert_eq!(std::fs::read_to_string(home.data.join("device-secret")).unwrap(), bad);
    }
}

#[test]
fn derived_keys_depend_on_the_secret_and_on_the_purpose() {
    let secret = DeviceSecret::from_stored(KNOWN).unwrap();
    // Computed once with `openssl dgst -sha256 -mac hmac`.
    let hex = data_encoding::HEXLOWER.encode(secret.derive("device-key").as_ref());
    assert_eq!(hex, "6062e9f2aa0001a57111611a9ea9e3e5b494367bcf7e35d2a23fa420d1819c05");
    assert_ne!(secret.derive("device-key"), secret.derive("pseudonyms"));
}

#[tokio::test]
async fn a_store_prints_where_and_not_what() {
    let (_dir, home) = home();
    let store = Store::open(&home, Wanted::FileOnly).await.unwrap();
    let printed = format!("{store:?}");
    let (_, hex) =
        store.secret().to_stored().split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert!(printed.contains("NotAsked") && !printed.contains(&hex), "{printed}");
}
