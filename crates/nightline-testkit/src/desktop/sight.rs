//! What is to be seen on the screen of a desktop, and when it came there. Looks at pixels, so that no program is asked
//! and none is slowed down.

use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, Window,
};
use x11rb::rust_connection::RustConnection;

use super::harness::Desktop;
use crate::wait;

/// A page that has not changed for so long has nothing more to come.
const STILL: Duration = Duration::from_secs(2);
/// What a program asks of the window manager to minimize its window (ICCCM, section 4.1.4).
const ICONIC: u32 = 3;

/// A rectangle of the screen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// From the left.
    pub x: i16,
    /// From the top.
    pub y: i16,
    /// To the right of `x`.
    pub width: u16,
    /// Below `y`.
    pub height: u16,
}

/// Somebody who looks at the screen.
#[derive(Debug)]
pub struct Sight {
    connection: RustConnection,
    root: Window,
}

impl Sight {
    /// Begins to look.
    pub fn of(desktop: &Desktop) -> Self {
        let (connection, number) = RustConnection::connect(Some(desktop.display())).unwrap();
        let root = connection.setup().roots[number].root;
        Self { connection, root }
    }

    /// What is there now, as the server has it.
    pub fn pixels(&self, region: Region) -> Vec<u8> {
        let Region { x, y, width, height } = region;
        let every_plane = u32::MAX;
        let read =
            self.connection.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, every_plane);
        read.unwrap().reply().unwrap().data
    }

    /// Waits until there is something else than now and it stands still: when what then stands there came.
    pub fn when_settled(&self, region: Region) -> Instant {
        let mut changes = vec![(Instant::now(), self.pixels(region))];
        wait::until("the screen to change and then to stand still", || {
            let now = self.pixels(region);
            let (at, before) = changes.last().expect("the first look is there");
            if *before == now {
                return changes.len() > 1 && at.elapsed() > STILL;
            }
            changes.push((Instant::now(), now));
            false
        });
        changes.last().expect("the first look is there").0
    }

    /// Asks the window manager to put a window away, as the button in its frame does.
    pub fn minimize(&self, title: &str) {
        let window = self.window(self.root, title).expect("a window of this title");
        let change = self.connection.intern_atom(false, b"WM_CHANGE_STATE").unwrap().reply().unwrap().atom;
        let message = ClientMessageEvent::new(32, window, change, [ICONIC, 0, 0, 0, 0]);
        let whom = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection.send_event(false, self.root, whom, message).unwrap().check().unwrap();
    }

    /// The first window of this title inside another one.
    fn window(&self, inside: Window, title: &str) -> Option<Window> {
        let children = self.connection.query_tree(inside).unwrap().reply().ok()?.children;
        children.into_iter().find_map(|it| {
            // Windows come and go while they are looked at.
            let name = self.connection.get_property(false, it, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64);
            let name = name.unwrap().reply().ok();
            if name.is_some_and(|it| it.value == title.as_bytes()) {
                return Some(it);
            }
            self.window(it, title)
        })
    }
}
