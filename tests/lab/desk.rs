//! A real desk on one of the lab's machines, with TLS, its plain page beside it, and a clock of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use nightline_testkit::netns::Namespace;

use crate::certificates::Identity;
use crate::nobody::beside_this_test;
use crate::world::{BROKEN_NAME, DESK_NAME, SIGNED_NAME, Services};

/// A program that ends with its guard.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it on ports 443 and 80 of every address of a machine, with a clock and names as the case wants them.
pub(crate) fn start(
    namespace: &Namespace,
    folder: &Path,
    identity: &Identity,
    services: &Services,
) -> Running {
    let ahead_s = services.desk_ahead_s;
    let (cert, key) = (folder.join("desk.pem"), folder.join("desk.key"));
    std::fs::write(&cert, identity.chain_pem()).unwrap();
    std::fs::write(&key, identity.key_pem()).unwrap();
    let mut command = namespace.command("env");
    if ahead_s != 0 {
        // Not by the `faketime` command: it stays between us and the desk, which would outlive it.
        command.arg(format!("LD_PRELOAD={}", libfaketime().display())).arg(format!("FAKETIME={ahead_s:+}s"));
    }
    command
        .arg(beside_this_test("nightline-desk"))
        .args(["serve", "--listen", "[::]:443", "--plain-listen", "[::]:80", "--public-url"])
        .args([&format!("https://{DESK_NAME}"), "--tls-cert"])
        .arg(cert)
        .arg("--tls-key")
        .arg(key)
        .arg("--data")
        .arg(folder.join("desk"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    if services.unproven.is_some() {
        command.args(["--signed-name", SIGNED_NAME, "--broken-name", BROKEN_NAME]);
    }
    let mut desk = Running(command.spawn().unwrap());
    let mut lines = BufReader::new(desk.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("listening on ")), "the desk does not start");
    desk
}

/// Where Debian and Ubuntu install it, whatever the processor.
fn libfaketime() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().map_while(Result::ok);
    let found = folders.map(|it| it.path().join("faketime/libfaketime.so.1")).find(|it| it.exists());
    found.expect("the package `libfaketime` is installed")
}
