//! The tray on Linux: a StatusNotifierItem on the session bus, without GTK. A panel that restarts gets it again.

use std::collections::BTreeMap;
use std::sync::Arc;

use ksni::menu::StandardItem;
use ksni::{OfflineReason, ToolTip, TrayMethods};
use nightline_engine::app::Event;
use nightline_platform::tray_host;
use nightline_view::{MenuAction, TrayState};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use super::{Absence, Drawn, Line, pixels};

/// The tray on the bus. Its panel may hang; nobody here waits for it.
pub(crate) struct Handle {
    drawn: watch::Sender<Drawn>,
    keeper: JoinHandle<()>,
}

struct Item {
    drawn: Drawn,
    events: mpsc::Sender<Event>,
    absence: Absence,
    there: Arc<Notify>,
}

impl Handle {
    pub(crate) async fn new(
        drawn: Drawn,
        environment: &Arc<BTreeMap<String, String>>,
        events: mpsc::Sender<Event>,
        absence: Absence,
    ) -> Self {
        let (sender, receiver) = watch::channel(drawn);
        let keeper = tokio::spawn(keep(receiver, Arc::clone(environment), events, absence));
        Self { drawn: sender, keeper }
    }

    pub(crate) async fn draw(&self, drawn: Drawn) {
        self.drawn.send_replace(drawn);
    }

    pub(crate) async fn remove(self) {
        drop(self.drawn);
        if let Err(error) = self.keeper.await {
            tracing::warn!(error = nightline_types::chain(&error), "The tray had ended before");
        }
    }
}

/// Has the item in the panel, as it was drawn last, until nobody draws it any more.
async fn keep(
    mut drawn: watch::Receiver<Drawn>,
    environment: Arc<BTreeMap<String, String>>,
    events: mpsc::Sender<Event>,
    absence: Absence,
) {
    let there = Arc::new(Notify::new());
    tokio::spawn(absence.clone().tell_unless(Arc::clone(&there).notified_owned()));
    let first = drawn.borrow_and_update().clone();
    let item = || Item {
        drawn: first.clone(),
        events: events.clone(),
        absence: absence.clone(),
        there: Arc::clone(&there),
    };
    let (spawned, host) = loop {
        let before = tray_host(&environment).await;
        let spawned = item().assume_sni_available(true).spawn().await;
        let after = tray_host(&environment).await;
        if before == after {
            break (spawned, after);
        }
        // The item hears of panels only once it is there: this one came or went before that. A desktop that is
        // starting does so.
        if let Ok(item) = spawned {
            item.shutdown().await;
        }
    };
    let item = match spawned {
        Ok(item) => item,
        Err(error) => {
            tracing::warn!(error = nightline_types::chain(&error), "No tray on this session's bus");
            return absence.tell().await;
        }
    };
    if host.is_some() {
        there.notify_waiters();
    }
    while drawn.changed().await.is_ok() {
        let drawn = drawn.borrow_and_update().clone();
        item.update(|it| it.drawn = drawn).await;
    }
    item.shutdown().await;
}

impl Item {
    fn chosen(&self, action: MenuAction) {
        // The app takes events in microseconds; a click that finds it behind by hundreds is not the last one.
        let _ = self.events.try_send(Event::Menu(action));
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "nightline".to_owned()
    }

    fn title(&self) -> String {
        self.drawn.title.clone()
    }

    fn status(&self) -> ksni::Status {
        match self.drawn.state {
            TrayState::Unread | TrayState::Broken => ksni::Status::NeedsAttention,
            TrayState::Quiet | TrayState::Degraded => ksni::Status::Active,
        }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        pixels::pictures(self.drawn.state).into_iter().map(icon).collect()
    }

    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.icon_pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.drawn.says.clone(), ..ToolTip::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        self.chosen(MenuAction::Happening);
    }

    fn menu(&self) -> Vec<ksni::MenuItem<Self>> {
        self.drawn.lines.iter().map(line).collect()
    }

    fn watcher_online(&self) {
        self.there.notify_waiters();
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "No tray host");
        // Waits from now on, not from when its task begins.
        let there = Arc::clone(&self.there).notified_owned();
        tokio::spawn(self.absence.clone().tell_unless(there));
        // A panel that comes later gets the tray then.
        true
    }
}

fn line(line: &Line) -> ksni::MenuItem<Item> {
    match line {
        Line::Gap => ksni::MenuItem::Separator,
        Line::Text(text) => {
            StandardItem { label: label(text), enabled: false, ..StandardItem::default() }.into()
        }
        Line::Action(action, text) => {
            let action = *action;
            let activate = Box::new(move |item: &mut Item| item.chosen(action));
            StandardItem { label: label(text), activate, ..StandardItem::default() }.into()
        }
    }
}

/// A single underscore would underline the next letter.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

/// ARGB in network order, as the specification of StatusNotifierItem asks.
fn icon(picture: image::RgbaImage) -> ksni::Icon {
    let (width, height) = picture.dimensions();
    let data = picture.pixels().flat_map(|pixel| [pixel.0[3], pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
    ksni::Icon { width: i32::try_from(width).unwrap_or(0), height: i32::try_from(height).unwrap_or(0), data }
}
