//! The window as a process of its own: started when there is something to show, told over its pipes, gone when it
//! closes. Shows nothing itself.

use std::ffi::OsString;
use std::path::PathBuf;

use nightline_engine::World;
use nightline_engine::app::Event;
use nightline_link::{FrameError, FrameReader, write_frame};
use nightline_platform::child::{Child, Start, Stderr};
use nightline_types::Message;
use nightline_view::{FromWindow, ToWindow, VERSION};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What waits to be drawn. A window that is this far behind hangs and is ended.
const MAX_WAITING: usize = 256;
/// Its error output is for us; a file that has grown beyond this is begun anew.
const MAX_ERRORS_BYTES: u64 = 1 << 20;

/// A window that was started. Dropping it ends it.
pub(crate) struct Window {
    messages: mpsc::Sender<ToWindow>,
    task: JoinHandle<()>,
}

impl Window {
    /// Starts the program. Everything it says becomes an event.
    pub(crate) fn open(world: &World, events: mpsc::Sender<Event>) -> Result<Self, Message> {
        let errors_path = world.home.logs.join("window.err");
        if std::fs::metadata(&errors_path).is_ok_and(|it| it.len() > MAX_ERRORS_BYTES) {
            // A file that cannot be removed only stays long.
            drop(std::fs::remove_file(&errors_path));
        }
        let args: [OsString; 4] = [
            "--lang".into(),
            world.language.code().into(),
            "--state".into(),
            world.home.state.join("window.json").into(),
        ];
        let start = Start {
            program: beside("nightline-window"),
            args: args.into(),
            environment: Vec::new(),
            stderr: Stderr::File(errors_path),
        };
        let child = start.run().map_err(|error| {
            tracing::error!(error = nightline_types::chain(&error), "The window did not start");
            Message::new("watch-no-window")
        })?;
        let (messages, inbox) = mpsc::channel(MAX_WAITING);
        let task = tokio::spawn(live(child, inbox, events));
        Ok(Self { messages, task })
    }

    /// Tells the window. `false` if it does not listen any more.
    pub(crate) fn tell(&self, message: ToWindow) -> bool {
        self.messages.try_send(message).is_ok()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A program of the same installation.
pub(crate) fn beside(name: &str) -> PathBuf {
    let file_name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let folder = std::env::current_exe().ok().and_then(|it| it.parent().map(PathBuf::from));
    folder.unwrap_or_default().join(file_name)
}

async fn live(child: Child, mut inbox: mpsc::Receiver<ToWindow>, events: mpsc::Sender<Event>) {
    let Child { mut stdin, stdout, mut process } = child;
    // Apart, so that two full pipes never wait for each other.
    let writing = tokio::spawn(async move {
        while let Some(message) = inbox.recv().await {
            if write_frame(&mut stdin, &message).await.is_err() {
                return;
            }
        }
    });
    let mut reader = FrameReader::new(stdout);
    let mut greeted = false;
    let failure = loop {
        let event = match reader.next::<FromWindow>().await {
            Ok(Some(FromWindow::Hello { version: VERSION })) => {
                greeted = true;
                Event::WindowReady
            }
            Ok(Some(FromWindow::Hello { .. })) => break Some(Message::new("watch-window-wrong")),
            Ok(Some(FromWindow::Hidden)) => Event::WindowHidden,
            Ok(Some(FromWindow::Closing)) => Event::WindowClosing,
            Ok(Some(FromWindow::Ask { request })) => Event::Asked(request),
            Ok(None) => break (!greeted).then(|| Message::new("watch-no-window")),
            // A request of a later version: what we do not know, we do not do.
            Err(FrameError::NotUnderstood(_)) => continue,
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "The window spoke badly");
                break (!greeted).then(|| Message::new("watch-no-window"));
            }
        };
        if events.send(event).await.is_err() {
            break None;
        }
    };
    writing.abort();
    process.kill();
    let exit = process.wait().await;
    tracing::info!(?exit, "The window has ended");
    let gone = failure.map_or(Event::WindowGone, Event::WindowFailed);
    // Nobody is there to be told when the watch ends.
    let _ = events.send(gone).await;
}
