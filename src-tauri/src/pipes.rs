//! The two pipes to the watch, each with a thread of its own, so that neither a slow watch nor a slow page holds up the
//! other. Understands frames and nothing in them.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use nightline_link::{FrameError, read_frame_blocking, write_frame_blocking};
use nightline_view::{FromWindow, ToWindow, VERSION};
use serde::Serialize;

/// A watch writes the first view as it starts the window. After this the window opens without one.
const FIRST_LIMIT: Duration = Duration::from_secs(2);
/// Frames that may wait for the page. Pictures are large, and the pipe holds the rest.
const WAITING_FOR_PAGE: usize = 2;
/// What the person may do ahead of a watch that is busy: a minute of fast typing.
const WAITING_FOR_WATCH: usize = 512;

/// Nobody hears what is asked: the watch has ended, or has not listened for very long. The page gets it as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WatchGone {
    /// The pipe is closed.
    #[error("the watch has ended")]
    Ended,
    /// Too much waits already.
    #[error("the watch does not listen")]
    Stuck,
}

/// The writing end.
pub(crate) struct ToWatch(SyncSender<FromWindow>);

impl ToWatch {
    /// Passes a frame on, in order. Never waits.
    pub(crate) fn send(&self, frame: FromWindow) -> Result<(), WatchGone> {
        self.0.try_send(frame).map_err(|problem| match problem {
            TrySendError::Disconnected(_) => WatchGone::Ended,
            TrySendError::Full(_) => WatchGone::Stuck,
        })
    }
}

/// The reading end: frames until the watch has closed it or spoken nonsense.
pub(crate) struct FromWatch(Receiver<ToWindow>);

/// What came first.
#[derive(Debug, PartialEq)]
pub(crate) enum First {
    /// A frame.
    Frame(ToWindow),
    /// Nothing yet.
    Late,
    /// Nobody is there.
    Gone,
}

impl FromWatch {
    /// Waits for the first frame, so that a window opens with something in it, and not at all where no watch is.
    pub(crate) fn first(&self) -> First {
        match self.0.recv_timeout(FIRST_LIMIT) {
            Ok(frame) => First::Frame(frame),
            Err(RecvTimeoutError::Timeout) => First::Late,
            Err(RecvTimeoutError::Disconnected) => First::Gone,
        }
    }
}

impl Iterator for FromWatch {
    type Item = ToWindow;

    fn next(&mut self) -> Option<ToWindow> {
        self.0.recv().ok()
    }
}

/// Starts both threads and says hello.
pub(crate) fn open(
    mut source: impl Read + Send + 'static,
    mut sink: impl Write + Send + 'static,
) -> (ToWatch, FromWatch) {
    let (frames_in, frames) = sync_channel(WAITING_FOR_PAGE);
    std::thread::spawn(move || {
        loop {
            match read_frame_blocking(&mut source) {
                Ok(Some(frame)) => {
                    if frames_in.send(frame).is_err() {
                        return;
                    }
                }
                // A newer watch may say what this window does not know.
                Err(FrameError::NotUnderstood(_)) => {}
                Ok(None) | Err(_) => return,
            }
        }
    });
    let (asked_in, asked) = sync_channel(WAITING_FOR_WATCH);
    std::thread::spawn(move || {
        let hello = FromWindow::Hello { version: VERSION };
        for frame in std::iter::once(hello).chain(asked) {
            // One frame that cannot be written must not take the others with it.
            if matches!(write_frame_blocking(&mut sink, &frame), Err(FrameError::Io(_))) {
                return;
            }
        }
    });
    (ToWatch(asked_in), FromWatch(frames))
}

#[cfg(test)]
mod tests {
    use std::io::pipe;

    use nightline_view::Request;

    use super::*;

    fn ask(request: Request) -> FromWindow {
        FromWindow::Ask { request }
    }

    #[test]
    fn hello_comes_first_and_then_what_is_asked_in_order() {
        let (input, _watch_end) = pipe().unwrap();
        let (mut output, sink) = pipe().unwrap();
        let (watch, _frames) = open(input, sink);
        watch.send(ask(Request::GetHelp)).unwrap();
        watch.send(FromWindow::Hidden).unwrap();
        drop(watch);
        let mut read = || read_frame_blocking::<FromWindow>(&mut output).unwrap();
        assert_eq!(read(), Some(FromWindow::Hello { version: VERSION }));
        assert_eq!(read(), Some(ask(Request::GetHelp)));
        assert_eq!(read(), Some(FromWindow::Hidden));
        assert_eq!(read(), None);
    }

    #[test]
    fn frames_come_in_order_and_end_with_the_pipe() {
        let (input, mut watch_end) = pipe().unwrap();
        let (_output, sink) = pipe().unwrap();
        let (_watch, mut frames) = open(input, sink);
        write_frame_blocking(&mut watch_end, &ToWindow::Raise).unwrap();
        write_frame_blocking(&mut watch_end, &serde_json::json!({ "kind": "from-the-future" })).unwrap();
        write_frame_blocking(&mut watch_end, &ToWindow::Hide).unwrap();
        drop(watch_end);
        assert_eq!(frames.first(), First::Frame(ToWindow::Raise));
        assert_eq!(frames.next(), Some(ToWindow::Hide));
        assert_eq!(frames.next(), None);
    }

    #[test]
    fn an_input_that_is_closed_or_speaks_nonsense_is_nobody() {
        for bytes in [&b""[..], b"\n", b"hello, is somebody there?"] {
            let (_watch, frames) = open(bytes, std::io::sink());
            assert_eq!(frames.first(), First::Gone, "{bytes:?}");
        }
    }

    #[test]
    fn a_watch_that_has_gone_or_does_not_listen_is_said_and_never_waited_for() {
        let (input, _watch_end) = pipe().unwrap();
        let (output, sink) = pipe().unwrap();
        let (watch, _frames) = open(input, sink);
        let long = "x".repeat(100_000);
        let reply = || ask(Request::Reply { number: "N".to_owned(), text: long.clone() });
        let stuck = (0..WAITING_FOR_WATCH + 10).find_map(|_| watch.send(reply()).err());
        assert_eq!(stuck, Some(WatchGone::Stuck));
        drop(output);
        // The writing thread notices with its next byte.
        let ended =
            (0..).find_map(|_| watch.send(FromWindow::Hidden).err().filter(|it| *it == WatchGone::Ended));
        assert_eq!(ended, Some(WatchGone::Ended));
    }
}
