//! A desktop with everything that the app needs, and the short way through "Get help". Breaks nothing itself.

use nightline_testkit::wait;
use serde_json::Value;

use crate::driver::Driver;
use crate::harness::{Desktop, Program};
use crate::journey::{Desk, apart, watch};
use crate::tray_host::TrayHost;

/// A tray, a keyring, a desk and a watch. Ends from the top down.
pub(crate) struct Scene {
    pub(crate) watch: Program,
    pub(crate) tray: TrayHost,
    pub(crate) desk: Desk,
    _keyring: Program,
    pub(crate) desktop: Desktop,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        let desk = Desk::start();
        let address = desk.process.url().to_owned();
        Self::start_with(desk, &address).await
    }

    /// The watch reaches the desk at `address`.
    pub(crate) async fn start_with(desk: Desk, address: &str) -> Self {
        let desktop = Desktop::start();
        let keyring = desktop.keyring();
        let tray = TrayHost::start(desktop.bus_address()).await;
        let watch = watch(&desktop, address, "en", &[]);
        Self { watch, tray, desk, _keyring: keyring, desktop }
    }

    /// Opens "Get help" from the tray.
    pub(crate) async fn get_help(&self) -> Driver {
        self.tray.click("Get help").await;
        let driver = Driver::attach(&self.desktop).await;
        driver.wait_for("[name=what]").await;
        driver
    }

    /// Ends the watch as a power cut does.
    pub(crate) fn kill_watch(&mut self) {
        self.watch.child.kill().unwrap();
        self.watch.child.wait().unwrap();
    }

    /// Ends the watch as a power cut does, and starts it again.
    pub(crate) fn kill_and_restart(&mut self) {
        self.kill_watch();
        self.watch = watch(&self.desktop, self.desk.process.url(), "en", &[]);
    }
}

impl Desk {
    /// Waits until the desk has the ticket whole; checks that it has it once.
    #[track_caller]
    pub(crate) fn wait_for_ticket(&self, number: &str) -> Value {
        let agent = &self.agent;
        apart(|| {
            wait::until("the bundle at the desk", || {
                let tickets = agent.tickets();
                tickets.iter().any(|it| it["number"] == number)
                    && agent.ticket(number)["bundle"]["state"] == "complete"
            });
            assert_eq!(agent.tickets().len(), 1);
            let page = agent.ticket(number);
            let bytes = agent.bundle(number);
            assert_eq!(page["bundle"]["size"].as_u64().unwrap(), bytes.len() as u64);
            let opened =
                nightline_bundle::Bundle::open(std::io::Cursor::new(bytes)).unwrap().verify().unwrap();
            assert_eq!(opened.ticket.unwrap().as_str(), number);
            page
        })
    }
}
