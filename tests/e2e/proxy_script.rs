//! A proxy script that the desktop is set to: run by the system's own service on a bus of the test's own, and the
//! proxy that it names is asked for a tunnel to a real desk. GNOME's setting is in a file of the test's own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nightline_testkit::{tiny_http, tiny_proxy};
use serde_json::Value;

use crate::Desk;
use crate::cli::Device;

const SERVICE: &str = "org.gtk.GLib.PACRunner.service";
const INSTALLED: &str = "/usr/share/dbus-1/services";
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <servicedir>FOLDER</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

#[test]
fn the_proxy_that_a_script_names_is_asked_for_the_desk() {
    let desk = Desk::start();
    let desktop = Desktop::start();
    let proxy = free();
    in_thread(move |listening| tiny_proxy::serve(proxy, &BTreeMap::new(), listening));
    let facts = desktop.proxy_facts(&desk, &format!("PROXY {proxy}; DIRECT"));
    check(&facts, "script_problem", "none".into());
    check(&facts, "script_by", "pacrunner".into());
    check(&facts, "script_ways", vec!["http", "direct"].into());
    check(&facts, "source", "script".into());
    check(&facts, "address", proxy.to_string().into());
    check(&facts, "answers", true.into());
    check(&facts, "status", 200.into());
    check(&facts, "direct_answers", true.into());
    assert_eq!(facts["outcome"], "healthy");
}

#[test]
fn a_script_that_says_direct_means_no_proxy() {
    let desk = Desk::start();
    let facts = Desktop::start().proxy_facts(&desk, "DIRECT");
    check(&facts, "script_ways", vec!["direct"].into());
    check(&facts, "configured", false.into());
    assert_eq!(facts["address"], Value::Null);
    assert_eq!(facts["outcome"], "healthy");
}

#[test]
fn a_proxy_that_a_script_names_and_nobody_runs_is_in_the_way() {
    let desk = Desk::start();
    let facts = Desktop::start().proxy_facts(&desk, &format!("PROXY {}", free()));
    check(&facts, "answers", false.into());
    check(&facts, "direct_answers", true.into());
    assert_eq!(facts["outcome"], "broken");
    let findings: Vec<_> = facts["findings"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    assert!(findings.contains(&"finding-proxy-in-the-way".into()), "{findings:?}");
}

#[track_caller]
fn check(facts: &Value, key: &str, expected: Value) {
    assert_eq!(facts[key], expected, "{key} in {facts:#}");
}

/// A place that nobody listens at.
fn free() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// Serves until the tests end; returns once somebody can connect.
fn in_thread(serve: impl FnOnce(&dyn Fn()) -> std::io::Result<()> + Send + 'static) {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || serve(&|| tell.send(()).unwrap()));
    told.recv().unwrap();
}

/// A session bus and settings.
struct Desktop {
    bus: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Desktop {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let said = std::fs::read_to_string(Path::new(INSTALLED).join(SERVICE));
        let said = said.expect("cargo xtask test installs it");
        // Where systemd runs it for the person's bus, it cannot for this one.
        let said: Vec<&str> = said.lines().filter(|it| !it.starts_with("SystemdService")).collect();
        std::fs::write(folder.path().join(SERVICE), said.join("\n")).unwrap();
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, BUS.replace("FOLDER", folder.path().to_str().unwrap())).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]).arg(config);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = command.spawn().expect("cargo xtask test installs dbus");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { bus, address: address.trim().to_owned(), folder }
    }

    fn settings(&self, script: SocketAddr) -> PathBuf {
        let folder = self.folder.path().join("glib-2.0/settings");
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!("[system/proxy]\nmode='auto'\nautoconfig-url='http://{script}/proxy.pac'\n");
        std::fs::write(folder.join("keyfile"), text).unwrap();
        self.folder.path().to_owned()
    }

    /// The check's facts by their keys, its outcome, and what was found, where a script says this about everything.
    fn proxy_facts(&self, desk: &Desk, says: &str) -> Value {
        let script = format!("function FindProxyForURL(url, host) {{ return '{says}'; }}");
        let page = tiny_http::answer("200 OK", "content-type: application/x-ns-proxy-autoconfig", &script);
        let at = free();
        in_thread(move |listening| tiny_http::serve(at, &page, listening));
        let settings = self.settings(at);
        let words = ["diagnose", "--json", "--lang", "en", "--only", "proxy", "--desk", desk.process.url()];
        let environment = [
            ("DBUS_SESSION_BUS_ADDRESS", self.address.as_str()),
            ("GSETTINGS_BACKEND", "keyfile"),
            ("XDG_CONFIG_HOME", settings.to_str().unwrap()),
        ];
        let ended = Device::new().run_with(&words, &environment, "");
        let report: Value = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{ended:?}"));
        let proxy = report["checks"].as_array().unwrap().iter().find(|it| it["id"] == "proxy").unwrap();
        let mut found = serde_json::Map::new();
        for fact in proxy["facts"].as_array().unwrap() {
            found.insert(fact["key"].as_str().unwrap().to_owned(), fact["value"].clone());
        }
        found.insert("outcome".to_owned(), proxy["outcome"].clone());
        found.insert("findings".to_owned(), report["findings"].clone());
        found.into()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.bus.kill().ok();
        self.bus.wait().ok();
    }
}
