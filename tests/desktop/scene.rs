//! A desktop with everything that the app needs, and the short way through "Get help". Breaks nothing itself.

use std::path::Path;

use nightline_testkit::wait;
use serde_json::Value;

use crate::driver::Driver;
use crate::harness::{Desktop, Program};
use crate::journey::{Desk, apart, watch};
use crate::tray_host::TrayHost;
use crate::window_process::TITLE;

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
        let tray = TrayHost::start(&desktop.bus_address()).await;
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

    /// Ends the watch as a power cut does, and starts it again.
    pub(crate) fn kill_and_restart(&mut self) {
        self.watch.child.kill().unwrap();
        self.watch.child.wait().unwrap();
        self.tray.forget();
        self.watch = watch(&self.desktop, self.desk.process.url(), "en", &[]);
    }
}

impl Desktop {
    /// Waits until the draft on the disk holds these words.
    #[track_caller]
    pub(crate) fn wait_for_draft(&self, words: &str) {
        let path = self.home().join(".local/share/nightline/draft.json");
        wait::until("the draft", || std::fs::read_to_string(&path).is_ok_and(|text| text.contains(words)));
    }
}

impl Desktop {
    /// Ends the window of this watch without a warning, and waits until the watch has seen it.
    #[track_caller]
    pub(crate) fn kill_window(&self, watch: &Program) {
        let window = child_of(watch.child.id());
        let pid = rustix::process::Pid::from_raw(window.try_into().unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        wait::until("the window to be gone", || !self.is_on_screen(TITLE));
        wait::until("its process to be gone", || !Path::new(&format!("/proc/{window}")).exists());
    }
}

impl Driver {
    /// From the first question to the list of what leaves, with what there is.
    pub(crate) async fn hurry_to_preview(&self, words: &str) {
        self.type_into("[name=what]", words).await;
        self.hurry().await;
        self.wait_for("#send:not(:disabled)").await;
    }

    /// "Send now", wherever the page has room for it.
    pub(crate) async fn hurry(&self) {
        let script = "const it = document.querySelector('#send-now'); it?.click(); return !!it";
        wait::until_async("the short way", async || self.run(script).await == true).await;
    }

    /// Sends what is on the list; the ticket's number.
    pub(crate) async fn send(&self) -> String {
        self.press("#send").await;
        self.text_of("#ticket-number").await
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

/// The window that this watch has started.
#[track_caller]
fn child_of(watch: u32) -> u32 {
    let is_window = |pid: &u32| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        // The kernel keeps 15 bytes of a name.
        status.starts_with("Name:\tnightline-windo\n") && status.contains(&format!("\nPPid:\t{watch}\n"))
    };
    let processes = std::fs::read_dir("/proc").unwrap();
    let pids = processes.filter_map(|it| it.unwrap().file_name().to_str()?.parse().ok());
    pids.into_iter().find(is_window).expect("a window of this watch")
}
