//! Inside a network namespace the network's tables are the namespace's own, also where `/sys` still shows the host's.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test makes a namespace and reads its own environment")]
#![expect(clippy::unwrap_used, reason = "these are the tests' own tools")]

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use nightline_platform::network::{
    InterfaceKind, connections, connections_with_programs, default_routes, fingerprint, interfaces, neighbors,
};

/// Tells the child that it is inside.
const INSIDE: &str = "NIGHTLINE_TEST_INSIDE_NAMESPACE";

#[test]
fn an_empty_namespace_has_a_loopback_interface_and_nothing_else() {
    if !is_inside("an_empty_namespace_has_a_loopback_interface_and_nothing_else") {
        return;
    }
    let found = interfaces().unwrap();
    let kinds: Vec<_> = found.iter().map(|it| (it.kind, it.is_enabled)).collect();
    assert_eq!(kinds, [(InterfaceKind::Loopback, false)], "{found:?}");
    assert_eq!(default_routes(Path::new("/")), Ok(vec![]));
    assert_eq!(neighbors(), Ok(vec![]));
    assert_eq!(connections(Path::new("/")), Ok(vec![]));
    assert_eq!(connections_with_programs(Path::new("/")), Ok(vec![]));
}

#[test]
fn the_networks_fingerprint_changes_with_the_network_and_not_with_traffic() {
    if !is_inside("the_networks_fingerprint_changes_with_the_network_and_not_with_traffic") {
        return;
    }
    let root = Path::new("/");
    let mut seen = vec![fingerprint(root)];
    ip("link set lo up");
    ip("link add out0 type veth peer name out1");
    ip("link set out1 up");
    ip("link set out0 up");
    assert_eq!(fingerprint(root), seen[0], "a link of a container");
    for change in [
        "address add 192.0.2.1/24 dev out0",
        "route add default via 192.0.2.254",
        "address add 192.0.2.2/24 dev out0",
    ] {
        ip(change);
        let now = fingerprint(root);
        assert!(!seen.contains(&now), "{change}");
        seen.push(now);
    }
    talk();
    assert_eq!(fingerprint(root), seen[3]);
    ip("address del 192.0.2.2/24 dev out0");
    assert_eq!(fingerprint(root), seen[2]);
    ip("link set out0 down");
    assert!(!seen[1..].contains(&fingerprint(root)));
}

#[test]
fn a_live_connection_is_named_by_the_program_that_holds_it() {
    if !is_inside("a_live_connection_is_named_by_the_program_that_holds_it") {
        return;
    }
    for change in [
        "link set lo up",
        "link add out0 type veth peer name out1",
        "link set out1 up",
        "link set out0 up",
        "address add 192.0.2.1/24 dev out0",
    ] {
        ip(change);
    }
    let (_server, _client) = talk();
    let found = connections_with_programs(Path::new("/")).unwrap();
    let program = std::env::current_exe().unwrap();
    let program = program.file_name().unwrap().to_str();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|it| it.1.as_deref() == program), "{found:?}");
}

/// A connection to an address of this namespace's own.
fn talk() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("192.0.2.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (listener.accept().unwrap().0, client)
}

fn ip(args: &str) {
    let ran = Command::new("ip").args(args.split(' ')).output().unwrap();
    assert!(ran.status.success(), "ip {args}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// Whether this is the namespace; outside of it, runs the test of this name again in one.
fn is_inside(name: &str) -> bool {
    if std::env::var(INSIDE).is_ok() {
        return true;
    }
    let mut command = Command::new("unshare");
    // Without administrator rights a user namespace around it gives them.
    command.args(["--map-root-user", "--net", "--"]).arg(std::env::current_exe().unwrap());
    let ran = command.args(["--exact", name]).env(INSIDE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    false
}
