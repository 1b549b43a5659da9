//! Systems whose tray is not drawn yet: the window is the door there, and says so once.

use nightline_engine::app::Event;
use tokio::sync::mpsc;

use super::{Absence, Drawn};

/// No tray.
pub(crate) struct Handle;

impl Handle {
    pub(crate) async fn new(_: Drawn, _: mpsc::Sender<Event>, absence: Absence) -> Self {
        tokio::spawn(absence.tell());
        Self
    }

    pub(crate) async fn draw(&self, _: Drawn) {}

    pub(crate) async fn remove(self) {}
}
