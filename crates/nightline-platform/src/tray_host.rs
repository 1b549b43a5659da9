//! Who shows tray icons on this desktop. Draws none.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::bus;

/// What the specification of StatusNotifierItem calls the one who keeps the list of icons.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// A bus that takes longer is of no use for a tray either.
const LIMIT: Duration = Duration::from_secs(5);

/// The bus's own name for whoever keeps the list of icons, which no later one gets again; `None` while nobody does or
/// the bus does not say.
pub async fn tray_host(environment: &BTreeMap<String, String>) -> Option<String> {
    let connection = bus::session(environment, LIMIT).await.ok()?;
    let bus = Some("org.freedesktop.DBus");
    let asked = connection.call_method(bus, "/org/freedesktop/DBus", bus, "GetNameOwner", &(WATCHER,)).await;
    asked.ok()?.body().deserialize().ok()
}
