//! Does what the watch says, frame by frame, until it says no more. Knows no Tauri, so that it is tested without a screen.

use nightline_view::ToWindow;

/// The window as far as the watch rules it.
pub(crate) trait Screen {
    /// Draws a view or a picture.
    fn show(&self, frame: ToWindow);
    /// Hides the window, and says so once nothing of it is on the screen.
    fn hide(&self);
    /// Shows the window, in front.
    fn raise(&self);
    /// Closes the window and ends the program.
    fn close(&self);
}

/// Does what the watch says. A watch that has gone takes its window with it.
pub(crate) fn follow(frames: impl IntoIterator<Item = ToWindow>, screen: &impl Screen) {
    for frame in frames {
        match frame {
            ToWindow::View { .. } | ToWindow::Picture { .. } => screen.show(frame),
            ToWindow::Hide => screen.hide(),
            ToWindow::Raise => screen.raise(),
            ToWindow::Close => break,
        }
    }
    screen.close();
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[derive(Default)]
    struct Log(RefCell<Vec<&'static str>>);

    impl Screen for Log {
        fn show(&self, _: ToWindow) {
            self.0.borrow_mut().push("show");
        }

        fn hide(&self) {
            self.0.borrow_mut().push("hide");
        }

        fn raise(&self) {
            self.0.borrow_mut().push("raise");
        }

        fn close(&self) {
            self.0.borrow_mut().push("close");
        }
    }

    #[track_caller]
    fn check(frames: Vec<ToWindow>, expected: &[&str]) {
        let log = Log::default();
        follow(frames, &log);
        assert_eq!(log.0.into_inner(), expected);
    }

    #[test]
    fn each_frame_is_done_in_order() {
        let picture = ToWindow::Picture { id: "a".to_owned(), revision: 1, data: String::new() };
        check(vec![picture, ToWindow::Hide, ToWindow::Raise], &["show", "hide", "raise", "close"]);
    }

    #[test]
    fn a_watch_that_has_gone_or_says_so_closes_the_window_once() {
        check(vec![], &["close"]);
        check(vec![ToWindow::Close, ToWindow::Raise], &["close"]);
    }
}
