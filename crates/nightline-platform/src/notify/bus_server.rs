//! Notifications by the desktop's server (Desktop Notifications Specification 1.2). Listens to no click.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use zbus::zvariant::Value;

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
    let actions: [&str; 0] = [];
    let hints = HashMap::from([("desktop-entry", Value::from("nightline"))]);
    let arguments =
        ("Nightline", NO_EARLIER, "nightline", title, body.as_str(), &actions[..], hints, SERVERS_CHOICE);
    let asked = connection.call_method(Some(SERVER), PATH, Some(SERVER), "Notify", &arguments).await;
    let id: u32 = asked.and_then(|it| it.body().deserialize()).map_err(refused)?;
    Ok(Shown { id: Some(id) })
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
