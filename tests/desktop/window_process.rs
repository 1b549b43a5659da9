//! `nightline-window` as its watch sees it: a program behind two pipes.

use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use nightline_link::{read_frame_blocking, write_frame_blocking};
pub(crate) use nightline_testkit::desktop::TITLE;
use nightline_testkit::wait;
use nightline_types::{Severity, Timestamp};
use nightline_view::{About, FromWindow, Home, Place, Settings, TicketCard, TicketState, ToWindow, View};

use crate::harness::{Desktop, Program, built};

/// A window and its two pipes.
pub(crate) struct WindowProcess {
    pub(crate) program: Program,
    to_window: Option<ChildStdin>,
    from_window: Receiver<FromWindow>,
}

impl WindowProcess {
    /// Starts a window on a desktop, as the watch does, with its first view.
    pub(crate) fn start(desktop: &Desktop, view: View) -> Self {
        let mut command = desktop.command(built("nightline-window"));
        command.args(["--lang", "en", "--state"]).arg(state_path(desktop));
        let mut window = Self::start_command(&mut command);
        window.send(&ToWindow::View { view: Box::new(view) });
        window
    }

    /// Starts any command line with two pipes.
    pub(crate) fn start_command(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let to_window = child.stdin.take();
        let mut output = child.stdout.take().unwrap();
        let (heard, from_window) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(frame)) = read_frame_blocking(&mut output) {
                if heard.send(frame).is_err() {
                    return;
                }
            }
        });
        Self { program: Program { child }, to_window, from_window }
    }

    /// Says something to the window.
    pub(crate) fn send(&mut self, frame: &ToWindow) {
        write_frame_blocking(self.to_window.as_mut().unwrap(), frame).unwrap();
    }

    /// The next thing that the window says.
    pub(crate) fn hear(&self) -> FromWindow {
        self.from_window.recv_timeout(wait::DEADLINE).expect("the window says something")
    }

    /// Ends as a watch does that is killed.
    pub(crate) fn hang_up(&mut self) {
        self.to_window = None;
    }
}

/// Where the window remembers its size.
pub(crate) fn state_path(desktop: &Desktop) -> std::path::PathBuf {
    let dir = desktop.home().join("state");
    std::fs::create_dir_all(&dir).unwrap();
    dir.join("window.json")
}

/// The state file's text, once the window has written it.
pub(crate) fn written(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A view of one ticket, with words of the person that can be looked for in the page.
pub(crate) fn view(revision: u32, language: &str, what: &str) -> View {
    let made_at = "2026-11-22T02:03:00.000Z".parse::<Timestamp>().unwrap();
    View {
        revision,
        language: language.to_owned(),
        place: Place::Tickets,
        home: Home::default(),
        help: None,
        tickets: vec![TicketCard {
            number: "NL-7K2Q-9M4X".to_owned(),
            what: what.to_owned(),
            state: TicketState::Open,
            severity: Severity::P2,
            owner: None,
            made_at,
            unread: 0,
        }],
        ticket: None,
        numbers: Vec::new(),
        settings: Settings::default(),
        about: About::default(),
        says: None,
        unkept: None,
    }
}
