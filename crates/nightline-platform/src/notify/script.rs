//! Notifications on macOS by its script runner. The text is passed as arguments and never becomes script.

use std::time::Duration;

use super::{NotifyError, Shown};
use crate::command::{Command, Exit};

/// By its whole path: the search path is the person's.
const TOOL: &str = "/usr/bin/osascript";
/// It only hands the text over.
const LIMIT: Duration = Duration::from_secs(5);
const SCRIPT: [&str; 3] =
    ["on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run"];

pub(super) async fn notify(title: &str, body: &str) -> Result<Shown, NotifyError> {
    let mut command = Command::new(TOOL, LIMIT);
    for line in SCRIPT {
        command = command.args(["-e", line]);
    }
    // After `--` nothing is an option, also if a text begins with a dash.
    match command.args(["--", title, body]).run().await {
        Ok(ran) if ran.succeeded() => Ok(Shown { id: None }),
        Ok(ran) if ran.exit == Exit::TimedOut => Err(NotifyError::NoAnswer),
        Ok(ran) => Err(NotifyError::Refused { detail: ran.complaint() }),
        Err(_) => Err(NotifyError::NoServer),
    }
}
