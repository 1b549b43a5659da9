//! `on-desktop picture`: the real window with what it really says about this machine, as PNG files.

use std::path::Path;

use nightline_testkit::desktop::TITLE;
use nightline_testkit::desktop::driver::Driver;
use nightline_testkit::desktop::harness::Looks;
use nightline_testkit::wait;
use serde_json::Value;

use crate::app::{App, wait_for_verdict};
use crate::memory::at_rest;
use crate::words::Words;

/// Takes the pictures of one language in one light. `--intake` says what the person writes.
pub(crate) async fn run(words: &Words) {
    let looks = Looks { dark: words.value("--theme") == "dark", fine: true };
    let intake = std::fs::read(words.path("--intake")).expect("the intake can be read");
    let intake: Value = serde_json::from_slice(&intake).expect("the intake is JSON");
    let app = App::start(words, looks, true).await;
    // So that nothing is being looked at any more.
    at_rest(app.pid(), true);
    let driver = app.open().await;
    wait_for_verdict(&driver).await;
    let out_dir = words.path("--out");
    let file = |what: &str| {
        out_dir.join(format!("app-{what}-{}-{}.png", words.value("--lang"), words.value("--theme")))
    };
    take(&app, &driver, &file("home")).await;

    driver.press("#get-help").await;
    driver.type_into("[name=what]", text(&intake, "what")).await;
    driver.press("#next").await;
    driver.type_into("[name=target]", text(&intake, "target")).await;
    driver.press("#next").await;
    driver.type_into("[name=error]", text(&intake, "error")).await;
    for question in ["error", "when", "machine", "pattern", "scope", "impact"] {
        driver.wait_for(&format!("[name={question}]")).await;
        driver.press("#next, #skip").await;
    }
    driver.wait_for("#solved").await;
    driver.wait_for("#target-title").await;
    take(&app, &driver, &file("found")).await;
}

fn text<'a>(intake: &'a Value, key: &str) -> &'a str {
    intake[key].as_str().unwrap_or_default()
}

/// The window without its frame, which every desktop draws in its own way.
async fn take(app: &App, driver: &Driver, path: &Path) {
    // The keyboard's place is drawn only where somebody uses the keyboard.
    driver.run("document.activeElement?.blur(); scrollTo(0, 0)").await;
    driver.run_until_done("document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(arguments[0])))").await;
    wait::until("the window", || app.desktop.is_on_screen(TITLE));
    let info = app.desktop.window_info(TITLE);
    let id = info.split("Window id: ").nth(1).and_then(|it| it.split(' ').next());
    app.desktop.picture_of(id.expect("a window has an id"), path);
}
