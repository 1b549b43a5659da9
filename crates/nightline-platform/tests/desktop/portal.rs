//! On Wayland the desktop asks the person before a picture; the test is the desktop.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use nightline_platform::screen::{CaptureError, Shot, Shown, capture};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::bus::Bus;
use super::environment;

/// How the person and the desktop answer.
#[derive(Clone)]
enum Answer {
    Allowed(PathBuf),
    NoFile,
    Refused,
    Ended,
}

struct Desktop {
    answer: Answer,
    /// Whether the answer comes before the name of the request, as fast desktops do.
    is_fast: bool,
}

#[zbus::interface(name = "org.freedesktop.portal.Screenshot")]
impl Desktop {
    async fn screenshot(
        &self,
        _parent: String,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: zbus::message::Header<'_>,
        #[zbus(connection)] connection: &zbus::Connection,
    ) -> OwnedObjectPath {
        let text = |name: &str| String::try_from(options[name].clone()).unwrap();
        let sender = header.sender().unwrap().trim_start_matches(':').replace('.', "_");
        let path = format!("/org/freedesktop/portal/desktop/request/{sender}/{}", text("handle_token"));
        let caller = header.sender().unwrap().to_string();
        let is_interactive = bool::try_from(options["interactive"].clone()).unwrap();
        let answering = answer(connection.clone(), caller, path.clone(), self.answer.clone(), is_interactive);
        if self.is_fast {
            answering.await;
        } else {
            tokio::spawn(answering);
        }
        ObjectPath::try_from(path).unwrap().into()
    }
}

async fn answer(
    connection: zbus::Connection,
    caller: String,
    path: String,
    answer: Answer,
    is_interactive: bool,
) {
    let mut results: HashMap<&str, Value<'_>> = HashMap::new();
    let code: u32 = match answer {
        Answer::Allowed(folder) => {
            // A window is chosen by the person; the whole screen is not.
            let name = if is_interactive { "窗口 1%.png" } else { "screen.png" };
            let file = folder.join(name);
            picture(if is_interactive { [1, 2, 3] } else { [9, 8, 7] }).save(&file).unwrap();
            let uri =
                format!("file://{}", file.display().to_string().replace('%', "%25").replace(' ', "%20"));
            results.insert("uri", uri.into());
            0
        }
        Answer::NoFile => {
            results.insert("uri", "file:///nonexistent/picture.png".into());
            0
        }
        Answer::Refused => 1,
        Answer::Ended => 2,
    };
    let interface = "org.freedesktop.portal.Request";
    // Somebody else's answer comes first and is not ours.
    let other = "/org/freedesktop/portal/desktop/request/1_1/other";
    let nothing: HashMap<&str, Value<'_>> = HashMap::new();
    connection
        .emit_signal(Some(caller.as_str()), other, interface, "Response", &(1_u32, nothing))
        .await
        .unwrap();
    connection
        .emit_signal(Some(caller.as_str()), path, interface, "Response", &(code, results))
        .await
        .unwrap();
}

fn picture(color: [u8; 3]) -> image::RgbImage {
    image::RgbImage::from_pixel(3, 2, image::Rgb(color))
}

async fn take(shown: Shown, answer: Answer, is_fast: bool) -> Result<Shot, CaptureError> {
    let bus = Bus::start();
    let desktop = Desktop { answer, is_fast };
    let _server =
        bus.serve("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", desktop).await;
    let mut environment = bus.environment();
    environment.insert("WAYLAND_DISPLAY".to_owned(), "wayland-0".to_owned());
    // What old programs use; a picture of it would be black.
    environment.insert("DISPLAY".to_owned(), ":99".to_owned());
    capture(shown, &environment, Path::new("/nonexistent")).await
}

#[tokio::test]
async fn with_the_persons_consent_there_is_a_picture_and_no_file_stays() {
    for (shown, color) in [(Shown::Screen, [9, 8, 7]), (Shown::Window, [1, 2, 3])] {
        for is_fast in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let shot = take(shown, Answer::Allowed(folder.path().to_owned()), is_fast).await.unwrap();
            assert_eq!((shot.width, shot.height, shot.rgba.len()), (3, 2, 24));
            let [red, green, blue] = color;
            assert!(shot.rgba.chunks(4).all(|it| it == [red, green, blue, 255]), "{:?}", shot.rgba);
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}

#[tokio::test]
async fn a_person_who_says_no_gets_no_picture() {
    let error = take(Shown::Screen, Answer::Refused, true).await.unwrap_err();
    assert!(matches!(error, CaptureError::NotAllowed), "{error:?}");
}

#[tokio::test]
async fn a_desktop_that_fails_is_a_failure_with_its_words() {
    for answer in [Answer::Ended, Answer::NoFile] {
        let error = take(Shown::Screen, answer, false).await.unwrap_err();
        assert!(matches!(error, CaptureError::Failed { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_desktop_without_a_way_to_take_pictures_is_said() {
    let bus = Bus::start();
    let mut without_portal = bus.environment();
    without_portal.insert("WAYLAND_DISPLAY".to_owned(), "wayland-0".to_owned());
    for environment in [without_portal, environment(&[("WAYLAND_DISPLAY", "wayland-0")])] {
        let error = capture(Shown::Screen, &environment, Path::new("/nonexistent")).await.unwrap_err();
        assert!(matches!(error, CaptureError::NotOnThisSystem), "{error:?}");
    }
}
