//! The app under test: its window's process, what it keeps, and the short way through "Get help".

use std::path::Path;

use crate::wait;

use super::TITLE;
use super::driver::Driver;
use super::harness::{Desktop, Program};

impl Desktop {
    /// Waits until the draft on the disk holds these words.
    #[track_caller]
    pub fn wait_for_draft(&self, words: &str) {
        let path = self.home().join(".local/share/nightline/draft.json");
        wait::until("the draft", || std::fs::read_to_string(&path).is_ok_and(|text| text.contains(words)));
    }

    /// Ends the window of this watch without a warning, and waits until the watch has seen it.
    #[track_caller]
    pub fn kill_window(&self, watch: &Program) {
        let window = window_of(watch.child.id());
        let pid = rustix::process::Pid::from_raw(window.try_into().unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
        wait::until("the window to be gone", || self.has_closed(TITLE));
        wait::until("its process to be gone", || !Path::new(&format!("/proc/{window}")).exists());
    }
}

impl Driver {
    /// From the first question to the list of what leaves, with what there is.
    pub async fn hurry_to_preview(&self, words: &str) {
        self.type_into("[name=what]", words).await;
        self.hurry().await;
        self.wait_for("#send:not(:disabled)").await;
    }

    /// "Send now", wherever the page has room for it.
    pub async fn hurry(&self) {
        let script = "const it = document.querySelector('#send-now'); it?.click(); return !!it";
        wait::until_async("the short way", async || self.run(script).await == true).await;
    }

    /// Sends what is on the list; the ticket's number.
    pub async fn send(&self) -> String {
        self.press("#send").await;
        self.text_of("#ticket-number").await
    }
}

/// The window's process that this watch has started, while there is one.
pub fn find_window(watch: u32) -> Option<u32> {
    let is_window = |pid: &u32| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        // The kernel keeps 15 bytes of a name.
        status.starts_with("Name:\tnightline-windo\n") && status.contains(&format!("\nPPid:\t{watch}\n"))
    };
    let processes = std::fs::read_dir("/proc").unwrap();
    let mut pids = processes.filter_map(|it| it.unwrap().file_name().to_str()?.parse().ok());
    pids.find(is_window)
}

/// The window's process that this watch has started.
#[track_caller]
pub fn window_of(watch: u32) -> u32 {
    find_window(watch).expect("a window of this watch")
}
