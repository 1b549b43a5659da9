//! The customer's app of the demo: the real watch with its tray and window, joined to the demo's desk.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::ending::end;
use crate::failure::Failure;
use crate::shell;

/// The window takes up to three seconds to end in order.
const STOP_LIMIT: Duration = Duration::from_secs(6);

/// A running app. Ends with the demo.
pub(crate) struct App {
    child: Child,
}

impl App {
    /// Opens the window on the home that the demo's ticket was sent from, so that the ticket is there.
    pub(crate) fn open(watch: &Path, home: &Path, desk: &str, language: &str) -> Result<Self, Failure> {
        let mut command =
            shell::command(&watch.to_string_lossy(), ["--show", "--lang", language, "--desk", desk]);
        command.arg("--home").arg(home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().map_err(Failure::io("start nightline-watch"))?;
        Ok(Self { child })
    }
}

impl Drop for App {
    fn drop(&mut self) {
        end(&mut self.child, STOP_LIMIT);
    }
}
