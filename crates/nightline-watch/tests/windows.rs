//! The watch on Windows, as a program with its real tray. Opens no window: that takes WebView2.
#![cfg(windows)]
#![expect(clippy::disallowed_methods, reason = "a test starts the program under test")]
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::path::Path;
use std::process::{Child, Command, Stdio};

use nightline_link::{ControlPlace, ControlReply, ControlRequest, WatchStatus, ask};
use nightline_testkit::wait;

const PROGRAM: &str = env!("CARGO_BIN_EXE_nightline-watch");

/// A watch on a home of the test's own; ended when dropped.
struct Watch(Child);

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(home: &Path, words: &[&str]) -> Watch {
    let mut command = Command::new(PROGRAM);
    command.arg("--home").arg(home).args(words).stdin(Stdio::null());
    Watch(command.spawn().unwrap())
}

async fn status(home: &Path) -> Option<WatchStatus> {
    let place = ControlPlace::of(&home.join("state"), None, home).ok()?;
    match ask(&place, &ControlRequest::Status).await {
        Ok(ControlReply::Status(status)) => Some(status),
        _ => None,
    }
}

#[tokio::test]
async fn it_runs_with_its_tray_once_for_each_home_until_it_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    // A person's folders have such names.
    let home = folder.path().join("夜班 100%");
    let mut watch = start(&home, &[]);
    wait::until_async("the watch answers", async || status(&home).await.is_some()).await;
    let first = status(&home).await.unwrap();
    assert_eq!(first.pid, watch.0.id());

    let mut second = start(&home, &["--lang", "zh-CN"]);
    wait::until("the second start ends", || second.0.try_wait().unwrap().is_some());
    assert_eq!(second.0.wait().unwrap().code(), Some(0), "it hands over to the first");
    assert_eq!(status(&home).await.unwrap().pid, first.pid);

    let place = ControlPlace::of(&home.join("state"), None, &home).unwrap();
    assert_eq!(ask(&place, &ControlRequest::Stop).await.unwrap(), ControlReply::Done);
    wait::until("the watch ends", || watch.0.try_wait().unwrap().is_some());
    assert_eq!(watch.0.wait().unwrap().code(), Some(0));
}

#[test]
fn a_wrong_word_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = start(folder.path(), &["--tary"]);
    assert_eq!(watch.0.wait().unwrap().code(), Some(2));
}
