//! A notification arrives as it was written, a click on it is told, and a desktop without notifications is said.

use std::collections::HashMap;

use nightline_platform::notify::{NotifyError, notify};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zbus::zvariant::OwnedValue;

use super::bus::Bus;
use super::environment;

const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the server was asked to show: application, icon, title, body, actions, desktop entry.
type Seen = (String, String, String, String, usize, String);

struct Server {
    can: &'static [&'static str],
    seen: UnboundedSender<Seen>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<String> {
        self.can.iter().map(|&it| it.to_owned()).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "the specification has so many")]
    fn notify(
        &self,
        application: String,
        _replaces: u32,
        icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let entry = hints.get("desktop-entry").and_then(|it| String::try_from(it.clone()).ok());
        self.seen.send((application, icon, title, body, actions.len(), entry.unwrap_or_default())).unwrap();
        7
    }
}

async fn serve(bus: &Bus, can: &'static [&'static str]) -> (zbus::Connection, UnboundedReceiver<Seen>) {
    let (seen, received) = unbounded_channel();
    let server = Server { can, seen };
    (bus.serve(SERVER, PATH, server).await, received)
}

#[tokio::test]
async fn a_notification_says_what_it_should_and_nothing_more() {
    let bus = Bus::start();
    let (_server, mut seen) = serve(&bus, &["body"]).await;
    for environment in [bus.environment(), bus.environment_by_folder()] {
        let shown = notify("新消息", "5 < 6 & <b>\0ok</b>", &environment).await;
        let shown = shown.unwrap();
        assert_eq!(shown.id, Some(7));
        assert!(!shown.clicked().await, "this desktop tells no clicks");
        let text = |it: &str| it.to_owned();
        let expected = (
            text("Nightline"),
            text("nightline"),
            text("新消息"),
            text("5 < 6 & <b>ok</b>"),
            0,
            text("nightline"),
        );
        assert_eq!(seen.recv().await.unwrap(), expected);
    }
}

/// What a server tells of notification 7 or another, in order; whether it counts as a click.
#[tokio::test]
async fn a_click_is_told_for_the_notification_that_was_clicked_and_for_no_other() {
    type Signal = (&'static str, u32, Option<&'static str>);
    const CLOSED: &str = "NotificationClosed";
    const INVOKED: &str = "ActionInvoked";
    let cases: [(&[Signal], bool); 4] = [
        (&[(INVOKED, 7, Some("default"))], true),
        (&[(INVOKED, 8, Some("default")), (CLOSED, 8, None), (INVOKED, 7, Some("default"))], true),
        (&[(CLOSED, 7, None)], false),
        (&[(INVOKED, 7, Some("settings")), (CLOSED, 7, None)], false),
    ];
    let bus = Bus::start();
    let (server, mut seen) = serve(&bus, &["body", "actions"]).await;
    for (signals, expected) in cases {
        let shown = notify("title", "body", &bus.environment()).await.unwrap();
        assert_eq!(seen.recv().await.unwrap().4, 2, "an action has a name and a label");
        for (name, id, action) in signals {
            let emitted = match action {
                Some(action) => server.emit_signal(None::<&str>, PATH, SERVER, *name, &(*id, *action)).await,
                None => server.emit_signal(None::<&str>, PATH, SERVER, *name, &(*id, 2_u32)).await,
            };
            emitted.unwrap();
        }
        assert_eq!(shown.clicked().await, expected, "{signals:?}");
    }
}

#[tokio::test]
async fn where_a_body_is_markup_a_message_stays_text() {
    let bus = Bus::start();
    let (_server, mut seen) = serve(&bus, &["body", "body-markup"]).await;
    let long = "我".repeat(3_000);
    notify("<i>title</i>", "<a href='x'>&</a>", &bus.environment()).await.unwrap();
    let (_, _, title, body, ..) = seen.recv().await.unwrap();
    assert_eq!((title.as_str(), body.as_str()), ("<i>title</i>", "&lt;a href='x'&gt;&amp;&lt;/a&gt;"));
    notify(&long, &long, &bus.environment()).await.unwrap();
    let (_, _, title, body, ..) = seen.recv().await.unwrap();
    assert_eq!((title.chars().count(), body.chars().count()), (200, 1_000));
}

#[tokio::test]
async fn a_desktop_that_shows_no_notifications_is_said() {
    let bus = Bus::start();
    let gone = environment(&[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")]);
    let damaged = environment(&[("DBUS_SESSION_BUS_ADDRESS", "nonsense")]);
    for environment in [bus.environment(), environment(&[]), gone, damaged] {
        let error = notify("title", "body", &environment).await.unwrap_err();
        assert!(matches!(error, NotifyError::NoServer), "{error:?} {environment:?}");
    }
}

/// The clock stands still, so that the limit is reached as soon as there is nothing to do but wait.
#[tokio::test(start_paused = true)]
async fn a_bus_that_never_answers_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("bus");
    let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let address = format!("unix:path={}", socket.display());
    let environment = environment(&[("DBUS_SESSION_BUS_ADDRESS", &address)]);
    let error = notify("title", "body", &environment).await.unwrap_err();
    assert!(matches!(error, NotifyError::NoAnswer), "{error:?}");
}
