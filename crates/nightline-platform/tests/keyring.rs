//! The device's secret in a real keyring: gnome-keyring on a session bus of the test's own, and no bus at all.
//!
//! Each case runs this test program again as a child with its own environment, because the keyring library asks the
//! environment once for the whole process.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test starts daemons and reads its own environment")]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::path::Path;
use std::process::{Command, Output};

use nightline_platform::credentials::{Backend, CredentialError, NoKeyring, Store, Wanted};
use nightline_platform::directories::Home;

/// Tells the child which case it is.
const CASE: &str = "NIGHTLINE_TEST_KEYRING_CASE";
const HOME_DIR: &str = "NIGHTLINE_TEST_KEYRING_HOME";

#[test]
fn a_secret_in_a_real_keyring_survives_the_program_and_not_one_byte_is_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let ran = in_session(dir.path(), "unlock", &["made", "made"]);
    let lines = answers(&ran);
    assert_eq!(lines.len(), 2, "{ran:?}");
    assert!(lines[0].starts_with("Keyring ") && lines[0] == lines[1], "{ran:?}");
    assert!(!dir.path().join("nightline/data/device-secret").exists());
}

#[test]
fn a_locked_keyring_is_said_to_be_locked() {
    let dir = tempfile::tempdir().unwrap();
    let ran = in_session(dir.path(), "unlock", &["made"]);
    assert_eq!(answers(&ran).len(), 1, "{ran:?}");
    let ran = in_session(dir.path(), "locked", &["made"]);
    assert_eq!(answers(&ran), ["Locked"], "{ran:?}");
}

#[test]
fn without_a_session_bus_the_secret_is_in_a_file_and_the_reason_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let ran = child(dir.path(), "made")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .output()
        .unwrap();
    assert_eq!(answers(&ran), ["File NotThere"], "{ran:?}");
    assert!(dir.path().join("nightline/data/device-secret").exists());
}

/// Not a test by itself: what the children do.
#[tokio::test]
async fn child_case() {
    if std::env::var(CASE).is_err() {
        return;
    }
    let home = Home::at(Path::new(&std::env::var(HOME_DIR).unwrap()));
    home.create().unwrap();
    let said = match Store::open(&home, Wanted::KeyringOrFile).await {
        Ok(store) => match store.backend() {
            Backend::Keyring => format!("Keyring {:?}", *store.secret().derive("test")),
            Backend::File(NoKeyring::NotThere(_)) => "File NotThere".to_owned(),
            Backend::File(reason) => format!("File {reason:?}"),
        },
        Err(CredentialError::Locked { .. }) => "Locked".to_owned(),
        Err(error) => format!("Error {}", nightline_types::chain(&error)),
    };
    println!("\nanswer: {said}");
}

fn answers(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|line| line.strip_prefix("answer: ").map(str::to_owned)).collect()
}

fn child(dir: &Path, case: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child_case", "--nocapture"]);
    environment(&mut command, dir);
    command.env(CASE, case);
    command
}

fn environment(command: &mut Command, dir: &Path) {
    let runtime = dir.join("run");
    std::fs::create_dir_all(&runtime).unwrap();
    std::fs::set_permissions(&runtime, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    command
        .env_clear()
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .env("HOME", dir)
        .env("XDG_DATA_HOME", dir.join("share"))
        .env("XDG_RUNTIME_DIR", runtime)
        .env(HOME_DIR, dir.join("nightline"));
}

/// Starts a session bus and the keyring's daemon, unlocked with a password or locked, and runs the cases in it.
fn in_session(dir: &Path, state: &str, cases: &[&str]) -> Output {
    let program = std::env::current_exe().unwrap();
    let start = match state {
        "unlock" => {
            "printf 'password\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null".to_owned()
        }
        _ => "gnome-keyring-daemon --start --components=secrets >/dev/null".to_owned(),
    };
    let run: Vec<String> = cases
        .iter()
        .map(|case| format!("{CASE}={case} '{}' --exact child_case --nocapture", program.display()))
        .collect();
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", &format!("{start}; {}", run.join("; "))]);
    environment(&mut command, dir);
    command.output().expect("cargo xtask test installs dbus and gnome-keyring")
}
