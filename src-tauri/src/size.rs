//! Where the window was and how large: remembered in a small file, and always brought back onto a screen.
//!
//! A file that cannot be read or written means the usual size, never an error.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// Of the file. Another number is not read.
const VERSION: u32 = 1;
/// The file has one line; anything longer is not ours.
const MAX_BYTES: u64 = 4 * 1024;
/// Wide enough for the widest page beside its margins, in logical pixels.
pub(crate) const USUAL: (f64, f64) = (960.0, 720.0);
/// The narrowest page that is designed, in logical pixels.
pub(crate) const SMALLEST: (f64, f64) = (320.0, 480.0);

/// What the file holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    version: u32,
    /// Of the left upper corner, in physical pixels of the whole desktop.
    pub(crate) x: i32,
    pub(crate) y: i32,
    /// In logical pixels, so that the window looks as large on another screen.
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) maximized: bool,
}

/// The part of a screen that windows may cover, in physical pixels of the whole desktop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) scale: f64,
}

impl Remembered {
    pub(crate) fn new((x, y): (i32, i32), (width, height): (f64, f64)) -> Self {
        Self { version: VERSION, x, y, width, height, maximized: false }
    }

    /// The same on a whole screen, or not.
    pub(crate) fn maximized(self, maximized: bool) -> Self {
        Self { maximized, ..self }
    }

    /// What the file remembers, if it does.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        if std::fs::metadata(path).ok()?.len() > MAX_BYTES {
            return None;
        }
        let found: Self = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        (found.version == VERSION && found.width.is_finite() && found.height.is_finite()).then_some(found)
    }

    /// Replaces the file as a whole.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let new_path = path.with_extension("new");
        std::fs::write(&new_path, serde_json::to_vec(self)?)?;
        std::fs::rename(&new_path, path)
    }

    /// The same on one of these screens, the one that its middle is on or else the first, and no larger than that.
    /// Unchanged where no screen is known.
    pub(crate) fn on(self, screens: &[Area]) -> Self {
        let Some(screen) = screens.iter().find(|it| it.holds_middle_of(&self)).or(screens.first()) else {
            return self;
        };
        let fit =
            |wish: f64, smallest: f64, room: u32| wish.max(smallest).min(f64::from(room) / screen.scale);
        let width = fit(self.width, SMALLEST.0, screen.width);
        let height = fit(self.height, SMALLEST.1, screen.height);
        let place = |wish: i32, start: i32, room: u32, size: f64| {
            let last = f64::from(start) + f64::from(room) - size * screen.scale;
            // Within the numbers of a screen, which are far inside those of an `i32`.
            f64::from(wish).min(last.floor()).max(f64::from(start)) as i32
        };
        Self {
            x: place(self.x, screen.x, screen.width, width),
            y: place(self.y, screen.y, screen.height, height),
            width,
            height,
            ..self
        }
    }
}

impl Area {
    fn holds_middle_of(&self, window: &Remembered) -> bool {
        let x = f64::from(window.x) + window.width * self.scale / 2.0;
        let y = f64::from(window.y) + window.height * self.scale / 2.0;
        let inside = |at: f64, start: i32, room: u32| {
            (f64::from(start)..f64::from(start) + f64::from(room)).contains(&at)
        };
        inside(x, self.x, self.width) && inside(y, self.y, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Area = Area { x: 0, y: 0, width: 1280, height: 760, scale: 1.0 };
    const FINE: Area = Area { x: 1280, y: 0, width: 3840, height: 2120, scale: 2.0 };

    #[track_caller]
    fn check(wish: (i32, i32, f64, f64), screens: &[Area], expected: (i32, i32, f64, f64)) {
        let found = Remembered::new((wish.0, wish.1), (wish.2, wish.3)).on(screens);
        assert_eq!((found.x, found.y, found.width, found.height), expected);
    }

    #[test]
    fn a_window_that_fits_stays_where_it_was() {
        check((100, 20, 960.0, 720.0), &[LAPTOP], (100, 20, 960.0, 720.0));
        check((1500, 200, 960.0, 720.0), &[LAPTOP, FINE], (1500, 200, 960.0, 720.0));
    }

    #[test]
    fn a_window_of_a_screen_that_is_gone_comes_back_onto_one_that_is_there() {
        check((2000, 300, 960.0, 720.0), &[LAPTOP], (320, 40, 960.0, 720.0));
        check((-5000, -5000, 960.0, 720.0), &[LAPTOP], (0, 0, 960.0, 720.0));
        check((i32::MAX, i32::MIN, 960.0, 720.0), &[LAPTOP], (320, 0, 960.0, 720.0));
    }

    #[test]
    fn a_window_is_never_larger_than_its_screen_nor_smaller_than_its_page() {
        check((0, 0, 4000.0, 4000.0), &[LAPTOP], (0, 0, 1280.0, 760.0));
        check((10, 10, 1.0, -7.0), &[LAPTOP], (10, 10, 320.0, 480.0));
        check((1300, 10, 4000.0, 4000.0), &[FINE], (1280, 0, 1920.0, 1060.0));
    }

    #[test]
    fn without_a_screen_nothing_is_changed() {
        check((7, 8, 900.0, 700.0), &[], (7, 8, 900.0, 700.0));
    }

    #[test]
    fn what_is_written_is_read_and_what_is_not_ours_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("window.json");
        assert_eq!(Remembered::read(&path), None);
        let size = Remembered::new((-3, 4), (500.5, 600.0)).maximized(true);
        size.write(&path).unwrap();
        assert_eq!(Remembered::read(&path), Some(size));
        let long = format!("{}{}", std::fs::read_to_string(&path).unwrap(), " ".repeat(5_000));
        let newer = std::fs::read_to_string(&path).unwrap().replace("\"version\":1", "\"version\":2");
        for other in ["", "{}", "[1]", &long, &newer] {
            std::fs::write(&path, other).unwrap();
            assert_eq!(Remembered::read(&path), None, "{other}");
        }
        assert!(size.write(&dir.path().join("missing/window.json")).is_err());
    }
}
