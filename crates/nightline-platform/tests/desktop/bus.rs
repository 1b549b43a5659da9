//! A session bus of the test's own, which starts no services.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use super::{Running, environment};

const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=PLACE</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A running bus.
pub(crate) struct Bus {
    _running: Running,
    dir: tempfile::TempDir,
    address: String,
}

impl Bus {
    pub(crate) fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let config = dir.path().join("bus.conf");
        let socket = dir.path().join("bus");
        std::fs::write(&config, CONFIG.replace("PLACE", socket.to_str().unwrap())).unwrap();
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
