//! A tray host written for the tests: watcher and panel in one, on the test's own session bus. It shows nothing; it
//! reads what a panel would draw and clicks as one would.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy, connection, interface};

use crate::wait;

/// What the specification of StatusNotifierItem calls the watcher.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// One node of a menu as dbusmenu sends it: id, properties, children.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The watcher of a desktop, and a panel that looks at the one item that registers.
#[derive(Debug)]
pub struct TrayHost {
    connection: Connection,
    items: Arc<Mutex<Vec<String>>>,
}

struct Watcher {
    items: Arc<Mutex<Vec<String>>>,
    answers: bool,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        // Some items give their object's path only; then the sender is the service.
        let service = match (service.starts_with('/'), header.sender()) {
            (true, Some(sender)) => sender.to_string(),
            _ => service.to_owned(),
        };
        self.items.lock().unwrap().push(service);
        if !self.answers {
            std::future::pending::<()>().await;
        }
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.items.lock().unwrap().clone()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl TrayHost {
    /// Takes the watcher's name on this bus.
    pub async fn start(bus_address: &str) -> Self {
        Self::start_as(bus_address, true).await
    }

    /// The same, and hangs once an item registers.
    pub async fn start_to_hang(bus_address: &str) -> Self {
        Self::start_as(bus_address, false).await
    }

    async fn start_as(bus_address: &str, answers: bool) -> Self {
        let items = Arc::new(Mutex::new(Vec::new()));
        let watcher = Watcher { items: Arc::clone(&items), answers };
        let connection = connection::Builder::address(bus_address)
            .unwrap()
            .serve_at("/StatusNotifierWatcher", watcher)
            .unwrap()
            .name(WATCHER)
            .unwrap()
            .build()
            .await
            .unwrap();
        Self { connection, items }
    }

    /// Leaves the bus, as a panel that crashes does.
    pub async fn leave(self) {
        self.connection.close().await.unwrap();
    }

    /// The name of the item that registered last.
    pub async fn item(&self) -> String {
        wait::until_async("an item in the tray", async || !self.items.lock().unwrap().is_empty()).await;
        self.items.lock().unwrap().last().cloned().unwrap()
    }

    async fn proxy<'a>(&self, path: &'a str, interface: &'a str) -> Proxy<'a> {
        Proxy::new(&self.connection, self.item().await, path, interface).await.unwrap()
    }

    /// `Active` or `NeedsAttention`.
    pub async fn status(&self) -> String {
        // Properties are not cached: the item announces changes by signals of its own.
        let item = self.proxy("/StatusNotifierItem", ITEM).await;
        let value = item.connection().call_method(
            Some(item.destination()),
            item.path(),
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &(ITEM, "Status"),
        );
        let value: OwnedValue = value.await.unwrap().body().deserialize().unwrap();
        String::try_from(value).unwrap()
    }

    /// What the menu shows, top to bottom, with the id of each line; an error while the item that registered last is
    /// of a program that was killed.
    pub async fn menu(&self) -> zbus::Result<Vec<(i32, String)>> {
        let menu = self.proxy("/MenuBar", MENU).await;
        let (_, (_, _, lines)): (u32, Node) =
            menu.call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new())).await?;
        let lines = lines
            .into_iter()
            .filter_map(|line| {
                let (id, properties, _): Node = Value::from(line).try_into().ok()?;
                let label = properties.get("label")?.try_clone().ok()?;
                Some((id, String::try_from(label).ok()?))
            })
            .collect();
        Ok(lines)
    }

    /// Clicks on the line that begins like this, once it is there.
    pub async fn click(&self, label: &str) {
        let line = self.line(label).await;
        self.click_on(line).await;
    }

    /// The id of the line that begins like this, once a running program shows it.
    pub async fn line(&self, label: &str) -> i32 {
        let mut id = None;
        wait::until_async(label, async || {
            let lines = self.menu().await.unwrap_or_default();
            id = lines.into_iter().find(|(_, it)| it.starts_with(label)).map(|(id, _)| id);
            id.is_some()
        })
        .await;
        id.unwrap()
    }

    /// Clicks on a line.
    pub async fn click_on(&self, line: i32) {
        let menu = self.proxy("/MenuBar", MENU).await;
        let () = menu.call("Event", &(line, "clicked", Value::from(0_i32), 0_u32)).await.unwrap();
    }
}
