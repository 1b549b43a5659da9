//! Takes the picture with the program that macOS has for it. A window is chosen by the person with a click.

use std::path::Path;
use std::time::Duration;

use super::pixels::read_png;
use super::{CaptureError, Shot, Shown};
use crate::command::{Command, Exit};

/// By its whole path: the search path is the person's.
const TOOL: &str = "/usr/sbin/screencapture";
/// The person chooses a window.
const PERSON_LIMIT: Duration = Duration::from_secs(60);

pub(super) async fn capture(shown: Shown, scratch: &Path) -> Result<Shot, CaptureError> {
    let failed = |detail: String| CaptureError::Failed { step: "taking the picture", detail };
    // Removed when this function ends, however it ends.
    let dir = tempfile::tempdir_in(scratch).map_err(|error| failed(error.to_string()))?;
    let path = dir.path().join("screen.png");
    let mut command = Command::new(TOOL, PERSON_LIMIT).args(["-x", "-t", "png"]);
    if shown == Shown::Window {
        command = command.args(["-i", "-W", "-o"]);
    }
    let ran = command.arg(path.as_os_str()).run().await.map_err(|error| failed(error.to_string()))?;
    if ran.exit == Exit::TimedOut {
        return Err(CaptureError::NoAnswer);
    }
    if !path.exists() {
        // Nothing is written when the person presses Escape, and when recording the screen is not allowed.
        return Err(CaptureError::NotAllowed);
    }
    let read = tokio::task::spawn_blocking(move || read_png(&path)).await;
    drop(dir);
    read.map_err(|error| failed(error.to_string()))?
}
