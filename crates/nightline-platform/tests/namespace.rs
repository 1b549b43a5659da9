//! Inside a network namespace the network's tables are the namespace's own, also where `/sys` still shows the host's.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test makes a namespace and reads its own environment")]

use std::path::Path;
use std::process::Command;

use nightline_platform::network::{InterfaceKind, connections, default_routes, interfaces, neighbors};

/// Tells the child that it is inside.
const INSIDE: &str = "NIGHTLINE_TEST_INSIDE_NAMESPACE";

#[test]
fn an_empty_namespace_has_a_loopback_interface_and_nothing_else() {
    if std::env::var(INSIDE).is_ok() {
        let found = interfaces().unwrap();
        let kinds: Vec<_> = found.iter().map(|it| (it.kind, it.is_enabled)).collect();
        assert_eq!(kinds, [(InterfaceKind::Loopback, false)], "{found:?}");
        assert_eq!(default_routes(Path::new("/")), Ok(vec![]));
        assert_eq!(neighbors(), Ok(vec![]));
        assert_eq!(connections(Path::new("/")), Ok(vec![]));
        return;
    }
    let name = "an_empty_namespace_has_a_loopback_interface_and_nothing_else";
    let mut command = Command::new("unshare");
    // Without administrator rights a user namespace around it gives them.
    command.args(["--map-root-user", "--net", "--"]).arg(std::env::current_exe().unwrap());
    let ran = command.args(["--exact", name]).env(INSIDE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}
