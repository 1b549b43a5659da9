//! A session bus of the test's own, which starts no services but the one that a test asks for.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Running, environment};

const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=PLACE</listen>
  <servicedir>SERVICES</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Where packages say how their services are started.
const INSTALLED: &str = "/usr/share/dbus-1/services";

/// A running bus.
pub(crate) struct Bus {
    _running: Running,
    dir: tempfile::TempDir,
    address: String,
}

impl Bus {
    pub(crate) fn start() -> Self {
        Self::in_dir(tempfile::tempdir().unwrap())
    }

    /// One that starts this service of the machine's when somebody calls it.
    pub(crate) fn with_service(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = format!("{name}.service");
        let said = std::fs::read_to_string(Path::new(INSTALLED).join(&file));
        let said = said.expect("cargo xtask test installs it");
        // Where systemd runs it for the person's bus, it cannot for this one.
        let said: Vec<&str> = said.lines().filter(|it| !it.starts_with("SystemdService")).collect();
        std::fs::write(dir.path().join(file), said.join("\n")).unwrap();
        Self::in_dir(dir)
    }

    fn in_dir(dir: tempfile::TempDir) -> Self {
        let config = dir.path().join("bus.conf");
        let socket = dir.path().join("bus");
        let text = CONFIG.replace("PLACE", socket.to_str().unwrap());
        std::fs::write(&config, text.replace("SERVICES", dir.path().to_str().unwrap())).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.args(["--nofork", "--nopidfile", "--print-address=1"]).stderr(Stdio::null());
        let (running, address) = Running::start(command.arg("--config-file").arg(config));
        Self { _running: running, dir, address }
    }

    /// Where a program finds it, as most desktops say it.
    pub(crate) fn environment(&self) -> BTreeMap<String, String> {
        environment(&[("DBUS_SESSION_BUS_ADDRESS", &self.address)])
    }

    /// Where a program finds it, as systemd says it.
    pub(crate) fn environment_by_folder(&self) -> BTreeMap<String, String> {
        environment(&[("XDG_RUNTIME_DIR", self.dir.path().to_str().unwrap())])
    }

    /// A server's connection that has this name.
    pub(crate) async fn serve<I: zbus::object_server::Interface>(
        &self,
        name: &'static str,
        path: &'static str,
        interface: I,
    ) -> zbus::Connection {
        let builder = zbus::connection::Builder::address(self.address.as_str()).unwrap();
        builder.serve_at(path, interface).unwrap().name(name).unwrap().build().await.unwrap()
    }
}
