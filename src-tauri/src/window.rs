//! The one window: opened, hidden, raised and closed as the watch says. Goes nowhere but to its own page.

use std::path::PathBuf;
use std::time::Duration;

use nightline_text::Texts;
use nightline_view::{FromWindow, ToWindow};
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::window::Color;
use tauri::{
    AppHandle, LogicalSize, Manager, PhysicalPosition, Theme, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

use crate::arguments::Arguments;
use crate::commands;
use crate::conversation::{Screen, follow};
use crate::page::Page;
use crate::pipes::{First, FromWatch, ToWatch};
use crate::size::{Area, Remembered, SMALLEST, USUAL};

/// The only window, and what its capability names.
const LABEL: &str = "main";
/// Behind the page until it is drawn, as the page's own ground in the dark, so that nobody is dazzled at night.
const DARK_GROUND: Color = Color(0x0d, 0x12, 0x18, 0xff);
/// A proxy that is not there: only the system itself may listen on the port of the discard protocol.
const NOWHERE: &str = "http://127.0.0.1:9";
/// Desktops fade a window out; a picture taken meanwhile would show it.
const FADE: Duration = Duration::from_millis(250);
/// For a window that should have gone: a desktop that does not hide it in this time will not.
const HIDE_LIMIT: Duration = Duration::from_secs(2);
/// Between two looks whether it has gone.
const HIDE_PAUSE: Duration = Duration::from_millis(10);
/// For the web view to end in order. A window whose watch has gone must not stay, whatever hangs in it.
const CLOSE_LIMIT: Duration = Duration::from_secs(3);

/// Opens the window and stays until it is closed.
pub(crate) fn run(
    arguments: &Arguments,
    watch: ToWatch,
    frames: FromWatch,
    first: First,
) -> Result<(), tauri::Error> {
    let title = Texts::new(arguments.language).plain("window-title");
    let state_path = arguments.state_path.clone();
    let app = tauri::Builder::default()
        .manage(watch)
        .manage(Page::default())
        .invoke_handler(tauri::generate_handler![commands::ask, commands::listen])
        .setup(move |app| {
            let window = open(app.handle(), &title, state_path)?;
            let shown = Shown { app: app.handle().clone(), window };
            let first = if let First::Frame(frame) = first { Some(frame) } else { None };
            std::thread::spawn(move || follow(first.into_iter().chain(frames), &shown));
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|_, _| {});
    Ok(())
}

fn open(app: &AppHandle, title: &str, state_path: Option<PathBuf>) -> Result<WebviewWindow, tauri::Error> {
    let mut builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(title)
        .inner_size(USUAL.0, USUAL.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        .visible(false)
        .zoom_hotkeys_enabled(true)
        // The page itself takes files that are dropped on it.
        .disable_drag_drop_handler()
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    // The content policy refuses requests, but web views also connect ahead of requests that may come. Nobody answers
    // on the port of this proxy, so that nothing leaves, not even the question for a name.
    if cfg!(target_os = "linux")
        && let Ok(nowhere) = NOWHERE.parse()
    {
        builder = builder.proxy_url(nowhere);
    }
    if let Some(dir) = state_path.as_deref().and_then(|it| it.parent()) {
        // What a web view keeps lies beside what we keep, and not in a folder of its own somewhere else.
        builder = builder.data_directory(dir.join("web"));
    }
    let window = builder.build()?;
    if window.theme().is_ok_and(|it| it == Theme::Dark) {
        let _ = window.set_background_color(Some(DARK_GROUND));
    }
    let remembered = state_path.as_deref().and_then(Remembered::read);
    if let Some(size) = remembered.map(|it| it.on(&screens(&window))) {
        place(&window, size);
    }
    let watched = window.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::CloseRequested { .. }) {
            // A watch that has gone needs no word.
            let _ = watched.state::<ToWatch>().send(FromWindow::Closing);
            if let Some(path) = &state_path {
                remember(&watched, remembered, path);
            }
        }
    });
    window.show()?;
    Ok(window)
}

/// The page inside the program, by the names that the three systems have for it.
fn is_own(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

fn screens(window: &WebviewWindow) -> Vec<Area> {
    let primary = window.primary_monitor().ok().flatten();
    let others = window.available_monitors().unwrap_or_default();
    let area = |it: tauri::window::Monitor| {
        let work = it.work_area();
        let (position, size) = (work.position, work.size);
        Area {
            x: position.x,
            y: position.y,
            width: size.width,
            height: size.height,
            scale: it.scale_factor(),
        }
    };
    primary.into_iter().chain(others).map(area).collect()
}

/// What the system refuses of it stays as the system likes it.
fn place(window: &WebviewWindow, size: Remembered) {
    let _ = window.set_size(LogicalSize::new(size.width, size.height));
    let _ = window.set_position(PhysicalPosition::new(size.x, size.y));
    if size.maximized {
        let _ = window.maximize();
    }
}

fn remember(window: &WebviewWindow, before: Option<Remembered>, path: &std::path::Path) {
    let (Ok(at), Ok(size), Ok(scale)) = (window.outer_position(), window.inner_size(), window.scale_factor())
    else {
        return;
    };
    let is_maximized = window.is_maximized().unwrap_or(false);
    let size = size.to_logical(scale);
    let now = Remembered::new((at.x, at.y), (size.width, size.height));
    let now = match before {
        // The size to go back to from a whole screen is the one from before.
        Some(before) if is_maximized => before.maximized(true),
        _ => now.maximized(is_maximized),
    };
    // A full disk costs the size of a window, and that is all.
    let _ = now.write(path);
}

/// The window while it is there.
struct Shown {
    app: AppHandle,
    window: WebviewWindow,
}

impl Screen for Shown {
    fn show(&self, frame: ToWindow) {
        self.app.state::<Page>().show(frame);
    }

    fn hide(&self) {
        let _ = self.window.hide();
        let tries = HIDE_LIMIT.as_millis() / HIDE_PAUSE.as_millis();
        let has_gone = (0..tries).any(|_| {
            std::thread::sleep(HIDE_PAUSE);
            self.window.is_visible().is_ok_and(|it| !it)
        });
        if has_gone {
            std::thread::sleep(FADE);
            let _ = self.app.state::<ToWatch>().send(FromWindow::Hidden);
        }
    }

    fn raise(&self) {
        // What the desktop refuses of it, it refuses; the window is there either way.
        let _ = self.window.show();
        let _ = self.window.unminimize();
        let _ = self.window.set_focus();
    }

    fn close(&self) {
        // By the way of the person's own close, so that the size is remembered.
        let _ = self.window.close();
        std::thread::sleep(CLOSE_LIMIT);
        std::process::exit(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: bool) {
        assert_eq!(is_own(&url.parse().unwrap()), expected, "{url}");
    }

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        check("tauri://localhost/", true);
        check("tauri://localhost/index.html", true);
        check("http://tauri.localhost/", true);
        check("https://tauri.localhost/index.html", true);
        for other in [
            "https://example.com/",
            "http://localhost/",
            "http://127.0.0.1:1420/",
            "tauri://example.com/",
            "https://tauri.localhost.example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            check(other, false);
        }
    }
}
