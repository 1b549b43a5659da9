//! The app on a desktop, as a person has it: keyring, tray, watch. Everything goes through the tray, the second start
//! and the page of its window.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use nightline_testkit::desktop::TITLE;
use nightline_testkit::desktop::driver::Driver;
use nightline_testkit::desktop::harness::{Desktop, Looks, Program};
use nightline_testkit::desktop::help::find_window;
use nightline_testkit::desktop::tray_host::TrayHost;
use nightline_testkit::wait;

use crate::words::Words;

/// The app. Ends from the top down.
pub(crate) struct App {
    pub(crate) watch: Program,
    pub(crate) tray: Option<TrayHost>,
    _keyring: Program,
    pub(crate) desktop: Desktop,
    programs: PathBuf,
    arguments: Vec<String>,
}

impl App {
    /// Starts everything; `words` say with which programs, at which desk and in which language.
    pub(crate) async fn start(words: &Words, looks: Looks, with_tray: bool) -> Self {
        let desktop = Desktop::start_as(looks);
        let keyring = desktop.keyring();
        let tray = if with_tray { Some(TrayHost::start(desktop.bus_address()).await) } else { None };
        let programs = words.path("--programs");
        let arguments = ["--desk", words.value("--desk"), "--lang", words.value("--lang")];
        let arguments = arguments.map(str::to_owned).to_vec();
        let watch = Program::start(&mut watch(&desktop, &programs, &arguments));
        if let Some(tray) = &tray {
            tray.item().await;
        }
        Self { watch, tray, _keyring: keyring, desktop, programs, arguments }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.watch.child.id()
    }

    pub(crate) fn tray(&self) -> &TrayHost {
        self.tray.as_ref().expect("this desktop was started with a tray")
    }

    /// Opens the window by a second start, as the launcher's entry does.
    pub(crate) async fn open(&self) -> Driver {
        let mut second = watch(&self.desktop, &self.programs, &self.arguments);
        let code = Program::start(second.arg("--show").stdin(Stdio::null())).ended();
        assert_eq!(code, Some(0), "the second start shows the window of the first");
        Driver::attach(&self.desktop).await
    }

    /// Closes the window from within and waits until it is gone.
    pub(crate) async fn close(&self, driver: Driver) {
        driver.close_window().await;
        wait::until("the window to close", || self.desktop.has_closed(TITLE));
        wait::until("its process to be gone", || find_window(self.pid()).is_none());
        drop(driver);
    }
}

fn watch(desktop: &Desktop, programs: &Path, arguments: &[String]) -> std::process::Command {
    let mut command = desktop.command(programs.join("nightline-watch"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Waits until the page's own look at the machine is over.
pub(crate) async fn wait_for_verdict(driver: &Driver) -> String {
    driver.wait_for("#look-again").await;
    driver.text_of("main h1").await
}
