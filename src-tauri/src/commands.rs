//! The two commands of the page. There is no third.

use nightline_view::{FromWindow, Request, ToWindow};
use tauri::State;
use tauri::ipc::Channel;

use crate::page::Page;
use crate::pipes::{ToWatch, WatchGone};

/// Passes on what the person did.
#[tauri::command]
pub(crate) fn ask(request: Request, watch: State<'_, ToWatch>) -> Result<(), WatchGone> {
    watch.send(FromWindow::Ask { request })
}

/// Shows what there is, and from then on everything that comes.
#[tauri::command]
pub(crate) fn listen(channel: Channel<ToWindow>, page: State<'_, Page>) {
    page.listen(Box::new(move |frame| channel.send(frame).is_ok()));
}
