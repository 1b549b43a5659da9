//! Asks the desktop portal for a picture, which asks the person (org.freedesktop.portal.Screenshot). Wayland has no
//! other way. The portal's file is deleted as soon as it is read.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::StreamExt;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream};

use super::pixels::read_png;
use super::{CaptureError, Shot, Shown};
use crate::bus;

/// The person reads a question and chooses a part of the screen.
const PERSON_LIMIT: Duration = Duration::from_secs(60);
/// The portal itself only has to take the request, and may have to be started for it.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// Answers that may wait unread; ours is the only one.
const QUEUE: usize = 4;

const PORTAL: &str = "org.freedesktop.portal.Desktop";
/// What we are called among the requests of this connection, which makes only one.
const TOKEN: &str = "nightline";

pub(super) async fn capture(
    shown: Shown,
    environment: &BTreeMap<String, String>,
) -> Result<Shot, CaptureError> {
    let connection = bus::session(environment, ANSWER_LIMIT).await.map_err(|error| match error {
        bus::NoBus::NotSaid | bus::NoBus::Refused(_) => CaptureError::NotOnThisSystem,
        bus::NoBus::NoAnswer => CaptureError::NoAnswer,
    })?;
    let path = match tokio::time::timeout(PERSON_LIMIT, ask(&connection, shown)).await {
        Ok(answered) => answered?,
        Err(_) => return Err(CaptureError::NoAnswer),
    };
    let read = tokio::task::spawn_blocking(move || {
        let shot = read_png(&path);
        std::fs::remove_file(&path).ok();
        shot
    });
    read.await
        .map_err(|error| CaptureError::Failed { step: "reading the picture", detail: error.to_string() })?
}

/// Asks, and waits for the answer, which comes as a signal of an object made for this request.
async fn ask(connection: &Connection, shown: Shown) -> Result<PathBuf, CaptureError> {
    // Listening begins first: the answer may be faster than the name of the request.
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface("org.freedesktop.portal.Request")
        .and_then(|it| it.member("Response"))
        .map_err(failed)?
        .build();
    let mut answers = MessageStream::for_match_rule(rule, connection, Some(QUEUE)).await.map_err(failed)?;
    let options: HashMap<&str, Value<'_>> = HashMap::from([
        ("handle_token", Value::from(TOKEN)),
        // A part of the screen can only be chosen by the person.
        ("interactive", Value::from(shown == Shown::Window)),
        ("modal", Value::from(false)),
    ]);
    let path = "/org/freedesktop/portal/desktop";
    let interface = Some("org.freedesktop.portal.Screenshot");
    let asked = connection.call_method(Some(PORTAL), path, interface, "Screenshot", &("", options)).await;
    let request: OwnedObjectPath = match asked {
        Ok(reply) => reply.body().deserialize().map_err(failed)?,
        Err(error) if bus::is_nobody(&error) => return Err(CaptureError::NotOnThisSystem),
        Err(error) if is_refused(&error) => return Err(CaptureError::NotAllowed),
        Err(error) => return Err(failed(error)),
    };
    while let Some(message) = answers.next().await {
        let message = message.map_err(failed)?;
        if message.header().path().map(zbus::zvariant::ObjectPath::as_str) != Some(request.as_str()) {
            continue;
        }
        let (code, mut results): (u32, HashMap<String, OwnedValue>) =
            message.body().deserialize().map_err(failed)?;
        return match code {
            0 => {
                let uri = results.remove("uri").and_then(|it| String::try_from(it).ok());
                uri.as_deref().and_then(file_of).ok_or_else(|| failed("the answer names no file"))
            }
            1 => Err(CaptureError::NotAllowed),
            _ => Err(failed("the portal ended the request")),
        };
    }
    Err(failed("the session bus hung up"))
}

fn failed(error: impl std::fmt::Display) -> CaptureError {
    CaptureError::Failed { step: "asking the desktop", detail: error.to_string() }
}

fn is_refused(error: &zbus::Error) -> bool {
    let name = match error {
        zbus::Error::MethodError(name, _, _) => name.as_str(),
        _ => return false,
    };
    matches!(name, "org.freedesktop.portal.Error.NotAllowed" | "org.freedesktop.DBus.Error.AccessDenied")
}

/// The path in a `file:` address (RFC 8089), on this machine.
fn file_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/').map(|_| path.bytes())?;
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(*data_encoding::HEXLOWER_PERMISSIVE.decode(&digits).ok()?.first()?);
            }
            byte => bytes.push(byte),
        }
    }
    (!bytes.contains(&0)).then(|| PathBuf::from(OsString::from_vec(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_address_is_a_path_on_this_machine_or_nothing() {
        check("file:///home/mei/Pictures/a%20b%25.png", Some("/home/mei/Pictures/a b%.png"));
        check("file://localhost/tmp/%E5%9B%BE.png", Some("/tmp/图.png"));
        check("file://elsewhere/tmp/a.png", None);
        check("https://example.org/a.png", None);
        check("file:///tmp/a%2", None);
        check("file:///tmp/a%zz", None);
        check("file:///tmp/a%00b", None);
        check("", None);
    }

    #[track_caller]
    fn check(uri: &str, expected: Option<&str>) {
        assert_eq!(file_of(uri), expected.map(PathBuf::from), "{uri}");
    }
}
