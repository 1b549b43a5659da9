//! Notifications by the desktop's server (Desktop Notifications Specification 1.2), and the click on one. Offers no
//! other action.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use futures_util::StreamExt;
use zbus::zvariant::Value;
use zbus::{MatchRule, MessageStream};

use super::{NotifyError, Shown};
use crate::bus;

/// A server answers in milliseconds; one that is started by the question takes a second or two.
const LIMIT: Duration = Duration::from_secs(5);

const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The server shows it as long as it thinks right.
const SERVERS_CHOICE: i32 = -1;
/// It replaces no earlier one.
const NO_EARLIER: u32 = 0;
/// What a click on the notification itself is called. Servers show no button for it.
const CLICK: &str = "default";
/// Some servers keep what nobody clicks for ever; after so long the person finds the answer in the tray.
const CLICK_LIMIT: Duration = Duration::from_secs(1_800);
/// Signals of the server that wait to be read: it has a few notifications at a time.
const MAX_SIGNALS: usize = 16;

/// What the server tells of one notification.
#[derive(Debug)]
pub(super) struct Clicks {
    signals: MessageStream,
    id: u32,
}

impl Clicks {
    pub(super) async fn clicked(mut self) -> bool {
        tokio::time::timeout(CLICK_LIMIT, self.next()).await.unwrap_or(false)
    }

    /// Until this notification is clicked or gone.
    async fn next(&mut self) -> bool {
        while let Some(Ok(signal)) = self.signals.next().await {
            let header = signal.header();
            match header.member().map(|it| it.as_str()) {
                Some("ActionInvoked") => match signal.body().deserialize::<(u32, String)>() {
                    Ok((id, action)) if id == self.id && action == CLICK => return true,
                    _ => {}
                },
                Some("NotificationClosed") => match signal.body().deserialize::<(u32, u32)>() {
                    Ok((id, _)) if id == self.id => return false,
                    _ => {}
                },
                _ => {}
            }
        }
        false
    }
}

pub(super) async fn notify(
    title: &str,
    body: &str,
    environment: &BTreeMap<String, String>,
) -> Result<Shown, NotifyError> {
    match tokio::time::timeout(LIMIT, ask(title, body, environment)).await {
        Ok(answered) => answered,
        Err(_) => Err(NotifyError::NoAnswer),
    }
}

async fn ask(title: &str, body: &str, environment: &BTreeMap<String, String>) -> Result<Shown, NotifyError> {
    let connection = bus::session(environment, LIMIT).await.map_err(|error| match error {
        bus::NoBus::NotSaid | bus::NoBus::Refused(_) => NotifyError::NoServer,
        bus::NoBus::NoAnswer => NotifyError::NoAnswer,
    })?;
    let asked = connection.call_method(Some(SERVER), PATH, Some(SERVER), "GetCapabilities", &()).await;
    let can: Vec<String> = asked.and_then(|it| it.body().deserialize()).map_err(refused)?;
    let has_markup = can.iter().any(|it| it == "body-markup");
    let body = if has_markup { escaped(body) } else { body.to_owned() };
    let has_clicks = can.iter().any(|it| it == "actions");
    // Before the notification is shown: a person may be quicker than the bus.
    let signals = if has_clicks { listen(&connection).await } else { None };
    // No server shows the label of a click.
    let actions = if signals.is_some() { &[CLICK, ""][..] } else { &[] };
    let hints = HashMap::from([("desktop-entry", Value::from("nightline"))]);
    let arguments =
        ("Nightline", NO_EARLIER, "nightline", title, body.as_str(), actions, hints, SERVERS_CHOICE);
    let asked = connection.call_method(Some(SERVER), PATH, Some(SERVER), "Notify", &arguments).await;
    let id: u32 = asked.and_then(|it| it.body().deserialize()).map_err(refused)?;
    Ok(Shown { id: Some(id), clicks: signals.map(|signals| Clicks { signals, id }) })
}

/// What the server tells from now on. Without it the notification is shown all the same.
async fn listen(connection: &zbus::Connection) -> Option<MessageStream> {
    let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).sender(SERVER).ok()?;
    let rule = rule.interface(SERVER).ok()?.path(PATH).ok()?.build();
    MessageStream::for_match_rule(rule, connection, Some(MAX_SIGNALS)).await.ok()
}

/// The server reads a body as a small HTML; ours is plain text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn refused(error: zbus::Error) -> NotifyError {
    match &error {
        error if bus::is_nobody(error) => NotifyError::NoServer,
        zbus::Error::InputOutput(cause) if cause.kind() == std::io::ErrorKind::TimedOut => {
            NotifyError::NoAnswer
        }
        _ => NotifyError::Refused { detail: error.to_string() },
    }
}
