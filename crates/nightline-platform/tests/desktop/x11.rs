//! Pictures of a real X server, compared pixel by pixel.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use nightline_platform::screen::{CaptureError, Shot, Shown, capture};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeGCAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, InputFocus, PropMode, Rectangle,
    Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::{Running, environment};

const WIDE: u16 = 641;
const HIGH: u16 = 480;

/// An X server with a known picture: red, with a blue rectangle in the lower right corner.
struct Display {
    _running: Running,
    connection: RustConnection,
    root: Window,
    environment: BTreeMap<String, String>,
}

impl Display {
    fn start(depth: u8) -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        let (running, number) =
            Running::start(command.arg(format!("{WIDE}x{HIGH}x{depth}")).stderr(Stdio::null()));
        let display = format!(":{number}");
        let (connection, screen) = RustConnection::connect(Some(&display)).unwrap();
        let root = connection.setup().roots[screen].root;
        let display =
            Self { _running: running, connection, root, environment: environment(&[("DISPLAY", &display)]) };
        display.fill(display.root, display.color([255, 0, 0]), 0, 0, WIDE, HIGH);
        display.fill(display.root, display.color([0, 0, 255]), 600, 400, 41, 80);
        display
    }

    /// A pixel's number by the screen's own masks.
    fn color(&self, rgb: [u8; 3]) -> u32 {
        let screen = &self.connection.setup().roots[0];
        let visuals = || screen.allowed_depths.iter().flat_map(|it| &it.visuals);
        let visual = visuals().find(|it| it.visual_id == screen.root_visual).unwrap();
        let masks = [visual.red_mask, visual.green_mask, visual.blue_mask];
        let part = |(value, mask): (u8, u32)| if value == 255 { mask } else { 0 };
        rgb.into_iter().zip(masks).map(part).sum()
    }

    fn fill(&self, window: Window, color: u32, x: i16, y: i16, width: u16, height: u16) {
        let context = self.connection.generate_id().unwrap();
        self.connection.create_gc(context, window, &CreateGCAux::new()).unwrap();
        self.connection.change_gc(context, &ChangeGCAux::new().foreground(color)).unwrap();
        self.connection.poly_fill_rectangle(window, context, &[Rectangle { x, y, width, height }]).unwrap();
        self.connection.sync().unwrap();
    }

    fn window(&self, parent: Window, color: [u8; 3], x: i16, y: i16, width: u16, height: u16) -> Window {
        let id = self.connection.generate_id().unwrap();
        let looks = CreateWindowAux::new().background_pixel(self.color(color));
        let class = WindowClass::INPUT_OUTPUT;
        self.connection.create_window(0, id, parent, x, y, width, height, 0, class, 0, &looks).unwrap();
        self.connection.map_window(id).unwrap();
        self.connection.sync().unwrap();
        id
    }

    fn activate(&self, window: Window) {
        let atom = self.connection.intern_atom(false, b"_NET_ACTIVE_WINDOW").unwrap().reply().unwrap().atom;
        self.connection
            .change_property32(PropMode::REPLACE, self.root, atom, AtomEnum::WINDOW, &[window])
            .unwrap();
        self.connection.sync().unwrap();
    }

    async fn take(&self, shown: Shown) -> Result<Shot, CaptureError> {
        capture(shown, &self.environment, Path::new("/nonexistent")).await
    }
}

#[track_caller]
fn check(shot: &Shot, x: usize, y: usize, rgb: [u8; 3]) {
    let at = (y * usize::try_from(shot.width).unwrap() + x) * 4;
    assert_eq!(shot.rgba[at..at + 4], [rgb[0], rgb[1], rgb[2], 255], "{x} {y} of {shot:?}");
}

#[tokio::test]
async fn the_whole_screen_is_taken_as_it_is() {
    for depth in [24, 16] {
        let display = Display::start(depth);
        let shot = display.take(Shown::Screen).await.unwrap();
        assert_eq!((shot.width, shot.height, shot.rgba.len()), (641, 480, 641 * 480 * 4));
        for (x, y, rgb) in [(0, 0, [255, 0, 0]), (599, 400, [255, 0, 0]), (600, 399, [255, 0, 0])] {
            check(&shot, x, y, rgb);
        }
        for (x, y) in [(600, 400), (640, 479)] {
            check(&shot, x, y, [0, 0, 255]);
        }
    }
}

#[tokio::test]
async fn a_window_is_taken_with_its_frame_and_without_the_rest_of_the_screen() {
    let display = Display::start(24);
    let frame = display.window(display.root, [0, 255, 0], 100, 50, 200, 100);
    let inside = display.window(frame, [255, 255, 255], 10, 20, 180, 70);
    display.activate(inside);
    let shot = display.take(Shown::Window).await.unwrap();
    assert_eq!((shot.width, shot.height), (200, 100));
    check(&shot, 0, 0, [0, 255, 0]);
    check(&shot, 10, 20, [255, 255, 255]);
    check(&shot, 199, 99, [0, 255, 0]);
}

#[tokio::test]
async fn a_window_half_outside_is_cut_and_one_wholly_outside_is_none() {
    let display = Display::start(24);
    display.activate(display.window(display.root, [0, 255, 0], -50, 450, 200, 100));
    let shot = display.take(Shown::Window).await.unwrap();
    assert_eq!((shot.width, shot.height), (150, 30));
    check(&shot, 149, 29, [0, 255, 0]);
    display.activate(display.window(display.root, [0, 255, 0], 5_000, 0, 200, 100));
    let error = display.take(Shown::Window).await.unwrap_err();
    assert!(matches!(error, CaptureError::NoWindow), "{error:?}");
}

#[tokio::test]
async fn without_a_window_manager_the_window_with_the_keyboard_is_in_front() {
    let display = Display::start(24);
    let error = display.take(Shown::Window).await.unwrap_err();
    assert!(matches!(error, CaptureError::NoWindow), "{error:?}");
    let window = display.window(display.root, [0, 255, 0], 7, 9, 30, 20);
    display.connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).unwrap();
    display.connection.sync().unwrap();
    let shot = display.take(Shown::Window).await.unwrap();
    assert_eq!((shot.width, shot.height), (30, 20));
    // A window that is gone by now.
    display.activate(window);
    display.connection.destroy_window(window).unwrap();
    display.connection.sync().unwrap();
    let error = display.take(Shown::Window).await.unwrap_err();
    assert!(matches!(error, CaptureError::NoWindow), "{error:?}");
}

#[tokio::test]
async fn without_a_screen_that_is_said() {
    for variables in [&[][..], &[("DISPLAY", "")], &[("DISPLAY", ":58999")], &[("DISPLAY", "nonsense")]] {
        for shown in [Shown::Screen, Shown::Window] {
            let error = capture(shown, &environment(variables), Path::new("/nonexistent")).await.unwrap_err();
            assert!(matches!(error, CaptureError::NoScreen), "{error:?} {variables:?}");
        }
    }
}
