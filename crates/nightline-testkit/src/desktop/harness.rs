//! A desktop of a test's own: X server, session bus, window manager, home. Shares nothing with the person's session.
//!
//! Programs are started through [`Desktop::command`] and ended with SIGTERM, last started first.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};

use crate::wait;
use tempfile::TempDir;

/// As large as a small laptop's, in pixels.
const SCREEN: (u32, u32) = (1280, 800);

/// A session bus that starts nothing by itself: a keyring is there only where the test has one.
const BUS_CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// How a desktop looks to its programs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    /// Dark, as its person has chosen it for everything.
    pub dark: bool,
    /// Twice as many pixels each way, for pictures that stay sharp.
    pub fine: bool,
}

/// A desktop of a test's own.
#[derive(Debug)]
pub struct Desktop {
    // Dropped in this order: what needs the bus and the screen goes before them.
    _window_manager: Program,
    _bus: Program,
    _screen: Program,
    display: String,
    bus_address: String,
    inspector: SocketAddrV4,
    looks: Looks,
    dir: TempDir,
}

impl Desktop {
    /// Starts everything and waits until windows can be opened.
    pub fn start() -> Self {
        Self::start_as(Looks::default())
    }

    /// The same with looks of its own.
    pub fn start_as(looks: Looks) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let runtime_dir = dir.path().join("runtime");
        std::fs::create_dir_all(dir.path().join("home")).unwrap();
        std::fs::create_dir(&runtime_dir).unwrap();
        std::fs::set_permissions(&runtime_dir, std::fs::Permissions::from_mode(0o700)).unwrap();

        let mut server = Command::new("Xvfb");
        let factor = if looks.fine { 2 } else { 1 };
        let screen = format!("{}x{}x24", SCREEN.0 * factor, SCREEN.1 * factor);
        server.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"]);
        let (screen, number) = Program::start_and_hear(&mut server);
        let display = format!(":{number}");

        let mut daemon = Command::new("dbus-daemon");
        let config_path = dir.path().join("bus.conf");
        std::fs::write(&config_path, BUS_CONFIG).unwrap();
        daemon.args(["--nofork", "--nopidfile", "--print-address", "--config-file"]).arg(config_path);
        daemon.arg(format!("--address=unix:path={}", runtime_dir.join("bus").display()));
        let (bus, bus_address) = Program::start_and_hear(clean(&mut daemon, dir.path()));

        let mut openbox = Command::new("openbox");
        clean(&mut openbox, dir.path()).env("DISPLAY", &display);
        let window_manager = Program::start(&mut openbox);
        let desktop = Self {
            _window_manager: window_manager,
            _bus: bus,
            _screen: screen,
            display,
            bus_address,
            inspector: own_address(),
            looks,
            dir,
        };
        // Openbox says so on the root window once it takes care of windows.
        wait::until("the window manager", || {
            let supporting = desktop.read("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]);
            supporting.contains("window id")
        });
        desktop
    }

    /// A program on this desktop, with nothing of the environment of who runs the tests but its `PATH`. Windows that it
    /// opens, or that programs open which it starts, can be driven by [`super::driver::Driver`].
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        clean(&mut command, self.dir.path())
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .env("WEBKIT_INSPECTOR_SERVER", self.inspector.to_string())
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        if self.looks.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        if self.looks.fine {
            command.env("GDK_SCALE", "2");
        }
        command
    }

    /// The X server of this desktop, as `DISPLAY` names it.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The address of this desktop's session bus.
    pub fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// Where the web view of this desktop's window waits for a driver.
    pub fn inspector(&self) -> SocketAddrV4 {
        self.inspector
    }

    /// Whether a web view waits for a driver.
    pub fn has_web_view(&self) -> bool {
        TcpStream::connect(self.inspector).is_ok()
    }

    /// The home folder of whoever sits here; programs keep everything below it.
    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// What the X server knows about the window with this title, as `xwininfo` prints it; empty if there is none.
    pub fn window_info(&self, title: &str) -> String {
        self.read("xwininfo", &["-name", title])
    }

    /// Whether the window with this title has left the screen and its web view the inspector's port: before that, a
    /// driver would take hold of a window that is about to go.
    pub fn has_closed(&self, title: &str) -> bool {
        !self.is_on_screen(title) && !self.has_web_view()
    }

    /// Whether a window with this title is on the screen.
    pub fn is_on_screen(&self, title: &str) -> bool {
        self.window_info(title).contains("IsViewable")
    }

    /// A picture of the whole screen, as PNG.
    pub fn picture(&self, path: &Path) {
        self.picture_of("root", path);
    }

    /// A picture of the window with this id or name, as PNG.
    pub fn picture_of(&self, window: &str, path: &Path) {
        let status = self.command("import").args(["-window", window]).arg(path).status().unwrap();
        assert!(status.success(), "the screen cannot be pictured");
    }

    fn read(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.command(program).args(arguments).stderr(Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// The environment that every program here has in common.
fn clean<'a>(command: &'a mut Command, dir: &Path) -> &'a mut Command {
    let home = dir.join("home");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LANG", "C.UTF-8")
        .env("XDG_RUNTIME_DIR", dir.join("runtime"))
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env("XDG_STATE_HOME", home.join(".local/state"))
        .env("XDG_CACHE_HOME", home.join(".cache"))
        // Accessibility has a bus of its own, which nobody here needs.
        .env("NO_AT_BRIDGE", "1")
        .env("GTK_A11Y", "none")
        .env("HOME", home)
}

/// A running program that ends with the test, whatever the test does.
#[derive(Debug)]
pub struct Program {
    /// The process.
    pub child: Child,
}

impl Program {
    /// Starts it, silently.
    pub fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_owned();
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn();
        Self { child: child.unwrap_or_else(|error| panic!("{}: {error}; {INSTALLED}", name.display())) }
    }

    /// Starts it and waits for the first line that it prints.
    pub fn start_and_hear(command: &mut Command) -> (Self, String) {
        let name = command.get_program().to_owned();
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let child = command.spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{}: {error}; {INSTALLED}", name.display()));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let line = line.trim().to_owned();
        assert!(!line.is_empty(), "{} ended before it was ready", name.display());
        (Self { child }, line)
    }

    /// Waits until it ends by itself; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        wait::until("a program to end", || matches!(self.child.try_wait(), Ok(Some(_))));
        self.child.wait().unwrap().code()
    }
}

const INSTALLED: &str = "`cargo xtask test` installs what a desktop needs";

impl Drop for Program {
    fn drop(&mut self) {
        // Not SIGKILL first: drivers and desktops leave their own children behind then.
        let pid = rustix::process::Pid::from_child(&self.child);
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        if !wait::holds(|| !matches!(self.child.try_wait(), Ok(None))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A place on loopback that no other desktop listens at, and that no connection on its way out can take: a port that
/// was free a moment ago may be somebody's by the time a program listens there.
pub(super) fn own_address() -> SocketAddrV4 {
    static TAKEN: AtomicU8 = AtomicU8::new(0);
    let [.., high, low] = std::process::id().to_be_bytes();
    let network = 1 + TAKEN.fetch_add(1, Ordering::Relaxed) % 254;
    SocketAddrV4::new(Ipv4Addr::new(127, network, high, low), 4444)
}

/// A program of this build, which `cargo build --workspace` has put beside the tests.
pub fn built(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let path = here.ancestors().nth(2).unwrap().join(name);
    assert!(path.exists(), "{name} is not built: run `cargo build --workspace` first");
    path
}
