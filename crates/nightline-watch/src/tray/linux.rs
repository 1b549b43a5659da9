//! The tray on Linux: a StatusNotifierItem on the session bus, without GTK. A panel that restarts gets it again.

use std::sync::Arc;

use ksni::menu::StandardItem;
use ksni::{OfflineReason, ToolTip, TrayMethods};
use nightline_engine::app::Event;
use nightline_view::{MenuAction, TrayState};
use tokio::sync::{Notify, mpsc};

use super::{Absence, Drawn, Line, pixels};

/// The tray on the bus, or nothing where there is no bus.
pub(crate) struct Handle {
    item: Option<ksni::Handle<Item>>,
}

struct Item {
    drawn: Drawn,
    events: mpsc::Sender<Event>,
    absence: Absence,
    there: Arc<Notify>,
}

impl Handle {
    pub(crate) async fn new(drawn: Drawn, events: mpsc::Sender<Event>, absence: Absence) -> Self {
        let item = Item { drawn, events, absence: absence.clone(), there: Arc::default() };
        match item.assume_sni_available(true).spawn().await {
            Ok(item) => Self { item: Some(item) },
            Err(error) => {
                tracing::warn!(error = nightline_types::chain(&error), "No tray on this session's bus");
                tokio::spawn(absence.tell());
                Self { item: None }
            }
        }
    }

    pub(crate) async fn draw(&self, drawn: Drawn) {
        if let Some(item) = &self.item {
            item.update(|it| it.drawn = drawn).await;
        }
    }

    pub(crate) async fn remove(self) {
        if let Some(item) = self.item {
            item.shutdown().await;
        }
    }
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
        let (absence, there) = (self.absence.clone(), Arc::clone(&self.there));
        tokio::spawn(async move { absence.tell_unless(there.notified()).await });
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
