//! The window alone, with the test in the watch's place: shows, asks, hides, closes, and stays in its corner.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

use nightline_testkit::wait;
use nightline_view::{FromWindow, Place, Request, ToWindow, VERSION};

use crate::driver::Driver;
use crate::harness::{Desktop, built};
use crate::window_process::{TITLE, WindowProcess, state_path, view, written};

#[tokio::test(flavor = "multi_thread")]
async fn the_window_shows_each_view_and_passes_on_what_the_person_does() {
    let desktop = Desktop::start();
    let mut window = WindowProcess::start(&desktop, view(1, "en", "The printer prints empty pages"));
    assert_eq!(window.hear(), FromWindow::Hello { version: VERSION });
    let driver = Driver::attach(&desktop).await;
    driver.wait_for_text("The printer prints empty pages").await;
    assert_eq!(driver.run("return document.documentElement.lang").await, "en");

    driver.click("The printer prints empty pages").await;
    let place = Place::Ticket { number: "NL-7K2Q-9M4X".to_owned() };
    assert_eq!(window.hear(), FromWindow::Ask { request: Request::Open { place } });

    window.send(&ToWindow::View { view: Box::new(view(2, "zh-CN", "打印机打出来的是白纸")) });
    driver.wait_for_text("打印机打出来的是白纸").await;
    assert_eq!(driver.run("return document.documentElement.lang").await, "zh-CN");

    // A page that is loaded again shows what was there.
    driver.run("location.reload()").await;
    driver.wait_for_text("打印机打出来的是白纸").await;
}

/// B-082: the window goes with its watch. B-083: it remembers its size.
#[tokio::test(flavor = "multi_thread")]
async fn the_window_goes_with_its_watch_and_comes_back_as_large_as_it_was() {
    let desktop = Desktop::start();
    let mut window = WindowProcess::start(&desktop, view(1, "en", "Words"));
    let driver = Driver::attach(&desktop).await;
    driver.wait_for_text("Words").await;
    driver.client.set_window_rect(40, 50, 700, 640).await.unwrap();
    wait::until_async("the new size", async || driver.run("return innerWidth").await == 700).await;
    drop(driver);
    window.hang_up();
    assert_eq!(window.program.ended(), Some(0));
    assert_eq!(written(&state_path(&desktop))["width"], 700.0);

    let mut again = WindowProcess::start(&desktop, view(1, "en", "Words"));
    let driver = Driver::attach(&desktop).await;
    driver.wait_for_text("Words").await;
    wait::until_async("the size of last time", async || driver.run("return innerWidth").await == 700).await;
    again.send(&ToWindow::Close);
    assert_eq!(again.program.ended(), Some(0));
}

#[test]
fn hidden_is_said_when_nothing_is_on_the_screen_and_raising_brings_it_back() {
    let desktop = Desktop::start();
    let mut window = WindowProcess::start(&desktop, view(1, "en", "Words"));
    assert_eq!(window.hear(), FromWindow::Hello { version: VERSION });
    wait::until("the window", || desktop.is_on_screen(TITLE));
    window.send(&ToWindow::Hide);
    assert_eq!(window.hear(), FromWindow::Hidden);
    assert!(!desktop.is_on_screen(TITLE), "{}", desktop.window_info(TITLE));
    window.send(&ToWindow::Raise);
    wait::until("the window to come back", || desktop.is_on_screen(TITLE));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_can_reach_nothing_but_its_watch() {
    let desktop = Desktop::start();
    let _window = WindowProcess::start(&desktop, view(1, "en", "Words"));
    let driver = Driver::attach(&desktop).await;
    driver.wait_for_text("Words").await;
    assert_eq!(driver.run("return typeof window.__TAURI__").await, "undefined");

    let outside = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    outside.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", outside.local_addr().unwrap());
    let fetch = format!(
        "const done = arguments[0]; fetch('{address}').then(() => done('reached'), () => done('refused'))"
    );
    assert_eq!(driver.run_until_done(&fetch).await, "refused");
    // By a trusted element, as a mistake in the page would do it.
    let image = format!(
        "const done = arguments[0]; const it = new Image(); it.onload = () => done('reached'); \
         it.onerror = () => done('refused'); it.src = '{address}'"
    );
    assert_eq!(driver.run_until_done(&image).await, "refused");
    driver.run(&format!("const it = document.createElement('a'); it.href = '{address}'; it.click()")).await;
    driver.run(&format!("window.open('{address}')")).await;
    let inline = "const it = document.createElement('script'); it.textContent = 'window.was_run = 1'; \
                  document.head.append(it); return typeof window.was_run";
    assert_eq!(driver.run(inline).await, "undefined");
    for command in ["plugin:window|close", "plugin:event|emit", "plugin:path|resolve_directory", "nothing"] {
        let call = format!(
            "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('{command}', {{}})\
             .then(() => done('done'), () => done('refused'))"
        );
        assert_eq!(driver.run_until_done(&call).await, "refused", "{command}");
    }
    driver.wait_for_text("Words").await;
    assert!(outside.accept().is_err(), "the page has reached {address}");
}

/// B-080: by hand it opens nothing and says what does.
#[test]
fn started_by_hand_it_says_how_to_open_the_window() {
    let mut command = Command::new(built("nightline-window"));
    check_refusal(command.stdin(Stdio::null()), 2, "nightline-watch --show");
    let mut command = Command::new(built("nightline-window"));
    check_refusal(
        command.args(["--lang", "zh-CN"]).stdin(Stdio::null()),
        2,
        "请运行：nightline-watch --show",
    );
    let mut command = Command::new(built("nightline-window"));
    check_refusal(command.arg("--show").stdin(Stdio::null()), 2, "--show");
}

#[track_caller]
fn check_refusal(command: &mut Command, code: i32, words: &str) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{said}");
}

/// B-081: so does the watch, to whoever asks it for the window.
#[test]
fn without_a_screen_a_start_that_wants_the_window_says_so() {
    let home = tempfile::tempdir().unwrap();
    for wanted in ["--show", "--get-help"] {
        let mut command = Command::new(built("nightline-watch"));
        command.args([wanted, "--home"]).arg(home.path()).stdin(Stdio::null());
        command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
        check_refusal(&mut command, 1, "There is no screen");
    }
}

/// B-081: without a screen it says so in words.
#[test]
fn without_a_screen_it_says_so_and_ends() {
    for display in [None, Some(":4711")] {
        let mut command = Command::new(built("nightline-window"));
        command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY").stderr(Stdio::piped());
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let mut window = WindowProcess::start_command(&mut command);
        window.send(&ToWindow::View { view: Box::new(view(1, "en", "Words")) });
        assert_eq!(window.program.ended(), Some(1), "{display:?}");
        let mut said = String::new();
        std::io::Read::read_to_string(&mut window.program.child.stderr.take().unwrap(), &mut said).unwrap();
        assert!(said.contains("There is no screen"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
