//! The app without shells: one owner of state, one closed list of everything that can wake it.
//!
//! Pure: an event and the time go in, effects come out. Whoever runs it draws, starts processes and waits; nothing
//! here does, so that tests compare what would happen, on their own time.

mod background;
mod draft;
mod effect;
mod event;
mod help;
mod intake;
mod keeping;
mod numbers;
mod requests;
mod tickets;
mod work;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use nightline_types::{Message, Timestamp};
use nightline_view::{Help, Place, Says, ToWindow, Tray, View, tray};

use background::Background;
pub use draft::{DRAFT_SCHEMA, Draft};
pub use effect::{Carry, Effect};
pub use event::{Configuration, DeskLine, DeskTicket, Ended, Event, OutboxLine};
pub use keeping::{Kept, REPLIES_SCHEMA, Replies};
use tickets::Tickets;

/// Everything that the app knows.
#[derive(Debug)]
pub struct App {
    view: View,
    shown: Option<View>,
    tray: Option<Tray>,
    window: Window,
    worker: Worker,
    background: Background,
    tickets: Tickets,
    /// Answers that are being written, by ticket.
    replies: BTreeMap<String, String>,
    configuration: Configuration,
    /// When the window went while the way was not at its end.
    left_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Window {
    Closed,
    /// Started, has not said anything yet.
    Opening,
    Open,
    /// Hidden for a picture.
    Hidden(nightline_view::PictureOf),
    /// On its way out: its process still runs and raises nothing.
    Closing {
        /// Whether it was asked for meanwhile.
        wanted: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worker {
    None,
    Works,
}

impl App {
    /// The app as it starts, with what a person began earlier.
    pub fn new(configuration: Configuration, kept: Kept) -> Self {
        let Kept { draft, replies, seen } = kept;
        let help = draft.map(|draft| Help { step: draft.step, answers: draft.answers, ..Help::default() });
        let mut app = Self {
            view: View {
                revision: 0,
                language: configuration.language.clone(),
                place: Place::Home,
                home: nightline_view::Home::default(),
                help,
                tickets: Vec::new(),
                ticket: None,
                numbers: Vec::new(),
                settings: configuration.settings.clone(),
                about: configuration.about.clone(),
                says: None,
                unkept: None,
            },
            shown: None,
            tray: None,
            window: Window::Closed,
            worker: Worker::None,
            background: Background::default(),
            tickets: Tickets::new(seen),
            replies,
            configuration,
            left_at: None,
        };
        app.pave();
        app
    }

    /// Whether a window is open or opening.
    pub fn has_window(&self) -> bool {
        self.window != Window::Closed
    }

    /// Tickets that wait on this device.
    pub fn waiting(&self) -> u32 {
        self.tickets.count_waiting()
    }

    /// What is shown, or would be.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Takes one event. The effects are to be carried out in their order.
    pub fn on(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take(event, now, &mut effects);
        self.settle(now, &mut effects);
        effects
    }

    fn take(&mut self, event: Event, now: Timestamp, effects: &mut Vec<Effect>) {
        match event {
            Event::Started => {
                effects.extend([Effect::LookAround, Effect::Deliver(Carry::Due), Effect::AskDesk]);
                self.background.begin(now);
                self.view.home.looking = true;
            }
            Event::Tick { fingerprint } => self.tick(fingerprint, now, effects),
            Event::Menu(action) => self.menu(action, now, effects),
            Event::ShowAsked => self.show(effects),
            Event::HelpAsked => {
                self.get_help(effects);
                self.show(effects);
            }
            Event::WindowReady => self.window_ready(effects),
            Event::WindowHidden => self.window_hidden(effects),
            Event::WindowClosing => self.window_closing(),
            Event::WindowGone => self.window_gone(now, effects),
            Event::WindowFailed(body) => {
                self.window_gone(now, effects);
                effects.push(Effect::Notify { title: Message::new("tray-title"), body, ticket: None });
            }
            Event::Asked(request) => self.asked(request, now, effects),
            Event::Told(told) => self.told(told, now, effects),
            Event::WorkerGone => self.worker_gone(),
            Event::Around(told) => self.around(told, now),
            Event::AroundGone => self.view.home.looking = false,
            Event::Outbox(lines) => self.outbox(lines, effects),
            Event::Sent { number, sent, total } => self.sent(&number, sent, total),
            Event::FileSent { number, id, sent } => self.file_sent(&number, &id, sent),
            Event::DeliveryEnded(ended) => self.delivery_ended(ended, effects),
            Event::Desk(Ok(lines)) => self.desk(lines, effects),
            // The tickets stay as they were known; the delivery says what is wrong with the way.
            Event::Desk(Err(_)) => {}
            Event::DeskTicket(number, answer) => self.desk_ticket(&number, answer, now, effects),
            Event::Saved { number, result } => self.saved(&number, result),
            Event::Configured(configuration) => self.configured(*configuration),
            Event::Measured(cost) => self.view.about.cost = cost,
            Event::Key(place) => self.view.settings.key = Some(place),
            Event::Kept(kept) => self.view.unkept = kept.err(),
            Event::NoticeClicked(number) => {
                self.open_ticket(number, effects);
                self.show(effects);
            }
            Event::NoTray => self.no_tray(effects),
            Event::Failed(message) => self.say(message, true),
        }
    }

    /// Tells the shells what has changed.
    fn settle(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        self.pave();
        self.view.numbers = numbers::numbers(&self.configuration.contacts, now);
        self.view.tickets = self.tickets.cards();
        self.view.home.unfinished = self.unfinished();
        let tray = tray(&self.view);
        if self.tray.as_ref() != Some(&tray) {
            self.tray = Some(tray.clone());
            effects.push(Effect::Tray(tray));
        }
        if matches!(self.window, Window::Open | Window::Hidden(_)) && self.shown.as_ref() != Some(&self.view)
        {
            self.view.revision += 1;
            self.shown = Some(self.view.clone());
            effects.push(Effect::Window(ToWindow::View { view: Box::new(self.view.clone()) }));
        }
    }

    fn show(&mut self, effects: &mut Vec<Effect>) {
        match self.window {
            Window::Closed => {
                self.window = Window::Opening;
                effects.push(Effect::OpenWindow);
            }
            Window::Open => effects.push(Effect::Window(ToWindow::Raise)),
            Window::Closing { .. } => self.window = Window::Closing { wanted: true },
            Window::Opening | Window::Hidden(_) => {}
        }
    }

    fn window_ready(&mut self, effects: &mut Vec<Effect>) {
        self.window = Window::Open;
        self.shown = None;
        self.left_at = None;
        if self.view.place == Place::Help {
            self.work_on(effects);
        }
    }

    /// Said by the window, or asked of it. What was wanted since then stays wanted.
    fn window_closing(&mut self) {
        if !matches!(self.window, Window::Closed | Window::Closing { .. }) {
            self.window = Window::Closing { wanted: false };
        }
    }

    fn window_gone(&mut self, now: Timestamp, effects: &mut Vec<Effect>) {
        let wanted = self.window == Window::Closing { wanted: true };
        self.window = Window::Closed;
        self.shown = None;
        self.left_at = Some(now);
        self.view.says = None;
        if wanted {
            return self.show(effects);
        }
        if matches!(self.view.place, Place::Settings | Place::About | Place::Tickets | Place::Ticket { .. }) {
            self.go(Place::Home);
        }
    }

    fn window_hidden(&mut self, effects: &mut Vec<Effect>) {
        if let Window::Hidden(of) = self.window {
            effects.push(Effect::Order(crate::work::Work::TakePicture { of }));
        }
    }

    /// Without a tray the window is the door, and says how to find it again.
    fn no_tray(&mut self, effects: &mut Vec<Effect>) {
        self.say(Message::new("watch-no-tray"), false);
        self.show(effects);
    }

    fn configured(&mut self, configuration: Configuration) {
        if self.view.language != configuration.language {
            // The same menu in another language is drawn again.
            self.tray = None;
        }
        self.view.language.clone_from(&configuration.language);
        let key = self.view.settings.key.take();
        self.view.settings = nightline_view::Settings { key, ..configuration.settings.clone() };
        let cost = std::mem::take(&mut self.view.about.cost);
        self.view.about = nightline_view::About { cost, ..configuration.about.clone() };
        self.configuration = configuration;
    }

    fn go(&mut self, place: Place) {
        if !matches!(place, Place::Ticket { .. }) {
            self.view.ticket = None;
        }
        self.view.place = place;
    }

    fn say(&mut self, message: Message, failed: bool) {
        self.view.says = Some(Says { message, failed });
    }
}
