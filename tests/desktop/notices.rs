//! What is announced on the desktop, and what a click on it does.

use std::collections::HashMap;

use nightline_testkit::wait;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use zbus::zvariant::OwnedValue;

use crate::driver::Driver;
use crate::journey::apart;
use crate::scene::Scene;
use crate::window_process::TITLE;

const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The number that this server gives everything.
const ID: u32 = 7;

/// Shows nothing and passes on what it was asked to show: title and body.
struct Notices(UnboundedSender<(String, String)>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notices {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned(), "actions".to_owned()]
    }

    #[expect(clippy::too_many_arguments, reason = "the specification has so many")]
    fn notify(
        &self,
        _application: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.0.send((title, body)).unwrap();
        ID
    }
}

/// B-102: an answer is announced once, and a click on the notification opens its ticket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_click_on_the_notification_opens_the_ticket_that_was_answered() {
    let scene = Scene::start().await;
    let (sender, mut seen) = unbounded_channel();
    let builder = zbus::connection::Builder::address(scene.desktop.bus_address()).unwrap();
    let builder = builder.serve_at(PATH, Notices(sender)).unwrap().name(SERVER).unwrap();
    let server = builder.build().await.unwrap();
    let driver = scene.get_help().await;
    driver.hurry_to_preview("The printer is silent").await;
    let number = driver.send().await;
    driver.wait_for("#delivery[data-state=delivered]").await;
    driver.press_last("#close-window").await;
    wait::until("the window to be gone", || scene.desktop.has_closed(TITLE));
    drop(driver);

    let answer = json!({ "id": "m-1", "text": "Please switch it on." });
    apart(|| scene.desk.agent.post(&format!("/tickets/{number}/messages"), &answer));
    let (title, body) = seen.recv().await.unwrap();
    assert_eq!(title, "The support desk has answered");
    assert!(body.contains(&number), "{body}");
    server.emit_signal(None::<&str>, PATH, SERVER, "ActionInvoked", &(ID, "default")).await.unwrap();
    let driver = Driver::attach(&scene.desktop).await;
    driver.wait_for_text("Please switch it on.").await;
    assert!(seen.try_recv().is_err(), "it was announced once");
}
