//! The program itself: where it refuses to listen, how it ends, what it serves over TLS.

#![expect(clippy::disallowed_methods, reason = "a test starts the program under test")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::Desk;
use crate::http::request;

const PROGRAM: &str = env!("CARGO_BIN_EXE_nightline-desk");

fn serve(flags: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(PROGRAM).args(["serve", "--data"]).arg(folder.path()).args(flags).output().unwrap()
}

#[test]
fn it_listens_in_the_clear_on_this_machine_only() {
    check(&["--listen", "0.0.0.0:0"], "--tls-cert");
    check(&["--listen", "[::]:0"], "--behind-proxy");
    check(&["--lang", "zh-CN", "--listen", "0.0.0.0:0"], "明文");
    check(&["--listen", "0.0.0.0:0", "--behind-proxy", "192.0.2.1"], "--public-url");
    check(&["--behind-proxy", "127.0.0.1", "--public-url", "http://127.0.0.1"], "https://");
    check(&["--behind-proxy", "everyone"], "everyone");
    check(&["--tls-cert", "a.pem"], "--tls-key");
}

#[track_caller]
fn check(flags: &[&str], part: &str) {
    let output = serve(flags);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{flags:?}: {said}");
    assert!(said.contains(part), "{flags:?}: {said}");
    assert!(output.stdout.is_empty(), "{flags:?}");
}

#[test]
fn an_address_that_is_taken_is_said_so() {
    let desk = Desk::start(&[]);
    let output = serve(&["--listen", desk.address()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains(desk.address()));
}

#[test]
fn the_set_up_link_is_fresh_at_each_start_until_it_is_used() {
    let mut desk = Desk::start(&[]);
    let first = desk.process.set_up_token().unwrap().to_owned();
    let page = format!("{}/setup#", desk.process.url());
    assert!(desk.process.set_up_link().unwrap().starts_with(&page));
    desk.process.restart().unwrap();
    assert_ne!(desk.process.set_up_token().unwrap(), first);
}

#[test]
#[cfg(unix)]
fn told_to_stop_it_ends_in_order_while_a_client_hangs() {
    let desk = Desk::start(&[]);
    let hanging = request("POST", "/api/v1/echo").body(vec![0; 1_000]).open(desk.address(), 10);
    let killed = Command::new("kill").arg("-TERM").arg(desk.process.id().to_string()).status().unwrap();
    assert!(killed.success());
    nightline_testkit::wait::until("the desk has closed its database", || {
        !desk.process.data().join("desk.sqlite-wal").exists()
    });
    drop(hanging);
}

#[test]
#[cfg(unix)]
fn nobody_else_on_the_machine_can_read_its_folder() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::start(&[]);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(desk.process.data()), 0);
    assert_eq!(mode(&desk.process.data().join("desk.key")), 0);
}

#[test]
fn an_agent_without_a_password_is_not_added() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["agent", "add", "--email", "a@example.com", "--name", "A", "--data"])
        .arg(folder.path().join("data"))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard input"));
}

#[test]
fn over_tls_it_tells_browsers_to_stay_there_and_serves_only_the_empty_page_in_the_clear() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let flags = [
        "--tls-cert",
        cert.to_str().unwrap(),
        "--tls-key",
        key.to_str().unwrap(),
        "--plain-listen",
        &plain,
        "--public-url",
        "https://desk.example.com",
    ];
    let mut desk = Desk::on(folder.path(), &flags);
    assert!(desk.url().starts_with("https://127.0.0.1:"));
    assert!(desk.set_up_link().unwrap().starts_with("https://desk.example.com/setup#token="));
    assert_eq!(request("GET", "/generate_204").send(&plain).status, 204);
    for path in ["/api/v1/profile", "/", "/api/v1/tickets", "/setup"] {
        assert_eq!(request("GET", path).send(&plain).status, 404, "{path}");
    }
    let headers = over_tls(&made.cert, &format!("{}/api/v1/time", desk.url()));
    assert!(headers.get("strict-transport-security").is_some());
}

fn over_tls(cert: &rcgen::Certificate, url: &str) -> reqwest::header::HeaderMap {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let trusted = reqwest::Certificate::from_der(cert.der()).unwrap();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([trusted]).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        client.get(url).send().await.unwrap().error_for_status().unwrap().headers().clone()
    })
}
