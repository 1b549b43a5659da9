//! The session bus of the person, with a limit on every wait. Starts no bus and owns no name.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use zbus::Connection;
use zbus::connection::Builder;

/// Why there is no bus to talk to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoBus {
    /// The environment names none: nobody is signed in to a desktop here.
    #[error("no session bus is named")]
    NotSaid,
    /// It does not answer.
    #[error("the session bus does not answer")]
    NoAnswer,
    /// It refused.
    #[error("the session bus refused")]
    Refused(#[source] zbus::Error),
}

/// Connects to the bus that the environment names. `limit` is for connecting and then for each answer.
pub(crate) async fn session(
    environment: &BTreeMap<String, String>,
    limit: Duration,
) -> Result<Connection, NoBus> {
    let address = address(environment).ok_or(NoBus::NotSaid)?;
    let builder = Builder::address(address.as_str()).map_err(NoBus::Refused)?.method_timeout(limit);
    match tokio::time::timeout(limit, builder.build()).await {
        Ok(built) => built.map_err(NoBus::Refused),
        Err(_) => Err(NoBus::NoAnswer),
    }
}

/// `DBUS_SESSION_BUS_ADDRESS`, else the place where systemd puts it.
fn address(environment: &BTreeMap<String, String>) -> Option<String> {
    if let Some(said) = environment.get("DBUS_SESSION_BUS_ADDRESS").filter(|it| !it.is_empty()) {
        return Some(said.clone());
    }
    let runtime = environment.get("XDG_RUNTIME_DIR").filter(|it| !it.is_empty())?;
    let socket = Path::new(runtime).join("bus");
    socket.exists().then(|| format!("unix:path={}", socket.display()))
}

/// Whether an answer says that nobody has the name that was called.
pub(crate) fn is_nobody(error: &zbus::Error) -> bool {
    match error {
        zbus::Error::MethodError(name, _, _) => matches!(
            name.as_str(),
            "org.freedesktop.DBus.Error.ServiceUnknown"
                | "org.freedesktop.DBus.Error.NameHasNoOwner"
                | "org.freedesktop.DBus.Error.UnknownInterface"
                | "org.freedesktop.DBus.Error.UnknownMethod"
                | "org.freedesktop.DBus.Error.Spawn.ExecFailed"
                | "org.freedesktop.DBus.Error.Spawn.ChildExited"
                | "org.freedesktop.DBus.Error.Spawn.ServiceNotFound"
        ),
        zbus::Error::FDO(error) => matches!(
            **error,
            zbus::fdo::Error::ServiceUnknown(_)
                | zbus::fdo::Error::NameHasNoOwner(_)
                | zbus::fdo::Error::UnknownInterface(_)
                | zbus::fdo::Error::UnknownMethod(_)
                | zbus::fdo::Error::SpawnExecFailed(_)
                | zbus::fdo::Error::SpawnChildExited(_)
                | zbus::fdo::Error::SpawnServiceNotFound(_)
        ),
        _ => false,
    }
}
