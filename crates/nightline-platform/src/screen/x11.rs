//! Reads the screen of an X server. Needs no rights but the person's own cookie, and changes nothing there.

use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::errors::{ConnectError, ReplyError};
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt, GetImageReply, ImageFormat, ImageOrder, Screen, Window,
};
use x11rb::rust_connection::RustConnection;

use super::pixels::{Layout, check_size};
use super::{CaptureError, Shot, Shown};

/// A screen on this machine answers in milliseconds, one over a slow network line in seconds.
const LIMIT: Duration = Duration::from_secs(10);
/// Windows inside windows; desktops nest three or four.
const NESTING_LIMIT: usize = 32;

/// Reads the screen on a thread of its own: the connection has no time limit, and a hung one must not be waited for.
pub(super) async fn capture(shown: Shown, display: String) -> Result<Shot, CaptureError> {
    let (sender, answer) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("screen".to_owned());
    thread.spawn(move || sender.send(grab(shown, &display)).ok()).map_err(failed)?;
    match tokio::time::timeout(LIMIT, answer).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => {
            Err(CaptureError::Failed { step: "reading the screen", detail: "its thread ended".to_owned() })
        }
        Err(_) => Err(CaptureError::NoAnswer),
    }
}

fn failed(error: impl std::fmt::Display) -> CaptureError {
    CaptureError::Failed { step: "reading the screen", detail: error.to_string() }
}

/// A rectangle of the root window, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    x: i16,
    y: i16,
    width: u16,
    height: u16,
}

fn grab(shown: Shown, display: &str) -> Result<Shot, CaptureError> {
    let (connection, number) = RustConnection::connect(Some(display)).map_err(|error| match error {
        ConnectError::SetupAuthenticate(_) | ConnectError::SetupFailed(_) => CaptureError::NotAllowed,
        ConnectError::IoError(_) | ConnectError::DisplayParsingError(_) | ConnectError::InvalidScreen => {
            CaptureError::NoScreen
        }
        error => failed(error),
    })?;
    let screen = connection.setup().roots.get(number).ok_or(CaptureError::NoScreen)?;
    let (_, whole) = place(&connection, screen.root)?;
    let part = match shown {
        Shown::Screen => whole,
        Shown::Window => {
            let window = in_front(&connection, screen.root)?.ok_or(CaptureError::NoWindow)?;
            let (border, outer) = place(&connection, with_frame(&connection, screen.root, window)?)?;
            clipped(outer, border, whole).ok_or(CaptureError::NoWindow)?
        }
    };
    check_size(part.width.into(), part.height.into())?;
    let every_plane = u32::MAX;
    let read = connection.get_image(
        ImageFormat::Z_PIXMAP,
        screen.root,
        part.x,
        part.y,
        part.width,
        part.height,
        every_plane,
    );
    let image = read.map_err(failed)?.reply().map_err(refused)?;
    let layout = layout(&connection, screen, &image)
        .ok_or_else(|| failed(format!("a depth of {} bits is not known", image.depth)))?;
    let rgba = layout
        .to_rgba(&image.data, part.width.into(), part.height.into())
        .ok_or_else(|| failed("the picture is not as large as it says"))?;
    Ok(Shot { width: part.width.into(), height: part.height.into(), rgba })
}

fn refused(error: ReplyError) -> CaptureError {
    match error {
        ReplyError::X11Error(ref it) if it.error_kind == x11rb::protocol::ErrorKind::Access => {
            CaptureError::NotAllowed
        }
        error => failed(error),
    }
}

/// A window's border and its place in its parent.
fn place(connection: &RustConnection, window: Window) -> Result<(u16, Part), CaptureError> {
    let found = connection.get_geometry(window).map_err(failed)?.reply().map_err(refused)?;
    Ok((found.border_width, Part { x: found.x, y: found.y, width: found.width, height: found.height }))
}

/// The window in front: what the window manager says (EWMH `_NET_ACTIVE_WINDOW`), else where the keyboard goes.
fn in_front(connection: &RustConnection, root: Window) -> Result<Option<Window>, CaptureError> {
    let atom = connection.intern_atom(true, b"_NET_ACTIVE_WINDOW").map_err(failed)?;
    let atom = atom.reply().map_err(refused)?.atom;
    if atom != x11rb::NONE {
        let property = connection.get_property(false, root, atom, AtomEnum::WINDOW, 0, 1).map_err(failed)?;
        let said = property.reply().map_err(refused)?.value32().and_then(|mut it| it.next());
        if let Some(window) = said.filter(|it| *it != x11rb::NONE) {
            return Ok(Some(window));
        }
    }
    let focus = connection.get_input_focus().map_err(failed)?.reply().map_err(refused)?.focus;
    // 0 is nobody, 1 is "wherever the pointer is".
    Ok((focus > 1 && focus != root).then_some(focus))
}

/// The outermost window around `window`: a window manager puts its frame there.
fn with_frame(connection: &RustConnection, root: Window, window: Window) -> Result<Window, CaptureError> {
    let mut outer = window;
    for _ in 0..NESTING_LIMIT {
        let tree = connection.query_tree(outer).map_err(failed)?.reply();
        let Ok(tree) = tree else { return Err(CaptureError::NoWindow) };
        if tree.parent == root || tree.parent == x11rb::NONE {
            break;
        }
        outer = tree.parent;
    }
    Ok(outer)
}

/// What of a window with its border lies on the screen.
fn clipped(window: Part, border: u16, screen: Part) -> Option<Part> {
    let line = |from: i16, length: u16, most: u16| {
        let start = i32::from(from).max(0);
        let end = (i32::from(from) + i32::from(length) + 2 * i32::from(border)).min(most.into());
        Some((i16::try_from(start).ok()?, u16::try_from(end - start).ok().filter(|it| *it > 0)?))
    };
    let (x, width) = line(window.x, window.width, screen.width)?;
    let (y, height) = line(window.y, window.height, screen.height)?;
    Some(Part { x, y, width, height })
}

fn layout(connection: &RustConnection, screen: &Screen, image: &GetImageReply) -> Option<Layout> {
    let setup = connection.setup();
    let format = setup.pixmap_formats.iter().find(|it| it.depth == image.depth)?;
    let mut visuals = screen.allowed_depths.iter().flat_map(|it| &it.visuals);
    let visual = visuals.find(|it| it.visual_id == image.visual)?;
    Some(Layout {
        bits_per_pixel: format.bits_per_pixel,
        row_pad_bits: format.scanline_pad,
        is_little_endian: setup.image_byte_order == ImageOrder::LSB_FIRST,
        masks: [visual.red_mask, visual.green_mask, visual.blue_mask],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_cut_at_the_edges_of_the_screen() {
        let part = |x, y, width, height| Part { x, y, width, height };
        let screen = part(0, 0, 640, 480);
        for (window, border, expected) in [
            (part(10, 20, 100, 50), 0, Some(part(10, 20, 100, 50))),
            (part(10, 20, 100, 50), 2, Some(part(10, 20, 104, 54))),
            (part(-30, -5, 100, 50), 0, Some(part(0, 0, 70, 45))),
            (part(600, 470, 100, 50), 0, Some(part(600, 470, 40, 10))),
            (part(-100, 0, 100, 50), 0, None),
            (part(640, 0, 100, 50), 0, None),
            (part(0, i16::MIN, 100, u16::MAX), 0, Some(part(0, 0, 100, 480))),
        ] {
            assert_eq!(clipped(window, border, screen), expected, "{window:?}");
        }
    }
}
